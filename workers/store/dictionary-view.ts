import type { Dictionary } from "../query/columns.ts";
import { asBuffer } from "./packed-strings.ts";

const CACHED = 4096;

/** A stored dictionary. Codes outside it, which only a forged case can hold, read as "". */
export class DictionaryView implements Dictionary {
  readonly size: number;
  readonly pool: Uint8Array;
  readonly ends: Uint32Array;
  readonly #bytes: Buffer;
  readonly #cache = new Map<number, string>();

  constructor(pool: Uint8Array, ends: Uint32Array) {
    this.size = ends.length;
    this.pool = pool;
    this.#bytes = asBuffer(pool);
    this.ends = ends;
  }

  text(code: number): string {
    const known = this.#cache.get(code);
    if (known !== undefined) return known;
    if (!(code >= 0 && code < this.size)) return "";
    const text = this.#bytes.toString("utf8", code === 0 ? 0 : this.ends[code - 1], this.ends[code]);
    if (this.#cache.size >= CACHED) this.#cache.clear();
    this.#cache.set(code, text);
    return text;
  }
}
