/** kill -9 at fifty seeded points of an import: the case opens, tells the truth, and the import can be done again. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CaseInfo, JobState, MemberInfo } from "../../workers/contract.ts";
import { Engine } from "../../workers/engine/engine.ts";
import { CaseReader } from "../../workers/store/case-reader.ts";

const POINTS = 50;
const SEED = 20_261_121;
/** Cases; each is killed five times in a row before it is mended. */
const CHAINS = 10;
const AT_ONCE = 2;
const IMPORTER = new URL("killed/importer.ts", import.meta.url).pathname;
const THREADS = new URL("../../workers/engine/", import.meta.url);

const folder = mkdtempSync(join(tmpdir(), "exhibit-kill-"));
const LOG = join(folder, "host.log");
const ZIP = join(folder, "bundle.zip");
/** What each member really holds. */
const content = new Map<string, Buffer>();
let commits = 0;
let whole: CaseInfo;

beforeAll(async () => {
  content.set("host.log", Buffer.from(`${lines(48_000)}not an audit record\n\n`));
  content.set("a/one.log", Buffer.from(lines(8_000, 1_650_000_000)));
  content.set("a/two.log", Buffer.from(`${lines(4_000, 1_600_000_000)}torn line at the end`));
  writeFileSync(LOG, content.get("host.log") ?? "");
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const name of ["a/one.log", "a/two.log"]) {
    await zip.add(name, new Uint8ArrayReader(new Uint8Array(content.get(name) ?? [])));
  }
  writeFileSync(ZIP, await zip.close());
  const file = join(folder, "whole.exhibit");
  const ended = await importer(file, 0, 0);
  expect(ended.signal).toBeNull();
  commits = Number(ended.out);
  whole = await opened(file, (_engine, info) => Promise.resolve(info));
  expect(whole).toMatchObject({ state: "sealed", entries: 60_000, rejects: 2 });
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Short ones: what counts here is how many there are. */
function lines(events: number, first = 1_700_000_000): string {
  let text = "";
  for (let i = 0; i < events; i++) {
    text += `type=USER_LOGIN msg=audit(${first + i}.123:${1_000 + i}): pid=${i} uid=0 ses=1 res=${i % 5 === 0 ? "failed" : "success"}\n`;
  }
  return text;
}

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
}

function importer(file: string, at: number, delay: number): Promise<Ended> {
  const child = spawn(process.execPath, [IMPORTER, file, String(at), String(delay), LOG, ZIP], {
    stdio: ["ignore", "pipe", "inherit"],
    // Fifty starts of the same program.
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") },
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_code, signal) => resolve({ signal, out }));
  });
}

/** Mulberry32: the same points in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function opened<T>(file: string, work: (engine: Engine, info: CaseInfo) => Promise<T>): Promise<T> {
  const bugs: unknown[] = [];
  const engine = new Engine({ threads: THREADS, onBug: (error) => bugs.push(error) });
  try {
    const result = await work(engine, await engine.openCase(engine.grants.add(file, "case")));
    expect(bugs).toEqual([]);
    return result;
  } finally {
    await engine.dispose();
  }
}

const accounted = ({ ledger }: MemberInfo): number => ledger.entries + ledger.rejects + ledger.ignored + ledger.blank;

/** Every entry, reject and count that the case claims, against the bytes of the evidence. */
function expectTruth(file: string, what: "shown" | "all"): void {
  const reader = CaseReader.open(file);
  try {
    const entries = new Map<number, number>();
    const removed = new Set(reader.sources.filter(({ state }) => state === "replaced").map(({ id }) => id));
    const members = reader.members.filter(({ source }) => what === "all" || !removed.has(source));
    const first = Math.min(reader.entries, ...members.map(({ firstEntry }) => firstEntry));
    for (let entry = first; entry < reader.entries; entry++) {
      const { member, spans } = reader.placeOf(entry);
      entries.set(member.id, (entries.get(member.id) ?? 0) + 1);
      const real = content.get(member.path);
      for (const { offset, length } of spans) {
        const held = reader.bytes(member.id, offset, length);
        if (real === undefined || length === 0 || !real.subarray(offset, offset + length).equals(held)) {
          throw new Error(`entry ${entry}: bytes ${offset}+${length} of ${member.path} are not those of the evidence`);
        }
      }
    }
    for (const member of members) {
      expect(member.entries).toBe(entries.get(member.id) ?? 0);
      const rejects = reader.rejects(0, 100, member.id, undefined);
      expect(rejects.total).toBe(removed.has(member.source) ? 0 : member.rejects);
      for (const { offset, length, bytes } of rejects.rows) {
        expect(content.get(member.path)?.subarray(offset, offset + length)).toEqual(Buffer.from(bytes));
      }
      expect(accounted(member)).toBeLessThanOrEqual(member.ledger.total);
      if (member.state !== "ready") expect(accounted(member)).toBe(0);
      else expect(accounted(member)).toBe(content.get(member.path)?.length);
    }
  } finally {
    reader.close();
  }
}

async function finished(engine: Engine, job: JobState["job"]): Promise<JobState> {
  let state = await engine.watch(job, -1);
  while (state.state === "running") state = await engine.watch(job, state.revision);
  return state;
}

/** Every other case is mended by removing and importing, the rest by importing again in place. */
async function mend(engine: Engine, info: CaseInfo, isRemoving: boolean): Promise<CaseInfo> {
  const shown = info.sources.filter(({ state }) => state !== "replaced");
  const cut = shown.filter(({ state }) => state === "failed");
  const missing = [LOG, ZIP].filter((path) => !shown.some((source) => source.path === path));
  const paths = [...missing];
  for (const source of cut) {
    if (isRemoving) {
      await engine.removeSource(source.id);
      paths.push(source.path);
    } else expect(await finished(engine, await engine.importAgain(source.id, false))).toMatchObject({ state: "done" });
  }
  if (paths.length > 0) {
    const items = paths.map((path) => ({ grant: engine.grants.add(path, "read"), choices: {}, skip: [] }));
    expect(await finished(engine, await engine.startImport({ items }))).toMatchObject({ state: "done" });
  }
  const after = await engine.watchCase(-1);
  if (after === undefined) throw new Error("the case is closed");
  return after;
}

interface Seen {
  readonly cut: number;
  readonly entries: number;
}

interface Point {
  readonly at: number;
  readonly delay: number;
}

/** One case, killed again and again; each import removes what the one before it left. Then it is mended. */
async function killAndMend(chain: number, points: readonly Point[]): Promise<readonly Seen[]> {
  const file = join(folder, `${chain}.exhibit`);
  const seen: Seen[] = [];
  for (const { at, delay } of points) {
    const { signal } = await importer(file, at, delay);
    expect(signal).toBe("SIGKILL");
    seen.push(await opened(file, async (_engine, info) => expectIncomplete(file, info)));
  }
  await opened(file, async (engine, info) => {
    const after = await mend(engine, info, chain % 2 === 0);
    expect(after).toMatchObject({
      state: "sealed",
      entries: whole.entries,
      rejects: whole.rejects,
      bytes: whole.bytes,
    });
  });
  expectTruth(file, "all");
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
  return seen;
}

function expectIncomplete(file: string, info: CaseInfo): Seen {
  const shown = info.sources.filter(({ state }) => state !== "replaced");
  const cut = shown.filter(({ state }) => state === "failed");
  expect(shown.every(({ state }) => state === "failed" || state === "ready")).toBe(true);
  expect(info.accounted).toBeLessThanOrEqual(info.bytes);
  for (const source of cut) {
    expect(source.problems.at(-1)).toMatchObject({
      code: "cancelled",
      message: expect.stringContaining("interrupted"),
    });
    expect(source.sha256).toBeUndefined();
  }
  if (cut.length > 0) expect(info.state).toBe("incomplete");
  expectTruth(file, "shown");
  return { cut: cut.length, entries: info.entries };
}

describe("a killed import", () => {
  it(`leaves a case that opens and tells the truth, at ${POINTS} points`, { timeout: 900_000 }, async () => {
    const random = seeded(SEED);
    const points = Array.from(
      { length: POINTS },
      (_, point): Point => ({
        // Spread over the whole import; the first commits make the sources, the last ones end them.
        at: 1 + Math.floor(((point + random()) / POINTS) * (commits - 1)),
        delay: point % 3 === 0 ? 0 : 1 + Math.floor(random() * 12),
      }),
    );
    const chains = Array.from({ length: CHAINS }, (_, chain) => points.filter((_point, at) => at % CHAINS === chain));
    const seen: Seen[] = [];
    const waiting = [...chains.entries()];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        seen.push(...(await killAndMend(...next)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    expect(seen).toHaveLength(POINTS);
    // The points lie where they should: within imports, with some of their entries in the case.
    expect(seen.filter(({ cut }) => cut > 0).length).toBeGreaterThan(POINTS / 2);
    expect(seen.filter(({ cut, entries }) => cut > 0 && entries > 0).length).toBeGreaterThan(POINTS / 3);
  });

  it("leaves the evidence as it was", () => {
    expect(readFileSync(LOG).equals(content.get("host.log") ?? Buffer.alloc(0))).toBe(true);
  });
});
