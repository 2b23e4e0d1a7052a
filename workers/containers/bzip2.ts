/** bzip2: streams back to back, each of blocks that stand by themselves and carry a checksum of their own. */
import type { Fault } from "../contract.ts";
import { BitReader, OutOfBits } from "./bit-reader.ts";
import { BadBlock, blockBytes, readBlock } from "./bzip2-block.ts";
import type { ByteReader } from "./byte-reader.ts";
import { checksumWrong, compressedFile, trailing } from "./compressed-file.ts";
import type { Container } from "./container.ts";
import { corrupt, truncated } from "./inflate.ts";

const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
const PIECE_BYTES = 256 * 1024;
/** More than any block can take: 900,000 symbols of 20 bits, the tables and the selectors. */
const PACKED_BLOCK_BYTES = 2_500_000;

export const bzip2: Container = compressedFile({
  id: "bzip2",
  title: "bzip2",
  endings: { ".bz2": "", ".bz": "", ".tbz2": ".tar", ".tbz": ".tar" },
  claims: (head) => levelOf(head) !== undefined && isBlockMark(head),
  decode,
});

/** `BZh` is also how a text could start; the level digit and a mark of 48 bits follow in every bzip2 file. */
function levelOf(head: Uint8Array): number | undefined {
  const [b, z, h, digit = 0] = head;
  const isMagic = b === 0x42 && z === 0x5a && h === 0x68 && digit >= 0x31 && digit <= 0x39;
  return isMagic ? digit - 0x30 : undefined;
}

function isBlockMark(head: Uint8Array): boolean {
  const mark = head.subarray(4, 10).reduce((sum, byte) => sum * 256 + byte, 0);
  return head.length >= 10 && (mark === BLOCK_MAGIC || mark === END_MAGIC);
}

async function* decode(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined> {
  let damage: Fault | undefined;
  for (let isFirst = true; ; isFirst = false) {
    const start = input.offset;
    const head = await input.take(4);
    if (head.length === 0 && !isFirst) return damage;
    const level = levelOf(head);
    if (level === undefined) {
      if (!isFirst) return damage ?? trailing(name, "bzip2", start);
      return head.length < 4 ? truncated(name, input.offset) : corrupt(name, start);
    }
    const wrong = yield* decodeStream(input, name, level * 100_000);
    damage ??= wrong;
  }
}

/** Streams of bzip2 within something else; a wrong checksum is left to what is around. */
export async function* expandBzip2(input: ByteReader, name: string): AsyncGenerator<Uint8Array> {
  yield* decode(input, name);
}

async function* decodeStream(
  input: ByteReader,
  name: string,
  blockSize: number,
): AsyncGenerator<Uint8Array, Fault | undefined> {
  let damage: Fault | undefined;
  let streamSum = 0;
  /** Bits of the next byte that belong to the block before. */
  let bitsGone = 0;
  for (;;) {
    const start = input.offset;
    const bytes = await input.take(PACKED_BLOCK_BYTES);
    const bits = new BitReader(bytes);
    const part = attempt(bits, bitsGone, blockSize, name, start, bytes.length < PACKED_BLOCK_BYTES);
    if (part.text === undefined) {
      input.giveBack(bytes.subarray(Math.ceil(bits.position / 8)));
      if (part.sum !== streamSum) damage ??= checksumWrong(name, start);
      return damage;
    }
    input.giveBack(bytes.subarray(Math.floor(bits.position / 8)));
    bitsGone = bits.position % 8;
    let sum = 0xffffffff;
    for (const piece of blockBytes(part.text, PIECE_BYTES)) {
      sum = checksum(piece, sum);
      yield piece;
    }
    sum = ~sum >>> 0;
    if (sum !== part.sum) damage ??= checksumWrong(name, start);
    streamSum = (((streamSum << 1) | (streamSum >>> 31)) ^ part.sum) >>> 0;
  }
}

/** The next block, or without `text` the end of the stream; `sum` is the checksum written there. */
function attempt(
  bits: BitReader,
  bitsGone: number,
  blockSize: number,
  name: string,
  start: number,
  isAll: boolean,
): { readonly sum: number; readonly text: ReturnType<typeof readBlock> | undefined } {
  try {
    bits.read(bitsGone);
    const mark = bits.read(24) * 2 ** 24 + bits.read(24);
    if (mark !== BLOCK_MAGIC && mark !== END_MAGIC) return corrupt(name, start);
    const sum = bits.readWord();
    return { sum, text: mark === BLOCK_MAGIC ? readBlock(bits, blockSize) : undefined };
  } catch (error) {
    if (error instanceof OutOfBits) return isAll ? truncated(name, start, error) : corrupt(name, start, error);
    if (error instanceof BadBlock) return corrupt(name, start, error);
    throw error;
  }
}

/** CRC-32 of the other bit order than zlib's. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum >>> 0;
});

function checksum(bytes: Uint8Array, before: number): number {
  let sum = before;
  for (let at = 0; at < bytes.length; at++) {
    sum = (sum << 8) ^ (TABLE[(sum >>> 24) ^ (bytes[at] as number)] as number);
  }
  return sum >>> 0;
}
