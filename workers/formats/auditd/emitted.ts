/**
 * Keys of events that were already handed on. Kept as 56-bit hashes with eight bits for the node, because a large
 * import has tens of millions of them; two different keys that meet are expected once in some 10^9 late records.
 */
import { hash64 } from "../../base/hash.ts";
import { WordPairs } from "../../base/word-pairs.ts";

const MOST_NODES = 255;
const NODE_BITS = 0xff;

export class EmittedKeys {
  readonly #keys = new WordPairs();
  readonly #nodes = new Map<string, number>();
  readonly #hash = new Uint32Array(2);
  /** What is looked for. */
  #second = 0;
  #node = 0;
  readonly #fits = (second: number): boolean => {
    if (withoutNode(second) !== this.#second) return false;
    const found = second & NODE_BITS;
    return this.#node === 0 || found === 0 || found === this.#node;
  };

  add(key: string, node: string): void {
    hash64(key, this.#hash, 0);
    const second = withoutNode(this.#hash[1] as number) | this.#nodeNumber(node);
    this.#keys.add(this.#hash[0] as number, second >>> 0);
  }

  /** A record without a node belongs to an event of any node, and any record to an event without one. */
  has(key: string, node: string): boolean {
    hash64(key, this.#hash, 0);
    this.#second = withoutNode(this.#hash[1] as number);
    this.#node = this.#nodeNumber(node);
    return this.#keys.has(this.#hash[0] as number, this.#fits);
  }

  /** Forgets them all, and gives their memory back at once. */
  clear(): void {
    this.#keys.clear();
  }

  #nodeNumber(node: string): number {
    if (node === "") return 0;
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const number = Math.min(MOST_NODES, this.#nodes.size + 1);
    this.#nodes.set(node, number);
    return number;
  }
}

const withoutNode = (second: number): number => (second & ~NODE_BITS) >>> 0;
