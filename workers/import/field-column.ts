import { type ColumnPart, type DictionaryPart, type FieldNumber, MAX_DICTIONARY } from "../base/batch.ts";
import { hash64, MANY_VALUES } from "../base/hash.ts";
import { Interner } from "./interner.ts";

/** Entries of a batch, at most. */
export const BATCH_ENTRIES = 4096;
const MANY_PAIRS = 32;
/** In place of the text of an entry that has several: one hash cannot stand for them. */
const SEVERAL = Symbol("several values");

/**
 * One field of the batch that is being filled. It counts as a dictionary until its values are too many, then as hashes.
 * A field that an entry repeats is sent as a list, or where it is told apart by hash as `MANY_VALUES`, to be read again.
 */
export class FieldColumn {
  readonly field: FieldNumber;
  #codes: Interner | undefined;
  /** How many of `#codes` were sent. */
  #sent = 0;
  readonly #values = new Uint32Array(BATCH_ENTRIES);
  /** Pairs of entry and code, beyond the first value of an entry. */
  #more: number[] = [];
  /** Codes of the last entry once more, where they are too many to be looked through each time. */
  #known: Set<number> | undefined;
  /** How many pairs the last entry has. */
  #pairs = 0;
  /** Texts of this batch by entry, kept only while the field is hashed. */
  #texts: (string | typeof SEVERAL | undefined)[] = [];
  #last = -1;

  constructor(field: FieldNumber, isHashed: boolean) {
    this.field = field;
    this.#codes = isHashed ? undefined : new Interner();
  }

  /** Whether the values of this batch stand in no dictionary, so that their words must be in the signatures. */
  get isHashed(): boolean {
    return this.#codes === undefined;
  }
  get isTouched(): boolean {
    return this.#last >= 0;
  }

  add(entry: number, value: string): void {
    this.addPart(entry, value, 0, value.length);
  }

  /** The value `text[start … end]`. */
  addPart(entry: number, text: string, start: number, end: number): void {
    if (this.#codes === undefined) this.#addText(entry, text.slice(start, end));
    else this.#addCode(entry, this.#codes.number(text, start, end));
  }

  /** Takes back the values of an entry, if it is the last that has any. */
  discard(entry: number): void {
    if (this.#last !== entry) return;
    this.#values[entry] = 0;
    this.#texts.length = Math.min(this.#texts.length, entry);
    while (this.#more.at(-2) === entry) this.#more.length -= 2;
    this.#beginPairs();
    this.#last = entry - 1;
  }

  /** The batch's values and new strings; the next batch begins. `entries` counts those of the import so far. */
  cut(
    count: number,
    entries: number,
  ): { readonly column: ColumnPart; readonly dictionary: DictionaryPart | undefined } {
    const column = this.#cutColumn(count);
    const dictionary = this.#cutDictionary();
    this.#values.fill(0, 0, count);
    this.#texts = [];
    this.#more = [];
    this.#beginPairs();
    this.#last = -1;
    this.#retire(entries);
    return { column, dictionary };
  }

  #addCode(entry: number, code: number): void {
    if (this.#last !== entry) {
      this.#values[entry] = code + 1;
      this.#last = entry;
      this.#beginPairs();
      return;
    }
    if (this.#values[entry] === code + 1 || this.#hasPair(code)) return;
    this.#more.push(entry, code);
    this.#pairs++;
    this.#known?.add(code);
  }

  #beginPairs(): void {
    this.#pairs = 0;
    this.#known = undefined;
  }

  /** Whether the last entry has a code beyond its first; its pairs stand together at the end. */
  #hasPair(code: number): boolean {
    if (this.#known === undefined && this.#pairs > MANY_PAIRS) {
      this.#known = new Set(this.#more.slice(-2 * this.#pairs).filter((_, at) => at % 2 === 1));
    }
    if (this.#known !== undefined) return this.#known.has(code);
    const start = this.#more.length - 2 * this.#pairs;
    for (let at = this.#more.length - 1; at > start; at -= 2) if (this.#more[at] === code) return true;
    return false;
  }

  #addText(entry: number, value: string): void {
    if (this.#last !== entry) {
      this.#texts[entry] = value;
      this.#last = entry;
    } else if (this.#texts[entry] !== value) this.#texts[entry] = SEVERAL;
  }

  #retire(entries: number): void {
    const distinct = this.#codes?.size ?? 0;
    if (distinct > MAX_DICTIONARY && distinct * 2 > entries) this.#codes = undefined;
  }

  #cutColumn(count: number): ColumnPart {
    if (this.#codes === undefined) return { field: this.field, kind: "hash64", words: this.#hashes(count) };
    if (this.#more.length > 0) return { field: this.field, kind: "list", ...this.#lists(count) };
    return { field: this.field, kind: "dict", codes: this.#values.slice(0, count) };
  }

  #hashes(count: number): Uint32Array {
    const words = new Uint32Array(count * 2);
    for (let entry = 0; entry <= this.#last; entry++) {
      const text = this.#texts[entry];
      if (text === SEVERAL) words.set(MANY_VALUES, entry * 2);
      else if (text !== undefined) hash64(text, words, entry * 2);
    }
    return words;
  }

  #lists(count: number): { readonly ends: Uint32Array; readonly codes: Uint32Array } {
    const ends = new Uint32Array(count);
    const codes: number[] = [];
    let at = 0;
    for (let entry = 0; entry < count; entry++) {
      const first = this.#values[entry] as number;
      if (first !== 0) codes.push(first - 1);
      for (; this.#more[at] === entry; at += 2) codes.push(this.#more[at + 1] as number);
      ends[entry] = codes.length;
    }
    return { ends, codes: Uint32Array.from(codes) };
  }

  #cutDictionary(): DictionaryPart | undefined {
    const strings = this.#codes?.from(this.#sent) ?? [];
    if (strings.length === 0) return undefined;
    this.#sent += strings.length;
    const ends = new Uint32Array(strings.length);
    const parts = strings.map((text) => Buffer.from(text));
    let length = 0;
    parts.forEach((part, at) => {
      length += part.length;
      ends[at] = length;
    });
    const pool = new Uint8Array(length);
    parts.forEach((part, at) => pool.set(part, (ends[at] as number) - part.length));
    return { field: this.field, pool, ends };
  }
}
