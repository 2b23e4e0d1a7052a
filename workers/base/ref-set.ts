import { free } from "./free.ts";
import { hash64 } from "./hash.ts";

/** Slots of the first table at the start; of each further one a little more, so that they do not all grow at once. */
const FIRST_SLOTS = 256;
const TABLES = 16;
/** A table grows by a quarter when it is four fifths full. */
const FULL = 0.8;
const GROWTH = 1.25;

/**
 * The references seen so far, as 64-bit hashes in typed arrays: a million take 10 to 12.5 MB where strings would take 100.
 * Two different texts meet once in 10¹² pairs, which is as good as never for a flag. Several tables that grow
 * one after the other, so that never much of it is held twice.
 */
export class RefSet {
  readonly #tables = Array.from({ length: TABLES }, (_, at) => new Table(firstSlots(at)));
  readonly #hash = new Uint32Array(2);

  get size(): number {
    return this.#tables.reduce((sum, table) => sum + table.size, 0);
  }

  /** False when the text was there before. */
  add(text: string): boolean {
    hash64(text, this.#hash, 0);
    const a = this.#hash[0] as number;
    const b = this.#hash[1] as number;
    return (this.#tables[(a ^ b) >>> 28] as Table).add(a, b);
  }

  /** Forgets them all, and gives their memory back at once. */
  clear(): void {
    for (const table of this.#tables) table.clear();
  }
}

/** In equal steps of size from one to the size that the first one grows to. */
const firstSlots = (table: number): number => Math.round(FIRST_SLOTS * GROWTH ** (table / TABLES));

class Table {
  readonly #first: number;
  #words: Uint32Array<ArrayBuffer>;
  size = 0;

  constructor(slots: number) {
    this.#first = slots;
    this.#words = new Uint32Array(slots * 2);
  }

  add(a: number, b: number): boolean {
    const isNew = place(this.#words, a, b);
    if (isNew && ++this.size * 2 > this.#words.length * FULL) this.#grow();
    return isNew;
  }

  clear(): void {
    free(this.#words.buffer);
    this.#words = new Uint32Array(this.#first * 2);
    this.size = 0;
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(Math.ceil((old.length / 2) * GROWTH) * 2);
    for (let at = 0; at < old.length; at += 2) {
      const a = old[at] as number;
      const b = old[at + 1] as number;
      if (a !== 0 || b !== 0) place(this.#words, a, b);
    }
    free(old.buffer);
  }
}

/** Open addressing, linear probing: an empty slot is 0 0, which no text hashes to. */
function place(words: Uint32Array, a: number, b: number): boolean {
  const slots = words.length / 2;
  // The upper bits of a ^ b chose the table: the slot is taken from others.
  for (let slot = a % slots; ; slot = slot + 1 === slots ? 0 : slot + 1) {
    const first = words[slot * 2] as number;
    const second = words[slot * 2 + 1] as number;
    if (first === a && second === b) return false;
    if (first !== 0 || second !== 0) continue;
    words[slot * 2] = a;
    words[slot * 2 + 1] = b;
    return true;
  }
}
