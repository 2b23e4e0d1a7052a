/** One entry, explained down to its bytes. */
import type { EntryId, EpochMicros, FlagName, MemberId, SourceId } from "./base.ts";
import type { EntryTimes } from "./time.ts";

/** Where a value or a meaning comes from; never the examiner's machine. */
type OriginKind = "record" | "enriched" | "decoded" | "table" | "computed" | "inferred" | "number" | "evidence";
export interface MeaningOrigin {
  readonly kind: OriginKind;
  /** For example "x86_64 table", "enriched AUID", "hex decoded". */
  readonly text: string;
}
/** Bytes `start … end` of record number `record` of the entry. */
export interface ByteMark {
  readonly record: number;
  readonly start: number;
  readonly end: number;
}
/** What the published schema of a log says of an original field. */
export interface FieldAbout {
  /** As the schema calls it: string, timestamp, json. */
  readonly type: string;
  /** One or two sentences. */
  readonly description: string;
  /** What its values are indicators of: ip, hostname, actor_id. */
  readonly indicators: readonly string[];
}
export interface DetailField {
  readonly group: "when" | "who" | "what" | "where" | "evidence" | "custom" | "original";
  /** The query name. */
  readonly name: string;
  readonly values: readonly string[];
  readonly origin: MeaningOrigin;
  readonly mark: ByteMark | undefined;
  /** The values are masked; `reveal` gives them. */
  readonly masked: boolean;
  readonly about?: FieldAbout;
}
export interface Interpretation {
  readonly field: string;
  readonly recorded: string;
  readonly meaning: string;
  readonly origin: MeaningOrigin;
  readonly mark: ByteMark | undefined;
}
export interface RecordToken {
  readonly start: number;
  readonly end: number;
  readonly kind: "key" | "value" | "type" | "separator";
  /** Name of the original field that these bytes are the value of. */
  readonly field?: string;
}
export interface DetailRecord {
  readonly title: string;
  /** The member that the bytes lie in: another than the entry's only where a rotated log goes on in the next file. */
  readonly member: MemberId;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  /** At most 262,144 bytes; the rest by `bytes()`. */
  readonly bytes: Uint8Array;
  readonly tokens: readonly RecordToken[];
}
export interface EntryDetail {
  readonly id: EntryId;
  readonly member: MemberId;
  readonly time: EpochMicros | undefined;
  readonly precision: number;
  readonly timeText: string;
  readonly flags: readonly FlagName[];
  readonly action: string;
  readonly target: string;
  readonly outcome: string;
  /** One plain sentence: who did what to what, where, with what result. */
  readonly sentence: string;
  readonly fields: readonly DetailField[];
  readonly records: readonly DetailRecord[];
  readonly interpretations: readonly Interpretation[];
  /** Other entries that record the same thing, ascending, at most 1,000 (query/same-thing.ts says when they do). */
  readonly copies: readonly EntryCopy[];
  /** How the time came about, where more than what is written decided it. */
  readonly times: EntryTimes;
  /** Something of the entry is masked. */
  readonly masked: boolean;
}
export interface EntryCopy {
  readonly entry: EntryId;
  readonly source: SourceId;
  readonly member: MemberId;
}
/** How far two members tell the same: entries of `member`, the later import, that `other` has too, and their extent. */
export interface Overlap {
  readonly member: MemberId;
  readonly other: MemberId;
  readonly entries: number;
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
}
