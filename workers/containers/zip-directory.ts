/** The directory of a zip, read with zip.js: zip64, foreign bytes in front, names in every encoding are its work. */
import {
  ERR_EOCDR_NOT_FOUND,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_SPLIT_ZIP_FILE,
  type Entry,
  Reader,
  ZipReader,
} from "@zip.js/zip.js/lib/zip-core-custom.js";
import { throwIfCancelled } from "../base/abort.ts";
import { faultOf, raise } from "../base/fault.ts";
import type { ByteSource, ExpansionLimits } from "./container.ts";

interface ZipAes {
  readonly version: number;
  readonly strength: number;
  /** How the data were compressed before they were encrypted. */
  readonly method: number;
}

/** A member's extra field of a type. */
export type ZipExtra = (type: number) => DataView | undefined;

/** What the directory says of one member; every figure of it may be a lie. */
export interface ZipRecord {
  readonly name: string;
  readonly rawName: Uint8Array;
  readonly isFolder: boolean;
  readonly isLink: boolean;
  readonly isEncrypted: boolean;
  /** PKWARE's own encryption (flag bit 6), which is not published. */
  readonly isStrong: boolean;
  /** WinZip AES: 1 or 2 as the version, 1 … 3 for keys of 128, 192 and 256 bits. */
  readonly aes: ZipAes | undefined;
  readonly comment: string;
  /** µs since 1970 UTC, where an extra field says; the time of the header itself is in a zone that nobody knows. */
  readonly modified: number | undefined;
  /** The real one, also of an encrypted member. */
  readonly method: number;
  /** undefined: the archive has none (AE-2), the authentication code decides. */
  readonly crc: number | undefined;
  readonly packed: number;
  /** undefined: nothing says. */
  readonly size: number | undefined;
  /** Of the local header, foreign bytes in front counted in. */
  readonly offset: number;
  /** The archive ends before the member does: `packed` is what is there. */
  readonly isCut: boolean;
}

class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource;
  readonly #signal: AbortSignal;

  constructor(source: ByteSource, signal: AbortSignal) {
    super(source);
    this.#source = source;
    this.#signal = signal;
    this.size = source.size;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    throwIfCancelled(this.#signal);
    return this.#source.readAt(index, Math.max(0, Math.min(length, this.size - index)));
  }
}

/** Nothing is refused for its looks here: names are judged by `unsafePath`, data when they are read. */
const OPTIONS = { strictness: "tolerant", filenameValidation: "tolerant", maxAppendedDataSize: 65_535 } as const;

/**
 * The first `limits.members` records, and whether there are more. Faults: container.truncated without a directory,
 * container.corrupt, container.unsupported for one of several parts, container.encrypted.
 */
export async function readDirectory(
  source: ByteSource,
  limits: ExpansionLimits,
  signal: AbortSignal,
): Promise<{ readonly records: readonly ZipRecord[]; readonly hasMore: boolean }> {
  const zip = new ZipReader(new SourceReader(source, signal), OPTIONS);
  const records: ZipRecord[] = [];
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (records.length >= limits.members) return { records, hasMore: true };
      records.push(recordOf(entry));
    }
  } catch (error) {
    unreadable(error, source);
  }
  return { records, hasMore: false };
}

function recordOf(entry: Entry): ZipRecord {
  const extra = extraOf(entry);
  return {
    name: entry.filename,
    rawName: entry.rawFilename,
    isFolder: entry.directory,
    isLink: entry.symlink,
    isEncrypted: entry.encrypted,
    isStrong: ((entry.rawBitFlag ?? 0) & 0x40) !== 0,
    aes: aesOf(extra),
    comment: entry.comment,
    modified: modifiedOf(extra),
    method: entry.compressionMethod,
    crc: entry.crc32,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    offset: entry.offset,
    isCut: false,
  };
}

function extraOf(entry: Entry): ZipExtra {
  return (type) => {
    const data = entry.extraField?.get(type)?.data;
    return data === undefined ? undefined : new DataView(data.buffer, data.byteOffset, data.byteLength);
  };
}

/** AE-x encryption specification, WinZip. */
export function aesOf(extra: ZipExtra): ZipAes | undefined {
  const aes = extra(0x9901);
  if (aes === undefined || aes.byteLength < 7) return undefined;
  return { version: aes.getUint16(0, true), strength: aes.getUint8(4), method: aes.getUint16(5, true) };
}

/** Seconds of Unix (0x5455) or 100 ns since 1601 (NTFS, 0x000a). */
export function modifiedOf(extra: ZipExtra): number | undefined {
  const unix = extra(0x5455);
  if (unix !== undefined && unix.byteLength >= 5 && (unix.getUint8(0) & 1) === 1) return unix.getInt32(1, true) * 1e6;
  const ntfs = extra(0x000a);
  if (ntfs === undefined || ntfs.byteLength < 16 || ntfs.getUint16(4, true) !== 1) return undefined;
  const micros = Number(ntfs.getBigUint64(8, true) / 10n - 11_644_473_600_000_000n);
  return micros > 0 && Number.isSafeInteger(micros) ? micros : undefined;
}

/** zip.js tells its errors apart by their messages. */
function unreadable(error: unknown, source: ByteSource): never {
  if (faultOf(error) !== undefined || !(error instanceof Error)) throw error;
  if (error.message === ERR_EOCDR_NOT_FOUND) {
    raise(
      "container.truncated",
      `The ZIP archive ${source.name} is damaged or cut: the directory at its end is missing.`,
      "Fetch a complete copy of the archive and import that.",
      { offset: source.size },
      error,
    );
  }
  if (error.message === ERR_SPLIT_ZIP_FILE) {
    raise(
      "container.unsupported",
      `${source.name} is one part of a ZIP archive in several files.`,
      "Join the parts into one archive with the program that made them, and import that.",
      {},
      error,
    );
  }
  if (error.message === ERR_ENCRYPTED_CENTRAL_DIRECTORY) {
    raise(
      "container.encrypted",
      `Even the names in the ZIP archive ${source.name} are encrypted.`,
      "Expand it with the program that made it and import the files.",
      {},
      error,
    );
  }
  raise(
    "container.corrupt",
    `The directory of the ZIP archive ${source.name} is damaged (${error.message}).`,
    "Fetch a fresh copy of the archive and import that.",
    {},
    error,
  );
}
