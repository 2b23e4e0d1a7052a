import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "./runtime.ts";

/** The bundled evidence: one auditd log, one dump of objects, one archive with a log and a text that is none. */
export const samples = {
  audit: join(checkout, "samples", "auditd", "audit.log"),
  air: join(checkout, "samples", "binalyze-air", "air-auditlogs-dump.json"),
  zip: join(checkout, "samples", "binalyze-air", "branch-office.zip"),
} as const;
export const allSamples: readonly string[] = Object.values(samples);

export interface Folder {
  readonly path: string;
  /** A path inside. */
  in(name: string): string;
  remove(): Promise<void>;
}

/** A folder of the test's own, gone after it. */
export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "exhibit-e2e-files-"));
  return { path, in: (name) => join(path, name), remove: () => rm(path, { recursive: true, force: true }) };
}

/** What must not change when evidence is read: bytes, time of change, size, rights. */
export async function stateOf(path: string): Promise<Readonly<Record<string, string | number>>> {
  const { mtimeMs, size, mode, ino } = await stat(path);
  return { sha256: await sha256Of(path), mtimeMs, size, mode, ino };
}

export async function sha256Of(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
