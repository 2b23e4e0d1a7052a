import type { DictionaryPart } from "../base/batch.ts";
import { hash64 } from "../base/hash.ts";
import type { FieldColumn } from "./field-column.ts";
import { decode } from "./growing-dictionary.ts";
import type { CodeMap, HashTable } from "./open-segment.ts";

/** A field of one source as its import numbers it: what its local codes mean in the case. */
export class LocalField {
  readonly column: FieldColumn;
  #codes: Uint32Array = new Uint32Array(64);
  #hashes: Uint32Array | undefined;
  #count = 0;

  constructor(column: FieldColumn) {
    this.column = column;
  }

  /** New local strings, in the order of their codes. */
  add(part: DictionaryPart): void {
    if (this.column.isHashed) this.#addHashes(part);
    else this.#addCodes(part);
  }

  codes(): CodeMap {
    return this.#codes;
  }

  hashes(): HashTable {
    this.#hashes ??= this.#hashKnown();
    return this.#hashes;
  }

  #addCodes({ pool, ends }: DictionaryPart): void {
    this.#codes = roomFor(this.#codes, this.#count + ends.length);
    const dictionary = this.column.dictionary;
    let from = 0;
    for (const end of ends) {
      this.#codes[this.#count++] = dictionary.intern(pool, from, end);
      from = end;
    }
  }

  #addHashes({ pool, ends }: DictionaryPart): void {
    const hashes = roomFor(this.hashes(), (this.#count + ends.length) * 2);
    let from = 0;
    for (const end of ends) {
      hash64(decode(pool, from, end), hashes, this.#count++ * 2);
      from = end;
    }
    this.#hashes = hashes;
  }

  /** Hashes of the strings that came while the field was still told apart by code. */
  #hashKnown(): Uint32Array {
    const hashes = new Uint32Array(Math.max(64, this.#count * 2));
    for (let i = 0; i < this.#count; i++) this.column.hash(this.#codes[i] as number, hashes, i * 2);
    return hashes;
  }
}

function roomFor(array: Uint32Array, length: number): Uint32Array {
  if (length <= array.length) return array;
  const wide = new Uint32Array(Math.max(length, array.length * 2));
  wide.set(array);
  return wide;
}
