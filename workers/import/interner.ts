import { latin1Of } from "../base/bytes.ts";

const FIRST_SLOTS = 64;
const FIRST_POOL = 256;

/**
 * Distinct texts, numbered as they come. They are looked up by their place in a longer text, so that a value which is
 * known, as nearly all are, is never cut out of its line. They are kept as bytes outside the heap, one char a byte; the
 * few that have other characters are kept as they are.
 */
export class Interner {
  #pool = new Uint8Array(FIRST_POOL);
  #ends = new Uint32Array(FIRST_SLOTS / 2);
  #size = 0;
  /** Texts with a char beyond one byte, by number; nothing of them is in the pool. */
  readonly #wide = new Map<number, string>();
  #hashes = new Int32Array(FIRST_SLOTS / 2);
  /** Number of the text + 1; 0 = free. */
  #slots = new Int32Array(FIRST_SLOTS);

  get size(): number {
    return this.#size;
  }

  /** The texts from that number on. */
  from(number: number): readonly string[] {
    return Array.from({ length: this.#size - number }, (_, at) => this.#text(number + at));
  }

  /** The number of `text[start … end]`. */
  number(text: string, start: number, end: number): number {
    const hash = hashOf(text, start, end);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let place = this.#slots[slot] as number; place !== 0; place = this.#slots[slot] as number) {
      if (this.#hashes[place - 1] === hash && this.#is(place - 1, text, start, end)) return place - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(text, start, end, hash, slot);
  }

  #text(number: number): string {
    return this.#wide.get(number) ?? latin1Of(this.#pool, this.#start(number), this.#ends[number] as number);
  }

  #start(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] as number);
  }

  #is(number: number, text: string, start: number, end: number): boolean {
    const from = this.#start(number);
    if ((this.#ends[number] as number) - from !== end - start) return this.#isWide(number, text, start, end);
    for (let at = start; at < end; at++) {
      if (this.#pool[from + at - start] !== text.charCodeAt(at)) return false;
    }
    return end > start || !this.#wide.has(number);
  }

  #isWide(number: number, text: string, start: number, end: number): boolean {
    const known = this.#wide.get(number);
    return known?.length === end - start && text.startsWith(known, start);
  }

  #add(text: string, start: number, end: number, hash: number, slot: number): number {
    const number = this.#size++;
    this.#ends[number] = this.#start(number);
    this.#keep(number, text, start, end);
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    if (this.#size === this.#hashes.length) this.#grow();
    return number;
  }

  #keep(number: number, text: string, start: number, end: number): void {
    const from = this.#start(number);
    if (from + end - start > this.#pool.length) this.#widen(from + end - start);
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code > 0xff) return this.#keepWide(number, text.slice(start, end));
      this.#pool[from + at - start] = code;
    }
    this.#ends[number] = from + end - start;
  }

  /** As cut from its line, the text would keep the line in memory. */
  #keepWide(number: number, text: string): void {
    this.#wide.set(number, Buffer.from(text, "utf16le").toString("utf16le"));
  }

  #widen(length: number): void {
    const pool = new Uint8Array(Math.max(length, this.#pool.length + (this.#pool.length >>> 1)));
    pool.set(this.#pool);
    this.#pool = pool;
  }

  #grow(): void {
    const hashes = this.#hashes;
    this.#hashes = new Int32Array(hashes.length * 2);
    this.#hashes.set(hashes);
    const ends = this.#ends;
    this.#ends = new Uint32Array(ends.length * 2);
    this.#ends.set(ends);
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < hashes.length; number++) {
      const hash = hashes[number] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
