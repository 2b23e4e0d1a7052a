/** What the index of the shared corpus says of single entries of RadiantOne, and of definitions that are broken. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDefinition, printDefinition } from "../../workers/formats/radiantone/definition-file.ts";
import { readDefinitions } from "../../workers/formats/radiantone/definitions.ts";
import { sharedPath } from "../support/shared.ts";
import { corpusFile, radiantoneMapping } from "./expected.ts";
import { Imported, toMs, valuesOf } from "./imported.ts";

const file = (path: string): string => corpusFile("radiantone", path);

describe.skipIf(sharedPath("corpus", "radiantone") === undefined)("RadiantOne", () => {
  it("target-fields.csv", async () => {
    const log = await Imported.from(file("target-fields.csv"));
    const first = await log.entry(0);
    for (let i = 1; i <= 19; i++) expect(valuesOf(first, `custom${i}`)).toEqual([`c${i}-0`]);
    expect(valuesOf(await log.entry(3), "count")).toEqual(["10"]);
    expect(valuesOf(await log.entry(5), "target.type")).toEqual(["spaceship"]);
    expect((await log.entry(5)).flags).toContain("valueUnfit");
    expect(await log.count("flag:valueUnfit")).toBe(1);
    expect((await log.entry(6)).flags).toContain("mandatoryMissing");
    expect(await log.count("flag:mandatoryMissing")).toBe(1);
  });

  it("logs-viewer-export.csv", async () => {
    const first = await (await Imported.from(file("logs-viewer-export.csv"))).entry(0);
    expect(toMs(first.time ?? Number.NaN)).toBe("2016-02-09T14:48:42.000Z");
    expect(valuesOf(first, "ref")).toEqual(["2000000000"]);
    expect(valuesOf(first, "domain")).toEqual(["TEST"]);
    expect(valuesOf(first, "actor")).toEqual(["Administrator"]);
  });

  it("source-fileaccess.csv through mapping/", async () => {
    const mapping = radiantoneMapping();
    if (mapping === undefined) throw new Error("the corpus has no mapping");
    const log = await Imported.from(file("source-fileaccess.csv"), { answer: { mapping } });
    expect(log.logs[0]?.reading.mapping).toEqual({ ...mapping, eventId: "type" });
    const renamed = await log.found("ref:45020");
    expect(valuesOf(renamed, "code")).toEqual(["DOC-REN"]);
    expect(valuesOf(renamed, "label")).toEqual([
      String.raw`Rename File \\share\fin\plan 20; v0.xlsx to \\share\fin\renamed-20.xlsx`,
    ]);
    expect(valuesOf(renamed, "old")).toEqual([String.raw`\\share\fin\plan 20; v0.xlsx`]);
    expect(toMs(renamed.time ?? Number.NaN)).toBe("2016-02-09T14:16:54.000Z");
    expect(renamed.flags).toContain("zoneAssumed");
    expect(valuesOf(renamed, "tenant")).toEqual(["acme_corp"]);
    expect(valuesOf(renamed, "datasource")).toEqual(["files.example.test"]);
    const made = await log.found("ref:45016");
    expect(valuesOf(made, "session")).toEqual(["0x303ff"]);
    expect(["target.type", "target", "target.parent"].map((name) => valuesOf(made, name)[0])).toEqual([
      "account",
      "new_user16",
      "ACME",
    ]);
    expect(valuesOf(made, "custom1")).toEqual(["Account Name: new_user16\nAccount Domain: ACME\nLogon ID: 0x303ff"]);
    expect(valuesOf(made, "custom2")).toEqual(["x"]);
    const unmapped = await log.entry(10);
    expect(unmapped.flags).toContain("unmapped");
    expect(JSON.parse(valuesOf(unmapped, "data")[0] ?? "")).toMatchObject({ recno: "45010", type: "ZZZ" });
    expect((await log.entry(11)).time).toBeUndefined();
    expect((await log.entry(14)).flags).toContain("timeUnusable");
    expect(JSON.parse(valuesOf(await log.entry(12), "data")[0] ?? "")).toMatchObject({
      property_3: "3",
      property_4: "4",
    });
    expect((await log.entry(13)).flags).toContain("mandatoryMissing");
    expect(await log.count("outcome:fail")).toBe(20);
  });

  it("mapping/ is written back as it was read", () => {
    for (const name of ["eventproperties.csv", "eventmapping.csv"]) {
      const text = readFileSync(file(`mapping/${name}`)).toString();
      expect(printDefinition(parseDefinition(text))).toBe(text);
    }
  });

  it.each([
    ["bad/eventmapping-missing-column.csv", "log_family"],
    ["bad/eventmapping-wrong-case.csv", "log_date"],
  ])("%s is refused, naming %s", (path, column) => {
    const properties = readFileSync(file("mapping/eventproperties.csv"), "utf8");
    const { definitions, findings } = readDefinitions({ properties, attributes: readFileSync(file(path), "utf8") });
    expect(definitions).toBeUndefined();
    expect(
      findings
        .filter(({ severity }) => severity === "error")
        .map(({ text }) => text)
        .join(),
    ).toContain(column);
  });
});
