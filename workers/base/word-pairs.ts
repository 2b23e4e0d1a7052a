import { free } from "./free.ts";

/** Slots of the first table at the start; of each further one a little more, so that they do not all grow at once. */
const FIRST_SLOTS = 256;
const TABLES = 16;
/** A table grows by a quarter when it is four fifths full. */
const FULL = 0.8;
const GROWTH = 1.25;

/**
 * Pairs of 32-bit words, evenly spread as hashes are, in typed arrays: a million take 10 to 12.5 MB. Several tables that
 * grow one after the other, so that never much of it is held twice. 0 0 cannot be one of them.
 */
export class WordPairs {
  readonly #tables = Array.from({ length: TABLES }, (_, at) => new Table(firstSlots(at)));

  get size(): number {
    return this.#tables.reduce((sum, table) => sum + table.size, 0);
  }

  /** False when the pair was there before. */
  add(first: number, second: number): boolean {
    return this.#tableOf(first).add(first, second);
  }

  /** Whether one of the pairs with this first word has a second word that fits. */
  has(first: number, fits: (second: number) => boolean): boolean {
    return this.#tableOf(first).has(first, fits);
  }

  /** Forgets them all, and gives their memory back at once. */
  clear(): void {
    for (const table of this.#tables) table.clear();
  }

  #tableOf(first: number): Table {
    return this.#tables[first >>> 28] as Table;
  }
}

/** In equal steps of size from one to the size that the first one grows to. */
const firstSlots = (table: number): number => Math.round(FIRST_SLOTS * GROWTH ** (table / TABLES));

/** Open addressing, linear probing: an empty slot is 0 0. */
class Table {
  readonly #first: number;
  #words: Uint32Array<ArrayBuffer>;
  size = 0;

  constructor(slots: number) {
    this.#first = slots;
    this.#words = new Uint32Array(slots * 2);
  }

  add(first: number, second: number): boolean {
    const isNew = place(this.#words, first, second);
    if (isNew && ++this.size * 2 > this.#words.length * FULL) this.#grow();
    return isNew;
  }

  has(first: number, fits: (second: number) => boolean): boolean {
    const words = this.#words;
    const slots = words.length / 2;
    for (let slot = slotOf(first, slots); ; slot = slot + 1 === slots ? 0 : slot + 1) {
      const [one, two] = [words[slot * 2] as number, words[slot * 2 + 1] as number];
      if (one === 0 && two === 0) return false;
      if (one === first && fits(two)) return true;
    }
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
      const first = old[at] as number;
      const second = old[at + 1] as number;
      if (first !== 0 || second !== 0) place(this.#words, first, second);
    }
    free(old.buffer);
  }
}

/** The upper bits of the first word choose the table: the slot is taken from the others. */
const slotOf = (first: number, slots: number): number => (first & 0x0fff_ffff) % slots;

function place(words: Uint32Array, first: number, second: number): boolean {
  const slots = words.length / 2;
  for (let slot = slotOf(first, slots); ; slot = slot + 1 === slots ? 0 : slot + 1) {
    const one = words[slot * 2] as number;
    const two = words[slot * 2 + 1] as number;
    if (one === first && two === second) return false;
    if (one !== 0 || two !== 0) continue;
    words[slot * 2] = first;
    words[slot * 2 + 1] = second;
    return true;
  }
}
