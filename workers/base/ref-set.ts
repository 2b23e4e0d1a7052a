import { hash64 } from "./hash.ts";
import { WordPairs } from "./word-pairs.ts";

/**
 * The references seen so far, as 64-bit hashes: a million take 10 to 12.5 MB where strings would take 100. Two different
 * texts meet once in 10¹² pairs, which is as good as never for a flag.
 */
export class RefSet {
  readonly #hashes = new WordPairs();
  readonly #hash = new Uint32Array(2);

  get size(): number {
    return this.#hashes.size;
  }

  /** False when the text was there before. */
  add(text: string): boolean {
    hash64(text, this.#hash, 0);
    return this.#hashes.add(this.#hash[0] as number, this.#hash[1] as number);
  }

  /** Forgets them all, and gives their memory back at once. */
  clear(): void {
    this.#hashes.clear();
  }
}
