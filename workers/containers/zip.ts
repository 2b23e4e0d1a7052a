/**
 * ZIP, APPNOTE.TXT 6.3.10: stored and deflated members, read by the directory at the end; where that is missing or
 * damaged, by the headers before the members, and the archive ends in the fault that says so.
 */
import { crc32 } from "node:zlib";
import { throwIfCancelled } from "../base/abort.ts";
import { fault, FaultError, raise } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import { ByteReader } from "./byte-reader.ts";
import {
  CheckFailed,
  type ByteSource,
  type Container,
  type ContainedMember,
  type ExpansionLimits,
  type Opening,
} from "./container.ts";
import { ExpansionMeter, GO_ON } from "./expansion-meter.ts";
import { inflateRaw, truncated } from "./inflate.ts";
import { unsafePathFault } from "./member-path.ts";
import type { Unlocked } from "./zip-cipher.ts";
import { bytesAt, LOCAL_HEADER_BYTES, readLocalHeader } from "./zip-data.ts";
import { readDirectory, type ZipRecord } from "./zip-directory.ts";
import { salvage } from "./zip-salvage.ts";
import { type Opened, unlock } from "./zip-passwords.ts";

const STORED = 0;
const DEFLATED = 8;
const END_RECORD_BYTES = 22;

export const zip: Container = {
  id: "zip",
  title: "ZIP archive",
  access: "random",
  claims: (head) => head[0] === 0x50 && head[1] === 0x4b && isRecordMark(head[2], head[3]),
  claimsTail: (tail) => endRecordAt(tail) >= 0,
  async *members(source, opening) {
    const { records, hasMore, damage } = await listRecords(source, opening);
    const overlapping = findOverlaps(records);
    const unhindered = records.filter((record) => obstacle(record, overlapping.has(record)) === undefined);
    const opened = await unlock(source, unhindered, opening);
    for (const record of records) {
      yield memberOf(source, record, obstacle(record, overlapping.has(record)), opened.get(record), opening);
    }
    if (hasMore) tooMany(source.name, opening.limits.members);
    if (damage !== undefined) throw damage;
  },
};

interface Listing {
  readonly records: readonly ZipRecord[];
  readonly hasMore: boolean;
  /** What is wrong with the directory, where there is more to tell than it. */
  readonly damage: FaultError | undefined;
}

async function listRecords(source: ByteSource, { limits, signal }: Opening): Promise<Listing> {
  try {
    return { ...(await readDirectory(source, limits, signal)), damage: undefined };
  } catch (error) {
    if (!(error instanceof FaultError) || !SALVAGED.includes(error.fault.code)) throw error;
    const { records, hasMore, end } = await salvage(source, limits, signal);
    if (records.length === 0) throw error;
    return { records, hasMore, damage: salvaged(error, records, end, source.size) };
  }
}

/** Troubles of a directory; a member's header may be sound all the same. */
const SALVAGED: readonly Fault["code"][] = ["container.truncated", "container.corrupt"];

function salvaged(error: FaultError, records: readonly ZipRecord[], end: number, size: number): FaultError {
  const { fault: found } = error;
  const last = records.at(-1);
  const place =
    last?.isCut === true ? `the archive ends in ${JSON.stringify(last.name)}` : `they end at byte ${end} of ${size}`;
  const count = records.length === 1 ? "One member was" : `${records.length} members were`;
  const message = `${found.message} ${count} found without it, by what stands before the data: ${place}.`;
  return new FaultError({ ...found, message, offset: end }, error);
}

/** `PK` 3 4 a member, 5 6 the end of an empty archive, 7 8 the first part of a split one. */
function isRecordMark(third: number | undefined, fourth: number | undefined): boolean {
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}

/** Where the end record stands whose comment reaches the end of the bytes and which has a directory before it, or -1. */
function endRecordAt(tail: Uint8Array): number {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - END_RECORD_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + END_RECORD_BYTES + view.getUint16(at + 20, true) === tail.length && hasDirectoryBefore(view, at))
      return at;
  }
  return -1;
}

function hasDirectoryBefore(view: DataView, at: number): boolean {
  if (at >= 20 && view.getUint32(at - 20, true) === 0x07064b50) return true;
  const start = at - view.getUint32(at + 12, true);
  return start < 0 || (start < at && view.getUint32(start, true) === 0x02014b50);
}

/** Members whose bytes are also another's: the trick of small archives that expand without end. */
function findOverlaps(records: readonly ZipRecord[]): ReadonlySet<ZipRecord> {
  const filled = records.filter((record) => record.packed > 0).sort((a, b) => a.offset - b.offset);
  const overlapping = new Set<ZipRecord>();
  let reach = 0;
  for (const record of filled) {
    if (record.offset < reach) overlapping.add(record);
    reach = Math.max(reach, record.offset + LOCAL_HEADER_BYTES + record.rawName.length + record.packed);
  }
  return overlapping;
}

function memberOf(
  source: ByteSource,
  record: ZipRecord,
  hindrance: Fault | undefined,
  opened: Opened,
  { limits, passwords }: Opening,
): ContainedMember {
  const unlocked = opened !== undefined && "bytes" in opened ? opened.bytes : undefined;
  const { name: path, size, comment, modified } = record;
  return {
    path,
    size,
    ...(comment === "" ? {} : { comment }),
    ...(modified === undefined ? {} : { modified }),
    ...(unlocked === undefined ? {} : { unlocked: true }),
    problem: hindrance ?? lockFault(record, opened, passwords.length > 0),
    open: (signal) => expand(source, record, unlocked, limits, signal),
  };
}

function lockFault(record: ZipRecord, opened: Opened, hasPasswords: boolean): Fault | undefined {
  if (!record.isEncrypted || (opened !== undefined && "bytes" in opened)) return undefined;
  if (opened !== undefined) return opened.error.fault;
  const name = JSON.stringify(record.name);
  if (!hasPasswords) {
    return fault("container.encrypted", `The member ${name} is encrypted.`, "Give its password, and it is read.");
  }
  // The traditional encryption cannot tell a wrong password from damage where nothing of the member comes out right.
  const doubt = record.aes === undefined ? ", or its first bytes are damaged" : "";
  return fault(
    "container.password",
    `No password that was given opens the member ${name}${doubt}.`,
    "Check the password's spelling, or give another one for this archive.",
  );
}

function obstacle(record: ZipRecord, isOverlapping: boolean): Fault | undefined {
  const unsafe = unsafePathFault(record.name);
  if (unsafe !== undefined) return unsafe;
  const name = JSON.stringify(record.name);
  if (record.isLink) {
    return fault(
      "source.not-a-file",
      `The member ${name} is a link; links are not followed.`,
      "Import what it points to.",
    );
  }
  if (record.isFolder) {
    return fault("source.not-a-file", `The member ${name} is a folder.`, "Its files are listed by themselves.");
  }
  if (record.isEncrypted && record.isStrong) {
    return fault(
      "container.unsupported",
      `The member ${name} is encrypted with PKWARE's strong encryption, which is not supported.`,
      "Expand the archive with the program that made it and import the files.",
    );
  }
  if (record.method !== STORED && record.method !== DEFLATED) {
    return fault(
      "container.unsupported",
      `The member ${name} is compressed with method ${record.method}, which this version does not read.`,
      "Expand the archive with another program and import the files.",
    );
  }
  if (!isOverlapping) return undefined;
  return fault(
    "container.corrupt",
    `The member ${name} shares its bytes with another member.`,
    "Archives are made so only to harm; fetch it again from a source you trust.",
  );
}

async function* expand(
  source: ByteSource,
  record: ZipRecord,
  unlocked: Unlocked | undefined,
  limits: ExpansionLimits,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const local = await readLocalHeader(source, record);
  const packed = unlocked?.(signal) ?? bytesAt(source, local.dataStart, record.packed, signal);
  const input = new ByteReader(packed);
  const meter = new ExpansionMeter(limits, record.name);
  const chunks = record.method === STORED ? input.rest() : inflateRaw(input, record.name);
  let crc = 0;
  try {
    for await (const chunk of chunks) {
      throwIfCancelled(signal);
      crc = crc32(chunk, crc);
      meter.add(chunk.length, input.offset);
      yield chunk;
    }
    // What the compressed data leave over is passed over; behind it stands the authentication code.
    await input.skip(record.packed);
    if (record.isCut) truncated(record.name, input.offset);
  } finally {
    await input.close();
  }
  const damage = checksumFault(record, crc, meter.out) ?? local.damage;
  if (damage !== undefined) throw new CheckFailed(damage);
}

function checksumFault(record: ZipRecord, crc: number, size: number): Fault | undefined {
  if ((record.crc === undefined || crc === record.crc) && size === record.size) return undefined;
  const what = size === record.size ? "checksum" : "size";
  return fault(
    "container.corrupt",
    `The ${what} of ${JSON.stringify(record.name)} does not match what came out of it.`,
    "The entries are kept and flagged; compare with another copy before relying on them.",
  );
}

function tooMany(name: string, limit: number): never {
  return raise("container.too-large", `${name} lists more than ${limit} members; the first ${limit} were read.`, GO_ON);
}
