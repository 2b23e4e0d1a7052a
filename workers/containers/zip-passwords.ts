/** Which password opens which member of a zip. */
import { crc32 } from "node:zlib";
import { throwIfCancelled } from "../base/abort.ts";
import { FaultError, faultOf } from "../base/fault.ts";
import { ByteReader } from "./byte-reader.ts";
import type { ByteSource, Opening } from "./container.ts";
import { inflateRaw } from "./inflate.ts";
import { passwordBytes } from "./password-bytes.ts";
import { type Lock, readLock, type Unlocked } from "./zip-cipher.ts";
import { readLocalHeader } from "./zip-data.ts";
import type { ZipRecord } from "./zip-directory.ts";

/** A wrong password gives noise, and noise that inflates for so long is not met. */
const PROOF_BYTES = 64 * 1024;
const LIKELY_BYTES = 1024;
/** What is stored as it is shows noise only at its end; for the check of AES alone no more than this is read. */
const MOST_PROOF_BYTES = 16 * 1024 * 1024;
/** Deriving a key takes half a millisecond: many passwords times many members must come to an end. */
const MOST_TRIES = 20_000;
/** Below this, trying alone proves as much as reading the member. */
const SMALL_LEAK = 1e-3;

/** What stands for a member: opened, or the reason why it cannot be. */
export type Opened = { readonly bytes: Unlocked } | { readonly error: FaultError } | undefined;

/**
 * For each encrypted record what opens it; undefined where no password fits. Smaller members come first, so that a
 * password is proven cheaply, and a proven one is believed where a member is damaged.
 */
export async function unlock(
  source: ByteSource,
  records: readonly ZipRecord[],
  opening: Opening,
): Promise<ReadonlyMap<ZipRecord, Opened>> {
  const search = new Search(source, opening);
  const found = new Map<ZipRecord, Opened>();
  const locked = records.filter(({ isEncrypted }) => isEncrypted).sort((a, b) => a.packed - b.packed);
  if (opening.passwords.length === 0) return found;
  for (const record of locked) found.set(record, await search.open(record));
  for (const record of locked) if (found.get(record) === undefined) found.set(record, await search.openDamaged(record));
  return found;
}

class Search {
  readonly #source: ByteSource;
  readonly #signal: AbortSignal;
  readonly #candidates: readonly Uint8Array[];
  readonly #proven = new Set<Uint8Array>();
  #tries = 0;

  constructor(source: ByteSource, { signal, passwords }: Opening) {
    this.#source = source;
    this.#signal = signal;
    this.#candidates = passwords.flatMap(passwordBytes);
  }

  async open(record: ZipRecord): Promise<Opened> {
    const lock = await this.#lock(record);
    if ("error" in lock) return lock;
    let likely: { readonly password: Uint8Array; readonly bytes: Unlocked } | undefined;
    for (const password of new Set([...this.#proven, ...this.#candidates])) {
      throwIfCancelled(this.#signal);
      const isProven = this.#proven.has(password);
      if (!isProven && ++this.#tries > MOST_TRIES) continue;
      const bytes = await lock.tryPassword(password);
      if (bytes === undefined) continue;
      if (isProven && (lock.leak < SMALL_LEAK || record.method === 0)) return { bytes };
      const proof = await this.#prove(record, bytes, isProven ? LIKELY_BYTES : PROOF_BYTES);
      if (proof === "fits") this.#proven.add(password);
      if (proof === "fits") return { bytes };
      if (proof === "likely" || lock.leak < SMALL_LEAK) likely ??= { password, bytes };
    }
    return likely === undefined ? undefined : { bytes: likely.bytes };
  }

  /** With passwords that opened other members: what they cannot prove here is damage. */
  async openDamaged(record: ZipRecord): Promise<Opened> {
    const lock = await this.#lock(record);
    if ("error" in lock) return lock;
    for (const password of this.#proven) {
      const bytes = await lock.tryPassword(password);
      if (bytes !== undefined) return { bytes };
    }
    return undefined;
  }

  async #lock(record: ZipRecord): Promise<Lock | { readonly error: FaultError }> {
    try {
      return await readLock(this.#source, record, await readLocalHeader(this.#source, record));
    } catch (error) {
      if (error instanceof FaultError && error.fault.code !== "cancelled") return { error };
      throw error;
    }
  }

  /** Reads until noise would have shown; a member that ends before is held against its checksum. */
  async #prove(record: ZipRecord, unlocked: Unlocked, enough: number): Promise<"fits" | "likely" | "no"> {
    const input = new ByteReader(unlocked(this.#signal));
    const isStored = record.method === 0;
    if (isStored && record.aes !== undefined && record.packed > MOST_PROOF_BYTES) return "likely";
    let out = 0;
    let crc = 0;
    try {
      for await (const chunk of isStored ? input.rest() : inflateRaw(input, record.name)) {
        crc = crc32(chunk, crc);
        out += chunk.length;
        if (!isStored && out >= enough) return "fits";
      }
      for await (const rest of input.rest()) out += rest.length;
    } catch (error) {
      const problem = faultOf(error);
      if (problem === undefined || problem.code === "cancelled") throw error;
      return !isStored && out >= LIKELY_BYTES ? "likely" : "no";
    } finally {
      await input.close();
    }
    if (out === record.size && (record.crc === undefined || crc === record.crc)) return "fits";
    return !isStored && out === record.size ? "likely" : "no";
  }
}
