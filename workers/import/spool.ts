/**
 * Bytes of an archive inside another one, kept for random access: in memory while they are few, then in a temporary file
 * that holds them encrypted (AES-256-CTR) under a key that never leaves this process. The file has no name from the
 * moment it is open where the system allows that, and is removed in any case when it is closed.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { throwIfCancelled } from "../base/abort.ts";
import { raise } from "../base/fault.ts";
import { join } from "../containers/byte-reader.ts";
import type { ByteSource } from "../containers/container.ts";

const BLOCK_BYTES = 16;
const READ_BYTES = 1024 * 1024;

/** A source that must be closed, for what it holds is its own. */
export interface HeldSource extends ByteSource {
  close(): Promise<void>;
}

/**
 * Takes all of `bytes`; more than `memoryBytes` go to the disk, in `folder`. Faults: those of `bytes`, disk.full,
 * target.unwritable.
 */
export async function holdBytes(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  memoryBytes: number,
  folder = tmpdir(),
): Promise<HeldSource> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let spool: Spool | undefined;
  try {
    for await (const part of bytes) {
      size += part.length;
      if (spool === undefined && size <= memoryBytes) {
        parts.push(part);
        continue;
      }
      spool ??= await Spool.create(name, folder);
      for (const each of [...parts, part]) await spool.append(each);
      parts = [];
    }
  } catch (error) {
    await spool?.close();
    throw error;
  }
  return spool ?? inMemory(name, join(parts));
}

function inMemory(name: string, bytes: Uint8Array): HeldSource {
  return {
    name,
    size: bytes.length,
    stream: async function* () {
      yield bytes;
    },
    readAt: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

class Spool implements HeldSource {
  readonly name: string;
  size = 0;
  readonly #handle: FileHandle;
  readonly #folder: string;
  /** Set where the file kept its name. */
  readonly #path: string | undefined;
  readonly #key = randomBytes(32);
  readonly #start = randomBytes(BLOCK_BYTES);
  readonly #cipher = createCipheriv("aes-256-ctr", this.#key, this.#start);
  #isClosed = false;

  private constructor(name: string, folder: string, handle: FileHandle, path: string | undefined) {
    this.name = name;
    this.#folder = folder;
    this.#handle = handle;
    this.#path = path;
  }

  static async create(name: string, folder: string): Promise<Spool> {
    const path = joinPath(folder, `exhibit-${randomBytes(12).toString("hex")}.tmp`);
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
    try {
      const handle = await open(path, flags, 0o600);
      return new Spool(name, folder, handle, await keptName(path));
    } catch (error) {
      return unwritable(name, folder, error);
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    const packed = this.#cipher.update(bytes);
    try {
      for (let done = 0; done < packed.length; ) {
        const { bytesWritten } = await this.#handle.write(packed, done, packed.length - done, this.size + done);
        done += bytesWritten;
      }
    } catch (error) {
      unwritable(this.name, this.#folder, error);
    }
    this.size += bytes.length;
  }

  async readAt(offset: number, length: number): Promise<Uint8Array> {
    const from = Math.max(0, Math.min(offset, this.size));
    const skipped = from % BLOCK_BYTES;
    const packed = new Uint8Array(skipped + Math.max(0, Math.min(length, this.size - from)));
    for (let done = 0; done < packed.length; ) {
      const { bytesRead } = await this.#handle.read(packed, done, packed.length - done, from - skipped + done);
      if (bytesRead === 0) throw new Error("the temporary file is shorter than what was written to it");
      done += bytesRead;
    }
    const counter = counterAt(this.#start, (from - skipped) / BLOCK_BYTES);
    return createDecipheriv("aes-256-ctr", this.#key, counter).update(packed).subarray(skipped);
  }

  async *stream(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < this.size; at += READ_BYTES) {
      throwIfCancelled(signal);
      yield await this.readAt(at, READ_BYTES);
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#key.fill(0);
    await this.#handle.close();
    if (this.#path !== undefined) await unlink(this.#path);
  }
}

/** Takes the file's name away at once, so that nothing is left even when the process is killed; Windows may refuse. */
async function keptName(path: string): Promise<string | undefined> {
  try {
    await unlink(path);
    return undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error) return path;
    throw error;
  }
}

/** The counter of CTR after `blocks` blocks: one number of 128 bits, high bytes first. */
function counterAt(start: Uint8Array, blocks: number): Uint8Array {
  const value = (BigInt(`0x${Buffer.from(start).toString("hex")}`) + BigInt(blocks)) & ((1n << 128n) - 1n);
  return Buffer.from(value.toString(16).padStart(32, "0"), "hex");
}

function unwritable(name: string, folder: string, error: unknown): never {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") {
    raise(
      "disk.full",
      `There is no room in ${folder} to hold the archive ${name}, which lies inside another one.`,
      "Free some space there (or set TMPDIR to a roomier folder), or expand the outer archive yourself.",
      {},
      error,
    );
  }
  if (typeof code !== "string") throw error;
  return raise(
    "target.unwritable",
    `The archive ${name}, which lies inside another one, cannot be held in ${folder} (${code}).`,
    "Make that folder writable (or set TMPDIR to another one), or expand the outer archive yourself.",
    {},
    error,
  );
}
