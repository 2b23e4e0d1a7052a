import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ExportRequest } from "../../workers/contract.ts";
import { readList, unguardCell } from "../../workers/export/csv.ts";
import { allowedMs } from "../support/machine.ts";
import { parseCsv } from "../support/parse-csv.ts";
import { Harness, auditLines, faultCode, query, value } from "./harness.ts";

describe("an import under way", () => {
  it("is cancelled within a second and leaves a source that says so", async () => {
    const h = new Harness();
    await h.newCase();
    const job = await h.start(h.write("big.log", auditLines(150_000)), h.write("next.log", auditLines(10)));
    let state = value(await h.api.watch(job, -1));
    while (state.done === 0) state = value(await h.api.watch(job, state.revision));
    const start = performance.now();
    await h.api.cancel(job);
    while (state.state === "running") state = value(await h.api.watch(job, state.revision));
    expect(performance.now() - start).toBeLessThan(allowedMs(1_000));
    expect(state).toMatchObject({ state: "cancelled", fault: { code: "cancelled" } });
    expect(state.items.map((item) => item.state)).toEqual(["cancelled", "cancelled"]);
    const info = await h.info();
    expect(info.state).toBe("incomplete");
    expect(info.sources[0]).toMatchObject({ state: "cancelled" });
    expect(info.entries).toBeLessThan(150_000);
    expect(value(await h.api.open(query()))).toMatchObject({ total: info.entries });
    expect(await h.import(h.path("next.log"))).toMatchObject({ state: "done", entries: 10 });
  });

  it("reports progress that grows, with rate and time left, at most five times a second", async () => {
    const h = new Harness();
    await h.newCase();
    const job = await h.start(h.write("big.log", auditLines(100_000)));
    const seen: number[] = [];
    const start = performance.now();
    let state = value(await h.api.watch(job, -1));
    while (state.state === "running") {
      seen.push(state.done);
      if (state.done > 0) expect(state.total).toBeGreaterThanOrEqual(state.done);
      state = value(await h.api.watch(job, state.revision));
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.length).toBeLessThanOrEqual((performance.now() - start) / 200 + 2);
    expect(state).toMatchObject({ entries: 100_000, state: "done", phase: "done" });
    expect(state.rate).toBeGreaterThan(0);
  });

  it("lets queries through, and shows what is committed so far as incomplete", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("first.log", auditLines(1_000)));
    // The thread that answers queries starts with the first one, which is not what is measured.
    value(await h.api.open(query()));
    const job = await h.start(h.write("big.log", auditLines(100_000, 1_500_000_000)));
    let state = value(await h.api.watch(job, -1));
    while (state.done === 0) state = value(await h.api.watch(job, state.revision));
    const start = performance.now();
    const result = value(await h.api.open(query("actor:user3", {})));
    expect(performance.now() - start).toBeLessThan(allowedMs(2_000));
    expect(result.total).toBeGreaterThanOrEqual(1_000);
    expect((await h.info()).state).toBe("importing");
    await h.finished(job);
    expect((await h.info()).state).toBe("sealed");
  });

  it("runs imports one after another", async () => {
    const h = new Harness();
    await h.newCase();
    const jobs = [await h.start(h.write("a.log", auditLines(20_000))), await h.start(h.write("b.log", auditLines(10)))];
    const [a, b] = await Promise.all(jobs.map((job) => h.finished(job)));
    expect([a?.state, b?.state]).toEqual(["done", "done"]);
    expect((await h.info()).sources.map((source) => source.name)).toEqual(["a.log", "b.log"]);
  });

  it("is cancelled when the case is closed", async () => {
    const h = new Harness();
    await h.newCase();
    const job = await h.start(h.write("big.log", auditLines(120_000)));
    await h.api.watch(job, 0);
    value(await h.api.closeCase());
    expect(value(await h.api.watch(job, -1))).toMatchObject({ state: "cancelled" });
    expect(readdirSync(h.folder).filter((name) => name.startsWith("test.exhibit"))).toEqual(["test.exhibit"]);
  });

  it("survives a thread that dies, and names the member", async () => {
    const h = new Harness({ threads: new URL("dying/engine/", import.meta.url) });
    await h.newCase();
    const job = await h.import(h.write("poison.log", auditLines(150_000)), h.write("good.log", auditLines(10)));
    expect(job).toMatchObject({ state: "failed" });
    expect(job.items[0]).toMatchObject({ state: "failed", fault: { code: "source.unreadable", member: "poison.log" } });
    expect(job.items[0]?.fault?.message).toContain("a bug in a parser");
    expect(job.items[1]).toMatchObject({ state: "done", entries: 10 });
    const info = await h.info();
    expect(info.sources.map((source) => source.state)).toEqual(["failed", "ready"]);
    expect(info.state).toBe("incomplete");
    expect(value(await h.api.open(query("member:good.log")))).toMatchObject({ matched: 10 });
  });
});

describe("a disk that is full", () => {
  it("fails the import with a sentence; the case opens and takes what fits", async () => {
    const h = new Harness({ writer: { maxPages: 200, commitBytes: 1 << 20 } });
    await h.newCase();
    const job = await h.import(h.write("big.log", auditLines(60_000)), h.write("small.log", auditLines(5)));
    expect(job).toMatchObject({ state: "failed", fault: { code: "disk.full" } });
    expect(job.items.map((item) => item.state)).toEqual(["failed", "cancelled"]);
    value(await h.api.closeCase());
    const info = value(await h.api.openCase(h.grant(h.path("test.exhibit"), "case")));
    expect(info.state).toBe("incomplete");
    expect(info.sources[0]).toMatchObject({ state: "failed", problems: [{ code: "disk.full" }] });
    expect(value(await h.api.open(query()))).toMatchObject({ total: info.entries });
    expect(h.bugs).toEqual([]);
  });
});

const request = (target: ExportRequest["target"], more: Partial<ExportRequest> = {}): ExportRequest => ({
  query: query(),
  format: "csv",
  columns: "all",
  provenance: true,
  formulaGuard: true,
  lineEnd: "lf",
  secrets: "masked",
  target,
  ...more,
});

describe("an export", () => {
  it("holds exactly the rows of the query, field by field", async () => {
    const h = new Harness();
    await h.newCase();
    const log = h.write("a.log", auditLines(1_234));
    await h.import(log);
    const asked = query("outcome:failed", { sort: { field: "actor", descending: true }, zone: "Europe/Paris" });
    const file = h.path("out.csv");
    const job = value(await h.api.startExport(request(h.grant(file, "write-new"), { query: asked })));
    const state = await h.finished(job);
    expect(state).toMatchObject({ state: "done", kind: "export" });
    const result = value(await h.api.open(asked));
    expect(state.exported?.rows).toBe(result.matched);

    const [header = [], ...rows] = parseCsv(readFileSync(file, "utf8"));
    expect(rows).toHaveLength(result.matched);
    const columns = header.filter((name) => !name.startsWith("_") && name !== "time" && name !== "time_utc");
    const raw = readFileSync(log);
    for (let first = 0; first < result.matched; first += 500) {
      const page = value(await h.api.rows(result.id, first, 500, columns));
      for (let row = 0; row < page.entries.length; row++) {
        const cells = Object.fromEntries(header.map((name, at) => [name, rows[first + row]?.[at] ?? ""]));
        for (const [at, name] of columns.entries()) {
          const shown = page.cells[at]?.[row] ?? "";
          const expected = typeof shown === "string" ? (shown === "" ? [] : [shown]) : shown;
          expect(readList(unguardCell(cells[name] ?? ""))).toEqual(expected);
        }
        expect(cells["_entry"]).toBe(String(page.entries[row]));
        expect(Date.parse(cells["time"] ?? "")).toBe(Math.floor((page.time[row] ?? 0) / 1_000));
        expect(cells["time"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00$/);
        expect(cells["time_utc"]).toMatch(/\.\d{6}Z$/);
        const [offset = 0, length = 0] = (cells["_byte_ranges"] ?? "").split("+").map(Number);
        expect(raw.subarray(offset, offset + length).toString()).toContain(`pid=${cells["raw.pid"]} `);
      }
    }
  });

  it("writes the same bytes again, and the same CSV inside a ZIP", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", auditLines(700)));
    const run = async (name: string, format: ExportRequest["format"]) => {
      const target = h.grant(h.path(name), "write-new");
      return (await h.finished(value(await h.api.startExport(request(target, { format }))))).exported;
    };
    const first = await run("one.csv", "csv");
    const second = await run("two.csv", "csv");
    expect(second?.sha256).toBe(first?.sha256);
    await run("one.zip", "csv-zip");
    const unzipped = spawnSync(
      "python3",
      [
        "-c",
        "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;sys.stdout.buffer.write(z.read('one.csv'))",
        h.path("one.zip"),
      ],
      { maxBuffer: 1 << 28 },
    );
    if (unzipped.error === undefined) expect(unzipped.stdout.equals(readFileSync(h.path("one.csv")))).toBe(true);
    const manifest = JSON.parse(readFileSync(h.path("one.manifest.json"), "utf8")) as Record<string, unknown>;
    expect(manifest).toMatchObject({ rows: 700, zone: "UTC", sort: "time:asc" });
    expect(readdirSync(h.folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("never overwrites evidence or the case", async () => {
    const h = new Harness();
    await h.newCase();
    const log = h.write("a.log", auditLines(10));
    await h.import(log);
    const before = readFileSync(log);
    for (const path of [log, h.path("test.exhibit")]) {
      const job = value(await h.api.startExport(request(h.grant(path, "write-new"))));
      expect(await h.finished(job)).toMatchObject({ state: "failed", fault: { code: "target.unwritable" } });
    }
    expect(readFileSync(log)).toEqual(before);
  });

  it("says where it cannot write, and leaves nothing when cancelled", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(h.write("a.log", auditLines(60_000)));
    const nowhere = value(await h.api.startExport(request(h.grant(h.path("no/such/folder.csv"), "write-new"))));
    expect(await h.finished(nowhere)).toMatchObject({ state: "failed", fault: { code: "target.unwritable" } });
    const file = h.path("out.csv");
    const job = value(await h.api.startExport(request(h.grant(file, "write-new"))));
    let state = value(await h.api.watch(job, -1));
    while (state.phase !== "writing" && state.state === "running")
      state = value(await h.api.watch(job, state.revision));
    const start = performance.now();
    await h.api.cancel(job);
    expect(await h.finished(job)).toMatchObject({ state: "cancelled" });
    expect(performance.now() - start).toBeLessThan(allowedMs(1_000));
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(h.folder).filter((name) => name.includes("out."))).toEqual([]);
  });

  it("previews the bytes it will write", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(
      h.write(
        "a.jsonl",
        '{"time":"2026-01-01T00:00:00Z","user":"=1+1"}\n{"time":"2026-01-01T00:00:01Z","user":"-5"}\n',
      ),
    );
    const { target: _target, ...rest } = request(h.grant(h.path("out.csv"), "write-new"));
    const preview = value(await h.api.exportPreview(rest));
    await h.finished(value(await h.api.startExport(request(h.grant(h.path("out.csv"), "write-new")))));
    expect(readFileSync(h.path("out.csv"), "utf8")).toBe(preview.header + preview.rows.join(""));
    expect(preview.guarded).toContain("'=1+1");
    expect(preview.entries).toBe(2);
    expect(faultCode(await h.api.exportPreview({ ...rest, columns: ["no such field"] }))).toBe("query.field");
  });
});

it("says which file may not be read", async () => {
  if (process.getuid?.() !== 0 || spawnSync("setpriv", ["--version"]).error !== undefined) {
    console.warn("skipped: needs root and setpriv to drop the uid");
    return;
  }
  const h = new Harness();
  const secret = h.write("secret.log", auditLines(3));
  spawnSync("chmod", ["600", secret]);
  spawnSync("chmod", ["777", h.folder]);
  const script = h.write("probe.mjs", "");
  writeFileSync(
    script,
    `process.setgid(65534); process.setuid(65534); process.argv = [process.argv[0], "x", "import", ${JSON.stringify(h.path("n.exhibit"))}, ${JSON.stringify(secret)}, "--json"]; await import(${JSON.stringify(new URL("../../workers/cli/main.ts", import.meta.url).pathname)});`,
  );
  const run = spawnSync(process.execPath, [script], { encoding: "utf8" });
  expect(run.status, run.stderr).toBe(2);
  expect(JSON.parse(run.stdout)).toMatchObject({
    sources: [{ state: "failed", problems: [{ code: "source.unreadable" }] }],
  });
});
