/** What the indexes of the shared corpus say of single entries, word for word. */
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Harness, value } from "../engine/harness.ts";
import { sharedPath } from "../support/shared.ts";
import { corpusFile } from "./expected.ts";
import { type ImportOptions, Imported, toMs, valuesOf } from "./imported.ts";

const isThere = sharedPath("corpus") !== undefined;

const air = (path: string, options?: ImportOptions) => Imported.from(corpusFile("binalyze-air", path), options);
const aqtive = (path: string, options?: ImportOptions) => Imported.from(corpusFile("aqtive-guard", path), options);
const siren = (path: string, options?: ImportOptions) => Imported.from(corpusFile("siren", path), options);
const generic = (path: string, options?: ImportOptions) => Imported.from(corpusFile("containers", path), options);

describe.skipIf(!isThere)("Binalyze AIR", () => {
  it("mongoexport-lines.json", async () => {
    const log = await air("mongoexport-lines.json");
    const first = await log.found("ref:be1679f6ae28652eb6fa7cd6");
    expect(valuesOf(first, "actor")).toEqual(["svc-backup"]);
    expect(valuesOf(first, "code")).toEqual(["user-login-success"]);
    expect(toMs(first.time ?? Number.NaN)).toBe("2024-11-04T08:01:16.173Z");
    const [label = ""] = valuesOf(await log.found("ref:9987d6e9171aee1861e10de8"), "label");
    for (const char of ["\n", "\u2028", "\u{1F50E}"]) expect(label.split(char).length, JSON.stringify(char)).toBe(2);
    const long = await log.found("ref:1e9250bf1c1b170c4fc35de8");
    expect(valuesOf(long, "raw.data.command")[0]?.length).toBe(40_000);
    expect(await log.count("outcome:fail")).toBe(10);
  });

  it("mongoexport-array.json", async () => {
    const log = await air("mongoexport-array.json");
    expect(toMs((await log.entry(0)).time ?? Number.NaN)).toBe("2024-12-01T00:01:32.890Z");
    const document = await log.found("ref:7920b3315576b6984a3b0c5d");
    expect(valuesOf(document, "raw.data.exitCode")).toEqual(["0"]);
    expect(JSON.parse(valuesOf(document, "data")[0] ?? "")).toMatchObject({ data: { exitCode: 0 } });
  });

  it("mongoexport-noise-crlf.json", async () => {
    const log = await air("mongoexport-noise-crlf.json");
    expect(valuesOf(await log.entry(0), "ref")).toEqual(["99647bbb940b6a6b0f97bef6"]);
    const rejects = await log.rejects();
    const lines = readFileSync(corpusFile("binalyze-air", "mongoexport-noise-crlf.json"), "utf8").split("\n");
    const exported = lines.findIndex((line) => /exported \d+ records/.test(line)) + 1;
    expect(rejects.map(({ line }) => line)).toEqual([1, 10, exported, lines.length]);
    for (const { line, text } of rejects) expect(`\ufeff${text}`).toContain(lines[line - 1]?.replace(/^\ufeff/, ""));
  });

  it("mongoexport-pretty.json", async () => {
    const log = await air("mongoexport-pretty.json");
    expect(valuesOf(await log.entry(29), "ref")).toEqual(["6c5d0fcc0f59603b8167ce2b"]);
  });

  it("mongoexport-v1-dates.json", async () => {
    const log = await air("mongoexport-v1-dates.json");
    const third = await log.entry(2);
    expect(valuesOf(third, "ref")).toEqual(["03763237ffc67169fc5f40f0"]);
    expect(toMs(third.time ?? Number.NaN)).toBe("2020-05-05T05:06:50.000Z");
    expect((await log.entry(1)).time).toBeDefined();
  });

  it("api-audit-logs.json", async () => {
    const log = await air("api-audit-logs.json");
    expect(valuesOf(await log.entry(1), "actor")).toEqual(["svc-backup"]);
    expect(valuesOf(await log.entry(2), "actor")).toEqual(["審査員"]);
    expect(log.source.members[0]?.problem).toMatchObject({ code: "format.partial" });
    expect(log.source.state).toBe("ready");
  });

  it("console-export.zip", async () => {
    const log = await air("console-export.zip");
    expect(valuesOf(await log.entry(0), "actor")).toEqual(["console-admin"]);
    expect(valuesOf(await log.entry(0), "code")).toEqual(["user-login-success"]);
    expect(valuesOf(await log.entry(3), "label")[0]).toMatch(/\r?\n.*,.*;.*"quotes"/);
    expect(valuesOf(await log.entry(8), "label")[0]).toMatch(/^=/);
    expect((await log.entry(13)).time).toBeUndefined();
  });

  it("handover-aes256.zip", async () => {
    const h = new Harness();
    await h.newCase();
    const grant = h.grant(corpusFile("binalyze-air", "handover-aes256.zip"));
    const names = ["air-auditlogs-dump.json", "audit-logs-org-1.zip", "notes.txt"];
    const [locked] = value(await h.api.inspect([grant]));
    expect(locked?.password).toBe("locked");
    expect(locked?.members.map(({ path }) => path).toSorted()).toEqual(names);
    expect(locked?.members.every(({ bytes }) => (bytes ?? 0) > 0)).toBe(true);
    const wrong = value(await h.api.unlock(grant, "not this one"));
    expect(wrong.password).toBe("wrong");
    expect(wrong.members.map(({ problem }) => problem?.code)).toContain("container.password");
    await h.finished(value(await h.api.startImport({ items: [{ grant, choices: {}, skip: [] }] })));
    expect((await h.info()).entries).toBe(0);
    expect((await h.info()).sources[0]?.state).toBe("failed");
    expect(value(await h.api.unlock(grant, "Export-2025!")).password).toBe("open");
    await h.finished(value(await h.api.startImport({ items: [{ grant, choices: {}, skip: [] }] })));
    const again = (await h.info()).sources.at(-1);
    expect(again?.members.find(({ path }) => path === "notes.txt")).toMatchObject({
      state: "unrecognised",
      rejects: 0,
    });
    expect(again?.members.reduce((sum, { entries }) => sum + entries, 0)).toBe(49);
  });

  it("offnetwork", async () => {
    const h = new Harness();
    await h.newCase();
    const folder = join(h.folder, "offnetwork");
    cpSync(corpusFile("binalyze-air", "offnetwork"), folder, { recursive: true });
    const seen = value(await h.api.inspect([h.grant(folder)]));
    const archive = seen.find(({ name }) => name.endsWith(".zip"));
    const comment = archive?.members.find(({ path }) => path.endsWith("Case.ppc"))?.comment ?? "";
    expect(JSON.parse(comment)).toMatchObject({ uid: "7f0c2f0e-test-case-uid" });
    expect(archive?.password).toBe("open");
    const passwords = seen.find(({ name }) => name.endsWith("passwords.csv"));
    expect(JSON.stringify(passwords)).toContain("missing-case.zip");
    expect(JSON.stringify(seen)).not.toContain("d0c5f1b7a92e4c6a8b3e7f10c2d94e55");
    const items = seen
      .filter(({ name }) => name.endsWith(".zip"))
      .map(({ grant }) => ({ grant, choices: {}, skip: [] }));
    await h.finished(value(await h.api.startImport({ items })));
    const members = (await h.info()).sources[0]?.members ?? [];
    expect(members.find(({ path }) => path === "Logs/audit.log")).toMatchObject({ state: "ready", entries: 30 });
    expect(members.find(({ path }) => path.endsWith("Case.ppc"))).toMatchObject({ state: "unrecognised", entries: 0 });
  });

  it("syslog-cef.log", async () => {
    const log = await air("syslog-cef.log");
    const first = await log.entry(0);
    expect(valuesOf(first, "event")[0]).toMatch(/ \| pipe$/);
    expect(valuesOf(first, "label")[0]).toContain("\n");
    expect(valuesOf(first, "label")[0]).toContain("a=b");
    expect(valuesOf(first, "ref")).toEqual(["00fe3735110e43630d60d2ac"]);
    const levels = new Set(
      await log.rows("", "raw.cef.severity", "level").then((rows) => rows.map((row) => row.join(" "))),
    );
    for (const level of levels) expect(["10 critical", "8 error", "5 warning", "3 info"]).toContain(level);
    expect(levels.size).toBe(4);
  });
});

describe.skipIf(!isThere)("AQtive Guard", () => {
  it("audit.log", async () => {
    const log = await aqtive("audit.log");
    const first = await log.entry(0);
    expect([valuesOf(first, "ref"), valuesOf(first, "code"), valuesOf(first, "outcome")]).toEqual([
      ["df814753-68d0-4f1c-b80c-4b16a51059fa"],
      ["login_attempt"],
      ["fail"],
    ]);
    const change = await log.found("ref:dd8b43f9-561f-41fd-8ac4-29f64c79aa81");
    expect([valuesOf(change, "old"), valuesOf(change, "new"), valuesOf(change, "target")]).toEqual([
      ["3600"],
      ["600"],
      ["session_timeout"],
    ]);
    expect(await log.count("level:warning")).toBe(38);
    expect(await log.count("from:203.0.113.99")).toBe(50);
  });

  it("all-types.log", async () => {
    const log = await aqtive("all-types.log");
    for (const type of ["audit", "web", "application", "analysis", "tanium"])
      expect(await log.count(`category:${type}`), type).toBe(40);
    const levels = new Set((await log.rows("", "level")).map(([level]) => level));
    expect([...levels].filter((level) => typeof level === "string" && /warn/i.test(level))).toEqual(["warning"]);
    expect(await log.count("raw.level:notice")).toBe(1);
    const traced = await log.found("ref:a44c9e85-0766-4a3d-9fd7-66efd5fe85c2");
    const [trace = ""] = valuesOf(traced, "raw.stacktrace");
    expect(trace.length).toBe(66_010);
    expect(trace).toContain("\n");
  });

  it("journal.json", async () => {
    const log = await aqtive("journal.json");
    const omitted = await log.entry(7);
    expect(toMs(omitted.time ?? Number.NaN)).toBe("2025-03-03T18:02:47.176Z");
    expect(JSON.stringify(omitted.fields)).toContain("export with --all");
    expect(valuesOf(await log.entry(9), "ref")).toEqual(["627a180d-9268-4581-9045-3c813248d227"]);
    expect(valuesOf(await log.entry(60), "category")).toEqual([]);
  });

  it("journal.export", async () => {
    const log = await aqtive("journal.export");
    expect(valuesOf(await log.entry(7), "ref")).toEqual(["f421ac4d-7331-4935-8e16-a13572fb3f49"]);
    expect(valuesOf(await log.entry(9), "ref")).toEqual(["627a180d-9268-4581-9045-3c813248d227"]);
  });

  it("journal-short.log", async () => {
    const log = await aqtive("journal-short.log");
    expect(await log.count("has:ref")).toBe(59);
    expect(log.source.members[0]?.reading).toMatchObject({ year: 2025, yearFrom: "records" });
  });

  it("journal-pretty.json ends in plain text", async () => {
    const log = await aqtive("journal-pretty.json");
    expect(valuesOf(await log.entry(11), "ref")).toEqual([]);
  });

  it("bundles", async () => {
    const bundle = await aqtive("cs-logs-bundle.tar.gz");
    expect(bundle.source.members.find(({ path }) => path === "logs/empty.log")?.problem).toBeUndefined();
    const [host] = [...new Set((await (await aqtive("bundle-out.log.gz")).rows("", "to")).map(([to]) => to))];
    expect(host).toBe("aqg-02");
    const pair = await aqtive("ha-support-case.zip");
    const hosts = await pair.rows("raw.request_id:ce281804-95d2-4fc2-82a9-2041b00519a4", "to");
    expect(new Set(hosts.map(([to]) => to))).toEqual(new Set(["aqg-01", "aqg-02"]));
    expect(hosts.length).toBe(2);
  });
});

describe.skipIf(!isThere)("Siren Investigate", () => {
  it("elasticdump.ndjson", async () => {
    const log = await siren("elasticdump.ndjson");
    const indices = new Set((await log.rows("", "custom1")).map(([index]) => index));
    expect(indices).toEqual(new Set(["siren-audit-2025.03", "siren-audit-2025.04"]));
    for (const type of ["ui", "search", "count", "savedObject", "auth", "security"])
      expect(await log.count(`category:${type}`), type).toBe(17);
    for (const type of ["dataExport", "dev", "systemSearch"])
      expect(await log.count(`category:${type}`), type).toBe(16);
    const entry = await log.found("ref:898af9b1dc3ae7309846");
    expect(valuesOf(entry, "category")).toEqual(["ui"]);
    expect(valuesOf(entry, "target")).toEqual(['Überblick "A", B']);
    expect(valuesOf(entry, "actor")).toEqual(["forensics03"]);
    expect(await log.count("outcome:fail")).toBe(21);
  });

  it("bulk.ndjson: actions give id and index to the entries", async () => {
    const log = await siren("bulk.ndjson");
    const first = await log.entry(0);
    expect(valuesOf(first, "ref")).toEqual(["17e33840ab0ca0c5a7ad"]);
    expect(valuesOf(first, "custom1")).toEqual(["siren-audit-2025.04"]);
    expect(await log.count("missing:ref")).toBe(0);
  });

  it("search-response.json is a part of what there is", async () => {
    const { source } = await siren("search-response.json");
    expect(source.members[0]?.problem).toMatchObject({ code: "format.partial" });
    expect(source.state).toBe("ready");
  });

  it("sources-only.ndjson has no references", async () => {
    const log = await siren("sources-only.ndjson");
    expect(await log.count("missing:ref")).toBe(40);
  });

  it("discover-export.csv: dates are flagged, and in the zone that is chosen", async () => {
    const log = await siren("discover-export.csv");
    const first = await log.entry(0);
    expect(toMs(first.time ?? Number.NaN)).toBe("2025-04-05T11:30:27.769Z");
    expect(first.flags).toContain("zoneAssumed");
    expect(valuesOf(await log.entry(1), "raw.request")[0]).toContain("\n");
    const moved = await siren("discover-export.csv", { answer: { zone: "Europe/Berlin" } });
    expect(toMs((await moved.entry(0)).time ?? Number.NaN)).toBe("2025-04-05T09:30:27.769Z");
  });

  it("damaged.ndjson", async () => {
    const log = await siren("damaged.ndjson");
    expect(await log.count("category:globalSearch")).toBe(1);
    expect(await log.count("category:llmPrompt")).toBe(1);
    expect((await log.entry(6)).time).toBe(1_743_897_699_000_000);
    expect(valuesOf(await log.entry(8), "actor")).toEqual(["ops02"]);
  });

  it("siren-audit-q2.zip: the mapping is no log", async () => {
    const { source } = await siren("siren-audit-q2.zip");
    const mapping = source.members.find(({ path }) => path.endsWith(".mapping.json"));
    expect(mapping).toMatchObject({ state: "unrecognised", entries: 0, rejects: 0 });
  });
});

describe.skipIf(!isThere)("containers and carriers", () => {
  it("truncated.zip says so", async () => {
    const { source } = await generic("truncated.zip");
    expect(source.problems.map(({ code }) => code)).toContain("container.truncated");
  });

  it("zip-slip.zip: hostile names are refused and told", async () => {
    const { source } = await generic("zip-slip.zip");
    const refused = source.members.filter(({ state }) => state === "refused").map(({ path }) => path);
    expect(refused).toEqual(expect.arrayContaining(["../../evil.log", "/abs/evil.log"]));
  });

  it("bomb-small.zip: one member is stopped, the other read", async () => {
    const { source } = await generic("bomb-small.zip");
    expect(source.members.find(({ path }) => path.endsWith("zeros.log"))?.problem?.code).toBe("container.too-large");
  });

  it("bundle.tar.gz names every container on the way", async () => {
    const { source } = await generic("nested3.zip");
    expect(source.members.map(({ path }) => path)).toContain("level2.tar.gz!level3.zip!logs/audit.log");
  });

  it("rfc5424.log", async () => {
    const log = await generic("rfc5424.log");
    const values = (await log.entry(0)).fields.flatMap((field) => field.values);
    expect(values).toContain('q "x" ] \\ y');
    expect(values.some((text) => text.startsWith("\ufeff"))).toBe(false);
  });

  it("rfc3164.log: priority 34 is critical", async () => {
    const log = await generic("rfc3164.log", { answer: { year: 2025, zone: "UTC" } });
    const rows = await log.rows("", "level");
    expect(rows.length).toBeGreaterThan(0);
    for (const [level] of rows) expect(level).toBe("critical");
  });

  it("cef-edge.log", async () => {
    const log = await generic("cef-edge.log");
    const first = await log.entry(0);
    expect(valuesOf(first, "raw.cef.vendor")).toEqual(["security|x"]);
    expect(valuesOf(first, "raw.cef.product")).toEqual(["threat\\manager"]);
    expect(valuesOf(first, "label")).toEqual(["a=b"]);
    expect(valuesOf(first, "raw.c")).toEqual(["d \\ end\nnew"]);
    const second = await log.entry(1);
    expect(valuesOf(second, "level")).toEqual(["critical"]);
    expect(second.fields.some(({ values }) => values.some((text) => text.includes("|")))).toBe(true);
    const third = (await log.entry(2)).fields.find(({ values }) => values.includes("value with spaces"));
    expect(third?.name).toMatch(/Policy|custom1/);
  });

  it("winevents.xml", async () => {
    const log = await generic("winevents.xml");
    expect(valuesOf(await log.entry(0), "raw.EventData.TargetUserName")).toEqual(["user0 & co"]);
    expect(valuesOf(await log.entry(0), "actor")).toEqual(["user0 & co"]);
  });

  it("k8s-audit.log and okta.json", async () => {
    const okta = await generic("okta.json");
    expect(new Set((await okta.rows("", "level")).map(([level]) => level)).has("warning")).toBe(true);
  });
});
