/**
 * An export becomes a file only when it is whole: written under another name beside its target, synced, read back,
 * hashed again, and renamed. A cancelled or failed export leaves nothing.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { ExportOutcome } from "../contract.ts";
import { FaultError, fault, faultOf } from "../base/fault.ts";
import type { ByteTarget, ExportFormat, ExportWork, FileDigest } from "./export-writer.ts";
import { HashingTarget } from "./hashing-target.ts";
import { manifestOf, manifestText } from "./manifest.ts";

export type ExportPhase = "writing" | "checking";

/** `evidence`: files that must never be overwritten, the case and its sources. Throws a FaultError. */
export async function writeExport(
  format: ExportFormat,
  work: Omit<ExportWork, "name">,
  file: string,
  evidence: readonly string[],
  onPhase: (phase: ExportPhase) => void,
): Promise<ExportOutcome> {
  const stem = basename(file, extname(file));
  const manifest = manifestFile(file);
  for (const path of [file, manifest]) await refuseEvidence(path, evidence);
  const named = { ...work, name: stem };
  const parts = partFiles(file);
  try {
    onPhase("writing");
    const { digest, written } = await fill(parts[0], basename(file), (target) => format.write(named, target));
    onPhase("checking");
    await rereadDigest(parts[0], digest);
    await format.check(parts[0], written);
    const text = manifestText(manifestOf(format, named, written, [digest]));
    await fill(parts[1], basename(manifest), (target) => target.write(new TextEncoder().encode(text)));
    await rename(parts[0], file);
    await rename(parts[1], manifest);
    const { bytes, sha256 } = digest;
    return { rows: written.rows, bytes, sha256, guardedCells: written.guardedCells, file, manifest };
  } catch (error) {
    for (const part of parts) await rm(part, { force: true });
    throw asFault(error, file);
  }
}

/** `NAME.manifest.json` beside `NAME.csv`. */
function manifestFile(file: string): string {
  return join(dirname(file), `${basename(file, extname(file))}.manifest.json`);
}

/** Where an export to `file` and its manifest are written before they have their names. */
export function partFiles(file: string): readonly [string, string] {
  return [`${file}.${process.pid}.part`, `${manifestFile(file)}.${process.pid}.part`];
}

async function fill<T>(
  path: string,
  name: string,
  write: (target: ByteTarget) => Promise<T>,
): Promise<{ readonly digest: FileDigest; readonly written: T }> {
  const handle = await open(path, "wx");
  try {
    const target = new HashingTarget({ write: (bytes) => writeAll(handle, bytes) });
    const written = await write(target);
    await handle.sync();
    return { digest: target.digest(name), written };
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let at = 0;
  while (at < bytes.length) at += (await handle.write(bytes, at)).bytesWritten;
}

async function rereadDigest(path: string, digest: FileDigest): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(chunk);
  if (hash.digest("hex") === digest.sha256) return;
  throw new FaultError(
    fault("target.unwritable", "The file reads back differently from what was written.", "Export to another disk.", {
      source: path,
    }),
  );
}

/** Faults: target.unwritable where the path is one of these files, whatever it is called. */
export async function refuseEvidence(path: string, evidence: readonly string[]): Promise<void> {
  const target = await identity(path);
  if (target === undefined) return;
  for (const file of evidence) {
    if ((await identity(file)) !== target) continue;
    throw new FaultError(
      fault("target.unwritable", `${path} is evidence of this case and is never overwritten.`, "Choose another name.", {
        source: path,
      }),
    );
  }
}

/** The file itself, whatever it is called; undefined = there is none. */
async function identity(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}

/** An error of the file system as a fault that names `file`; anything else as it is. */
export function asFault(error: unknown, file: string): unknown {
  if (faultOf(error) !== undefined) return error;
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT") {
    const next = "Free some space or choose another disk; nothing was left behind.";
    return new FaultError(
      fault("disk.full", `The disk is full: ${file} was not written.`, next, { source: file }),
      error,
    );
  }
  if (code === undefined) return error;
  const message = `${file} cannot be written (${code}).`;
  return new FaultError(
    fault("target.unwritable", message, "Choose a folder that you may write to.", { source: file }),
    error,
  );
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
