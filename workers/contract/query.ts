/** Questions to a case, and their answers. */
import type { EpochMicros, Fault, ResultId, SourceId } from "./base.ts";

/** One chip of the query bar. `is` matches any of the values exactly; no values = the field is missing. */
export interface Clause {
  readonly field: string;
  readonly not: boolean;
  readonly values: readonly string[];
  readonly enabled: boolean;
}
/** From inclusive, to exclusive. */
export interface TimeRange {
  readonly from?: EpochMicros;
  readonly to?: EpochMicros;
}
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}
/** Everything that restricts the view: clauses AND text AND range, in the order of `sort`. */
export interface QueryRequest {
  readonly clauses: readonly Clause[];
  readonly text: string;
  readonly range: TimeRange;
  /** IANA name, or a fixed offset such as "+02:00": reads zone-less time literals. */
  readonly zone: string;
  readonly sort: Sort;
}
export interface QueryToken {
  readonly start: number;
  readonly end: number;
  readonly kind: "field" | "operator" | "value" | "word" | "quoted" | "keyword" | "bracket";
}
/** What the query bar shows while one types: never runs anything. */
export interface QueryCheck {
  readonly tokens: readonly QueryToken[];
  readonly fault: Fault | undefined;
  /** The text with the brackets that precedence implies, where AND and OR are mixed; else undefined. */
  readonly inferred: string | undefined;
  /** Instants that zone-less or relative time literals were read as. */
  readonly instants: readonly { readonly start: number; readonly text: string; readonly at: EpochMicros }[];
}
export interface ResultInfo {
  readonly id: ResultId;
  readonly revision: number;
  readonly total: number;
  readonly matched: number;
  readonly undatedTotal: number;
  readonly undatedMatched: number;
  /** Of the matching, dated entries. */
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
  /** Of all dated entries. */
  readonly firstOfAll: EpochMicros | undefined;
  readonly lastOfAll: EpochMicros | undefined;
  /** The whole restriction as one query text. */
  readonly query: string;
  readonly perSource: readonly { readonly source: SourceId; readonly matched: number; readonly total: number }[];
  readonly tookMs: number;
}
/** A list is shown as its first value and "+n". */
export type Cell = string | readonly string[];
export interface RowPage {
  readonly first: number;
  readonly entries: Uint32Array;
  /** NaN = undated. */
  readonly time: Float64Array;
  /** Digits after the second that the source wrote, 0 … 9. */
  readonly precision: Uint8Array;
  readonly flags: Uint32Array;
  readonly member: Uint32Array;
  /** One array a column asked for, one cell a row; absent = "". */
  readonly cells: readonly (readonly Cell[])[];
}
export interface Histogram {
  readonly from: EpochMicros;
  readonly to: EpochMicros;
  /** Width of a bucket in µs; every bucket has the same width. */
  readonly width: number;
  /** Matching entries by source. */
  readonly series: readonly { readonly source: SourceId; readonly counts: Uint32Array }[];
  /** All entries of the case, filtered or not. */
  readonly totals: Uint32Array;
  readonly undatedMatched: number;
  readonly undatedTotal: number;
  readonly matchedOutside: number;
}
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}
export interface Facet {
  readonly field: string;
  readonly values: readonly FacetValue[];
  /** Distinct values among the matching entries; `values` holds the most frequent of them. */
  readonly distinct: number;
  /** Matching entries without the field. */
  readonly missing: number;
}
export interface FieldInfo {
  /** The name a query uses: a canonical short name, `raw.NAME`, or an evidence field such as `source`. */
  readonly name: string;
  readonly title: string;
  /** identity: found in the identity ledger, beside what was recorded. */
  readonly group: "canonical" | "original" | "evidence" | "identity";
  readonly kind: "text" | "list" | "time" | "number";
  /** Other spellings of the same field. */
  readonly aliases: readonly string[];
  /** At least one entry has it. */
  readonly present: boolean;
  /** Some values of it are secrets: shown masked unless revealed. */
  readonly secret: boolean;
}
/** Counts behind the zero-result page and Explain. */
export interface ClauseCount {
  readonly text: string;
  /** Where it comes from: chip n, the typed text, or the range. */
  readonly part: { readonly kind: "clause" | "text" | "range"; readonly index: number };
  readonly alone: number;
  readonly without: number;
}
