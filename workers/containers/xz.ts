/** xz, "The .xz File Format" 1.2.1: streams back to back, each of checked blocks of LZMA2 and an index of them. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { raise } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import type { ByteReader } from "./byte-reader.ts";
import { checksumWrong, compressedFile, trailing } from "./compressed-file.ts";
import type { Container } from "./container.ts";
import { Crc64 } from "./crc64.ts";
import { corrupt, truncated } from "./inflate.ts";
import { expandLzma2 } from "./lzma2.ts";

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const;
const LZMA2 = 0x21;
/** Bytes of a check by its number, section 2.1.1.2. */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;
/** `xz -9` wants 64 MiB. */
const MOST_MEMORY = 2 ** 28;

export const xz: Container = compressedFile({
  id: "xz",
  title: "xz",
  endings: { ".xz": "", ".txz": ".tar" },
  claims: isMagic,
  decode,
});

function isMagic(head: Uint8Array): boolean {
  return MAGIC.every((byte, at) => head[at] === byte);
}

async function* decode(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined> {
  let damage: Fault | undefined;
  for (;;) {
    const wrong = yield* decodeStream(input, name);
    damage ??= wrong;
    const end = input.offset;
    if (!(await skipPadding(input))) return damage ?? trailing(name, "xz", end);
    const magic = await input.peek(6);
    if (magic.length === 0) return damage;
    if (!isMagic(magic)) return damage ?? trailing(name, "xz", input.offset);
  }
}

/** Between streams stand zeros, four at a time. */
async function skipPadding(input: ByteReader): Promise<boolean> {
  for (;;) {
    const four = await input.peek(4);
    if (four.length === 0 || four[0] !== 0) return true;
    if (four.length < 4 || four.some((byte) => byte !== 0)) return false;
    await input.skip(4);
  }
}

interface BlockSizes {
  readonly unpadded: number;
  readonly size: number;
}

async function* decodeStream(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined> {
  const start = input.offset;
  const header = await need(input, 12, name);
  if (!isMagic(header) || header[6] !== 0 || (header[7] as number) > 15 || !isSound(header.subarray(6)))
    corrupt(name, start);
  const check = header[7] as number;
  const blocks: BlockSizes[] = [];
  let damage: Fault | undefined;
  for (;;) {
    const size = (await need(input, 1, name))[0] as number;
    if (size === 0) break;
    const block = yield* decodeBlock(input, name, size, check);
    damage ??= block.damage;
    blocks.push(block);
  }
  await readIndex(input, name, blocks);
  const footer = await need(input, 12, name);
  const isEnd = footer[10] === 0x59 && footer[11] === 0x5a && footer[9] === check && footer[8] === 0;
  const sum = new DataView(footer.buffer, footer.byteOffset, 4).getUint32(0, true);
  if (!isEnd || crc32(footer.subarray(4, 10)) !== sum) return damage ?? checksumWrong(name, input.offset - 12);
  return damage;
}

async function* decodeBlock(
  input: ByteReader,
  name: string,
  sizeByte: number,
  check: number,
): AsyncGenerator<Uint8Array, BlockSizes & { readonly damage: Fault | undefined }> {
  const start = input.offset - 1;
  const rest = await need(input, sizeByte * 4 + 3, name);
  const header = Uint8Array.of(sizeByte, ...rest);
  if (!isSound(header)) corrupt(name, start);
  const { dictionary, packed, expanded } = readBlockHeader(header, name, start);
  const dataStart = input.offset;
  const sum = checkOf(check);
  let size = 0;
  for await (const chunk of expandLzma2(input, dictionary, name)) {
    sum.update(chunk);
    size += chunk.length;
    yield chunk;
  }
  const length = input.offset - dataStart;
  if ((packed ?? length) !== length || (expanded ?? size) !== size) corrupt(name, start);
  const padding = await need(input, (4 - (length % 4)) % 4, name);
  if (padding.some((byte) => byte !== 0)) corrupt(name, input.offset);
  const written = await need(input, CHECK_BYTES[check] ?? 0, name);
  const own = sum.digest();
  const isRight = own === undefined || Buffer.compare(own, written) === 0;
  const unpadded = header.length + length + written.length;
  return { unpadded, size, damage: isRight ? undefined : checksumWrong(name, input.offset - written.length) };
}

interface BlockHeader {
  readonly dictionary: number;
  readonly packed: number | undefined;
  readonly expanded: number | undefined;
}

function readBlockHeader(header: Uint8Array, name: string, offset: number): BlockHeader {
  const flags = header[1] as number;
  const numbers = new Numbers(header.subarray(2, -4));
  const packed = (flags & 0x40) === 0 ? undefined : numbers.next();
  const expanded = (flags & 0x80) === 0 ? undefined : numbers.next();
  const filter = numbers.next();
  const propertyBytes = numbers.next();
  const property = numbers.next();
  if (filter === undefined || property === undefined || (flags & 0x3c) !== 0) corrupt(name, offset);
  if ((flags & 3) !== 0 || filter !== LZMA2) otherFilter(name, offset);
  if (propertyBytes !== 1 || property > 40) corrupt(name, offset);
  const dictionary = property === 40 ? 2 ** 32 - 1 : (2 | (property & 1)) * 2 ** ((property >> 1) + 11);
  if (dictionary > MOST_MEMORY) tooMuchMemory(name, dictionary, offset);
  return { dictionary, packed, expanded };
}

/** The index must tell what was read; anything else says that blocks are missing or were added. */
async function readIndex(input: ByteReader, name: string, blocks: readonly BlockSizes[]): Promise<void> {
  const start = input.offset - 1;
  const expected = [blocks.length, ...blocks.flatMap(({ unpadded, size }) => [unpadded, size])];
  const bytes = Uint8Array.from([0, ...expected.flatMap(numberBytes)]);
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const found = await need(input, padded.length - 1 + 4, name);
  const sum = new DataView(found.buffer, found.byteOffset, found.length).getUint32(found.length - 4, true);
  const isSame = Buffer.compare(found.subarray(0, -4), padded.subarray(1)) === 0;
  if (!isSame || sum !== crc32(padded)) corrupt(name, start);
}

/** Numbers of variable length, section 1.2: seven bits a byte, low ones first. */
class Numbers {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): number | undefined {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 42; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return undefined;
  }
}

function numberBytes(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

interface Check {
  update(bytes: Uint8Array): void;
  /** undefined: the check is of a kind that nothing writes, and is not looked at. */
  digest(): Uint8Array | undefined;
}

function checkOf(check: number): Check {
  if (check === 4) return new Crc64();
  if (check === 10) {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  }
  let sum = 0;
  return {
    update: (bytes) => void (sum = check === 1 ? crc32(bytes, sum) : 0),
    digest: () => (check === 1 ? littleEndian(sum) : undefined),
  };
}

function littleEndian(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}

/** Whether the last four bytes are the CRC-32 of those before. */
function isSound(bytes: Uint8Array): boolean {
  const end = bytes.length - 4;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(end, true) === crc32(bytes.subarray(0, end));
}

async function need(input: ByteReader, length: number, name: string): Promise<Uint8Array> {
  const bytes = await input.take(length);
  return bytes.length < length ? truncated(name, input.offset) : bytes;
}

function otherFilter(name: string, offset: number): never {
  return raise(
    "container.unsupported",
    `${name} was compressed with an xz filter for programs or samples, which logs do not need.`,
    "Expand it with xz and import what comes out.",
    { offset },
  );
}

function tooMuchMemory(name: string, bytes: number, offset: number): never {
  return raise(
    "container.unsupported",
    `${name} asks for ${Math.round(bytes / 2 ** 20)} MiB of memory to be expanded, more than Exhibit gives.`,
    "Expand it with xz and import what comes out.",
    { offset },
  );
}
