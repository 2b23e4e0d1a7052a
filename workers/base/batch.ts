/**
 * What an import worker sends to the writer of the case: plain data, typed arrays that are transferred, never copied.
 *
 * One run imports one source, or several whose members are read as one log. Sources and members have numbers, dense
 * from 0 in the order in which they begin. A member's messages lie between its `member` and `member-end`, a source's
 * members between its `source` and `source-end`; several may be open at once, but
 * - blocks come member by member, in the order of the members' numbers;
 * - entries do so too, so those of a member stand together;
 * - a block is sent before the entries that lie in it, and an entry may have spans in later members than its own, which
 *   is that of its first span.
 */
import type { Fault, Ledger, Reading, Sha256 } from "../contract.ts";

/** Numbers of the canonical fields are their places in `CANONICAL`; original fields are announced from 1000 up. */
export type FieldNumber = number;
export const FIRST_ORIGINAL: FieldNumber = 1000;
/**
 * Distinct values beyond which a field is told apart by hash, once they are also more than half the entries. Many fields
 * of a log reach it at the same time, on both sides of an import: with four times as many, three million audit records
 * took 560 MiB at their peak in place of 424.
 */
export const MAX_DICTIONARY = 65_536;

export interface BlockPart {
  /** 0, 1, 2 … within the member. */
  readonly ordinal: number;
  readonly memberOffset: number;
  readonly rawLength: number;
  /** 0 stored, 1 deflate-raw, 2 zstd */
  readonly codec: 0 | 1 | 2;
  readonly data: Uint8Array;
  /** Token signature, 8,192 bytes (storage.md, text search). */
  readonly signature: Uint8Array;
}

/**
 * dict: codes + 1, 0 = absent. list: `ends[i]` closes entry i in `codes` (codes from 0). hash64: two words an entry, 0 0 =
 * absent, MANY_VALUES = several; a field that came so once comes so until the end of the run.
 */
export type ColumnPart =
  | { readonly field: FieldNumber; readonly kind: "dict"; readonly codes: Uint32Array }
  | { readonly field: FieldNumber; readonly kind: "list"; readonly ends: Uint32Array; readonly codes: Uint32Array }
  | { readonly field: FieldNumber; readonly kind: "hash64"; readonly words: Uint32Array };

/**
 * New strings of a field's local dictionary; their codes follow those sent before. Local codes, like the numbers of
 * original fields, hold for the whole run: until none of its sources is open. A string may come twice, under two codes.
 */
export interface DictionaryPart {
  readonly field: FieldNumber;
  readonly pool: Uint8Array;
  readonly ends: Uint32Array;
}

/** First sight of an original field in this run. Without a column its values are found only by rereading. */
export interface FieldAnnouncement {
  readonly field: FieldNumber;
  readonly name: string;
  readonly column: boolean;
}

/** At most 4,096 entries, all of one member. `block`, `off`, `len` give the first span; further spans of an entry stand in `spans`. */
export interface EntryBatch {
  readonly count: number;
  readonly time: Float64Array;
  readonly flags: Uint32Array;
  readonly precision: Uint8Array;
  readonly block: Uint32Array;
  readonly off: Uint32Array;
  readonly len: Uint32Array;
  /** Groups of six: entry in this batch, ordinal from 1, number of the member, block in it, off, len. */
  readonly spans: Uint32Array;
  readonly columns: readonly ColumnPart[];
  readonly announced: readonly FieldAnnouncement[];
  readonly dictionary: readonly DictionaryPart[];
}

/** `length` may run on into the blocks that follow in the same member. */
export interface RejectPart {
  readonly line: number;
  readonly block: number;
  readonly off: number;
  readonly length: number;
  readonly code: string;
  readonly detail: string;
}

export interface SourceStart {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly mtime: number;
  readonly container: string;
}
export interface MemberStart {
  readonly path: string;
  readonly ordinal: number;
  readonly carrier: string;
  readonly format: string;
  readonly formatTitle: string;
  readonly parser: string;
  readonly reasons: readonly string[];
  readonly overridden: boolean;
  readonly reading: Reading;
  /** Assumed for times written without a zone. */
  readonly zone: string | undefined;
}
export interface MemberEnd {
  readonly state: "ready" | "failed" | "cancelled" | "unrecognised" | "refused";
  readonly bytes: number;
  readonly sha256: Sha256 | undefined;
  /** Of a rotated log, records and bytes count in the member that they lie in, an entry in that of its first record. */
  readonly records: number;
  readonly entries: number;
  readonly rejects: number;
  readonly ignored: number;
  readonly undated: number;
  readonly duplicates: number;
  /** Bits of FLAG that hold for every entry with bytes in the member, known only when it has ended. */
  readonly flags: number;
  readonly ledger: Ledger;
  readonly problem: Fault | undefined;
  /** Stretches of bytes that are ignored or blank: groups of three, kind (2 ignored, 3 blank), offset, length; adjacent ones joined. */
  readonly gaps: Float64Array;
}
export interface SourceEnd {
  readonly state: "ready" | "failed" | "cancelled";
  readonly sha256: Sha256 | undefined;
  readonly problems: readonly Fault[];
}

export type ImportMessage =
  | { readonly kind: "source"; readonly number: number; readonly source: SourceStart }
  | { readonly kind: "member"; readonly number: number; readonly of: number; readonly member: MemberStart }
  | { readonly kind: "blocks"; readonly member: number; readonly blocks: readonly BlockPart[] }
  | { readonly kind: "entries"; readonly member: number; readonly batch: EntryBatch }
  | { readonly kind: "rejects"; readonly member: number; readonly rejects: readonly RejectPart[] }
  | { readonly kind: "member-end"; readonly number: number; readonly end: MemberEnd }
  | { readonly kind: "source-end"; readonly number: number; readonly end: SourceEnd };

/** Takes an import's messages in order; resolves when there is room for the next. */
export interface ImportSink {
  accept(message: ImportMessage): Promise<void>;
}
