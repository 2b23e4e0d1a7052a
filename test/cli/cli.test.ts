import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../support/parse-csv.ts";
import { exhibit } from "../support/run-exhibit.ts";

const MAIN = new URL("../../workers/cli/main.ts", import.meta.url).pathname;
const AUDIT = new URL("../../samples/auditd/audit.log", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "exhibit-cli-"));
const at = (name: string): string => join(folder, name);
const CASE = at("sample.exhibit");

beforeAll(async () => {
  expect((await exhibit("import", CASE, AUDIT)).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("runs as a program", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "count", CASE, "actor:deploy"], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(Number(stdout)).toBeGreaterThan(0);
});

describe("import", () => {
  it("tells in words what was read, what was not, and what was assumed", async () => {
    const folder = at("words");
    mkdirSync(folder);
    writeFileSync(join(folder, "note.txt"), "Dear colleague,\nthe logs are attached.\n");
    writeFileSync(join(folder, "messages"), "Jan 10 12:00:00 host sshd[1]: one\nJan 10 12:00:01 host sshd[1]: two\n");
    writeFileSync(join(folder, "visits.csv"), "Visited,Who\n01/02/2025 10:00,eva\n03/04/2025 10:00,tim\n");
    const { status, err } = await exhibit("import", at("words.exhibit"), folder);
    expect(status).toBe(0);
    expect(err).toMatch(/note\.txt: no entries, 39 bytes not read as a log\n/);
    expect(err).toMatch(
      /messages \(text-lines\): 2 entries.*\n {2}\? messages: its times name no year; \d{4} is taken/,
    );
    expect(err).toMatch(/visits\.csv \(generic-json\): 2 entries.*2 undated.*\n {2}\? visits\.csv: .*--date-order/);
    const said = await exhibit("import", at("said.exhibit"), join(folder, "visits.csv"), "--date-order", "day-first");
    expect(said.err).not.toContain("?");
    expect((await exhibit("count", at("said.exhibit"), "missing:time")).out).toBe("0\n");
  });
  it("reads as UTF-8 where that is said", async () => {
    const log = at("latin.log");
    writeFileSync(log, Buffer.from("2025-01-01T00:00:00Z zo\xeb\n2025-01-01T00:00:01Z b\n", "latin1"));
    expect((await exhibit("import", at("guessed.exhibit"), log)).status).toBe(0);
    expect((await exhibit("count", at("guessed.exhibit"), "zoë")).out).toBe("1\n");
    expect((await exhibit("import", at("utf8.exhibit"), log, "--encoding", "utf-8")).status).toBe(0);
    expect((await exhibit("count", at("utf8.exhibit"), "zoë")).out).toBe("0\n");
    expect((await exhibit("query", at("utf8.exhibit"), "--as", "csv", "--fields", "label")).out).toContain("zo\\xEB");
    expect((await exhibit("show", at("utf8.exhibit"), "0", "--raw")).status).toBe(0);
  });
  it("prints one object with counts, digests and the ledger", async () => {
    const { status, out, err } = await exhibit("import", at("json.exhibit"), AUDIT, "--json");
    expect(status).toBe(0);
    expect(err).toBe("");
    const report = JSON.parse(out) as { sources: { members: { ledger: Record<string, number> }[] }[] };
    expect(Object.keys(report)).toEqual(["case", "sources"]);
    expect(Object.keys(report.sources[0] ?? {})).toEqual([
      "name",
      "path",
      "sha256",
      "bytes",
      "state",
      "members",
      "problems",
    ]);
    const [member] = report.sources[0]?.members ?? [];
    expect(Object.keys(member ?? {})).toEqual([
      "path",
      "format",
      "bytes",
      "sha256",
      "records",
      "entries",
      "rejects",
      "ignored",
      "undated",
      "duplicates",
      "first",
      "last",
      "ledger",
    ]);
    expect(member).toMatchObject({
      path: "audit.log",
      format: "auditd",
      rejects: 4,
      first: expect.stringMatching(/^2026-03-17T00:00:\d\d\.\d{6}Z$/),
    });
    const { entries = 0, rejects = 0, ignored = 0, blank = 0, total } = member?.ledger ?? {};
    expect(entries + rejects + ignored + blank).toBe(total);
    expect(total).toBe(readFileSync(AUDIT).length);
  });

  it("adds to a case that is there, takes the files of a folder at any depth, and follows no link", async () => {
    const folderPath = at("folder");
    mkdirSync(join(folderPath, "deeper"), { recursive: true });
    copyFileSync(AUDIT, join(folderPath, "b.log"));
    writeFileSync(join(folderPath, "a.jsonl"), '{"time":"2026-01-01T00:00:00Z","user":"x"}\n');
    writeFileSync(join(folderPath, "deeper", "c.jsonl"), '{"time":"2026-01-02T00:00:00Z","user":"y"}\n');
    symlinkSync(AUDIT, join(folderPath, "link.log"));
    const file = at("more.exhibit");
    expect((await exhibit("import", file, AUDIT)).status).toBe(0);
    const { status, out } = await exhibit("import", file, folderPath, "--json");
    expect(status).toBe(0);
    const report = JSON.parse(out) as { sources: { name: string }[]; leftOut: { path: string; code: string }[] };
    expect(report.sources.map((source) => source.name)).toEqual(["a.jsonl", "b.log", "deeper/c.jsonl"]);
    expect(report.leftOut).toMatchObject([{ path: "link.log", code: "source.not-a-file" }]);
    expect((await exhibit("info", file, "--json")).out).toContain('"state": "sealed"');
  });

  it("reports what could not be imported, with status 2, and imports the rest", async () => {
    const { status, out } = await exhibit("import", at("bad.exhibit"), at("missing.log"), AUDIT, "--json");
    expect(status).toBe(2);
    const { sources } = JSON.parse(out) as {
      sources: { state: string; problems: { code: string; detail: string }[] }[];
    };
    expect(sources.map((source) => source.state)).toEqual(["failed", "ready"]);
    expect(sources[0]?.problems[0]).toMatchObject({
      code: "source.missing",
      detail: expect.stringMatching(/\. .*\.$/),
    });
  });

  it("takes a format by hand, and refuses one that does not fit without making a case", async () => {
    const log = at("notes.txt");
    writeFileSync(log, "2026-01-01T00:00:00Z started\n2026-01-01T00:00:01Z something else\n");
    expect((await exhibit("import", at("lines.exhibit"), log, "--format", "text-lines")).status).toBe(0);
    expect((await exhibit("count", at("lines.exhibit"))).out).toBe("2\n");
    const wrong = await exhibit("import", at("never.exhibit"), log, "--format", "no-such-format");
    expect(wrong).toMatchObject({ status: 1, out: "" });
    expect(readdirSync(folder)).not.toContain("never.exhibit");
  });

  it("is cancelled by an interrupt and leaves a case that opens", async () => {
    const big = at("big.log");
    const line = "type=USER_LOGIN msg=audit(1700000000.123:1): pid=1 uid=0 auid=0 ses=1 msg='op=login res=success'\n";
    writeFileSync(big, line.repeat(400_000));
    const file = at("cut.exhibit");
    const child = spawn(process.execPath, [MAIN, "import", file, big, "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
    // Reading has begun once the case has outgrown what an empty one takes.
    const written = (): number =>
      [file, `${file}-wal`].reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
    while (written() < 600_000) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    expect(await ended).toBe(2);
    expect(out).toContain('"state": "cancelled"');
    expect((await exhibit("info", file, "--json")).out).toContain('"state": "incomplete"');
  }, 240_000);
});

describe("questions", () => {
  it("counts", async () => {
    const { out } = await exhibit("count", CASE);
    expect(JSON.parse((await exhibit("count", CASE, "", "--json")).out)).toEqual({ count: Number(out) });
    expect(Number((await exhibit("count", CASE, "outcome:success OR outcome:fail*")).out)).toBeLessThanOrEqual(
      Number(out),
    );
    expect((await exhibit("count", CASE, "actor:nobody-of-this-name")).out).toBe("0\n");
  });

  it("facets and histograms add up to the count", async () => {
    const count = Number((await exhibit("count", CASE, "actor:deploy")).out);
    const facet = JSON.parse(
      (await exhibit("facet", CASE, "action", "actor:deploy", "--limit", "500", "--json")).out,
    ) as {
      values: { count: number }[];
      missing: number;
    };
    expect(facet.values.reduce((sum, { count: n }) => sum + n, facet.missing)).toBe(count);
    const histogram = JSON.parse(
      (await exhibit("histogram", CASE, "actor:deploy", "--buckets", "20", "--json")).out,
    ) as {
      counts: number[];
      undatedMatched: number;
      matchedOutside: number;
    };
    expect(histogram.counts.reduce((a, b) => a + b, histogram.undatedMatched + histogram.matchedOutside)).toBe(count);
    expect(histogram.counts.length).toBeLessThanOrEqual(20);
  });

  it("prints entries as JSON lines with bytes that can be cut out of the source", async () => {
    const lines = (await exhibit("query", CASE, "kworkerd", "--as", "jsonl", "--sort", "time:desc")).out
      .trim()
      .split("\n");
    const raw = readFileSync(AUDIT);
    const entries = lines.map(
      (line) =>
        JSON.parse(line) as {
          id: number;
          time: string;
          member: string;
          spans: { offset: number; length: number }[];
          fields: Record<string, string>;
        },
    );
    expect(entries).toHaveLength(Number((await exhibit("count", CASE, "kworkerd")).out));
    expect(entries.map((entry) => entry.time)).toEqual(
      entries
        .map((entry) => entry.time)
        .toSorted()
        .toReversed(),
    );
    for (const { spans, member, fields } of entries) {
      expect(member).toBe("audit.log");
      const text = Buffer.concat(spans.map(({ offset, length }) => raw.subarray(offset, offset + length))).toString(
        "latin1",
      );
      expect(text).toContain(`pid=${fields["pid"]} `);
    }
  });

  it("limits, sorts and chooses columns", async () => {
    const [header, ...rows] = parseCsv(
      (await exhibit("query", CASE, "", "--as", "csv", "--fields", "actor,raw.exe", "--limit", "7")).out,
    );
    expect(header).toEqual(["time", "time_utc", "actor", "raw.exe"]);
    expect(rows).toHaveLength(7);
    const table = await exhibit("query", CASE, "actor:alice", "--limit", "3", "--zone", "Asia/Kolkata");
    expect(table.out.split("\n")).toHaveLength(5);
    expect(table.out).toContain("+05:30");
  });

  it("shows an entry, its raw bytes and the rejects", async () => {
    const raw = readFileSync(AUDIT);
    const detail = JSON.parse((await exhibit("show", CASE, "10", "--json")).out) as {
      records: { offset: number; length: number }[];
    };
    const bytes = Buffer.concat(detail.records.map(({ offset, length }) => raw.subarray(offset, offset + length)));
    expect((await exhibit("show", CASE, "10", "--raw")).out).toBe(bytes.toString("utf8"));
    expect((await exhibit("show", CASE, "10")).out).toContain("records");
    const rejects = JSON.parse((await exhibit("rejects", CASE, "--json")).out) as {
      total: number;
      rejects: { offset: number; text: string }[];
    };
    expect(rejects.total).toBe(4);
    for (const { offset, text } of rejects.rejects)
      expect(raw.subarray(offset, offset + text.length).toString()).toBe(text);
    expect((await exhibit("rejects", CASE)).out.split("\n")).toHaveLength(6);
  });
});

async function statesIn(file: string): Promise<{ status: number | null; states: Record<string, string> }> {
  const { status, out } = await exhibit("verify", file, "--json");
  const { checks } = JSON.parse(out) as { checks: { name: string; state: string }[] };
  return { status, states: Object.fromEntries(checks.map(({ name, state }) => [name, state])) };
}

describe("export and verify", () => {
  it("exports what a query matches, with a manifest, and never over a file", async () => {
    const file = at("deploy.csv");
    const ran = await exhibit("export", CASE, "actor:deploy", "--to", file);
    expect(ran.status).toBe(0);
    const outcome = JSON.parse(ran.out) as { rows: number; sha256: string };
    expect(outcome.rows).toBe(Number((await exhibit("count", CASE, "actor:deploy")).out));
    expect(parseCsv(readFileSync(file, "utf8"))).toHaveLength(outcome.rows + 1);
    expect(JSON.parse(readFileSync(at("deploy.manifest.json"), "utf8"))).toMatchObject({
      query: "actor:deploy",
      rows: outcome.rows,
    });
    expect(await exhibit("export", CASE, "--to", file)).toMatchObject({ status: 1 });
    expect((await exhibit("export", CASE, "--to", at("no/folder.csv"))).status).toBe(2);
  });

  it("verifies members from their blocks, and sources from their files", async () => {
    const log = at("changing.log");
    copyFileSync(AUDIT, log);
    const file = at("verify.exhibit");
    expect((await exhibit("import", file, log)).status).toBe(0);
    expect((await exhibit("verify", file, "--sources")).status).toBe(0);
    writeFileSync(log, "changed");
    const ran = await exhibit("verify", file, "--sources", "--json");
    expect(ran.status).toBe(2);
    const { checks } = JSON.parse(ran.out) as { checks: { what: string; state: string }[] };
    expect(checks.map(({ what, state }) => [what, state])).toEqual([
      ["member", "verified"],
      ["source", "different"],
    ]);
    expect((await exhibit("verify", file)).status).toBe(0);
  });

  it("tells what is not kept, and what is kept in part, from what differs", async () => {
    const folder = at("parts");
    mkdirSync(folder);
    writeFileSync(join(folder, "note.txt"), "Dear colleague,\nthe logs are attached.\n");
    const file = at("parts.exhibit");
    expect((await exhibit("import", file, folder, AUDIT)).status).toBe(0);
    expect(await statesIn(file)).toEqual({ status: 0, states: { "audit.log": "verified", "note.txt": "not-kept" } });
    expect((await exhibit("verify", file)).out).toMatch(/note\.txt: no log: of its 39 bytes only the digest was taken/);

    const packed = gzipSync(readFileSync(AUDIT));
    writeFileSync(at("cut.log.gz"), packed.subarray(0, packed.length >> 1));
    const line = "2025-01-01T00:00:00Z the same again and again and again and again\n";
    writeFileSync(at("bomb.log.gz"), gzipSync(line.repeat(300_000)));
    const cut = at("in-part.exhibit");
    const { out } = await exhibit("import", cut, at("cut.log.gz"), at("bomb.log.gz"));
    expect(out).toBe("");
    expect(await statesIn(cut)).toEqual({
      status: 2,
      states: { "cut.log.gz!cut.log": "incomplete", "bomb.log.gz!bomb.log": "incomplete" },
    });
    const told = (await exhibit("verify", cut)).out;
    expect(told).toMatch(/bomb\.log: \d+ bytes are kept, and are what was read; .* stopped by a limit after \d+ bytes/);
    expect(told).toMatch(/cut\.log: \d+ bytes are kept, and are what was read; .* end too early/);
  });

  it("finds a changed block", async () => {
    const file = at("flipped.exhibit");
    copyFileSync(CASE, file);
    const db = new Database(file);
    const row = db.prepare<[], { id: number; data: Buffer }>("SELECT id, data FROM block ORDER BY id LIMIT 1").get();
    if (row === undefined) throw new Error("the case has no block");
    row.data[row.data.length >> 1] = (row.data[row.data.length >> 1] ?? 0) ^ 0x55;
    db.prepare("UPDATE block SET data = ? WHERE id = ?").run(row.data, row.id);
    db.close();
    expect([2, 3]).toContain((await exhibit("verify", file)).status);
  });

  it("tells sources, ledger and versions", async () => {
    const info = JSON.parse((await exhibit("info", CASE, "--json")).out) as {
      case: { state: string; accounted: number; bytes: number };
    };
    expect(info.case).toMatchObject({ state: "sealed" });
    expect(info.case.accounted).toBe(info.case.bytes);
    expect((await exhibit("info", CASE)).out).toContain("100.00 %");
  });
});

describe("exit status and usage", () => {
  const usage: readonly (readonly string[])[] = [
    [],
    ["nonsense"],
    ["count"],
    ["count", CASE, "a", "b"],
    ["count", CASE, "--nope"],
    ["count", CASE, "nosuchfield:x"],
    ["count", CASE, '"open'],
    ["count", CASE, "--zone", "Mars/Base"],
    ["facet", CASE, "no such field"],
    ["query", CASE, "--as", "xml"],
    ["query", CASE, "--limit", "0"],
    ["query", CASE, "--sort", "time:sideways"],
    ["show", CASE, "first"],
    ["export", CASE],
  ];
  it.each(usage.map((args) => [args]))("wrong usage is 1: %j", async (args) => {
    const ran = await exhibit(...args);
    expect(ran).toMatchObject({ status: 1, out: "" });
    expect(ran.err).toMatch(/^exhibit: .+/);
  });

  const later: readonly (readonly string[])[] = [
    ["export", CASE, "--to", at("x.jsonl"), "--as", "jsonl"],
    ["export", CASE, "--to", at("y.csv"), "--profile", "p"],
  ];
  it.each(later.map((args) => [args]))("what comes later says so: %j", async (args) => {
    const ran = await exhibit(...args);
    expect(ran).toMatchObject({ status: 1, out: "" });
    expect(ran.err).toContain("not yet");
    expect(readdirSync(folder)).not.toContain("x.exhibit");
  });

  it("an unusable case is 3", async () => {
    writeFileSync(at("text.exhibit"), "no case");
    for (const name of ["text.exhibit", "missing.exhibit"]) {
      for (const command of ["count", "info", "verify"])
        expect((await exhibit(command, at(name))).status, `${command} ${name}`).toBe(3);
    }
  });

  it("a query fault says where", async () => {
    expect((await exhibit("count", CASE, "actor:x AND )")).err).toMatch(/column \d+/);
  });

  it("prints help and version", async () => {
    expect(await exhibit("--help")).toMatchObject({ status: 0, out: expect.stringContaining("exhibit import") });
    expect((await exhibit("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("leaves the case as it was when it only asks", async () => {
    const before = readFileSync(CASE);
    await exhibit("count", CASE, "x");
    await exhibit("query", CASE, "--limit", "1");
    expect(readFileSync(CASE).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith("sample."))).toEqual(["sample.exhibit"]);
  });
});
