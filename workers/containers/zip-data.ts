/** Where the bytes of a zip member lie: its local header, and what follows. */
import { throwIfCancelled } from "../base/abort.ts";
import { fault, raise } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import type { ByteSource } from "./container.ts";
import type { ZipRecord } from "./zip-directory.ts";

export const LOCAL_HEADER_BYTES = 30;
const READ_BYTES = 256 * 1024;

export interface LocalHeader {
  readonly dataStart: number;
  /** Time of the header, as MS-DOS packs it: part of the check of a password. */
  readonly dosTime: number;
  readonly damage: Fault | undefined;
}

/** Sizes and checksum are taken from the directory (a streamed zip has none here); only the lengths are needed. */
export async function readLocalHeader(source: ByteSource, record: ZipRecord): Promise<LocalHeader> {
  const head = await source.readAt(record.offset, LOCAL_HEADER_BYTES + record.rawName.length);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < LOCAL_HEADER_BYTES || view.getUint32(0, true) !== 0x04034b50)
    damaged(record, "its header is missing");
  const nameLength = view.getUint16(26, true);
  const dataStart = record.offset + LOCAL_HEADER_BYTES + nameLength + view.getUint16(28, true);
  if (dataStart + record.packed > source.size) damaged(record, "its data lie beyond the end of the archive");
  const name = head.subarray(LOCAL_HEADER_BYTES, LOCAL_HEADER_BYTES + nameLength);
  const isSame = Buffer.compare(name, record.rawName) === 0;
  return { dataStart, dosTime: view.getUint16(10, true), damage: isSame ? undefined : otherName(record) };
}

/** In pieces of a multiple of 16 bytes, the last one excepted. */
export async function* bytesAt(
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

export function damaged(record: ZipRecord, how: string): never {
  return raise(
    "container.corrupt",
    `The member ${JSON.stringify(record.name)} cannot be read: ${how}.`,
    "Fetch a fresh copy of the archive and import that.",
    { offset: record.offset },
  );
}

function otherName(record: ZipRecord): Fault {
  return fault(
    "container.corrupt",
    `The archive names the member ${JSON.stringify(record.name)} otherwise where its data begin.`,
    "The entries are kept and flagged; other programs may show this member under another name.",
  );
}
