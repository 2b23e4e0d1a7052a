import { detached } from "../base/detached.ts";

const FIRST_SLOTS = 64;

/**
 * Distinct texts, numbered as they come. They are looked up by their place in a longer text, so that a value which is
 * known, as nearly all are, is never cut out of its line.
 */
export class Interner {
  readonly #texts: string[] = [];
  #hashes = new Int32Array(FIRST_SLOTS / 2);
  /** Number of the text + 1; 0 = free. */
  #slots = new Int32Array(FIRST_SLOTS);

  get size(): number {
    return this.#texts.length;
  }

  /** The texts from that number on. */
  from(number: number): readonly string[] {
    return this.#texts.slice(number);
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
    return this.#add(detached(text.slice(start, end)), hash, slot);
  }

  #is(number: number, text: string, start: number, end: number): boolean {
    const known = this.#texts[number] as string;
    return known.length === end - start && text.startsWith(known, start);
  }

  #add(text: string, hash: number, slot: number): number {
    const number = this.#texts.length;
    this.#texts.push(text);
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    if (this.#texts.length === this.#hashes.length) this.#grow();
    return number;
  }

  #grow(): void {
    const hashes = this.#hashes;
    this.#hashes = new Int32Array(hashes.length * 2);
    this.#hashes.set(hashes);
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
