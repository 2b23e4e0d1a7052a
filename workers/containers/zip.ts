/** ZIP, APPNOTE.TXT 6.3.10: stored and deflated members, read by the directory at the end. */
import { crc32 } from "node:zlib";
import { throwIfCancelled } from "../base/abort.ts";
import { fault, raise } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import { ByteReader } from "./byte-reader.ts";
import {
  CheckFailed,
  type ByteSource,
  type Container,
  type ContainedMember,
  type ExpansionLimits,
} from "./container.ts";
import { ExpansionMeter } from "./expansion-meter.ts";
import { inflateRaw } from "./inflate.ts";
import { unsafePath } from "./member-path.ts";
import { readDirectory, type ZipRecord } from "./zip-directory.ts";

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER_BYTES = 30;
const READ_BYTES = 256 * 1024;
const END_RECORD_BYTES = 22;

export const zip: Container = {
  id: "zip",
  title: "ZIP archive",
  access: "random",
  claims: (head) => head[0] === 0x50 && head[1] === 0x4b && isRecordMark(head[2], head[3]),
  claimsTail: (tail) => endRecordAt(tail) >= 0,
  async *members(source, { limits, signal }) {
    const records = await readDirectory(source, limits, signal);
    const overlapping = findOverlaps(records);
    for (const record of records) yield memberOf(source, record, overlapping, limits);
  },
};

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
  overlapping: ReadonlySet<ZipRecord>,
  limits: ExpansionLimits,
): ContainedMember {
  return {
    path: record.name,
    size: record.size,
    problem: obstacle(record, overlapping.has(record)),
    open: (signal) => expand(source, record, limits, signal),
  };
}

function obstacle(record: ZipRecord, isOverlapping: boolean): Fault | undefined {
  const unsafe = unsafePath(record.name);
  const name = JSON.stringify(record.name);
  if (unsafe !== undefined) {
    return fault(
      "container.unsafe-path",
      `The member ${name} was not opened: its path ${unsafe}.`,
      "Treat the archive with suspicion; if you need this member, expand it with another program.",
    );
  }
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
  if (record.isEncrypted) {
    return fault(
      "container.encrypted",
      `The member ${name} is encrypted.`,
      "Expand it with its password and import the result; passwords come in a later version.",
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
  limits: ExpansionLimits,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const local = await readLocalHeader(source, record);
  const input = new ByteReader(packedBytes(source, local.dataStart, record.packed, signal));
  const meter = new ExpansionMeter(limits, record.name);
  const chunks = record.method === STORED ? input.rest() : inflateRaw(input, record.name);
  let crc = 0;
  for await (const chunk of chunks) {
    throwIfCancelled(signal);
    crc = crc32(chunk, crc);
    meter.add(chunk.length, input.offset);
    yield chunk;
  }
  const damage = checksumFault(record, crc, meter.out) ?? local.damage;
  if (damage !== undefined) throw new CheckFailed(damage);
}

interface LocalHeader {
  readonly dataStart: number;
  readonly damage: Fault | undefined;
}

/** Sizes and checksum are taken from the directory (a streamed zip has none here); only the lengths are needed. */
async function readLocalHeader(source: ByteSource, record: ZipRecord): Promise<LocalHeader> {
  const head = await source.readAt(record.offset, LOCAL_HEADER_BYTES + record.rawName.length);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < LOCAL_HEADER_BYTES || view.getUint32(0, true) !== 0x04034b50)
    damaged(record, "its header is missing");
  const nameLength = view.getUint16(26, true);
  const dataStart = record.offset + LOCAL_HEADER_BYTES + nameLength + view.getUint16(28, true);
  if (dataStart + record.packed > source.size) damaged(record, "its data lie beyond the end of the archive");
  const name = head.subarray(LOCAL_HEADER_BYTES, LOCAL_HEADER_BYTES + nameLength);
  const isSame = Buffer.compare(name, record.rawName) === 0;
  return { dataStart, damage: isSame ? undefined : otherName(record) };
}

async function* packedBytes(
  source: ByteSource,
  start: number,
  length: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < start + length; at += READ_BYTES) {
    throwIfCancelled(signal);
    yield await source.readAt(at, Math.min(READ_BYTES, start + length - at));
  }
}

function damaged(record: ZipRecord, how: string): never {
  return raise(
    "container.corrupt",
    `The member ${JSON.stringify(record.name)} cannot be read: ${how}.`,
    "Fetch a fresh copy of the archive and import that.",
    { offset: record.offset },
  );
}

function checksumFault(record: ZipRecord, crc: number, size: number): Fault | undefined {
  if (crc === record.crc && size === record.size) return undefined;
  const what = size === record.size ? "checksum" : "size";
  return fault(
    "container.corrupt",
    `The ${what} of ${JSON.stringify(record.name)} does not match what came out of it.`,
    "The entries are kept and flagged; compare with another copy before relying on them.",
  );
}

function otherName(record: ZipRecord): Fault {
  return fault(
    "container.corrupt",
    `The archive names the member ${JSON.stringify(record.name)} otherwise where its data begin.`,
    "The entries are kept and flagged; other programs may show this member under another name.",
  );
}
