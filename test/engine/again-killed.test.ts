/** kill -9 while a member is imported again: the case shows the old or the new, whole, and never both. */
import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JobId } from "../../workers/contract.ts";
import { Engine } from "../../workers/engine/engine.ts";
import { auditLines, query } from "./harness.ts";

const ENTRIES = 8_000;
const AGAIN = new URL("killed/again.ts", import.meta.url).pathname;
const THREADS = new URL("../../workers/engine/", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "exhibit-again-"));
const CASE = join(folder, "first.exhibit");

async function withCase<T>(file: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = new Engine({
    threads: THREADS,
    onBug: (error) => {
      throw error;
    },
  });
  try {
    await engine.openCase(engine.grants.add(file, "case"));
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}

async function ended(engine: Engine, job: JobId): Promise<void> {
  for (let state = await engine.watch(job, -1); state.state === "running"; )
    state = await engine.watch(job, state.revision);
}

interface Ran {
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
}

function importAgain(file: string, at: number): Promise<Ran> {
  const child = spawn(process.execPath, [AGAIN, file, String(at)], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_code, signal) => resolve({ signal, out }));
  });
}

function copied(name: string): string {
  const file = join(folder, name);
  copyFileSync(CASE, file);
  return file;
}

/** The format of the one member that is shown, with all of its entries and no other. */
async function shown(file: string): Promise<string | undefined> {
  return await withCase(file, async (engine) => {
    const info = await engine.watchCase(-1);
    const members = info?.sources.filter(({ state }) => state !== "replaced").flatMap((source) => source.members) ?? [];
    expect(info).toMatchObject({ state: "sealed", entries: ENTRIES, rejects: 0 });
    expect(members).toHaveLength(1);
    expect(await engine.open(query())).toMatchObject({ matched: ENTRIES, total: ENTRIES });
    const [member] = members;
    const { ledger } = member ?? {};
    expect(ledger?.entries).toBe(ledger?.total);
    return member?.format;
  });
}

beforeAll(async () => {
  const log = join(folder, "host.log");
  writeFileSync(log, auditLines(ENTRIES));
  const engine = new Engine({ threads: THREADS, onBug: () => undefined });
  await engine.createCase(engine.grants.add(CASE, "case"));
  const items = [{ grant: engine.grants.add(log, "read"), choices: {}, skip: [] }];
  await ended(engine, await engine.startImport({ items }));
  await engine.dispose();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("leaves the old or the new, whatever commit it comes after", { timeout: 300_000 }, async () => {
  const whole = copied("whole.exhibit");
  const { signal, out } = await importAgain(whole, 0);
  expect(signal).toBeNull();
  expect(await shown(whole)).toBe("text-lines");
  const commits = Number(out);
  expect(commits).toBeGreaterThan(5);
  const seen: (string | undefined)[] = [];
  for (const at of [1, 2, Math.floor(commits / 2), commits - 1, commits]) {
    const file = copied(`killed-${at}.exhibit`);
    expect((await importAgain(file, at)).signal).toBe("SIGKILL");
    seen.push(await shown(file));
  }
  expect(seen.slice(0, 3)).toEqual(["auditd", "auditd", "auditd"]);
  expect(seen).toContain("text-lines");
  // What a kill left behind is no hindrance.
  const mended = join(folder, "killed-2.exhibit");
  expect((await importAgain(mended, 0)).signal).toBeNull();
  expect(await shown(mended)).toBe("text-lines");
});
