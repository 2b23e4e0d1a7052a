import type { ReadDb } from "./connection.ts";
import { DictionaryView } from "./dictionary-view.ts";
import { extended } from "./growing-array.ts";
import { codesIn, SegmentError } from "./segment-codec.ts";
import { type DictionaryRow, dictionarySegments } from "./statements/columns.ts";

/** The dictionary of a field as far as it was read; it grows with the case and its codes never change. */
export class LoadedDictionary {
  readonly #db: ReadDb;
  readonly #field: number;
  #pool = new Uint8Array(0);
  #ends = new Uint32Array(0);
  /** The newest stored piece may still grow, so it is read again. */
  #newest = 0;
  #view: DictionaryView | undefined;

  constructor(db: ReadDb, field: number) {
    this.#db = db;
    this.#field = field;
  }

  view(): DictionaryView {
    this.#view ??= new DictionaryView(this.#pool, this.#ends);
    return this.#view;
  }

  refresh(): void {
    for (const row of dictionarySegments(this.#db, this.#field, this.#newest)) {
      if (row.first_code + row.n > this.#ends.length) this.#append(row);
      this.#newest = row.first_code;
    }
  }

  #append(row: DictionaryRow): void {
    if (row.first_code > this.#ends.length) throw new SegmentError("a dictionary has a gap");
    const known = this.#ends.length;
    const start = row.first_code === 0 ? 0 : (this.#ends[row.first_code - 1] as number);
    const ends = codesIn(row.ends, 4, row.n);
    this.#pool = extended(this.#pool, start + row.pool.byteLength);
    this.#pool.set(row.pool, start);
    this.#ends = extended(this.#ends, row.first_code + row.n);
    let last = 0;
    for (let i = 0; i < row.n; i++) {
      const end = ends[i] as number;
      if (end < last || end > row.pool.byteLength) throw new SegmentError("a dictionary is out of order");
      last = end;
      if (row.first_code + i >= known) this.#ends[row.first_code + i] = start + end;
    }
    this.#view = undefined;
  }
}
