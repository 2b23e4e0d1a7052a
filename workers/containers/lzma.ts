/**
 * LZMA (the LZMA specification of the 7-Zip SDK, public domain): literals and matches, coded bit by bit with
 * probabilities that adapt. Expands a
 * chunk of LZMA2, which comes whole and says how much it yields, or a stream of LZMA part by part.
 */

const PROBABILITY_BITS = 11;
const EVEN = 1 << (PROBABILITY_BITS - 1);
const MOVE = 5;
const TOP = 2 ** 24;
const STATES = 12;
const POSITION_STATES = 16;
const LITERAL_PROBABILITIES = 0x300;
const LENGTH_STATES = 4;
const SLOTS = 64;
const FIRST_TREE_SLOT = 4;
const END_TREE_SLOT = 14;
const ALIGN_BITS = 4;
const SHORTEST_MATCH = 2;
const START_BYTES = 5;
/** No symbol takes more. */
const MOST_SYMBOL_BYTES = 32;
const ALL_OF_IT = 2 ** 30;

/** Data that no encoder writes. */
export class BadLzma extends Error {}

/** Bits for the literal context, the literal position and the position, as the properties byte packs them. */
export interface LzmaProperties {
  readonly lc: number;
  readonly lp: number;
  readonly pb: number;
}

/** LZMA2 wants lc + lp of at most 4, LZMA by itself any. Throws `BadLzma` for a byte that means nothing. */
export function propertiesOf(byte: number, most = 4): LzmaProperties {
  const lc = byte % 9;
  const lp = Math.floor(byte / 9) % 5;
  const pb = Math.floor(byte / 45);
  if (pb > 4 || lc + lp > most) throw new BadLzma("impossible properties");
  return { lc, lp, pb };
}

/** Where bytes go and matches are copied from. */
export interface LzmaWindow {
  readonly bytes: Uint8Array;
  /** First byte of the dictionary, and the next byte to be written. */
  readonly start: number;
  readonly end: number;
}

export class LzmaDecoder {
  #input: Uint8Array = new Uint8Array(0);
  #at = 0;
  #range = 0;
  #code = 0;

  #properties: LzmaProperties = { lc: 0, lp: 0, pb: 0 };
  #state = 0;
  /** Distances of the last four matches, less one. */
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;

  #literal = new Uint16Array(0);
  readonly #isMatch = new Uint16Array(STATES * POSITION_STATES);
  readonly #isRep = new Uint16Array(STATES);
  readonly #isRepG0 = new Uint16Array(STATES);
  readonly #isRepG1 = new Uint16Array(STATES);
  readonly #isRepG2 = new Uint16Array(STATES);
  readonly #isRep0Long = new Uint16Array(STATES * POSITION_STATES);
  readonly #slot = Array.from({ length: LENGTH_STATES }, () => new Uint16Array(SLOTS));
  readonly #special = new Uint16Array(128);
  readonly #align = new Uint16Array(1 << ALIGN_BITS);
  readonly #matchLength = new LengthCoder();
  readonly #repLength = new LengthCoder();

  /** Forgets all that was learnt; with `properties`, from now on by those. */
  reset(properties: LzmaProperties = this.#properties): void {
    this.#properties = properties;
    this.#state = 0;
    this.#rep0 = this.#rep1 = this.#rep2 = this.#rep3 = 0;
    const size = LITERAL_PROBABILITIES << (properties.lc + properties.lp);
    if (this.#literal.length !== size) this.#literal = new Uint16Array(size);
    const tables = [this.#literal, this.#isMatch, this.#isRep, this.#isRepG0, this.#isRepG1, this.#isRepG2];
    for (const table of [...tables, this.#isRep0Long, ...this.#slot, this.#special, this.#align]) table.fill(EVEN);
    this.#matchLength.reset();
    this.#repLength.reset();
  }

  /**
   * Expands a chunk that is all there into the window, up to `until`. `position` is how many bytes were written since the
   * dictionary was reset. Throws `BadLzma`, also when the chunk yields less or more than that.
   */
  decode(input: Uint8Array, window: LzmaWindow, until: number, position: number): void {
    this.begin(input);
    this.#run(window, until, until, position, ALL_OF_IT);
    if (this.#range < TOP) this.#fill();
    if (this.#at !== input.length || this.#code !== 0) throw new BadLzma("a chunk that does not end where it says");
  }

  /** The start of a stream that comes in parts; returns how many bytes it took. */
  begin(input: Uint8Array): number {
    if (input.length < START_BYTES || input[0] !== 0) throw new BadLzma("a chunk without its start");
    this.#input = input;
    this.#code = new DataView(input.buffer, input.byteOffset, START_BYTES).getUint32(1);
    this.#range = 0xffffffff;
    this.#at = START_BYTES;
    return START_BYTES;
  }

  /**
   * Goes on with a part of a stream until the window is filled up to `until` or the part is nearly used up (unless it is
   * the last); a match may go on to `end`. Returns where the window ends now and how many bytes of the part were used.
   */
  decodePart(
    part: Uint8Array,
    isLast: boolean,
    window: LzmaWindow,
    until: number,
    end: number,
    position: number,
  ): { readonly end: number; readonly used: number } {
    this.#input = part;
    this.#at = 0;
    const stopAt = isLast ? ALL_OF_IT : part.length - MOST_SYMBOL_BYTES;
    return { end: this.#run(window, until, end, position, stopAt), used: this.#at };
  }

  #run(window: LzmaWindow, until: number, most: number, position: number, stopAt: number): number {
    const { bytes, start } = window;
    const { lc, lp, pb } = this.#properties;
    const positionMask = (1 << pb) - 1;
    const literalMask = (1 << lp) - 1;
    const shift = position - window.end;
    let end = window.end;
    while (end < until && this.#at < stopAt) {
      const now = end + shift;
      const place = now & positionMask;
      const stateAt = this.#state * POSITION_STATES + place;
      if (this.#bit(this.#isMatch, stateAt) === 0) {
        const before = end > start ? (bytes[end - 1] as number) : 0;
        const context = ((now & literalMask) << lc) + (before >> (8 - lc));
        bytes[end] = this.#readLiteral(context * LITERAL_PROBABILITIES, bytes, end, start);
        end++;
        continue;
      }
      const length = this.#readMatch(stateAt, place);
      const from = end - this.#rep0 - 1;
      if (from < start) throw new BadLzma("a match from before the dictionary");
      if (end + length > most) throw new BadLzma("a match beyond the end");
      if (this.#rep0 >= length) bytes.copyWithin(end, from, from + length);
      else for (let at = 0; at < length; at++) bytes[end + at] = bytes[from + at] as number;
      end += length;
    }
    return end;
  }

  #fill(): void {
    if (this.#at >= this.#input.length) throw new BadLzma("a chunk that ends too early");
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#input[this.#at++] as number)) >>> 0;
  }

  #bit(table: Uint16Array, index: number): number {
    if (this.#range < TOP) this.#fill();
    const probability = table[index] as number;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      table[index] = probability + (((1 << PROBABILITY_BITS) - probability) >> MOVE);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    table[index] = probability - (probability >> MOVE);
    return 1;
  }

  #tree(table: Uint16Array, offset: number, bits: number): number {
    let node = 1;
    for (let at = 0; at < bits; at++) node = (node << 1) | this.#bit(table, offset + node);
    return node - (1 << bits);
  }

  #reverseTree(table: Uint16Array, offset: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let at = 0; at < bits; at++) {
      const bit = this.#bit(table, offset + node);
      node = (node << 1) | bit;
      value |= bit << at;
    }
    return value;
  }

  #direct(bits: number): number {
    let value = 0;
    for (let at = 0; at < bits; at++) {
      if (this.#range < TOP) this.#fill();
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      value = value * 2 + bit;
    }
    return value;
  }

  #readLiteral(offset: number, bytes: Uint8Array, end: number, start: number): number {
    const table = this.#literal;
    let node = 1;
    if (this.#state >= 7) {
      const from = end - this.#rep0 - 1;
      if (from < start) throw new BadLzma("a match from before the dictionary");
      let matched = bytes[from] as number;
      do {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.#bit(table, offset + ((1 + expected) << 8) + node);
        node = (node << 1) | bit;
        if (expected !== bit) break;
      } while (node < 0x100);
    }
    while (node < 0x100) node = (node << 1) | this.#bit(table, offset + node);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
    return node & 0xff;
  }

  /** Length of the next match; its distance is in `#rep0`. */
  #readMatch(stateAt: number, place: number): number {
    const state = this.#state;
    if (this.#bit(this.#isRep, state) === 0) {
      this.#rep3 = this.#rep2;
      this.#rep2 = this.#rep1;
      this.#rep1 = this.#rep0;
      const length = this.#readLength(this.#matchLength, place);
      this.#rep0 = this.#readDistance(length);
      this.#state = state < 7 ? 7 : 10;
      return length;
    }
    if (this.#bit(this.#isRepG0, state) === 0) {
      if (this.#bit(this.#isRep0Long, stateAt) === 0) {
        this.#state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      this.#swapReps(state);
    }
    const length = this.#readLength(this.#repLength, place);
    this.#state = state < 7 ? 8 : 11;
    return length;
  }

  #swapReps(state: number): void {
    let distance = this.#rep1;
    if (this.#bit(this.#isRepG1, state) === 1) {
      distance = this.#rep2;
      if (this.#bit(this.#isRepG2, state) === 1) {
        distance = this.#rep3;
        this.#rep3 = this.#rep2;
      }
      this.#rep2 = this.#rep1;
    }
    this.#rep1 = this.#rep0;
    this.#rep0 = distance;
  }

  #readLength(coder: LengthCoder, place: number): number {
    if (this.#bit(coder.choice, 0) === 0) return SHORTEST_MATCH + this.#tree(coder.low, place << 3, 3);
    if (this.#bit(coder.choice, 1) === 0) return SHORTEST_MATCH + 8 + this.#tree(coder.middle, place << 3, 3);
    return SHORTEST_MATCH + 16 + this.#tree(coder.high, 0, 8);
  }

  #readDistance(length: number): number {
    const slots = this.#slot[Math.min(length - SHORTEST_MATCH, LENGTH_STATES - 1)] as Uint16Array;
    const slot = this.#tree(slots, 0, 6);
    if (slot < FIRST_TREE_SLOT) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < END_TREE_SLOT) return base + this.#reverseTree(this.#special, base - slot, bits);
    const high = this.#direct(bits - ALIGN_BITS) * (1 << ALIGN_BITS);
    return base + high + this.#reverseTree(this.#align, 0, ALIGN_BITS);
  }
}

class LengthCoder {
  readonly choice = new Uint16Array(2);
  readonly low = new Uint16Array(POSITION_STATES << 3);
  readonly middle = new Uint16Array(POSITION_STATES << 3);
  readonly high = new Uint16Array(256);

  reset(): void {
    for (const table of [this.choice, this.low, this.middle, this.high]) table.fill(EVEN);
  }
}
