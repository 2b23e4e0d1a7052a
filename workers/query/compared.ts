/** Equality of the values of a field between entries, told from its column alone: no text is read. */
import type { StoredField } from "./columns.ts";
import { hasManyValues } from "../base/hash.ts";

export interface Compared {
  has(entry: number): boolean;
  /** A number of 32 bits that is the same for equal values; 0 for an absent one. */
  key(entry: number): number;
  /**
   * Equal values in equal order, or none in both. A hash does not tell several values of one entry: they are equal to
   * nothing. Two different texts have one hash once in 10¹⁹ pairs.
   */
  equal(a: number, b: number): boolean;
}

const ABSENT: Compared = { has: () => false, key: () => 0, equal: () => true };

export function compared(field: StoredField | undefined): Compared {
  if (field === undefined) return ABSENT;
  switch (field.kind) {
    case "dict": {
      const { codes } = field;
      return {
        has: (entry) => codes[entry] !== 0,
        key: (entry) => codes[entry] as number,
        equal: (a, b) => codes[a] === codes[b],
      };
    }
    case "list":
      return comparedLists(field);
    case "hash64": {
      const { words } = field;
      return {
        has: (entry) => words[2 * entry] !== 0 || words[2 * entry + 1] !== 0,
        key: (entry) => (words[2 * entry] as number) ^ (words[2 * entry + 1] as number),
        equal: (a, b) =>
          words[2 * a] === words[2 * b] && words[2 * a + 1] === words[2 * b + 1] && !hasManyValues(words, a),
      };
    }
  }
}

function comparedLists({ ends, codes }: Extract<StoredField, { kind: "list" }>): Compared {
  const from = (entry: number): number => (entry === 0 ? 0 : (ends[entry - 1] as number));
  const count = (entry: number): number => (ends[entry] as number) - from(entry);
  return {
    has: (entry) => count(entry) > 0,
    key(entry) {
      let key = 0;
      for (let at = from(entry); at < (ends[entry] as number); at++) key = joinedKey(key, (codes[at] as number) + 1);
      return key;
    },
    equal(a, b) {
      const length = count(a);
      if (length !== count(b)) return false;
      for (let i = 0; i < length; i++) if (codes[from(a) + i] !== codes[from(b) + i]) return false;
      return true;
    },
  };
}

/** One key of two; the order counts. */
export function joinedKey(a: number, b: number): number {
  const mixed = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) ^ b;
  return Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
}
