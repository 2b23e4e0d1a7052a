/**
 * Keys of events that were already handed on. Kept as 56-bit hashes with eight bits for the node, because a large
 * import has tens of millions of them; two different keys that meet are expected once in some 10^9 late records.
 */
import { hash64 } from "../../base/hash.ts";

const MOST_NODES = 255;

export class EmittedKeys {
  #words = new Uint32Array(2 * 1024);
  #count = 0;
  readonly #nodes = new Map<string, number>();
  readonly #hash = new Uint32Array(2);

  add(key: string, node: string): void {
    if ((this.#count + 1) * 10 > (this.#words.length / 2) * 7) this.#grow();
    hash64(key, this.#hash, 0);
    this.#put(this.#hash[0] as number, this.#tagged(this.#hash[1] as number, this.#nodeNumber(node)));
  }

  /** A record without a node belongs to an event of any node, and any record to an event without one. */
  has(key: string, node: string): boolean {
    if (this.#count === 0) return false;
    hash64(key, this.#hash, 0);
    const first = this.#hash[0] as number;
    const second = this.#tagged(this.#hash[1] as number, 0);
    const wanted = node === "" ? 0 : this.#nodeNumber(node);
    const mask = this.#words.length / 2 - 1;
    for (let slot = first & mask; !this.#isFree(slot); slot = (slot + 1) & mask) {
      const tagged = this.#words[2 * slot + 1] as number;
      if (this.#words[2 * slot] !== first || (tagged & ~0xff) >>> 0 !== second) continue;
      const found = tagged & 0xff;
      if (wanted === 0 || found === 0 || found === wanted) return true;
    }
    return false;
  }

  #nodeNumber(node: string): number {
    if (node === "") return 0;
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const number = Math.min(MOST_NODES, this.#nodes.size + 1);
    this.#nodes.set(node, number);
    return number;
  }

  #tagged(word: number, node: number): number {
    return ((word & ~0xff) | node) >>> 0;
  }

  #isFree(slot: number): boolean {
    return this.#words[2 * slot] === 0 && this.#words[2 * slot + 1] === 0;
  }

  #put(first: number, second: number): void {
    const mask = this.#words.length / 2 - 1;
    let slot = first & mask;
    while (!this.#isFree(slot)) slot = (slot + 1) & mask;
    this.#words[2 * slot] = first;
    this.#words[2 * slot + 1] = second;
    this.#count++;
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(old.length * 2);
    this.#count = 0;
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] !== 0 || old[at + 1] !== 0) this.#put(old[at] as number, old[at + 1] as number);
    }
  }
}
