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

/** What the directory says of one member; every figure of it may be a lie. */
export interface ZipRecord {
  readonly name: string;
  readonly rawName: Uint8Array;
  readonly isFolder: boolean;
  readonly isLink: boolean;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of the local header, foreign bytes in front counted in. */
  readonly offset: number;
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

export async function readDirectory(
  source: ByteSource,
  limits: ExpansionLimits,
  signal: AbortSignal,
): Promise<readonly ZipRecord[]> {
  const zip = new ZipReader(new SourceReader(source, signal), OPTIONS);
  const records: ZipRecord[] = [];
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (records.length >= limits.members) tooMany(source.name, limits.members);
      records.push(recordOf(entry));
    }
  } catch (error) {
    unreadable(error, source);
  }
  return records;
}

function recordOf(entry: Entry): ZipRecord {
  return {
    name: entry.filename,
    rawName: entry.rawFilename,
    isFolder: entry.directory,
    isLink: entry.symlink,
    isEncrypted: entry.encrypted,
    method: entry.compressionMethod,
    crc: entry.crc32 ?? 0,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    offset: entry.offset,
  };
}

function tooMany(name: string, limit: number): never {
  return raise(
    "container.too-large",
    `${name} lists more than ${limit} members.`,
    "If you trust it, expand it yourself and import the files that matter.",
  );
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
      "Expand it with the program that made it; passwords come in a later version.",
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
