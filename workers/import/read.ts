import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { throwIfCancelled } from "../base/abort.ts";
import { fault, raise } from "../base/fault.ts";
import type { ByteSource } from "../containers/container.ts";
import type { Fault, Sha256 } from "../contract.ts";

const READ_BYTES = 1024 * 1024;

/**
 * A file as found, open for reading only. The digest is taken in the pass that reads the bytes in order; what that
 * pass left out (trailing bytes, members that were skipped) is read by `digest`.
 */
export class SourceFile implements ByteSource {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970 UTC. */
  readonly mtime: number;
  readonly #handle: FileHandle;
  readonly #before: Stats;
  #read = 0;
  readonly #hash = createHash("sha256");
  #hashed = 0;

  constructor(path: string, name: string, handle: FileHandle, stats: Stats) {
    this.name = name;
    this.path = path;
    this.size = stats.size;
    this.mtime = stats.mtimeMs;
    this.#handle = handle;
    this.#before = stats;
  }

  async *stream(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let at = 0;
    while (at < this.size) {
      throwIfCancelled(signal);
      const chunk = await this.readAt(at, READ_BYTES);
      if (chunk.length === 0) return;
      this.#absorb(at, chunk);
      at += chunk.length;
      yield chunk;
    }
  }

  /** Bytes read so far, those read twice counted twice. */
  get bytesRead(): number {
    return this.#read;
  }

  /** Fewer bytes than asked for only where the file ends, as it was when opened. */
  async readAt(offset: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const bytes = new Uint8Array(wanted);
    let done = 0;
    while (done < wanted) {
      const { bytesRead } = await this.#readInto(bytes, done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    this.#read += done;
    return done === wanted ? bytes : bytes.subarray(0, done);
  }

  /** SHA-256 of the whole file; reads what no pass has read yet. */
  async digest(signal: AbortSignal): Promise<Sha256> {
    while (this.#hashed < this.size) {
      throwIfCancelled(signal);
      const at = this.#hashed;
      const chunk = await this.readAt(at, READ_BYTES);
      if (chunk.length === 0) break;
      this.#absorb(at, chunk);
    }
    return this.#hash.copy().digest("hex") as Sha256;
  }

  /** What `stat` says now against what it said at opening: evidence that changes under the reader is no evidence. */
  async change(): Promise<Fault | undefined> {
    const after = await this.#handle.stat();
    const isSame = after.size === this.#before.size && after.mtimeMs === this.#before.mtimeMs;
    if (isSame && this.#hashed === this.size) return undefined;
    return fault(
      "source.changed",
      `${this.name} changed while it was read (${this.size} bytes when opened, ${after.size} now).`,
      "Copy the file to a place where nothing writes to it, and import the copy.",
      { source: this.path },
    );
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #absorb(at: number, chunk: Uint8Array): void {
    if (at !== this.#hashed) return;
    this.#hash.update(chunk);
    this.#hashed += chunk.length;
  }

  async #readInto(bytes: Uint8Array, at: number, offset: number): Promise<{ readonly bytesRead: number }> {
    try {
      return await this.#handle.read(bytes, at, bytes.length - at, offset);
    } catch (error) {
      return unreadable(this.path, error);
    }
  }
}

/** Faults: source.missing, source.not-a-file, source.unreadable. An empty file opens; it just holds nothing. */
export async function openSource(path: string, name = basename(path)): Promise<SourceFile> {
  await refuseOtherThanFile(path);
  const handle = await openReadOnly(path);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) notAFile(path, "is no longer a plain file");
    return new SourceFile(path, name, handle, stats);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Before opening, because opening a pipe waits for its writer and opening a device may do anything. */
async function refuseOtherThanFile(path: string): Promise<void> {
  let stats: Stats;
  try {
    stats = await lstat(path);
    if (stats.isSymbolicLink()) stats = await stat(path);
  } catch (error) {
    unreadable(path, error);
  }
  if (stats.isDirectory()) {
    raise(
      "source.not-a-file",
      `${basename(path)} is a folder.`,
      "Drop the files inside it instead; whole folders come in a later version.",
      { source: path },
    );
  }
  if (!stats.isFile()) notAFile(path, "is a device, a pipe or a socket");
}

/** O_NONBLOCK so that a pipe put in the file's place does not hang; O_NOATIME where the file is ours to leave no trace. */
async function openReadOnly(path: string): Promise<FileHandle> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const quiet = constants.O_NOATIME ?? 0;
  try {
    return await open(path, flags | quiet);
  } catch (error) {
    if (quiet === 0 || codeOf(error) !== "EPERM") unreadable(path, error);
  }
  try {
    return await open(path, flags);
  } catch (error) {
    return unreadable(path, error);
  }
}

function notAFile(path: string, what: string): never {
  return raise("source.not-a-file", `${basename(path)} ${what}.`, "Choose a file that holds a log.", { source: path });
}

function unreadable(path: string, error: unknown): never {
  const code = codeOf(error);
  if (code === undefined) throw error;
  const name = basename(path);
  if (code === "ENOENT" || code === "ENOTDIR") {
    raise("source.missing", `${name} is not there.`, "Check the path, or whether the drive is connected.", {
      source: path,
    });
  }
  if (code === "EACCES" || code === "EPERM") {
    raise(
      "source.unreadable",
      `You may not read ${name}.`,
      "Ask its owner for read permission, or import a copy that you may read.",
      { source: path },
      error,
    );
  }
  return raise(
    "source.unreadable",
    `${name} cannot be read (${code}).`,
    "Check the drive, or copy the file to another one and import the copy.",
    { source: path },
    error,
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** SHA-256 of a file, to tell whether it was imported before. Faults: those of opening and reading it. */
export async function digestOf(path: string, signal: AbortSignal): Promise<Sha256> {
  const file = await openSource(path);
  try {
    return await file.digest(signal);
  } finally {
    await file.close();
  }
}

export function emptySource(path: string): Fault {
  return fault("source.empty", `${basename(path)} is empty.`, "Check whether the right file was collected.", {
    source: path,
  });
}
