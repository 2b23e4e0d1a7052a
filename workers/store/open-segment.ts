/**
 * The segment of one field that is still being written. It starts as the kind of the first values it gets and turns
 * into a wider kind when others come: dict → list → hash64. Positions count from the segment's first entry; values come
 * in ascending position, and what is never put is absent.
 */
import { MANY_VALUES } from "../base/hash.ts";
import type { Codes } from "../query/columns.ts";
import {
  decodeCodes,
  decodeHash,
  decodeList,
  encodeDict,
  encodeHash,
  encodeList,
  narrowed,
  newCodes,
  type Segment,
  widthFor,
} from "./segment-codec.ts";

/** Case-wide codes of an import's own codes. */
export type CodeMap = Uint32Array;
/** Two words for each code. */
export type HashTable = Uint32Array;

/** What an import's own codes mean in the case. */
export interface LocalCodes {
  codes(): CodeMap;
  hashes(): HashTable;
}

/** `encode` of each kind gives a view, to be stored before the next value is put. */
export class DictSegment {
  readonly kind = "dict";
  /** Code + 1, 0 = absent. */
  values: Codes;
  n = 0;

  constructor(capacity: number) {
    this.values = new Uint8Array(capacity);
  }

  static from(segment: Segment, capacity: number): DictSegment {
    const open = new DictSegment(capacity);
    open.values = newCodes(capacity, segment.width);
    open.values.set(decodeCodes(segment));
    open.n = segment.n;
    return open;
  }

  /** Entries `from … to` of an import's codes + 1 go to positions from `at`. */
  putMapped(at: number, codes: Uint32Array, from: number, to: number, map: CodeMap): void {
    for (let i = from; i < to; i++) {
      const local = codes[i] as number;
      if (local !== 0) this.put(at + i - from, map[local - 1] as number);
    }
  }

  put(at: number, code: number): void {
    const width = this.values.BYTES_PER_ELEMENT;
    if (width < 4 && code + 1 > (width === 1 ? 0xff : 0xffff)) this.#widen(code + 1);
    this.values[at] = code + 1;
    this.n = at + 1;
  }

  encode(): Segment {
    return encodeDict(this.values.subarray(0, this.n));
  }

  toList(): ListSegment {
    const list = new ListSegment(this.values.length);
    for (let i = 0; i < this.n; i++) {
      const value = this.values[i] as number;
      if (value !== 0) list.put(i, [value - 1], 0, 1);
    }
    return list;
  }

  #widen(largest: number): void {
    const wide = newCodes(this.values.length, widthFor(largest));
    wide.set(this.values);
    this.values = wide;
  }
}

export class ListSegment {
  readonly kind = "list";
  readonly #ends: Uint32Array;
  #codes = new Uint32Array(256);
  #count = 0;
  n = 0;

  constructor(capacity: number) {
    this.#ends = new Uint32Array(capacity);
  }

  static from(segment: Segment, capacity: number): ListSegment {
    const { ends, codes } = decodeList(segment);
    const open = new ListSegment(capacity);
    open.#ends.set(ends);
    open.#codes = new Uint32Array(Math.max(256, codes.length));
    open.#codes.set(codes);
    open.#count = codes.length;
    open.n = segment.n;
    return open;
  }

  putMapped(at: number, ends: Uint32Array, codes: Uint32Array, from: number, to: number, map: CodeMap): void {
    for (let i = from; i < to; i++) {
      const start = i === 0 ? 0 : (ends[i - 1] as number);
      const end = ends[i] as number;
      if (end > start) this.put(at + i - from, codes, start, end, map);
    }
  }

  putMappedDict(at: number, codes: Uint32Array, from: number, to: number, map: CodeMap): void {
    for (let i = from; i < to; i++) {
      const local = codes[i] as number;
      if (local !== 0) this.put(at + i - from, map, local - 1, local);
    }
  }

  /** The values of one entry: `codes[start … end)`, through `map` where they are an import's own. */
  put(at: number, codes: ArrayLike<number>, start: number, end: number, map?: CodeMap): void {
    this.#room(end - start);
    this.#close(at);
    for (let i = start; i < end; i++) {
      const code = codes[i] as number;
      this.#codes[this.#count++] = map === undefined ? code : (map[code] as number);
    }
    this.#ends[at] = this.#count;
    this.n = at + 1;
  }

  encode(): Segment {
    return encodeList(this.#ends.subarray(0, this.n), narrowed(this.#codes.subarray(0, this.#count)));
  }

  /** Calls back for each entry with its values. */
  each(visit: (at: number, codes: Uint32Array) => void): void {
    for (let i = 0, start = 0; i < this.n; i++) {
      const end = this.#ends[i] as number;
      visit(i, this.#codes.subarray(start, end));
      start = end;
    }
  }

  /** Entries before `at` that got nothing end where the last one ended. */
  #close(at: number): void {
    this.#ends.fill(this.#count, this.n, at);
  }

  #room(more: number): void {
    if (this.#count + more <= this.#codes.length) return;
    const wide = new Uint32Array(Math.max(this.#count + more, this.#codes.length * 2));
    wide.set(this.#codes);
    this.#codes = wide;
  }
}

export class HashSegment {
  readonly kind = "hash64";
  readonly words: Uint32Array;
  n = 0;

  constructor(capacity: number) {
    this.words = new Uint32Array(capacity * 2);
  }

  static from(segment: Segment, capacity: number): HashSegment {
    const open = new HashSegment(capacity);
    open.words.set(decodeHash(segment));
    open.n = segment.n;
    return open;
  }

  putWords(at: number, words: Uint32Array, from: number, to: number): void {
    this.words.set(words.subarray(from * 2, to * 2), at * 2);
    this.n = at + to - from;
  }

  putMappedDict(at: number, codes: Uint32Array, from: number, to: number, hashes: HashTable): void {
    for (let i = from; i < to; i++) {
      const local = codes[i] as number;
      if (local !== 0) this.#put(at + i - from, hashes, local - 1);
    }
  }

  putMapped(at: number, ends: Uint32Array, codes: Uint32Array, from: number, to: number, hashes: HashTable): void {
    for (let i = from; i < to; i++) {
      const start = i === 0 ? 0 : (ends[i - 1] as number);
      const count = (ends[i] as number) - start;
      if (count === 1) this.#put(at + i - from, hashes, codes[start] as number);
      else if (count > 1) this.#put(at + i - from, MANY_VALUES, 0);
    }
  }

  encode(): Segment {
    return encodeHash(this.words.subarray(0, this.n * 2));
  }

  #put(at: number, hashes: HashTable, code: number): void {
    this.words[at * 2] = hashes[code * 2] as number;
    this.words[at * 2 + 1] = hashes[code * 2 + 1] as number;
    this.n = at + 1;
  }

  /** The same entries as hashes; `hash` writes the two words of a code. */
  static converted(open: DictSegment | ListSegment, capacity: number, hash: HashWriter): HashSegment {
    const to = new HashSegment(capacity);
    const pair = new Uint32Array(2);
    const list = open.kind === "dict" ? open.toList() : open;
    list.each((at, codes) => {
      if (codes.length === 0) return;
      if (codes.length === 1) hash(codes[0] as number, pair);
      to.#put(at, codes.length === 1 ? pair : MANY_VALUES, 0);
    });
    return to;
  }
}

export type HashWriter = (code: number, out: Uint32Array) => void;
export type OpenSegment = DictSegment | ListSegment | HashSegment;

/** Goes on with a segment that was stored before it was full. */
export function reopened(segment: Segment, capacity: number): OpenSegment {
  if (segment.kind === "list") return ListSegment.from(segment, capacity);
  if (segment.kind === "hash64") return HashSegment.from(segment, capacity);
  return DictSegment.from(segment, capacity);
}
