import type { DictionaryPart } from "../base/batch.ts";
import { hash64 } from "../base/hash.ts";
import type { FieldColumn } from "./field-column.ts";
import type { CodeMap, HashTable, LocalCodes } from "./open-segment.ts";
import { PackedStrings } from "./packed-strings.ts";

/** A field of one source as its import numbers it: what its local codes mean in the case. */
export class LocalField implements LocalCodes {
  readonly column: FieldColumn;
  #codes: Uint32Array = new Uint32Array(64);
  #hashes: Uint32Array | undefined;
  /** Strings that have a code in the case; later ones came when the field was told apart by hash. */
  #coded = 0;
  #uncoded = new PackedStrings();
  #isOver = false;

  constructor(column: FieldColumn) {
    this.column = column;
  }

  /** The import tells the field apart by hash from now on: what its codes meant is asked no more. */
  end(): void {
    this.#isOver = true;
    this.#codes = new Uint32Array(0);
    this.#hashes = undefined;
    this.#uncoded = new PackedStrings();
  }

  /** New local strings, in the order of their codes. */
  add(part: DictionaryPart): void {
    if (this.#isOver) throw new RangeError(`codes of ${this.column.name} came after hashes`);
    if (this.column.isHashed) this.#addHashes(part);
    else this.#addCodes(part);
  }

  codes(): CodeMap {
    return this.#codes;
  }

  /** A local string as UTF-8. */
  bytes(code: number): Uint8Array {
    if (code >= this.#coded) return this.#uncoded.bytes(code - this.#coded);
    return this.column.dictionary.strings.bytes(this.#codes[code] as number);
  }

  hashes(): HashTable {
    this.#hashes ??= this.#hashKnown();
    return this.#hashes;
  }

  #addCodes({ pool, ends }: DictionaryPart): void {
    this.#codes = roomFor(this.#codes, this.#coded + ends.length);
    const dictionary = this.column.dictionary;
    let from = 0;
    for (const end of ends) {
      this.#codes[this.#coded++] = dictionary.intern(pool, from, end);
      from = end;
    }
  }

  #addHashes({ pool, ends }: DictionaryPart): void {
    const known = this.#coded + this.#uncoded.size;
    const hashes = roomFor(this.hashes(), (known + ends.length) * 2);
    let from = 0;
    for (const end of ends) {
      const number = this.#uncoded.append(pool, from, end);
      hash64(this.#uncoded.text(number), hashes, (this.#coded + number) * 2);
      from = end;
    }
    this.#hashes = hashes;
  }

  #hashKnown(): Uint32Array {
    const hashes = new Uint32Array(Math.max(64, this.#coded * 2));
    for (let i = 0; i < this.#coded; i++) this.column.hash(this.#codes[i] as number, hashes, i * 2);
    return hashes;
  }
}

function roomFor(array: Uint32Array, length: number): Uint32Array {
  if (length <= array.length) return array;
  const wide = new Uint32Array(Math.max(length, array.length * 2));
  wide.set(array);
  return wide;
}
