/** The header of a 7z archive (7zFormat.txt of the LZMA SDK 23.01, public domain): where its streams and files lie. */
import { crc32 } from "node:zlib";
import { BadHeader, HeaderReader } from "./sevenzip-reader.ts";

/** Names of the parts, section "Property IDs". */
const ID = {
  end: 0,
  header: 1,
  archive: 2,
  additional: 3,
  main: 4,
  files: 5,
  pack: 6,
  unpack: 7,
  substreams: 8,
  size: 9,
  crc: 10,
  folder: 11,
  unpackSize: 12,
  unpackCount: 13,
  emptyStream: 14,
  emptyFile: 15,
  anti: 16,
  names: 17,
  modified: 20,
  attributes: 21,
  encoded: 23,
} as const;
interface Coder {
  /** Hex digits of the method. */
  readonly method: string;
  readonly properties: Uint8Array;
}
/** Members packed as one: each but the first needs those before it. */
export interface Folder {
  readonly coders: readonly Coder[];
  /** Where the packed bytes lie in the file; undefined where coders are joined in a way that logs do not need. */
  readonly offset: number | undefined;
  readonly packed: number;
  readonly size: number;
  readonly streams: readonly { readonly size: number; readonly crc: number | undefined }[];
}
export interface SevenZipFile {
  readonly name: string;
  readonly isFolder: boolean;
  /** Deletes a file when expanded over older ones. */
  readonly isAnti: boolean;
  /** µs since 1970 UTC. */
  readonly modified: number | undefined;
  /** Of Windows; those of Unix in the upper half where bit 15 is set. */
  readonly attributes: number;
  readonly place: { readonly folder: number; readonly stream: number } | undefined;
}
export interface SevenZipHeader {
  readonly folders: readonly Folder[];
  readonly files: readonly SevenZipFile[];
}

/** `encoded`: the header itself is packed, in the one folder that is given. Throws `BadHeader`. */
export function readHeader(
  bytes: Uint8Array,
):
  | { readonly kind: "header"; readonly header: SevenZipHeader }
  | { readonly kind: "encoded"; readonly folder: Folder } {
  const input = new HeaderReader(bytes);
  const id = input.byte();
  if (id === ID.encoded) {
    const [folder] = readStreams(input);
    if (folder === undefined) throw new BadHeader("no packed header");
    return { kind: "encoded", folder };
  }
  if (id !== ID.header) throw new BadHeader("no header");
  return { kind: "header", header: readPlain(input) };
}

function readPlain(input: HeaderReader): SevenZipHeader {
  let folders: readonly Folder[] = [];
  let files: readonly SevenZipFile[] = [];
  for (let id = input.byte(); id !== ID.end; id = input.byte()) {
    if (id === ID.archive) skipProperties(input);
    else if (id === ID.additional) readStreams(input);
    else if (id === ID.main) folders = readStreams(input);
    else if (id === ID.files) files = readFiles(input, folders);
    else throw new BadHeader(`an unknown part ${id}`);
  }
  return { folders, files };
}

function skipProperties(input: HeaderReader): void {
  while (input.byte() !== ID.end) input.bytes(input.count());
}

interface PackedStreams {
  readonly offset: number;
  readonly sizes: readonly number[];
}
interface FolderShape {
  readonly coders: readonly Coder[];
  readonly inputs: number;
  readonly outputs: number;
  readonly packedCount: number;
  /** The stream that comes out at the end of the chain. */
  readonly last: number;
}

function readStreams(input: HeaderReader): readonly Folder[] {
  let packed: PackedStreams = { offset: 0, sizes: [] };
  let shapes: readonly FolderShape[] = [];
  let sizes: readonly (readonly number[])[] = [];
  let crcs: readonly (number | undefined)[] = [];
  let streams: readonly Folder["streams"][] | undefined;
  for (let id = input.byte(); id !== ID.end; id = input.byte()) {
    if (id === ID.pack) packed = readPacked(input);
    else if (id === ID.unpack) ({ shapes, sizes, crcs } = readFolders(input));
    else if (id === ID.substreams) streams = readSubstreams(input, shapes, sizes, crcs);
    else throw new BadHeader(`an unknown part ${id}`);
  }
  let offset = packed.offset;
  let next = 0;
  return shapes.map((shape, at) => {
    const size = sizes[at]?.[shape.last] ?? 0;
    const own = packed.sizes.slice(next, next + shape.packedCount);
    if (own.length < shape.packedCount) throw new BadHeader("packed streams are missing");
    next += shape.packedCount;
    const length = own.reduce((sum, each) => sum + each, 0);
    const isChain = shape.packedCount === 1 && shape.inputs === shape.outputs;
    const folder = {
      coders: shape.coders,
      offset: isChain ? offset : undefined,
      packed: length,
      size,
      streams: streams?.[at] ?? [{ size, crc: crcs[at] }],
    };
    offset += length;
    return folder;
  });
}

function readPacked(input: HeaderReader): PackedStreams {
  const offset = input.number();
  const count = input.count();
  let sizes: readonly number[] = [];
  for (let id = input.byte(); id !== ID.end; id = input.byte()) {
    if (id === ID.size) sizes = Array.from({ length: count }, () => input.number());
    else if (id === ID.crc) input.checksums(count);
    else throw new BadHeader(`an unknown part ${id}`);
  }
  return { offset, sizes };
}

function readFolders(input: HeaderReader): {
  readonly shapes: readonly FolderShape[];
  readonly sizes: readonly (readonly number[])[];
  readonly crcs: readonly (number | undefined)[];
} {
  input.expect(ID.folder);
  const count = input.count();
  input.refuseExternal();
  const shapes = Array.from({ length: count }, () => readShape(input));
  input.expect(ID.unpackSize);
  const sizes = shapes.map(({ outputs }) => Array.from({ length: outputs }, () => input.number()));
  let crcs: readonly (number | undefined)[] = [];
  for (let id = input.byte(); id !== ID.end; id = input.byte()) {
    if (id !== ID.crc) throw new BadHeader(`an unknown part ${id}`);
    crcs = input.checksums(count);
  }
  return { shapes, sizes, crcs };
}

function readShape(input: HeaderReader): FolderShape {
  const count = input.count();
  if (count === 0 || count > 32) throw new BadHeader("an impossible number of coders");
  let inputs = 0;
  let outputs = 0;
  const coders = Array.from({ length: count }, () => {
    const flags = input.byte();
    const method = Buffer.from(input.bytes(flags & 15)).toString("hex");
    inputs += (flags & 0x10) === 0 ? 1 : input.count();
    outputs += (flags & 0x10) === 0 ? 1 : input.count();
    const properties = (flags & 0x20) === 0 ? new Uint8Array(0) : input.bytes(input.count());
    return { method, properties };
  });
  if (outputs === 0 || inputs + outputs > 64) throw new BadHeader("an impossible number of streams");
  const bound = Array.from({ length: outputs - 1 }, () => [input.number(), input.number()] as const);
  const packedCount = inputs - bound.length;
  if (packedCount < 1) throw new BadHeader("no packed stream");
  if (packedCount > 1) for (let at = 0; at < packedCount; at++) input.number();
  const last = Array.from({ length: outputs }, (_, at) => at).find((at) => bound.every(([, out]) => out !== at)) ?? 0;
  return { coders, inputs, outputs, packedCount, last };
}

function readSubstreams(
  input: HeaderReader,
  shapes: readonly FolderShape[],
  sizes: readonly (readonly number[])[],
  crcs: readonly (number | undefined)[],
): readonly Folder["streams"][] {
  let id = input.byte();
  let counts = shapes.map(() => 1);
  if (id === ID.unpackCount) {
    counts = shapes.map(() => input.count());
    id = input.byte();
  }
  const hasSizes = id === ID.size;
  const all = counts.map((count, at) => {
    const total = sizes[at]?.[shapes[at]?.last ?? 0] ?? 0;
    const own: number[] = [];
    let left = total;
    for (let place = 0; place + 1 < count; place++) {
      if (!hasSizes) throw new BadHeader("sizes are missing");
      const size = input.number();
      own.push(size);
      left -= size;
    }
    if (left < 0) throw new BadHeader("sizes that do not add up");
    return count === 0 ? [] : [...own, left];
  });
  if (hasSizes) id = input.byte();
  const isKnown = (at: number): boolean => counts[at] === 1 && crcs[at] !== undefined;
  const unknown = all.reduce((sum, own, at) => sum + (isKnown(at) ? 0 : own.length), 0);
  let found: readonly (number | undefined)[] = [];
  for (; id !== ID.end; id = input.byte()) {
    if (id !== ID.crc) throw new BadHeader(`an unknown part ${id}`);
    found = input.checksums(unknown);
  }
  let next = 0;
  return all.map((own, at) => own.map((size) => ({ size, crc: isKnown(at) ? crcs[at] : found[next++] })));
}

function readFiles(input: HeaderReader, folders: readonly Folder[]): readonly SevenZipFile[] {
  const count = input.count();
  const empty = Array.from({ length: count }, () => false);
  const parts = new Map<number, HeaderReader>();
  for (let id = input.byte(); id !== ID.end; id = input.byte())
    parts.set(id, new HeaderReader(input.bytes(input.count())));
  const isEmpty = parts.get(ID.emptyStream)?.bits(count) ?? empty;
  const emptyCount = isEmpty.filter(Boolean).length;
  const isEmptyFile = parts.get(ID.emptyFile)?.bits(emptyCount) ?? [];
  const isAnti = parts.get(ID.anti)?.bits(emptyCount) ?? [];
  const names = readNames(parts.get(ID.names), count);
  const times = readOptional(parts.get(ID.modified), count, (part) => microsOf(part.long()));
  const attributes = readOptional(parts.get(ID.attributes), count, (part) => part.word());
  const places = folders.flatMap(({ streams }, folder) => streams.map((_, stream) => ({ folder, stream })));
  let nextEmpty = 0;
  let nextPlace = 0;
  return names.map((name, at) => {
    const emptyAt = isEmpty[at] === true ? nextEmpty++ : -1;
    const place = emptyAt < 0 ? places[nextPlace++] : undefined;
    if (emptyAt < 0 && place === undefined) throw new BadHeader("a file without data");
    return {
      name,
      isFolder: emptyAt >= 0 && isEmptyFile[emptyAt] !== true,
      isAnti: isAnti[emptyAt] === true,
      modified: times[at],
      attributes: attributes[at] ?? 0,
      place,
    };
  });
}

/** UTF-16, each name ended by a NUL. */
function readNames(part: HeaderReader | undefined, count: number): readonly string[] {
  if (part === undefined) throw new BadHeader("no names");
  part.refuseExternal();
  return Array.from({ length: count }, () => {
    const units: number[] = [];
    for (;;) {
      const [low = 0, high = 0] = part.bytes(2);
      const unit = low + high * 256;
      if (unit === 0) return String.fromCharCode(...units);
      units.push(unit);
      if (units.length > 32_768) throw new BadHeader("a name without an end");
    }
  });
}

function readOptional(
  part: HeaderReader | undefined,
  count: number,
  read: (part: HeaderReader) => number,
): readonly (number | undefined)[] {
  if (part === undefined) return [];
  const isSet = part.optionalBits(count);
  part.refuseExternal();
  return isSet.map((each) => (each ? read(part) : undefined));
}

/** 100 ns since 1601. */
function microsOf(ticks: bigint): number {
  return Number(ticks / 10n - 11_644_473_600_000_000n);
}

export function hasChecksum(bytes: Uint8Array, crc: number | undefined): boolean {
  return crc === undefined || crc32(bytes) === crc;
}
