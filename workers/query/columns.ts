/**
 * What the query engine reads: the columns of a case as typed arrays, and its entries' text. The store implements it;
 * queries never see SQL. All arrays have one element an entry and are snapshots of one revision.
 */
import type { MemberInfo, SourceInfo } from "../contract.ts";
import type { IdentityMatches } from "./identities.ts";

/** One byte an entry, 1 = belongs to it. */
export type Mask = Uint8Array;
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Distinct strings of a field, packed: string `code` is the UTF-8 bytes `ends[code-1] … ends[code]` of `pool`. */
export interface Dictionary {
  readonly size: number;
  readonly pool: Uint8Array;
  readonly ends: Uint32Array;
  text(code: number): string;
}
/**
 * A field over the whole case. dict: `codes[i]` is code + 1, 0 = absent. list: values of entry i are
 * `codes[ends[i-1] … ends[i]]`. hash64: words 2i, 2i+1, 0 0 = absent,
 * `MANY_VALUES` (base/hash.ts) = several values, always a candidate; the texts are found by rereading.
 * Where the kind changed between segments the store has already brought all to one.
 */
export type StoredField =
  | { readonly kind: "dict"; readonly codes: Codes; readonly dictionary: Dictionary }
  | { readonly kind: "list"; readonly ends: Uint32Array; readonly codes: Uint32Array; readonly dictionary: Dictionary }
  | { readonly kind: "hash64"; readonly words: Uint32Array };

export interface CaseColumns {
  readonly revision: number;
  readonly entries: number;
  /** µs; NaN = undated. */
  readonly time: Float64Array;
  readonly flags: Uint32Array;
  readonly precision: Uint8Array;
  /** Index into `members`. */
  readonly member: Codes;
  readonly members: readonly MemberInfo[];
  readonly sources: readonly SourceInfo[];
  /** Entry numbers in ascending time (undated last, ties by entry number), or undefined when import order is that. */
  readonly timeOrder: Uint32Array | undefined;
  /** [first, end) stretches of entries whose source was removed; never shown, never counted. */
  readonly removed: readonly { readonly first: number; readonly end: number }[];
  /**
   * Loads a column on first use by its query name: a canonical short name, or `raw.NAME` for an original field (so that
   * an original field called "actor" is told apart). undefined = no entry of the case has a column of it.
   */
  field(name: string): StoredField | undefined;
  /** Stored names that have a column: canonical short names, and original names without `raw.`. */
  readonly canonicalNames: readonly string[];
  readonly originalNames: readonly string[];
  /** Original names that entries have but no column holds (beyond 512): answered by rereading. */
  readonly overflowNames: readonly string[];
  readonly text: EntryText;
  /** undefined: nothing was matched in this case. */
  readonly identities?: IdentityMatches | undefined;
}

/** The evidence text behind the entries. */
export interface EntryText {
  /** First and last block (inclusive, over the whole case) of the entry's bytes; an entry's spans lie within. */
  blocksOf(entry: number): { readonly first: number; readonly last: number };
  readonly blocks: number;
  /**
   * Token signature of a block (base/signature.ts): the tokens of its bytes and of every value of its entries that no
   * dictionary holds (hash64, reread, overflow). Word search looks at no block whose bits are missing, but for a case
   * with `overflowNames`: there a field may have lost its column after its words were left to a dictionary.
   */
  signature(block: number): Uint8Array;
  /** The entry's own bytes, its spans joined; cheap for neighbours, blocks are cached. */
  bytes(entry: number): Uint8Array;
  /** Values by parsing the entry again: for each name (canonical short, or `raw.NAME`) its values, [] = absent. */
  values(entry: number, names: readonly string[]): readonly (readonly string[])[];
  /** Every value of the entry by parsing it again, for the word search over what is decoded. */
  allValues(entry: number): readonly string[];
}
