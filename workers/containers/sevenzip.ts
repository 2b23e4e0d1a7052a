/** 7z: members of plain archives, read from the packed streams as they are wanted. Encrypted ones are listed. */
import { crc32 } from "node:zlib";
import { throwIfCancelled } from "../base/abort.ts";
import { FaultError, fault, raise } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import { ByteReader, join } from "./byte-reader.ts";
import { expandBzip2 } from "./bzip2.ts";
import { checksumWrong } from "./compressed-file.ts";
import { type ByteSource, CheckFailed, type Container, type ContainedMember, type Opening } from "./container.ts";
import { ExpansionMeter, GO_ON } from "./expansion-meter.ts";
import { corrupt, inflateRaw, truncated } from "./inflate.ts";
import { expandLzma } from "./lzma-stream.ts";
import { expandLzma2 } from "./lzma2.ts";
import { unsafePathFault } from "./member-path.ts";
import { type Folder, hasChecksum, readHeader, type SevenZipFile, type SevenZipHeader } from "./sevenzip-header.ts";
import { BadHeader } from "./sevenzip-reader.ts";
import { bytesAt } from "./zip-data.ts";

const MAGIC = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] as const;
const START_BYTES = 32;
/** A header of a million names takes some 100 MB. */
const MOST_HEADER_BYTES = 256 * 1024 * 1024;
const MOST_DICTIONARY = 2 ** 28;

const COPY = "00";
const LZMA2 = "21";
const LZMA = "030101";
const DEFLATE = "040108";
const BZIP2 = "040202";
const AES = "06f10701";
/** Bits of the attributes: a folder; the upper half is the mode of Unix. */
const FOLDER_BIT = 0x10;
const UNIX_BIT = 0x8000;

export const sevenZip: Container = {
  id: "7z",
  title: "7z archive",
  access: "random",
  claims: (head) => MAGIC.every((byte, at) => head[at] === byte),
  async *members(source, opening) {
    const { folders, files } = await readArchive(source, opening.signal);
    const reader = new FolderReader(source, folders, opening);
    try {
      for (const [at, file] of files.entries()) {
        if (at >= opening.limits.members) tooMany(source.name, opening.limits.members);
        yield memberOf(file, folders, reader);
      }
    } finally {
      await reader.close();
    }
  },
};

async function readArchive(source: ByteSource, signal: AbortSignal): Promise<SevenZipHeader> {
  const { name } = source;
  const head = await source.readAt(0, START_BYTES);
  if (head.length < START_BYTES) truncated(name, head.length);
  const view = new DataView(head.buffer, head.byteOffset, START_BYTES);
  if (crc32(head.subarray(12)) !== view.getUint32(8, true)) badHeader(name, 8);
  const offset = START_BYTES + Number(view.getBigUint64(12, true));
  const size = Number(view.getBigUint64(20, true));
  if (size === 0) return { folders: [], files: [] };
  if (offset + size > source.size) truncated(name, source.size);
  if (size > MOST_HEADER_BYTES) badHeader(name, offset);
  let bytes = await source.readAt(offset, size);
  if (crc32(bytes) !== view.getUint32(28, true)) badHeader(name, offset);
  try {
    for (;;) {
      const read = readHeader(bytes);
      if (read.kind === "header") return read.header;
      bytes = await unpackHeader(source, read.folder, signal);
    }
  } catch (error) {
    if (error instanceof BadHeader) badHeader(name, offset, error);
    throw error;
  }
}

async function unpackHeader(source: ByteSource, folder: Folder, signal: AbortSignal): Promise<Uint8Array> {
  if (folder.coders.some(({ method }) => method === AES)) {
    raise(
      "container.unsupported",
      `Even the names in the 7z archive ${source.name} are encrypted; encrypted 7z archives are not supported.`,
      "Expand it with 7-Zip and its password, and import the files.",
    );
  }
  const hindrance = folderObstacle(folder, source.name);
  if (hindrance !== undefined) throw new FaultError(hindrance);
  if (folder.size > MOST_HEADER_BYTES) badHeader(source.name, 0);
  const parts: Uint8Array[] = [];
  for await (const part of unpack(source, folder, source.name, signal)) parts.push(part.bytes);
  const bytes = join(parts);
  if (!hasChecksum(bytes, folder.streams[0]?.crc)) badHeader(source.name, START_BYTES + (folder.offset ?? 0));
  return bytes;
}

function memberOf(file: SevenZipFile, folders: readonly Folder[], reader: FolderReader): ContainedMember {
  const { name, place, modified } = file;
  const folder = place === undefined ? undefined : folders[place.folder];
  const stream = place === undefined ? undefined : folder?.streams[place.stream];
  return {
    path: file.isFolder ? `${name}/` : name,
    size: stream?.size ?? 0,
    ...(modified === undefined ? {} : { modified }),
    problem: obstacle(file) ?? (folder === undefined ? undefined : folderObstacle(folder, name)),
    open: () => (place === undefined ? nothing() : reader.read(name, place.folder, place.stream)),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function obstacle({ name, isFolder, isAnti, attributes }: SevenZipFile): Fault | undefined {
  const unsafe = unsafePathFault(name);
  if (unsafe !== undefined) return unsafe;
  const kind = (attributes & UNIX_BIT) === 0 ? 0 : (attributes >>> 28) & 15;
  const shown = JSON.stringify(name);
  if (isFolder || (attributes & FOLDER_BIT) !== 0) {
    return fault("source.not-a-file", `The member ${shown} is a folder.`, "Its files are listed by themselves.");
  }
  if (isAnti)
    return fault(
      "source.not-a-file",
      `The member ${shown} only says that a file is to be deleted.`,
      "It has no bytes.",
    );
  if (kind === 0 || kind === 8) return undefined;
  const what = kind === 10 ? "a link; links are not followed" : "a device or a pipe";
  return fault("source.not-a-file", `The member ${shown} is ${what}.`, "Import what it stands for.");
}

function folderObstacle({ coders, offset }: Folder, name: string): Fault | undefined {
  const shown = JSON.stringify(name);
  if (coders.some(({ method }) => method === AES)) {
    return fault(
      "container.unsupported",
      `The member ${shown} is encrypted; encrypted 7z archives are not supported.`,
      "Expand the archive with 7-Zip and its password, and import the files.",
    );
  }
  const [coder, ...more] = coders;
  const isKnown = coder !== undefined && [COPY, LZMA, LZMA2, DEFLATE, BZIP2].includes(coder.method);
  if (offset !== undefined && more.length === 0 && isKnown) return undefined;
  return fault(
    "container.unsupported",
    `The member ${shown} is packed with methods (${coders.map(({ method }) => method).join(", ")}) that Exhibit does not read.`,
    "Expand the archive with 7-Zip and import the files.",
  );
}

/** Goes through the folders front to back; a member that lies behind costs a new beginning. */
class FolderReader {
  readonly #source: ByteSource;
  readonly #folders: readonly Folder[];
  readonly #opening: Opening;
  /** Where a folder could not be read on: members behind that cannot either. */
  readonly #failures = new Map<number, { readonly offset: number; readonly error: FaultError }>();
  #folder = -1;
  #reader: ByteReader | undefined;

  constructor(source: ByteSource, folders: readonly Folder[], opening: Opening) {
    this.#source = source;
    this.#folders = folders;
    this.#opening = opening;
  }

  async *read(name: string, folderAt: number, streamAt: number): AsyncGenerator<Uint8Array> {
    const folder = this.#folders[folderAt];
    const stream = folder?.streams[streamAt];
    if (folder === undefined || stream === undefined) return badHeader(this.#source.name, 0);
    const start = folder.streams.slice(0, streamAt).reduce((sum, { size }) => sum + size, 0);
    const failure = this.#failures.get(folderAt);
    if (failure !== undefined && failure.offset <= start && stream.size > 0) throw failure.error;
    const reader = await this.#readerAt(folderAt, folder, start);
    try {
      await reader.skip(start - reader.offset);
      let crc = 0;
      for (let left = stream.size; left > 0; ) {
        throwIfCancelled(this.#opening.signal);
        const chunk = await reader.next();
        if (chunk === undefined) return truncated(name, stream.size - left);
        const own = chunk.subarray(0, left);
        reader.giveBack(chunk.subarray(own.length));
        left -= own.length;
        crc = crc32(own, crc);
        yield own;
      }
      if (stream.crc !== undefined && stream.crc !== crc) throw new CheckFailed(checksumWrong(name, stream.size));
    } catch (error) {
      if (error instanceof FaultError && !(error instanceof CheckFailed)) {
        this.#failures.set(folderAt, { offset: reader.offset, error });
        await this.close();
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#reader?.close();
    this.#reader = undefined;
  }

  async #readerAt(folderAt: number, folder: Folder, start: number): Promise<ByteReader> {
    if (this.#folder === folderAt && this.#reader !== undefined && this.#reader.offset <= start) return this.#reader;
    await this.close();
    this.#folder = folderAt;
    this.#reader = new ByteReader(metered(this.#source, folder, this.#opening));
    return this.#reader;
  }
}

/** Limits hold for a folder as a whole: its members are packed as one. */
async function* metered(source: ByteSource, folder: Folder, { limits, signal }: Opening): AsyncGenerator<Uint8Array> {
  const meter = new ExpansionMeter(limits, source.name);
  for await (const { bytes, packed } of unpack(source, folder, source.name, signal)) {
    meter.add(bytes.length, packed);
    yield bytes;
  }
}

/** What a folder expands to, and how many packed bytes it took so far. */
async function* unpack(
  source: ByteSource,
  folder: Folder,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly packed: number }> {
  const start = START_BYTES + (folder.offset ?? 0);
  if (start + folder.packed > source.size) truncated(name, source.size);
  const input = new ByteReader(bytesAt(source, start, folder.packed, signal));
  let left = folder.size;
  try {
    for await (const chunk of decoded(input, folder, name)) {
      const bytes = chunk.subarray(0, left);
      left -= bytes.length;
      yield { bytes, packed: input.offset };
      if (left === 0) return;
    }
  } finally {
    await input.close();
  }
  if (left > 0) truncated(name, start + input.offset);
}

function decoded(input: ByteReader, { coders: [coder], size }: Folder, name: string): AsyncGenerator<Uint8Array> {
  const properties = coder?.properties ?? new Uint8Array(0);
  switch (coder?.method) {
    case LZMA: {
      if (properties.length < 5) corrupt(name, 0);
      const dictionary = new DataView(properties.buffer, properties.byteOffset, 5).getUint32(1, true);
      return expandLzma(input, properties[0] as number, affordable(dictionary, size, name), size, name);
    }
    case LZMA2: {
      const byte = properties[0] ?? 41;
      if (byte > 40) corrupt(name, 0);
      const dictionary = byte === 40 ? 2 ** 32 - 1 : (2 | (byte & 1)) * 2 ** ((byte >> 1) + 11);
      return expandLzma2(input, affordable(dictionary, size, name), name);
    }
    case DEFLATE:
      return inflateRaw(input, name);
    case BZIP2:
      return expandBzip2(input, name);
    default:
      return input.rest();
  }
}

/** No more of a dictionary is ever used than there are bytes. */
function affordable(dictionary: number, size: number, name: string): number {
  const needed = Math.max(4096, Math.min(dictionary, size));
  if (needed <= MOST_DICTIONARY) return needed;
  return raise(
    "container.unsupported",
    `${name} asks for ${Math.round(needed / 2 ** 20)} MiB of memory to be expanded, more than Exhibit gives.`,
    "Expand it with 7-Zip and import the files.",
  );
}

function badHeader(name: string, offset: number, cause?: unknown): never {
  return raise(
    "container.corrupt",
    `The list of the 7z archive ${name} is damaged.`,
    "Fetch a fresh copy of the archive and import that.",
    { offset },
    cause,
  );
}

function tooMany(name: string, limit: number): never {
  return raise("container.too-large", `${name} lists more than ${limit} members; the first ${limit} were read.`, GO_ON);
}
