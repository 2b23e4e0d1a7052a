/**
 * One block of bzip2 (bzip2 1.0.8, `decompress.c`; there is no other specification): Huffman codes in groups of 50
 * symbols, move-to-front, the Burrows-Wheeler transform, and runs of four or more bytes shortened.
 */
import type { BitReader } from "./bit-reader.ts";

const GROUP_SYMBOLS = 50;
const LONGEST_CODE = 20;
const RUN_A = 0;
const RUN_B = 1;
/** A run of four equal bytes is followed by how many more there are. */
const RUN_BYTES = 4;

/** Data that no compressor writes. */
export class BadBlock extends Error {}

interface Huffman {
  readonly shortest: number;
  readonly longest: number;
  /** Greatest code of each length, and what to take off a code to find its place in `symbols`. */
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
}

/** Bytes of a block before the shortened runs are written out. */
export interface BlockText {
  /** In the low byte a byte of the block, above it the place of the next one. */
  readonly chain: Uint32Array;
  readonly length: number;
  readonly start: number;
}

/** Reads a block after its magic and checksum. Throws `BadBlock`, and `OutOfBits` where the bits end. */
export function readBlock(bits: BitReader, blockBytes: number): BlockText {
  if (bits.read(1) !== 0) throw new BadBlock("randomised blocks of bzip2 before 0.9.5 are not read");
  const start = bits.read(24);
  const used = readUsedBytes(bits);
  const groupCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (groupCount < 2 || groupCount > 6 || selectorCount === 0) throw new BadBlock("no Huffman tables");
  const selectors = readSelectors(bits, groupCount, selectorCount);
  const tables = Array.from({ length: groupCount }, () => readTable(bits, used.length + 2));
  const chain = new Uint32Array(blockBytes);
  const length = readSymbols(bits, used, selectors, tables, chain);
  if (start >= length) throw new BadBlock("the block starts beyond its end");
  linkUp(chain, length);
  return { chain, length, start };
}

function readUsedBytes(bits: BitReader): Uint8Array {
  const rows = bits.read(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if ((rows & (0x8000 >> row)) === 0) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++) {
      if ((columns & (0x8000 >> column)) !== 0) used.push(row * 16 + column);
    }
  }
  if (used.length === 0) throw new BadBlock("a block without bytes");
  return Uint8Array.from(used);
}

function readSelectors(bits: BitReader, groupCount: number, count: number): Uint8Array {
  const order = Uint8Array.from({ length: groupCount }, (_, at) => at);
  const selectors = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    let place = 0;
    while (bits.read(1) === 1) {
      if (++place >= groupCount) throw new BadBlock("a selector names no table");
    }
    selectors[at] = moveToFront(order, place);
  }
  return selectors;
}

function moveToFront(order: Uint8Array, place: number): number {
  const value = order[place] as number;
  order.copyWithin(1, 0, place);
  order[0] = value;
  return value;
}

function readTable(bits: BitReader, symbolCount: number): Huffman {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    for (;;) {
      if (length < 1 || length > LONGEST_CODE) throw new BadBlock("a Huffman code of an impossible length");
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return huffmanOf(lengths);
}

function huffmanOf(lengths: Uint8Array): Huffman {
  const shortest = lengths.reduce((least, each) => Math.min(least, each), LONGEST_CODE);
  const longest = lengths.reduce((most, each) => Math.max(most, each), 1);
  const limit = new Int32Array(LONGEST_CODE + 2).fill(-1);
  const base = new Int32Array(LONGEST_CODE + 2);
  const symbols = new Uint16Array(lengths.length);
  let code = 0;
  let placed = 0;
  for (let length = shortest; length <= longest; length++) {
    base[length] = code - placed;
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      symbols[placed++] = symbol;
      code++;
    }
    limit[length] = code - 1;
    code <<= 1;
  }
  return { shortest, longest, limit, base, symbols };
}

/** Fills `chain` with the bytes of the transformed block; returns how many there are. */
function readSymbols(
  bits: BitReader,
  used: Uint8Array,
  selectors: Uint8Array,
  tables: readonly Huffman[],
  chain: Uint32Array,
): number {
  const order = Uint8Array.from(used);
  const end = used.length + 1;
  let length = 0;
  let group = 0;
  let run = 0;
  let weight = 1;
  for (;;) {
    const table = tables[selectors[group++] ?? -1];
    if (table === undefined) throw new BadBlock("more symbols than selectors");
    for (let at = 0; at < GROUP_SYMBOLS; at++) {
      const symbol = readSymbol(bits, table);
      if (symbol === RUN_A || symbol === RUN_B) {
        run += weight << symbol;
        weight <<= 1;
        if (run > chain.length) throw new BadBlock("a run beyond the block");
        continue;
      }
      if (run > 0) {
        if (length + run > chain.length) throw new BadBlock("more bytes than a block holds");
        chain.fill(order[0] as number, length, length + run);
        length += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) return length;
      if (length >= chain.length) throw new BadBlock("more bytes than a block holds");
      chain[length++] = moveToFront(order, symbol - 1);
    }
  }
}

function readSymbol(bits: BitReader, { shortest, longest, limit, base, symbols }: Huffman): number {
  let code = bits.read(shortest);
  for (let length = shortest; ; length++) {
    if (length > longest) throw new BadBlock("a code that stands for no symbol");
    if (code <= (limit[length] as number)) {
      const symbol = symbols[code - (base[length] as number)];
      if (symbol === undefined) throw new BadBlock("a code that stands for no symbol");
      return symbol;
    }
    code = (code << 1) | bits.read(1);
  }
}

/** Undoes the transform: above each byte goes the place of the byte that follows it in the text. */
function linkUp(chain: Uint32Array, length: number): void {
  const next = new Uint32Array(257);
  for (let at = 0; at < length; at++) {
    const above = ((chain[at] as number) & 0xff) + 1;
    next[above] = (next[above] as number) + 1;
  }
  for (let byte = 0; byte < 256; byte++) next[byte + 1] = (next[byte + 1] as number) + (next[byte] as number);
  for (let at = 0; at < length; at++) {
    const byte = (chain[at] as number) & 0xff;
    const place = next[byte] as number;
    next[byte] = place + 1;
    chain[place] = ((chain[place] as number) | (at << 8)) >>> 0;
  }
}

/** The text of a block, runs written out, in pieces of about `pieceBytes`. */
export function* blockBytes(text: BlockText, pieceBytes: number): Generator<Uint8Array> {
  const { chain, length } = text;
  let piece = new Uint8Array(pieceBytes + 256);
  let filled = 0;
  let link = chain[text.start] as number;
  let previous = -1;
  let equal = 0;
  for (let left = length; left > 0; left--) {
    link = chain[link >>> 8] as number;
    const byte = link & 0xff;
    if (equal === RUN_BYTES) {
      piece.fill(previous, filled, filled + byte);
      filled += byte;
      equal = 0;
      previous = -1;
    } else {
      equal = byte === previous ? equal + 1 : 1;
      previous = byte;
      piece[filled++] = byte;
    }
    if (filled < pieceBytes) continue;
    yield piece.subarray(0, filled);
    piece = new Uint8Array(pieceBytes + 256);
    filled = 0;
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
