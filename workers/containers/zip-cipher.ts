/**
 * The two published encryptions of zip: the traditional one (APPNOTE.TXT 6.3.10, section 6.1) and WinZip's AES (AE-1 and
 * AE-2, "AES Encryption Information" 1.04).
 */
import { createCipheriv, createHmac, pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { fault } from "../base/fault.ts";
import { type ByteSource, CheckFailed } from "./container.ts";
import { bytesAt, damaged, type LocalHeader } from "./zip-data.ts";
import type { ZipRecord } from "./zip-directory.ts";

const derive = promisify(pbkdf2);

/** What a password opens: the member's packed bytes, decrypted. */
export type Unlocked = (signal: AbortSignal) => AsyncGenerator<Uint8Array>;
/** The beginning of an encrypted member, against which a password is tried. */
export interface Lock {
  /** The part of wrong passwords that `tryPassword` lets through. */
  readonly leak: number;
  /** undefined: it certainly does not fit. */
  tryPassword(password: Uint8Array): Promise<Unlocked | undefined>;
}

/** Faults: container.corrupt, where there are too few bytes. */
export function readLock(source: ByteSource, record: ZipRecord, header: LocalHeader): Promise<Lock> {
  return record.aes === undefined ? readTraditional(source, record, header) : readAes(source, record, header);
}

const HEADER_BYTES = 12;

async function readTraditional(source: ByteSource, record: ZipRecord, header: LocalHeader): Promise<Lock> {
  if (record.packed < HEADER_BYTES) damaged(record, "it is shorter than its encryption");
  const head = await source.readAt(header.dataStart, HEADER_BYTES);
  // The last byte repeats one of the checksum, or of the time where the checksum was not known yet (flag bit 3).
  const marks = [(record.crc ?? 0) >>> 24, header.dosTime >>> 8];
  return {
    leak: 2 / 256,
    tryPassword: async (password) => {
      const first = new TraditionalKeys(password).decrypt(head)[HEADER_BYTES - 1];
      if (first === undefined || !marks.includes(first)) return undefined;
      return async function* (signal) {
        const keys = new TraditionalKeys(password);
        keys.decrypt(head);
        const start = header.dataStart + HEADER_BYTES;
        for await (const chunk of bytesAt(source, start, record.packed - HEADER_BYTES, signal)) {
          yield keys.decrypt(chunk);
        }
      };
    },
  };
}

/** CRC-32, one byte at a time. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

class TraditionalKeys {
  #a = 0x12345678;
  #b = 0x23456789;
  #c = 0x34567890;

  constructor(password: Uint8Array) {
    for (const byte of password) this.#update(byte);
  }

  decrypt(bytes: Uint8Array): Uint8Array {
    const plain = new Uint8Array(bytes.length);
    for (let at = 0; at < bytes.length; at++) {
      const mask = (this.#c | 2) & 0xffff;
      const byte = (bytes[at] as number) ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
      this.#update(byte);
      plain[at] = byte;
    }
    return plain;
  }

  #update(byte: number): void {
    this.#a = (this.#a >>> 8) ^ (TABLE[(this.#a ^ byte) & 0xff] as number);
    this.#b = (Math.imul((this.#b + (this.#a & 0xff)) | 0, 134_775_813) + 1) | 0;
    this.#c = (this.#c >>> 8) ^ (TABLE[(this.#c ^ (this.#b >>> 24)) & 0xff] as number);
  }
}

const CHECK_BYTES = 2;
const CODE_BYTES = 10;
const ROUNDS = 1000;
const BLOCK_BYTES = 16;

async function readAes(source: ByteSource, record: ZipRecord, { dataStart }: LocalHeader): Promise<Lock> {
  const strength = record.aes?.strength ?? 0;
  if (strength < 1 || strength > 3) damaged(record, "its encryption is of no known strength");
  const keyBytes = 8 + 8 * strength;
  const saltBytes = keyBytes / 2;
  const length = record.packed - saltBytes - CHECK_BYTES - CODE_BYTES;
  if (length < 0) damaged(record, "it is shorter than its encryption");
  const head = await source.readAt(dataStart, saltBytes + CHECK_BYTES);
  const start = dataStart + head.length;
  return {
    leak: 1 / 65_536,
    tryPassword: async (password) => {
      const keys = await derive(password, head.subarray(0, saltBytes), ROUNDS, 2 * keyBytes + CHECK_BYTES, "sha1");
      if (Buffer.compare(keys.subarray(2 * keyBytes), head.subarray(saltBytes)) !== 0) return undefined;
      return async function* (signal) {
        const counter = new Counter(keys.subarray(0, keyBytes));
        const code = createHmac("sha1", keys.subarray(keyBytes, 2 * keyBytes));
        for await (const chunk of bytesAt(source, start, length, signal)) {
          code.update(chunk);
          yield counter.decrypt(chunk);
        }
        const written = await source.readAt(start + length, CODE_BYTES);
        if (!timingSafeEqual(code.digest().subarray(0, CODE_BYTES), written)) throw wrongCode(record);
      };
    },
  };
}

/** AES in counter mode, the counter with its low byte first, which Node's own mode does not have. */
class Counter {
  readonly #cipher;
  #blocks = 0;

  constructor(key: Uint8Array) {
    this.#cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  }

  /** Every chunk but the last is of whole blocks. */
  decrypt(bytes: Uint8Array): Uint8Array {
    const counters = Buffer.alloc(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES);
    for (let at = 0; at < counters.length; at += BLOCK_BYTES) counters.writeUIntLE(++this.#blocks, at, 6);
    const plain = this.#cipher.update(counters).subarray(0, bytes.length);
    for (let at = 0; at < plain.length; at++) plain[at] = (plain[at] as number) ^ (bytes[at] as number);
    return plain;
  }
}

function wrongCode(record: ZipRecord): CheckFailed {
  return new CheckFailed(
    fault(
      "container.corrupt",
      `The authentication code of ${JSON.stringify(record.name)} does not match: its bytes were changed or damaged.`,
      "The entries are kept and flagged; compare with another copy before relying on them.",
    ),
  );
}
