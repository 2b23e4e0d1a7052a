import type { BlockPart } from "../base/batch.ts";
import { type Codec, compress, type Packed, WRITE_CODEC } from "../base/codec.ts";
import { addTokens, SIGNATURE_BYTES, tokenByte } from "../base/signature.ts";

/** A block ends at the first unit end from here on (storage.md: 64 KiB packs worse, 256 KiB costs a lone row double). */
const BLOCK_BYTES = 128 * 1024;
/** A unit from here on begins a block of its own, so that reading its neighbours does not unpack it. */
const OVERSIZED_BYTES = 1024 * 1024;
const PIECE_BYTES = 16 * 1024 * 1024;
/** A carrier may announce a unit a little after its bytes came; pieces are cut only when it is surely longer. */
const PIECE_SLACK = 1024 * 1024;
/** How far before its full size a piece may end, to end between two words. */
const WORD_REACH = 64 * 1024;
/** Blocks that wait for their entries, at most; beyond, the oldest goes out with a signature that excludes nothing. */
const MAX_WAITING = 1024;
const MAX_WAITING_BYTES = 96 * 1024 * 1024;

interface Waiting {
  readonly ordinal: number;
  readonly start: number;
  readonly signature: Uint8Array;
  /** Bytes in it of records that have not yet become an entry, a reject or nothing. */
  undecided: number;
  /** Infinity while it is open. */
  end: number;
  packed: Packed | undefined;
}

/** What waits in the blocks of all members of a log together. */
export class Crowd {
  blocks = 0;
  bytes = 0;

  get isCrowded(): boolean {
    return this.blocks > MAX_WAITING || this.bytes > MAX_WAITING_BYTES;
  }
}

/**
 * Cuts a member's bytes into blocks at the ends of units, whatever the sizes of the chunks. A block is held until all
 * its records are decided, because the words of decoded values join its signature.
 */
export class BlockBuilder {
  readonly #codec: Codec;
  #buffer = new Uint8Array(2 * BLOCK_BYTES);
  #from = 0;
  #to = 0;
  #announced = 0;
  #starts = new Float64Array(64);
  #open: Waiting;
  readonly #waiting: Waiting[] = [];
  readonly #crowd: Crowd;
  #sent = 0;

  constructor(crowd: Crowd = new Crowd(), codec: Codec = WRITE_CODEC) {
    this.#crowd = crowd;
    this.#codec = codec;
    this.#open = this.#begin(0, 0);
  }

  /** Blocks sent so far: those of lower ordinal are out. */
  get sent(): number {
    return this.#sent;
  }

  /** Blocks that are cut and not sent. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The next bytes of the member; they are copied. */
  append(chunk: Uint8Array): void {
    this.#reserve(chunk.length);
    this.#buffer.set(chunk, this.#to);
    this.#to += chunk.length;
    while (this.#to - this.#from > PIECE_BYTES + PIECE_SLACK) this.#cut(this.#pieceLength());
  }

  /** The next unit of the carrier; an undecided one holds its blocks until `decided`. */
  unit(offset: number, length: number, undecided: boolean): void {
    if (length >= OVERSIZED_BYTES && offset > this.#open.start) this.#cut(offset - this.#open.start);
    const end = offset + length;
    this.#announced = end;
    while (end - this.#open.start > PIECE_BYTES) this.#cut(this.#pieceLength());
    if (undecided) this.#each(offset, length, (block, bytes) => (block.undecided += bytes));
    if (end - this.#open.start >= BLOCK_BYTES) this.#cut(end - this.#open.start);
  }

  decided(offset: number, length: number): void {
    this.#each(offset, length, (block, bytes) => (block.undecided -= bytes));
  }

  /** Adds the words of a value that the entry's bytes do not show as they are. */
  addWords(offset: number, length: number, utf8: Uint8Array): void {
    this.#each(offset, length, (block) => addTokens(block.signature, utf8));
  }

  /** Block ordinal of a byte that was announced. */
  blockAt(offset: number): number {
    let low = 0;
    let high = this.#open.ordinal;
    if (offset >= this.#open.start) return high;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  startOf(ordinal: number): number {
    return this.#starts[ordinal] as number;
  }

  /** The blocks that are ready, in order. */
  take(): BlockPart[] {
    const ready: BlockPart[] = [];
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const isReady = first.undecided === 0 && first.end <= this.#announced;
      if (!isReady && !this.#crowd.isCrowded) break;
      if (!isReady) first.signature.fill(0xff);
      this.#waiting.shift();
      ready.push(this.#send(first));
    }
    return ready;
  }

  /** After the last byte: closes the last block. */
  close(): void {
    if (this.#to > this.#from) this.#cut(this.#to - this.#from);
    this.#announced = this.#open.start;
  }

  /** Closes the last block; `take` then gives all that is left, decided or not. */
  finish(): void {
    this.close();
    for (const block of this.#waiting) block.undecided = 0;
  }

  #send(block: Waiting): BlockPart {
    const { codec, data } = block.packed as Packed;
    this.#crowd.blocks--;
    this.#crowd.bytes -= data.length;
    this.#sent = block.ordinal + 1;
    return {
      ordinal: block.ordinal,
      memberOffset: block.start,
      rawLength: block.end - block.start,
      codec,
      data,
      signature: block.signature,
    };
  }

  #begin(ordinal: number, start: number): Waiting {
    if (ordinal >= this.#starts.length) {
      const wider = new Float64Array(this.#starts.length * 2);
      wider.set(this.#starts);
      this.#starts = wider;
    }
    this.#starts[ordinal] = start;
    return {
      ordinal,
      start,
      signature: new Uint8Array(SIGNATURE_BYTES),
      undecided: 0,
      end: Infinity,
      packed: undefined,
    };
  }

  #cut(length: number): void {
    const block = this.#open;
    const raw = this.#buffer.subarray(this.#from, this.#from + length);
    addTokens(block.signature, raw);
    block.packed = compress(raw, this.#codec);
    block.end = block.start + length;
    this.#crowd.blocks++;
    this.#crowd.bytes += block.packed.data.length;
    this.#waiting.push(block);
    this.#from += length;
    this.#open = this.#begin(block.ordinal + 1, block.end);
  }

  /** At most `PIECE_BYTES`, and between two words where there is such a place near. */
  #pieceLength(): number {
    for (let length = PIECE_BYTES; length > PIECE_BYTES - WORD_REACH; length--) {
      if (tokenByte(this.#buffer[this.#from + length - 1] as number) === 0) return length;
    }
    return PIECE_BYTES;
  }

  /** Room for more bytes at the end; what was cut off makes room first. */
  #reserve(length: number): void {
    const used = this.#to - this.#from;
    if (this.#to + length <= this.#buffer.length) return;
    const target = used + length <= this.#buffer.length / 2 ? this.#buffer : new Uint8Array((used + length) * 2);
    target.set(this.#buffer.subarray(this.#from, this.#to), 0);
    this.#buffer = target;
    this.#from = 0;
    this.#to = used;
  }

  /** Each block that has bytes of this stretch, and how many. */
  #each(offset: number, length: number, act: (block: Waiting, bytes: number) => void): void {
    const end = offset + length;
    if (end > this.#open.start) act(this.#open, end - Math.max(offset, this.#open.start));
    for (let at = this.#waiting.length - 1; at >= 0; at--) {
      const block = this.#waiting[at] as Waiting;
      if (block.end <= offset) return;
      if (block.start < end) act(block, Math.min(end, block.end) - Math.max(offset, block.start));
    }
  }
}
