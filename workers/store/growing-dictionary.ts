import { hashOf, PackedStrings } from "./packed-strings.ts";

/** Distinct strings, found again by their bytes. */
export class GrowingDictionary {
  readonly strings = new PackedStrings();
  /** Open addressing: code + 1, 0 = free; at most half full. */
  #table = new Uint32Array(128);

  get size(): number {
    return this.strings.size;
  }

  /** The code of `bytes[from … to)`; a new one where the string was not there. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#table.length - 1;
    let slot = hashOf(bytes, from, to) & mask;
    for (let held = this.#table[slot] as number; held !== 0; held = this.#table[slot] as number) {
      if (this.strings.equals(held - 1, bytes, from, to)) return held - 1;
      slot = (slot + 1) & mask;
    }
    this.#table[slot] = this.size + 1;
    const code = this.strings.append(bytes, from, to);
    if (this.size * 2 > this.#table.length) this.#rehash();
    return code;
  }

  /** Adds packed strings as they were stored, each under the next code whatever it is. */
  load(pool: Uint8Array, ends: Uint32Array): void {
    let from = 0;
    for (const end of ends) {
      this.#place(this.strings.append(pool, from, end));
      from = end;
    }
  }

  #place(code: number): void {
    if (this.size * 2 > this.#table.length) return this.#rehash();
    this.#enter(code);
  }

  #rehash(): void {
    let length = this.#table.length;
    while (length < this.size * 2) length *= 2;
    this.#table = new Uint32Array(length * 2);
    for (let code = 0; code < this.size; code++) this.#enter(code);
  }

  #enter(code: number): void {
    const mask = this.#table.length - 1;
    let slot = this.strings.hash(code) & mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
    this.#table[slot] = code + 1;
  }
}
