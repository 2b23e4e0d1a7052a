/** What the index of the shared corpus says of Panther's rows and of the logs that its collector tails, word for word. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedPath } from "../support/shared.ts";
import { corpusFile } from "./expected.ts";
import { Imported, toMs, valuesOf } from "./imported.ts";

const isThere = sharedPath("corpus", "panther") !== undefined;
const panther = (path: string) => Imported.from(corpusFile("panther", path));
const timeOf = ({ time }: { readonly time: number | undefined }): string => toMs(time ?? Number.NaN);

describe.skipIf(!isThere)("Panther", () => {
  it("audit.log", async () => {
    const log = await panther("audit.log");
    const call = await log.entry(0);
    expect(call.records.length).toBe(5);
    expect(new Set((await log.rows("has:raw.proctitle", "raw.proctitle")).flat())).toEqual(
      new Set(["cat /etc/shadow"]),
    );
    expect(await log.count('raw.cmd:"systemctl stop auditd"')).toBeGreaterThan(0);
    expect(await log.count("actor:4294967295")).toBe(0);
    const [unset] = await log.entries("raw.auid:4294967295");
    const meaning = unset?.interpretations.find(({ field }) => field === "auid")?.meaning;
    expect(meaning).toMatch(/^unset/);
  });

  it("audit-enriched.log", async () => {
    const log = await panther("audit-enriched.log");
    for (const entry of await log.entries("code:SYSCALL")) {
      expect(valuesOf(entry, "actor")[0]).toMatch(/^user\d+$/);
      expect(entry.interpretations.some(({ field, meaning }) => field === "uid" && meaning.includes("root"))).toBe(
        true,
      );
      expect(JSON.stringify(entry.fields)).not.toContain("\\u001d");
    }
  });

  it("audit-node-damaged.log", async () => {
    const log = await panther("audit-node-damaged.log");
    expect(await log.count("to:web-07.example.test")).toBe(24);
    expect((await log.rejects()).length).toBe(4);
  });

  it("fluentbit.jsonl: the time of the event, not that of the shipper", async () => {
    const log = await panther("fluentbit.jsonl");
    for (const entry of (await log.entries("")).slice(0, 5)) {
      const date = Number(valuesOf(entry, "raw.date")[0]);
      expect(Math.round(date * 1e6) - (entry.time ?? 0)).toBe(750_000);
    }
  });

  it("panther-rows.jsonl", async () => {
    const log = await panther("panther-rows.jsonl");
    expect(log.logs[0]).toMatchObject({ format: "panther" });
    const [first, second, tenth] = await Promise.all([0, 1, 9].map((ordinal) => log.entry(ordinal)));
    if (first === undefined || second === undefined || tenth === undefined) throw new Error("there are 80 rows");
    expect(timeOf(first)).toBe("2025-08-05T00:00:00.000Z");
    expect(valuesOf(second, "target")).toEqual(["user1"]);
    expect(valuesOf(second, "actor")).toEqual(["1001"]);
    expect(valuesOf(second, "from")).toEqual(["192.0.2.77"]);
    expect(second.outcome).toBe("fail");
    expect(timeOf(tenth)).toBe("2025-08-05T00:00:35.952Z");
    expect(tenth.flags).toContain("mandatoryMissing");
    const times = (await log.entries("")).map((entry) => [timeOf(entry), valuesOf(entry, "raw.p_parse_time")[0]]);
    for (const [time, parsed] of times) expect(time).not.toBe(`${parsed?.replace(" ", "T")}Z`);
    expect(await log.count("flag:duplicate")).toBe(1);
    expect(await log.count('raw.cmd:"systemctl stop auditd"')).toBe(20);
  });

  it("panther-rows.jsonl: every field of every row can be asked for", async () => {
    const log = await panther("panther-rows.jsonl");
    const lines = readFileSync(corpusFile("panther", "panther-rows.jsonl"), "utf8").trim().split("\n");
    const counts = new Map<string, number>();
    for (const line of lines)
      for (const name of Object.keys(JSON.parse(line) as object)) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [name, count] of counts) {
      const asked = name === "extra_message_fields" ? `raw.${name}.op` : `raw.${name}`;
      expect(await log.count(`has:${asked}`), name).toBe(count);
    }
  });

  it("panther-search.csv", async () => {
    const log = await panther("panther-search.csv");
    expect(log.logs[0]).toMatchObject({ format: "panther", carrier: "csv" });
    expect(await log.count("code:USER_LOGIN")).toBe(13);
    expect(await log.count("raw.p_any_ip_addresses:192.0.2.77")).toBeGreaterThan(0);
    expect(await log.count("raw.indicator.ip:192.0.2.77")).toBe(await log.count("raw.addr:192.0.2.77"));
    // A number drops the zeros at its end: 1754438450.11 is 110 milliseconds.
    expect(timeOf(await log.found("raw.timestamp:1754438450.11"))).toBe("2025-08-06T00:00:50.110Z");
  });
});
