/** The members of a zip that has lost its directory, by the headers that stand before each of them (APPNOTE.TXT 4.3.7). */
import { throwIfCancelled } from "../base/abort.ts";
import type { ByteSource, ExpansionLimits } from "./container.ts";
import { LOCAL_HEADER_BYTES } from "./zip-data.ts";
import { aesOf, modifiedOf, type ZipExtra, type ZipRecord } from "./zip-directory.ts";

const LOCAL_MARK = 0x04034b50;
const CENTRAL_MARK = 0x02014b50;
const DESCRIPTOR_MARK = 0x08074b50;
/** `P`, of `PK`. */
const FIRST_OF_MARK = 0x50;
const ENCRYPTED = 1;
/** Sizes and checksum stand behind the data, as whoever wrote it could not know them before. */
const STREAMED = 8;
const STRONG = 0x40;
const UTF8_NAME = 0x800;
const IN_EXTRA = 0xffff_ffff;
const READ_BYTES = 256 * 1024;
/** A descriptor of zip64 with its mark. */
const DESCRIPTOR_BYTES = 24;

export interface Salvage {
  readonly records: readonly ZipRecord[];
  readonly hasMore: boolean;
  /** First byte that belongs to no member: where the directory began, or what is damaged; the size where the archive ends in a member. */
  readonly end: number;
}

/** Reads headers one after the other, as long as one stands where the member before ended. */
export async function salvage(source: ByteSource, limits: ExpansionLimits, signal: AbortSignal): Promise<Salvage> {
  const records: ZipRecord[] = [];
  let at = 0;
  for (;;) {
    throwIfCancelled(signal);
    const found = await memberAt(source, at, signal);
    if (found === undefined) return { records, hasMore: false, end: at };
    if (records.length >= limits.members) return { records, hasMore: true, end: at };
    records.push(found.record);
    at = found.end;
  }
}

interface Extent {
  readonly packed: number;
  /** undefined: cut off before it was told. */
  readonly size: number | undefined;
  readonly crc: number | undefined;
  /** First byte behind the member and what describes it. */
  readonly end: number;
  /** The archive ends before the member does. */
  readonly isCut: boolean;
}

async function memberAt(
  source: ByteSource,
  offset: number,
  signal: AbortSignal,
): Promise<{ readonly record: ZipRecord; readonly end: number } | undefined> {
  const head = viewOf(await source.readAt(offset, LOCAL_HEADER_BYTES));
  if (head.byteLength < LOCAL_HEADER_BYTES || head.getUint32(0, true) !== LOCAL_MARK) return undefined;
  const nameLength = head.getUint16(26, true);
  const lengths = nameLength + head.getUint16(28, true);
  const rest = await source.readAt(offset + LOCAL_HEADER_BYTES, lengths);
  if (rest.length < lengths) return undefined;
  const rawName = rest.slice(0, nameLength);
  const extra = extrasIn(viewOf(rest.subarray(nameLength)));
  const flags = head.getUint16(6, true);
  const dataStart = offset + LOCAL_HEADER_BYTES + lengths;
  const extent = await extentOf(source, head, extra, dataStart, signal);
  const name = nameOf(rawName, (flags & UTF8_NAME) !== 0);
  const aes = aesOf(extra);
  const method = head.getUint16(8, true);
  const record: ZipRecord = {
    name,
    rawName,
    isFolder: name.endsWith("/"),
    isLink: false,
    isEncrypted: (flags & ENCRYPTED) !== 0,
    isStrong: (flags & STRONG) !== 0,
    aes,
    comment: "",
    modified: modifiedOf(extra),
    method: aes?.method ?? method,
    crc: aes?.version === 2 ? undefined : extent.crc,
    packed: extent.packed,
    size: extent.size,
    offset,
    isCut: extent.isCut,
  };
  return { record, end: extent.end };
}

async function extentOf(
  source: ByteSource,
  head: DataView,
  extra: ZipExtra,
  dataStart: number,
  signal: AbortSignal,
): Promise<Extent> {
  const rest = source.size - dataStart;
  const isStreamed = (head.getUint16(6, true) & STREAMED) !== 0;
  const { packed, size } = sizesOf(head, extra);
  if (isStreamed && packed === 0) {
    const described = await descriptorAfter(source, dataStart, signal);
    return described ?? { packed: rest, size: undefined, crc: undefined, end: source.size, isCut: true };
  }
  const there = Math.min(packed, rest);
  const end = dataStart + there;
  if (isStreamed) {
    // Whoever knew the sizes before may tell them behind the data all the same.
    const view = viewOf(await source.readAt(end, DESCRIPTOR_BYTES));
    const described = describedAt(view, 0, there, end) ?? describedAt(view, 12, there + 12, end + 12);
    if (described !== undefined) return described;
  }
  return { packed: there, size, crc: head.getUint32(14, true), end, isCut: packed > rest };
}

/** Of zip64 the extra field has them. */
function sizesOf(head: DataView, extra: ZipExtra): { readonly packed: number; readonly size: number } {
  const [packed, size] = [head.getUint32(18, true), head.getUint32(22, true)];
  const long = extra(1);
  if (packed !== IN_EXTRA || long === undefined || long.byteLength < 16) return { packed, size };
  return { packed: Number(long.getBigUint64(8, true)), size: Number(long.getBigUint64(0, true)) };
}

/** What tells the sizes behind streamed data: its first figure is the distance that it stands from their beginning. */
async function descriptorAfter(
  source: ByteSource,
  dataStart: number,
  signal: AbortSignal,
): Promise<Extent | undefined> {
  // Pieces overlap, so that what lies about a mark is seen with it.
  for (let from = dataStart; from < source.size; from += READ_BYTES - 2 * DESCRIPTOR_BYTES) {
    throwIfCancelled(signal);
    const bytes = await source.readAt(from, Math.min(READ_BYTES, source.size - from));
    const view = viewOf(bytes);
    for (let at = bytes.indexOf(FIRST_OF_MARK); at >= 0; at = bytes.indexOf(FIRST_OF_MARK, at + 1)) {
      const found = describedAt(view, at, from + at - dataStart, from + at);
      if (found !== undefined) return found;
    }
  }
  const left = Math.min(DESCRIPTOR_BYTES, source.size - dataStart);
  const tail = viewOf(await source.readAt(source.size - left, left));
  return bareBefore(tail, tail.byteLength, source.size - dataStart, source.size);
}

/** `distance`: of the place `at` in the view from where the data begin; `place`: the same in the archive. */
function describedAt(view: DataView, at: number, distance: number, place: number): Extent | undefined {
  if (at + 4 > view.byteLength) return undefined;
  const mark = view.getUint32(at, true);
  if (mark === DESCRIPTOR_MARK) return markedAt(view, at, distance, place);
  // Without a mark of its own it stands before the next header.
  return mark === LOCAL_MARK || mark === CENTRAL_MARK ? bareBefore(view, at, distance, place) : undefined;
}

function markedAt(view: DataView, at: number, distance: number, place: number): Extent | undefined {
  if (at + 16 > view.byteLength || view.getUint32(at + 8, true) !== distance) return undefined;
  const crc = view.getUint32(at + 4, true);
  const second = view.getUint32(at + 12, true);
  // Of 64 bits, the second is the upper half of the first figure. What is deflated to more than two bytes is not empty.
  const isLong = second === 0 && distance > 2;
  if (!isLong) return { packed: distance, crc, size: second, end: place + 16, isCut: false };
  if (at + DESCRIPTOR_BYTES > view.byteLength) return undefined;
  const size = Number(view.getBigUint64(at + 16, true));
  return { packed: distance, crc, size, end: place + DESCRIPTOR_BYTES, isCut: false };
}

/** One of 32 or of 64 bits that ends at `at`. */
function bareBefore(view: DataView, at: number, distance: number, place: number): Extent | undefined {
  if (at >= 12 && view.getUint32(at - 8, true) === distance - 12) {
    const [crc, size] = [view.getUint32(at - 12, true), view.getUint32(at - 4, true)];
    return { packed: distance - 12, crc, size, end: place, isCut: false };
  }
  if (at < 20 || Number(view.getBigUint64(at - 16, true)) !== distance - 20) return undefined;
  const [crc, size] = [view.getUint32(at - 20, true), Number(view.getBigUint64(at - 8, true))];
  return { packed: distance - 20, crc, size, end: place, isCut: false };
}

function extrasIn(view: DataView): ZipExtra {
  const fields = new Map<number, DataView>();
  for (let at = 0; at + 4 <= view.byteLength; ) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > view.byteLength) break;
    fields.set(view.getUint16(at, true), new DataView(view.buffer, view.byteOffset + at + 4, length));
    at += 4 + length;
  }
  return (type) => fields.get(type);
}

/** Names are UTF-8, said or not, or of a page that nobody knows: then each byte stays one character. */
function nameOf(raw: Uint8Array, isUtf8: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: !isUtf8, ignoreBOM: true }).decode(raw);
  } catch {
    return Buffer.from(raw).toString("latin1");
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
