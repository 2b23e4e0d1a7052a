import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../workers/contract.ts";
import { CaseReader } from "../../workers/store/case-reader.ts";
import { CaseWriter } from "../../workers/store/case-writer.ts";
import { importSource, lines } from "./support/evidence.ts";
import { expectCase } from "./support/expected.ts";
import { faultFrom, faultFromAsync } from "./support/faults.ts";
import { bytesOfMember, digest, type ModelSource } from "./support/model.ts";
import { temporaryCase, temporaryFolder } from "./support/temporary.ts";

const child = join(import.meta.dirname, "support", "child.ts");
const NOBODY = "65534";

describe("a process killed in mid-import", () => {
  test("loses nothing that was committed, and the source is told as interrupted", async () => {
    const file = temporaryCase();
    CaseWriter.create(file, { segmentEntries: 64 }).close();
    await killWhenFarEnough(file);
    const reader = CaseReader.open(file);
    const info = reader.info();
    expect(info.state).toBe("incomplete");
    expect(info.sources.map((source) => source.state)).toEqual(["ready", "failed"]);
    expect(info.sources[1]?.problems[0]?.message).toContain("interrupted");
    expect(reader.entries).toBeGreaterThan(200);
    expect(reader.entries).toBe(info.entries);
    expectCase(reader, [lines("whole.log", 100), firstOf(reader.entries - 100)]);
    reader.close();
  }, 240_000);

  test("leaves a case that takes the next import, beside the interrupted one or in its place", async () => {
    const file = temporaryCase();
    CaseWriter.create(file, { segmentEntries: 64 }).close();
    await killWhenFarEnough(file);
    const writer = CaseWriter.open(file);
    const survived = writer.info().entries;
    const interrupted = writer.info().sources[1];
    if (interrupted === undefined) throw new Error("the interrupted source is missing");
    writer.removeSource(interrupted.id);
    await importSource(writer, lines("again.log", 30));
    expect(writer.info()).toMatchObject({ state: "sealed", entries: 130 });
    writer.close();
    expect(readdirSync(dirname(file))).toEqual([basename(file)]);
    const reader = CaseReader.open(file);
    expect(reader.removed).toEqual([{ first: 100, end: survived }]);
    expect(Buffer.from(reader.text.bytes(survived + 29)).toString()).toBe("line 29 of again.log\n");
    reader.close();
  }, 240_000);
});

describe("a full disk", () => {
  test("ends the import with a fault; what was committed stays, and the writer goes on when there is room", async () => {
    const file = temporaryCase();
    CaseWriter.create(file).close();
    const pages = statSync(file).size / 8192;
    const small = CaseWriter.open(file, { maxPages: pages + 12, commitBytes: 0 });
    await importSource(small, lines("fits.log", 10));
    const problem = await faultFromAsync(() => importSource(small, lines("too-large.log", 5_000)));
    expect(problem.code).toBe("disk.full");
    expect(problem.message).toContain("case.exhibit");
    expect(small.info().sources.map((source) => source.state)).toEqual(["ready", "failed"]);
    expect(small.info().state).toBe("incomplete");
    small.abandon(problem);
    expect(small.info().sources[1]).toMatchObject({ state: "failed", problems: [{ code: "disk.full" }] });
    small.close();

    const writer = CaseWriter.open(file);
    await importSource(writer, lines("later.log", 5_000));
    writer.close();
    const reader = CaseReader.open(file);
    const kept = reader.members.find((member) => member.path === "too-large.log")?.entries ?? 0;
    expect(reader.entries).toBe(10 + kept + 5_000);
    const last = reader.members.find((member) => member.path === "later.log");
    expect(last?.sha256).toBe(
      digest(bytesOfMember(lines("later.log", 5_000).members[0] as ModelSource["members"][number])),
    );
    expect(Buffer.from(reader.text.bytes(10 + kept + 4_999)).toString()).toBe("line 4999 of later.log\n");
    reader.close();
  });

  test("too small for a new case leaves nothing behind", () => {
    const file = temporaryCase();
    expect(faultFrom(() => CaseWriter.create(file, { maxPages: 3 })).code).toBe("disk.full");
    expect(readdirSync(dirname(file))).toEqual([]);
  });
});

// Root may write anywhere, so the attempt is made by a process that gave its rights up.
const canDropRights = process.getuid?.() === 0;
describe.runIf(canDropRights)("without the right to write", () => {
  test("a case in a folder of others is read, not written", async () => {
    const file = join(publicFolder(), "case.exhibit");
    const writer = CaseWriter.create(file);
    await importSource(writer, lines("a.log", 20));
    writer.close();
    const before = readFileSync(file);
    chmodSync(file, 0o444);
    chmodSync(dirname(file), 0o555);
    expect(asNobody("read", file)).toEqual({ ok: 20 });
    expect(asNobody("write", file).fault?.code).toBe("target.unwritable");
    expect(readdirSync(dirname(file))).toEqual(["case.exhibit"]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("a case that may not be read says so", async () => {
    const file = join(publicFolder(), "case.exhibit");
    CaseWriter.create(file).close();
    chmodSync(file, 0o600);
    const answer = asNobody("read", file);
    expect(answer.fault?.code).toBe("source.unreadable");
    expect(answer.fault?.next).toContain("permissions");
  });

  test("no case is made in a folder of others", () => {
    const folder = join(publicFolder(), "locked");
    mkdirSync(folder, { mode: 0o755 });
    expect(asNobody("create", join(folder, "new.exhibit")).fault?.code).toBe("target.unwritable");
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** The folder of the test, made so that another user may pass. */
function publicFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  return folder;
}

function asNobody(action: string, file: string): { ok?: unknown; fault?: Fault } {
  const run = spawnSync(process.execPath, [child, action, file, NOBODY], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as { ok?: unknown; fault?: Fault };
}

/** Starts an import that never ends and kills it without warning after some commits. */
async function killWhenFarEnough(file: string): Promise<void> {
  const importer = spawn(process.execPath, [child, "import", file], { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  for await (const chunk of importer.stdout) {
    told += String(chunk);
    if (told.split("\n").length > 25) break;
  }
  importer.kill("SIGKILL");
  if (importer.exitCode === null && importer.signalCode === null) await once(importer, "exit");
  expect(importer.signalCode).toBe("SIGKILL");
}

/** The endless log as the importer got it, its blocks first, with so many entries. */
function firstOf(count: number): ModelSource {
  const endless = lines("endless.log", 20_000);
  return {
    ...endless,
    members: endless.members.map((member) => ({ ...member, entries: member.entries.slice(0, count) })),
  };
}
