/**
 * Whether a reader of an entry's bytes sees every word of its values. Most entries are so; word search then need not
 * parse them again to be sure that a value does not hold what the bytes do not.
 */
import { tokenByte } from "./signature.ts";

/**
 * A bit of the flags column beside those of `FLAG`, never shown: every token of the values that no dictionary holds is
 * also a token of the entry's bytes. Where it is not set, nothing is known.
 */
export const SHOWN_WORDS = 1 << 15;

/** Tokens of one entry's bytes, by two hashes of 32 bits; cleared and used again for the next entry. */
export class SeenTokens {
  #slots = new Uint32Array(2048);
  /** A slot belongs to the entry whose number it bears. */
  #owners = new Uint32Array(1024);
  #entry = 0;
  #count = 0;

  clear(): void {
    this.#entry++;
    this.#count = 0;
  }

  /** `latin1`: one char a byte. */
  add(latin1: string): void {
    eachToken(latin1, (a, b) => {
      if (this.#count * 2 >= this.#owners.length) this.#grow();
      const slot = this.#slot(a, b);
      if (this.#owners[slot] === this.#entry) return true;
      this.#put(slot, a, b);
      this.#count++;
      return true;
    });
  }

  /** Whether all tokens of the text were added. */
  hasAll(latin1: string): boolean {
    return eachToken(latin1, (a, b) => this.#owners[this.#slot(a, b)] === this.#entry);
  }

  /** The slot of a token, or the free one where it belongs. */
  #slot(a: number, b: number): number {
    const last = this.#owners.length - 1;
    for (let slot = a & last; ; slot = (slot + 1) & last) {
      const isFree = this.#owners[slot] !== this.#entry;
      if (isFree || (this.#slots[2 * slot] === a && this.#slots[2 * slot + 1] === b)) return slot;
    }
  }

  #put(slot: number, a: number, b: number): void {
    this.#slots[2 * slot] = a;
    this.#slots[2 * slot + 1] = b;
    this.#owners[slot] = this.#entry;
  }

  #grow(): void {
    const slots = this.#slots;
    const owners = this.#owners;
    this.#slots = new Uint32Array(slots.length * 2);
    this.#owners = new Uint32Array(owners.length * 2);
    for (let slot = 0; slot < owners.length; slot++) {
      if (owners[slot] !== this.#entry) continue;
      const a = slots[2 * slot] as number;
      const b = slots[2 * slot + 1] as number;
      this.#put(this.#slot(a, b), a, b);
    }
  }
}

/**
 * Whether an ASCII text stands in the bytes as it is, between two tokens: then all its tokens do. False says nothing.
 * Far cheaper than looking at every token, and enough for most values.
 */
export function standsIn(latin1: string, text: string): boolean {
  const at = latin1.indexOf(text);
  if (at < 0 || text === "") return at >= 0;
  const end = at + text.length;
  const joinsBefore = isToken(text, 0) && at > 0 && isToken(latin1, at - 1);
  return !joinsBefore && !(isToken(text, text.length - 1) && end < latin1.length && isToken(latin1, end));
}

function isToken(latin1: string, at: number): boolean {
  return tokenByte(latin1.charCodeAt(at)) !== 0;
}

/** Shows each token's hashes until `visit` says no; whether it never did. */
function eachToken(latin1: string, visit: (a: number, b: number) => boolean): boolean {
  let a = 0;
  let b = 0;
  let inside = false;
  for (let i = 0; i <= latin1.length; i++) {
    const byte = i < latin1.length ? tokenByte(latin1.charCodeAt(i)) : 0;
    if (byte !== 0) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b, 31) + byte;
      inside = true;
    } else if (inside) {
      if (!visit((a ^ (a >>> 15)) >>> 0, b >>> 0)) return false;
      a = 0;
      b = 0;
      inside = false;
    }
  }
  return true;
}
