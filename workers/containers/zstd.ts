/** Zstandard, RFC 8878: frames back to back, and frames to be skipped between them. */
import type { Fault } from "../contract.ts";
import { raise } from "../base/fault.ts";
import type { ByteReader } from "./byte-reader.ts";
import { checksumWrong, compressedFile, trailing } from "./compressed-file.ts";
import type { Container } from "./container.ts";
import { corrupt, truncated } from "./inflate.ts";
import { expandZstdFrame } from "./zstd-frame.ts";
import xxhash from "xxhash-wasm";

const FRAME_MAGIC = 0xfd2fb528;
/** `zstd --long=27`, the most that `zstd -d` takes without being told. */
const MOST_WINDOW = 2 ** 27;
const CHECKSUM_FLAG = 4;
const BLOCK_BYTES = 128 * 1024;

export const zstd: Container = compressedFile({
  id: "zstd",
  title: "Zstandard",
  endings: { ".zst": "", ".zstd": "", ".tzst": ".tar" },
  claims: claimsFrame,
  decode,
});

/** A frame to be skipped starts LZ4 files as well, so the one behind it decides where the head reaches that far. */
function claimsFrame(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0; at + 4 <= head.length; at += 8 + view.getUint32(at + 4, true)) {
    const magic = view.getUint32(at, true);
    if (!isSkippable(magic) || at + 8 > head.length) return magic === FRAME_MAGIC;
  }
  return false;
}

function isSkippable(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

async function* decode(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined> {
  let damage: Fault | undefined;
  for (let isFirst = true; ; isFirst = false) {
    const start = input.offset;
    const bytes = await input.peek(4);
    if (bytes.length === 0 && !isFirst) return damage;
    const magic = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
    if (isSkippable(magic)) {
      const head = await need(input, 8, name);
      const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
      if ((await input.skip(length)) < length) truncated(name, input.offset);
      continue;
    }
    if (magic !== FRAME_MAGIC) {
      if (!isFirst) return damage ?? trailing(name, "Zstandard", start);
      return bytes.length < 4 ? truncated(name, start) : corrupt(name, start);
    }
    const wrong = yield* decodeFrame(input, name);
    damage ??= wrong;
  }
}

interface FrameHeader {
  /** As read, with the flag of the checksum taken off: that one is looked at here. */
  readonly bytes: Uint8Array;
  readonly size: number | undefined;
  readonly hasChecksum: boolean;
}

async function* decodeFrame(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined> {
  const start = input.offset;
  const header = await readHeader(input, name);
  const sum = (await xxhash()).create64();
  let size = 0;
  for await (const chunk of expandZstdFrame(frameBytes(input, header.bytes, name), name, () => input.offset)) {
    size += chunk.length;
    if (header.hasChecksum) sum.update(chunk);
    yield chunk;
  }
  if (header.size !== undefined && header.size !== size) corrupt(name, start);
  if (!header.hasChecksum) return undefined;
  const written = await need(input, 4, name);
  const own = Number(sum.digest() & 0xffffffffn);
  const isRight = new DataView(written.buffer, written.byteOffset, 4).getUint32(0, true) === own;
  return isRight ? undefined : checksumWrong(name, input.offset - 4);
}

async function readHeader(input: ByteReader, name: string): Promise<FrameHeader> {
  const start = input.offset;
  const flags = (await input.peek(5))[4] ?? truncated(name, start);
  if ((flags & 8) !== 0) corrupt(name, start + 4);
  const isSingle = (flags & 0x20) !== 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const idBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const idAt = isSingle ? 5 : 6;
  const bytes = Uint8Array.from(await need(input, idAt + idBytes + sizeBytes, name));
  const written = littleEndian(bytes.subarray(idAt + idBytes));
  const size = sizeBytes === 0 ? undefined : sizeBytes === 2 ? written + 256 : written;
  if (littleEndian(bytes.subarray(idAt, idAt + idBytes)) !== 0) needsDictionary(name, start);
  const window = isSingle ? (size ?? 0) : windowOf(bytes[5] as number);
  if (window > MOST_WINDOW) tooMuchMemory(name, window, start);
  bytes[4] = flags & ~CHECKSUM_FLAG;
  return { bytes, size, hasChecksum: (flags & CHECKSUM_FLAG) !== 0 };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
}

/** Header and blocks of one frame, a block at a time, so that no chunk expands to more than a block. */
async function* frameBytes(input: ByteReader, header: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  yield header;
  for (;;) {
    const start = input.offset;
    const head = await input.peek(3);
    if (head.length < 3) truncated(name, input.offset);
    const value = littleEndian(head);
    const kind = (value >> 1) & 3;
    const size = value >> 3;
    if (kind === 3 || size > BLOCK_BYTES) corrupt(name, start);
    yield await need(input, 3 + (kind === 1 ? 1 : size), name);
    if ((value & 1) === 1) return;
  }
}

async function need(input: ByteReader, length: number, name: string): Promise<Uint8Array> {
  const bytes = await input.take(length);
  return bytes.length < length ? truncated(name, input.offset) : bytes;
}

function needsDictionary(name: string, offset: number): never {
  return raise(
    "container.unsupported",
    `${name} was compressed with a dictionary that is not part of it.`,
    "Expand it with zstd and the dictionary, and import what comes out.",
    { offset },
  );
}

function tooMuchMemory(name: string, bytes: number, offset: number): never {
  return raise(
    "container.unsupported",
    `${name} asks for ${Math.round(bytes / 2 ** 20)} MiB of memory to be expanded, more than Exhibit gives.`,
    "Expand it with zstd --long=31 and import what comes out.",
    { offset },
  );
}
