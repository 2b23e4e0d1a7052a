/** `exhibit import --mapping DIR`: a raw source under the two definition files of RadiantOne, with files of our own. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exhibit } from "../support/run-exhibit.ts";

const folder = mkdtempSync(join(tmpdir(), "exhibit-mapping-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COLUMNS = [
  ..."eventid description log_mandant log_datasource log_externalref log_family log_date".split(" "),
  ..."log_wheresource log_wheredestination log_whologin log_whorepository log_whoidentity log_whosessionid".split(" "),
  ..."log_whateventcategory log_whateventcode log_whateventcodelabel log_whataction log_whatpayload".split(" "),
  ..."log_whatstatus log_whatcount log_whatdisplayname log_whattargettype log_whattargetname".split(" "),
  ..."log_whattargetparent log_whattarget2type log_whattarget2name log_whattarget2parent".split(" "),
  ..."log_whatoldvalue log_whatnewvalue log_whatdata".split(" "),
  ...Array.from({ length: 19 }, (_, i) => `log_custom${i + 1}`),
];
const PROPERTIES =
  "eventid;message;category;subcategory;1;2\nOPN;Open door;Door;open;Badge No;Zone\nRNG;Ring bell;Door;ring;;\n";
const SHARED: Readonly<Record<string, string>> = {
  log_datasource: "{site}",
  log_externalref: "{no}",
  log_family: "Doors",
  log_date: "{when}",
  log_whologin: "{who}",
  log_whorepository: "STAFF",
  log_whateventcategory: "{category} - {subcategory}",
  log_whateventcode: "D-{event}",
  log_whateventcodelabel: "{message}",
  log_whataction: "execute",
  log_whatcount: "1",
};
const OWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  OPN: { log_whatdisplayname: "{message} with {param.Badge No} {", log_custom1: "{formattedRawData}" },
  RNG: { log_whatdisplayname: "{message}" },
};

function mappingText(columns: readonly string[]): string {
  const rows = Object.entries(OWN).map(([id, own]) =>
    columns.map((column) => (column === "eventid" ? id : (own[column] ?? SHARED[column] ?? ""))).join(";"),
  );
  return `${[columns.join(";"), ...rows].join("\n")}\n`;
}

function definitions(name: string, columns: readonly string[]): string {
  mkdirSync(at(name));
  writeFileSync(join(at(name), "eventproperties.csv"), PROPERTIES);
  writeFileSync(join(at(name), "eventmapping.csv"), mappingText(columns));
  return at(name);
}

const LOG = at("doors.csv");
writeFileSync(
  LOG,
  [
    "no;when;site;event;who;properties",
    "1;20250102030405;north;OPN;eva;B-7|lobby|spare",
    "2;20250102030406;north;RNG;;",
    "3;20250102030407;south;XYZ;tom;",
    "4;20251302030407;south;RNG;tom;",
    "5;cut",
    "",
  ].join("\n"),
);

describe("a raw source under its definitions", () => {
  it("has the 49 columns that the vendor names", () => expect(COLUMNS).toHaveLength(49));

  it("is read by them, and each entry again from its own bytes", async () => {
    const ran = await exhibit("import", at("doors.exhibit"), LOG, "--mapping", definitions("good", COLUMNS), "--json");
    expect(ran.err).toContain("eventmapping.csv:2:");
    const [member] = JSON.parse(ran.out).sources[0].members;
    expect(member).toMatchObject({ format: "radiantone", entries: 4, rejects: 1, undated: 1, eventIdColumn: "event" });

    const { out } = await exhibit("query", at("doors.exhibit"), "--as", "jsonl", "--sort", "ref");
    const rows = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows[0]).toMatchObject({
      time: "2025-01-02T03:04:05.000000Z",
      ref: "1",
      datasource: "north",
      family: "Doors",
      actor: "eva",
      domain: "STAFF",
      category: "Door - open",
      code: "D-OPN",
      event: "Open door",
      label: "Open door with B-7 {",
      custom1: "Badge No: B-7\nZone: lobby",
    });
    expect(rows[1]).toMatchObject({ ref: "2", code: "D-RNG", label: "Ring bell" });

    const shown = JSON.parse((await exhibit("show", at("doors.exhibit"), "0", "--json")).out);
    expect(shown.flags).toContain("zoneAssumed");
    expect(JSON.stringify(shown)).toContain("property_3");
    const counts = {
      "flag:unmapped": 1,
      "flag:timeUnusable": 1,
      "flag:mandatoryMissing ref=2": 1,
      "flag:mandatoryMissing ref=1": 0,
    };
    for (const [text, count] of Object.entries(counts))
      expect((await exhibit("count", at("doors.exhibit"), text)).out.trim(), text).toBe(String(count));
  });

  it.each([
    ["a column is missing", COLUMNS.filter((column) => column !== "log_family"), "log_family is missing"],
    [
      "a name has other capitals",
      COLUMNS.map((column) => (column === "log_date" ? "Log_Date" : column)),
      "case sensitive",
    ],
  ])("are refused where %s, by line and column, and nothing is imported", async (what, columns, text) => {
    const file = at(`${what}.exhibit`);
    const ran = await exhibit("import", file, LOG, "--mapping", definitions(what, columns));
    expect(ran.status).toBe(2);
    expect(ran.err).toMatch(/! eventmapping\.csv:1:\d+: /);
    expect(ran.err).toContain(text);
    expect(existsSync(file)).toBe(false);
  });

  it("says once for a file which placeholders nothing fills", async () => {
    const folder = definitions("unfilled", COLUMNS);
    const text = mappingText(COLUMNS).replaceAll("STAFF", "{colour} {param.Age}");
    writeFileSync(join(folder, "eventmapping.csv"), text);
    const ran = await exhibit("import", at("unfilled.exhibit"), LOG, "--mapping", folder, "--json");
    const { problems } = JSON.parse(ran.out).sources[0];
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "format.partial", member: "doors.csv" });
    expect(problems[0].detail).toContain("{colour}, {param.Age}");
  });

  it("say so where they fit nothing, and are not kept with what was read otherwise", async () => {
    const other = at("other.csv");
    writeFileSync(other, "time,who,what\n2025-01-02T03:04:05Z,eva,came\n2025-01-02T03:04:06Z,eva,left\n");
    const ran = await exhibit(
      "import",
      at("other.exhibit"),
      other,
      "--mapping",
      definitions("unfit", COLUMNS),
      "--json",
    );
    expect(ran.status).toBe(2);
    const report = JSON.parse(ran.out);
    expect(report.mapping.message).toContain("fit nothing that was imported");
    expect(report.sources[0].members[0]).toMatchObject({ entries: 2, rejects: 0 });
    const one = await exhibit("import", at("both.exhibit"), other, LOG, "--mapping", at("unfit"), "--json");
    const both = JSON.parse(one.out);
    expect(both.mapping).toBeUndefined();
    const kept = both.sources.map(
      (source: { members: { eventIdColumn?: string }[] }) => source.members[0]?.eventIdColumn,
    );
    expect(kept).toEqual([undefined, "event"]);
  });

  it("says of an export of exactly 1000 rows that it is probably cut, and of no other", async () => {
    const header = "datasource,whologin,whateventcode,whataction,date";
    for (const rows of [999, 1000]) {
      const file = at(`rows-${rows}.csv`);
      writeFileSync(file, `${header}\n${"fs1,eva,DOC-RD,read,20260103080000\n".repeat(rows)}`);
      const ran = await exhibit("import", at(`rows-${rows}.exhibit`), file, "--json");
      const { members, problems } = JSON.parse(ran.out).sources[0];
      expect(members[0]).toMatchObject({ format: "radiantone", entries: rows });
      expect(problems.map(({ detail }: { readonly detail: string }) => detail.includes("probably cut"))).toEqual(
        rows === 1000 ? [true] : [],
      );
    }
  });

  it("says which of the two files is not there", async () => {
    const ran = await exhibit("import", at("none.exhibit"), LOG, "--mapping", at("nowhere"));
    expect(ran).toMatchObject({ status: 2, err: expect.stringContaining("eventproperties.csv cannot be read") });
  });
});
