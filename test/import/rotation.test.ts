import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportMessage } from "../../workers/base/batch.ts";
import { type ImportSourceRequest, importSources } from "../../workers/import/pipeline.ts";
import { rotatedName, rotatedSets, setKey } from "../../workers/import/rotation.ts";
import { makeZip } from "../containers/make-zip.ts";
import { Collector, type CollectedMember } from "./collect.ts";
import { importBytes } from "./run.ts";
import { auditLog } from "./samples.ts";

describe("names", () => {
  test.each([
    ["audit.log", "audit.log"],
    ["audit.log.1", "audit.log"],
    ["audit.log.12.gz", "audit.log"],
    ["audit.log-20250301", "audit.log"],
    ["audit.log-20250301.xz", "audit.log"],
    ["audit.log.2025-03-01", "audit.log"],
    ["audit.log-20250301-1200.bz2", "audit.log"],
    ["audit.3.log", "audit.log"],
    ["audit-20250301.log", "audit.log"],
    ["log.10.0.0.1", "log.10.0.0.1"],
    ["audit.log.old", "audit.log.old"],
  ])("%s is of %s", (name, stem) => expect(rotatedName(name).stem).toBe(stem));

  test("only files of one folder are one log, packed or not", () => {
    expect(setKey("a/audit.log.1")).toBe(setKey("a/audit.log"));
    expect(setKey("a/audit.log.1")).not.toBe(setKey("b/audit.log"));
    expect(setKey("x.tgz!/a/audit.log.2.gz!audit.log.2")).toBe(setKey("x.tgz!/a/audit.log"));
    expect(setKey("x.zip!a/audit.log")).not.toBe(setKey("a/audit.log"));
  });

  test("the oldest comes first: by time, and by name where that says nothing", () => {
    const of = (path: string, hours: number | undefined) => {
      return { path, choice: "lines+auditd", first: hours === undefined ? undefined : hours * 3.6e9 };
    };
    const order = (...files: ReturnType<typeof of>[]): (string | undefined)[][] =>
      rotatedSets(files).map((set) => set.map(({ path }) => path));
    expect(order(of("a.log", 3), of("a.log.1", 1), of("a.log.2", 2))).toEqual([["a.log.1", "a.log.2", "a.log"]]);
    expect(order(of("a.log", 1), of("a.log.1", 1), of("a.log.10", 1))).toEqual([["a.log.10", "a.log.1", "a.log"]]);
    expect(order(of("a.log", 1), of("a.log.2", undefined), of("a.log.10", 3))).toEqual([
      ["a.log.10", "a.log.2", "a.log"],
    ]);
    expect(order(of("a-20250302", 1), of("a-20250301", 1), of("a", 1))).toEqual([["a-20250301", "a-20250302", "a"]]);
    expect(rotatedSets([of("a.log", 1), { ...of("a.log.1", 0), choice: "lines+text-lines" }])).toEqual([]);
  });
});

const nothing = (): void => undefined;

/** A log cut at line ends into files, the oldest first. */
function cut(log: string, places: readonly number[]): string[] {
  const lines = log.split(/(?<=\n)/);
  const ends = [...new Set(places.map((place) => place % lines.length))].toSorted((a, b) => a - b);
  return [0, ...ends].map((from, at) => lines.slice(from, ends[at]).join("")).filter((part) => part !== "");
}

function named(parts: readonly string[]): [name: string, text: string][] {
  return parts.map((text, at) => {
    const age = parts.length - 1 - at;
    return [age === 0 ? "audit.log" : `audit.log.${age}`, text];
  });
}

/** What an entry is, wherever its bytes lie. */
function contents(members: readonly CollectedMember[]): unknown[] {
  return members.flatMap((member) =>
    member.rows.map((row) => ({
      time: row.time,
      fields: { ...row.fields, datasource: [] },
      text: row.spans
        .map(({ offset, length, member: other }) =>
          (members[other ?? member.number] as CollectedMember).bytes.toString("latin1", offset, offset + length),
        )
        .join(""),
    })),
  );
}

type Files = readonly (readonly [string, string | Uint8Array])[];

async function inFolder<T>(files: Files, work: (requests: ImportSourceRequest[]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "exhibit-rotated-"));
  try {
    return await work(
      files.map(([name, bytes]) => {
        writeFileSync(join(folder, name), bytes);
        return { path: join(folder, name), choices: {}, skip: [] };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function importLoose(files: Files): Promise<Collector> {
  const collector = new Collector();
  const { signal } = new AbortController();
  const noBug = (error: unknown): void => expect(error).toBeUndefined();
  await inFolder(files, (requests) => importSources(requests, collector, signal, nothing, noBug));
  return collector;
}

describe("a rotated log", () => {
  const log = auditLog(60);

  test("cut anywhere and put together again has the entries of the whole", async () => {
    const whole = contents((await importBytes("audit.log", log)).members);
    const places = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(places, fc.boolean(), async (cuts, isReversed) => {
        const files = named(cut(log, cuts));
        const order = isReversed ? files.toReversed() : files;
        const loose = await importLoose(order);
        expect(contents(loose.members)).toEqual(whole);
        const zip = makeZip(order.map(([name, text]) => ({ name: `var/${name}`, data: Buffer.from(text) })));
        expect(contents((await importBytes("logs.zip", zip)).members)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  test("an entry belongs to the file of its first record; its other bytes count where they lie", async () => {
    const [old = "", young = ""] = cut(log, [3]);
    const { members } = await importLoose([
      ["audit.log", young],
      ["audit.log.1", old],
    ]);
    const [first, second] = members;
    expect(first?.start.path).toBe("audit.log.1");
    expect(first?.start.reasons).toContain("read as one log with audit.log");
    expect(second?.start.reasons).toContain("read as one log with audit.log.1");
    expect(first?.rows.map(({ spans }) => spans.map(({ member }) => member))).toEqual([
      [undefined, undefined, 1, 1],
      [undefined, 1, 1, 1],
    ]);
    expect(first?.end).toMatchObject({ entries: 2, records: 3, ledger: { entries: old.length, total: old.length } });
    expect(second?.end).toMatchObject({ entries: 58, records: 237 });
    expect(second?.end?.ledger.total).toBe(Buffer.byteLength(young));
  });

  test("packed parts are parts, files of another kind or folder are not", async () => {
    const [old = "", young = ""] = cut(log, [3]);
    const zip = makeZip([
      { name: "a/audit.log", data: Buffer.from(young) },
      { name: "a/audit.log.1.gz", data: gzipSync(old) },
      { name: "b/audit.log.1", data: Buffer.from(old) },
    ]);
    const { members, end } = await importBytes("logs.zip", zip);
    expect(end?.state).toBe("ready");
    expect(members.map(({ start, rows }) => [start.path, rows.length])).toEqual([
      ["b/audit.log.1", 2],
      ["a/audit.log.1.gz!audit.log.1", 2],
      ["a/audit.log", 58],
    ]);
  });

  test("a part that is damaged costs what it lost; the others are read", async () => {
    const [old = "", young = ""] = cut(log, [120]);
    const packed = gzipSync(old);
    const { members, ends } = await importLoose([
      ["audit.log", young],
      ["audit.log.1.gz", packed.subarray(0, packed.length - 300)],
    ]);
    expect([...ends.values()].map(({ state }) => state)).toEqual(["ready", "ready"]);
    expect(members[0]?.end).toMatchObject({ state: "failed", problem: { code: "container.truncated" } });
    expect(members[1]?.end?.state).toBe("ready");
    expect(members[1]?.rows.length).toBeGreaterThan(20);
  });

  test("a cancel ends every file of it", async () => {
    const files = named(cut(auditLog(4000), [6000, 12_000]));
    const controller = new AbortController();
    const seen: string[] = [];
    const sink = {
      async accept(message: ImportMessage) {
        if (message.kind === "member" && message.number === 1) controller.abort();
        if (message.kind === "member-end" || message.kind === "source-end") seen.push(message.end.state);
      },
    };
    await inFolder(files, (requests) => importSources(requests, sink, controller.signal, nothing, nothing));
    expect(seen).toEqual(Array.from({ length: 5 }, () => "cancelled"));
  });
});
