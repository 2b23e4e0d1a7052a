import { copyFileSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { EntryId, MemberId, ResultId, SourceId } from "../../workers/contract.ts";
import { Harness, SAMPLES, auditLines, faultCode, query, value } from "./harness.ts";

const AUDIT = join(SAMPLES, "auditd/audit.log");
const AIR = join(SAMPLES, "binalyze-air/air-auditlogs-dump.json");
const ZIP = join(SAMPLES, "binalyze-air/branch-office.zip");

describe("a case from creation to answers", () => {
  it("imports samples of several kinds and answers every question", async () => {
    const h = new Harness();
    await h.newCase();
    const before = [AUDIT, AIR, ZIP].map((path) => ({ mtime: statSync(path).mtimeMs, bytes: readFileSync(path) }));
    const job = await h.import(AUDIT, AIR, ZIP);
    expect(job).toMatchObject({ state: "done", kind: "import", fault: undefined });
    expect(job.items.map((item) => item.state)).toEqual(["done", "done", "done"]);
    expect(job.done).toBe(job.total);

    const info = await h.info();
    expect(info).toMatchObject({ state: "sealed", entries: job.entries, rejects: 4 });
    expect(info.accounted).toBe(info.bytes);
    const after = [AUDIT, AIR, ZIP].map((path) => ({ mtime: statSync(path).mtimeMs, bytes: readFileSync(path) }));
    expect(after).toEqual(before);

    const result = value(await h.api.open(query()));
    expect(result).toMatchObject({ total: info.entries, matched: info.entries });
    const page = value(await h.api.rows(result.id, 0, 500, ["actor", "action", "source", "raw.exe"]));
    expect(page.entries).toHaveLength(500);
    const times = [...page.time];
    expect(times).toEqual(times.toSorted((a, b) => a - b));

    const histogram = value(await h.api.histogram(result.id, 60, {}));
    const drawn = histogram.series.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
    expect(drawn + histogram.undatedMatched + histogram.matchedOutside).toBe(result.matched);

    const [facet] = value(await h.api.facets(result.id, ["actor"], 500, ""));
    expect(facet?.values.reduce((sum, { count }) => sum + count, 0)).toBe(result.matched - (facet?.missing ?? 0));

    const filtered = value(await h.api.open(query("actor:deploy AND kworkerd")));
    expect(filtered.matched).toBeGreaterThan(0);
    const hit = value(await h.api.rows(filtered.id, 0, 1, ["target"]));
    const entry = value(await h.api.entry((hit.entries[0] ?? 0) as EntryId));
    const text = Buffer.concat(entry.records.map((record) => record.bytes)).toString("latin1");
    expect(text).toContain("kworkerd");
    const raw = readFileSync(AUDIT);
    for (const record of entry.records) {
      expect(Buffer.from(record.bytes)).toEqual(raw.subarray(record.offset, record.offset + record.length));
      expect(raw.subarray(0, record.offset).toString("latin1").split("\n")).toHaveLength(record.line);
    }
    expect(entry.sentence).not.toBe("");
    expect(entry.fields.find((field) => field.name === "actor")?.values).toEqual(["deploy"]);
    expect(value(await h.api.locate(filtered.id, { entry: entry.id }))).toBe(0);

    const rejects = value(await h.api.rejects(0, 100, undefined, undefined));
    expect(rejects.total).toBe(4);
    for (const row of rejects.rows) {
      expect(Buffer.from(row.bytes)).toEqual(raw.subarray(row.offset, row.offset + row.length));
    }
    expect(h.bugs).toEqual([]);
  });

  it("shows bytes, byte map, coverage and fields of what was imported", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(AUDIT);
    const member = (await h.info()).sources[0]?.members[0]?.id as MemberId;
    const bytes = value(await h.api.bytes(member, 1_000, 5_000));
    expect(Buffer.from(bytes)).toEqual(readFileSync(AUDIT).subarray(1_000, 6_000));
    expect(value(await h.api.byteMap(member, 100)).kinds).toHaveLength(100);
    const coverage = value(await h.api.coverage(50));
    expect(coverage?.lanes[0]?.counts.reduce((a, b) => a + b, 0)).toBe((await h.info()).entries);
    const fields = value(await h.api.fields());
    expect(fields.find((field) => field.name === "raw.exe")).toMatchObject({ group: "original", present: true });
    expect(value(await h.api.check("actor:x AND (", "UTC")).fault?.code).toBe("query.syntax");
    const [clause] = value(await h.api.explain(query("actor:deploy")));
    expect(clause).toMatchObject({ part: { kind: "text" }, without: (await h.info()).entries });
  });

  it("keeps a result as it was while more is imported", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", auditLines(100)));
    const result = value(await h.api.open(query()));
    const page = value(await h.api.rows(result.id, 0, 500, ["actor"]));
    await h.import(h.write("b.log", auditLines(200, 1_600_000_000)));
    expect(value(await h.api.rows(result.id, 0, 500, ["actor"]))).toEqual(page);
    expect(value(await h.api.open(query()))).toMatchObject({ matched: 300 });
  });

  it("opens again, takes a source out, and logs each step", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", auditLines(50)), h.write("b.log", auditLines(60)));
    value(await h.api.closeCase());
    expect(await h.api.watchCase(5)).toBeUndefined();
    value(await h.api.openCase(h.grant(h.path("test.exhibit"), "case")));
    const first = (await h.info()).sources[0]?.id as SourceId;
    value(await h.api.removeSource(first));
    expect(value(await h.api.open(query()))).toMatchObject({ total: 60 });
    expect(await h.info()).toMatchObject({ entries: 60 });
    expect(faultCode(await h.api.removeSource(99 as SourceId))).toBe("request.stale");
  });

  it("tells the watcher when the case changes", async () => {
    const h = new Harness();
    const { revision } = await h.newCase();
    const change = h.api.watchCase(revision);
    await h.import(h.write("a.log", auditLines(10)));
    expect((await change)?.revision).toBeGreaterThan(revision);
  });
});

describe("what is stale, wrong or missing", () => {
  it("says that no case is open", async () => {
    const h = new Harness();
    expect(faultCode(await h.api.open(query()))).toBe("store.none");
    expect(await h.api.watchCase(-1)).toBeUndefined();
  });

  it("refuses ids that mean nothing any more", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", auditLines(5)));
    const { id } = value(await h.api.open(query()));
    await h.api.close(id);
    expect(faultCode(await h.api.rows(id, 0, 5, []))).toBe("request.stale");
    expect(faultCode(await h.api.histogram(77 as ResultId, 5, {}))).toBe("request.stale");
    expect(faultCode(await h.api.entry(500 as EntryId))).toBe("request.stale");
    expect(faultCode(await h.api.bytes(9 as MemberId, 0, 5))).toBe("request.stale");
    expect(faultCode(await h.api.watch(9 as never, 0))).toBe("request.stale");
  });

  it("answers wrong requests with a fault and goes on", async () => {
    const h = new Harness();
    await h.newCase();
    const wrong = h.api as unknown as Record<string, (...values: unknown[]) => Promise<{ fault: { code: string } }>>;
    for (const [name, ...values] of [
      ["open", { text: 5 }],
      ["rows", 1, 0, 501, []],
      ["startImport", { items: [{ grant: "x", choices: [], skip: 1 }] }],
      ["inspect", ["no-such-grant"]],
      ["open", query("", { zone: "Mars/Base" })],
    ] as const) {
      expect((await wrong[name]?.(...values))?.fault.code, name).toBe("request.invalid");
    }
    expect(faultCode(await h.api.open(query("nosuchfield:1")))).toBe("query.field");
    expect(faultCode(await h.api.open(query('"open')))).toBe("query.syntax");
    expect(value(await h.api.open(query()))).toMatchObject({ total: 0 });
    expect(h.bugs).toEqual([]);
  });

  it("uses a grant only for what it was given for", async () => {
    const h = new Harness();
    await h.newCase();
    const read = h.grant(h.write("a.log", auditLines(3)));
    expect(faultCode(await h.api.openCase(read))).toBe("request.invalid");
    const target = h.grant(h.path("out.csv"), "write-new");
    expect(faultCode(await h.api.startImport({ items: [{ grant: target, choices: {}, skip: [] }] }))).toBe(
      "request.invalid",
    );
  });

  it("refuses files that are no cases, and newer ones, and keeps the open case", async () => {
    const h = new Harness();
    await h.newCase();
    const open = (path: string) => h.api.openCase(h.grant(path, "case"));
    expect(faultCode(await open(h.write("text.exhibit", "not a case at all ".repeat(1_000))))).toBe("store.not-a-case");
    expect(faultCode(await open(h.write("empty.exhibit", "")))).toBe("store.not-a-case");
    expect(faultCode(await open(h.path("missing.exhibit")))).toBe("store.none");
    await h.engine.closeCase();
    const newer = readFileSync(h.path("test.exhibit"));
    newer.writeUInt32BE(9_999, 60);
    expect(faultCode(await open(h.write("newer.exhibit", newer)))).toBe("store.newer");
    expect(faultCode(await h.api.createCase(h.grant(h.path("test.exhibit"), "case")))).toBe("store.exists");
  });
});

describe("bad evidence", () => {
  it("gives each bad file a sentence, and imports the rest of the drop", async () => {
    const h = new Harness();
    await h.newCase();
    const good = h.write("good.log", auditLines(20));
    const whole = gzipSync(auditLines(5_000));
    const bad = {
      empty: h.write("empty.log", ""),
      folder: h.folder,
      missing: h.path("missing.log"),
      gzip: h.write("cut.log.gz", whole.subarray(0, whole.length / 2)),
      zip: h.path("cut.zip"),
    };
    copyFileSync(ZIP, bad.zip);
    truncateSync(bad.zip, 700);
    const job = await h.import(...Object.values(bad), good);
    expect(job.state).toBe("failed");
    const items = Object.fromEntries(job.items.map((item) => [item.name, item]));
    expect(items["good.log"]).toMatchObject({ state: "done", entries: 20 });
    // An empty file was read to its end, all of nothing; the others were not.
    expect(job.items.map((item) => item.state)).toEqual(["done", "failed", "failed", "failed", "failed", "done"]);
    for (const item of job.items.slice(0, -1)) {
      expect(item.fault?.message, item.name).toMatch(/\w+.*\./);
      expect(item.fault?.next, item.name).toMatch(/\w+.*\./);
    }
    const codes = job.items.map((item) => item.fault?.code);
    expect(codes.slice(0, 3)).toEqual(["source.empty", "source.not-a-file", "source.missing"]);
    expect(codes.slice(3, 5).every((code) => code?.startsWith("container."))).toBe(true);
    expect(value(await h.api.open(query("member:good.log")))).toMatchObject({ matched: 20 });
    expect(h.bugs).toEqual([]);
  });

  it("lists a binary file as not recognised", async () => {
    const h = new Harness();
    await h.newCase();
    const binary = h.write(
      "program.bin",
      Uint8Array.from({ length: 10_000 }, (_, i) => (i * 7_919) % 256),
    );
    const [item] = value(await h.api.inspect([h.grant(binary)]));
    expect(item?.members[0]).toMatchObject({ verdict: "binary" });
    await h.import(binary);
    const [source] = (await h.info()).sources;
    expect(source?.members[0]).toMatchObject({ state: "unrecognised", entries: 0 });
  });

  it("looks at files before they are imported, and knows those it has", async () => {
    const h = new Harness();
    await h.newCase();
    const log = h.write("a.log", auditLines(40));
    const seen = value(await h.api.inspect([h.grant(log), h.grant(h.path("missing")), h.grant("/dev/null")]));
    expect(seen[0]?.members[0]).toMatchObject({ verdict: "certain", choice: expect.stringContaining("auditd") });
    expect(seen.map((item) => item.problem?.code)).toEqual([undefined, "source.missing", "source.not-a-file"]);
    const preview = value(await h.api.preview(h.grant(log), "a.log", seen[0]?.members[0]?.choice ?? "", {}));
    expect(preview.rows.length).toBeGreaterThan(0);
    expect(seen[0]?.alreadyIn).toBeUndefined();
    await h.import(log);
    const [again] = value(await h.api.inspect([h.grant(h.write("copy.log", auditLines(40)))]));
    expect(again?.alreadyIn).toBe((await h.info()).sources[0]?.id);
  });
});
