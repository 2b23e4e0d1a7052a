/** What every export format is handed, and what it gives back. Formats know neither the store nor the query engine. */
import type { JsonObject } from "../base/json.ts";
import type { Cell, Sha256, Span } from "../contract.ts";

export interface ExportOptions {
  /** Query names in the order of the columns; never `time`, which every format writes by itself. */
  readonly columns: readonly string[];
  /** IANA name or fixed offset. */
  readonly zone: string;
  readonly provenance: boolean;
  /** Beside the time the one that the import read, and what was assumed. */
  readonly recordedTime: boolean;
  readonly formulaGuard: boolean;
  readonly lineEnd: "lf" | "crlf";
}

/** `member`: path of the member that the bytes lie in, where a rotated log goes on in another file than the row's. */
export interface RowSpan extends Span {
  readonly member?: string;
}
/** Where a row comes from: enough to cut its bytes out of the evidence by hand. */
export interface RowOrigin {
  readonly source: string;
  /** "" while a source is not sealed. */
  readonly sourceSha256: string;
  readonly member: string;
  readonly memberSha256: string;
  readonly spans: readonly RowSpan[];
  readonly parser: string;
  readonly entry: number;
}
export interface ExportRow {
  /** µs; NaN = undated. */
  readonly time: number;
  /** Digits after the second that the source wrote. */
  readonly precision: number;
  /** As the import read it, µs; NaN = undated. */
  readonly recorded: number;
  /** What was assumed about the time: zone, year, clock. */
  readonly assumed: readonly string[];
  /** One cell a column. */
  readonly cells: readonly Cell[];
  readonly origin: RowOrigin;
}

/** Rows in the order of the query, some hundred at a time; `total` is what the query counted. */
export interface ExportRows {
  readonly total: number;
  pages(signal: AbortSignal): AsyncIterable<readonly ExportRow[]>;
}

/** Entries as rows of the `Linux.Auditd` schema, one an audit record: an entry gives one or several. */
export interface AuditRows {
  /** Entries that the query counted. */
  readonly entries: number;
  /** Panther's standard fields that rows may have, in the order of their columns. */
  readonly standard: readonly string[];
  /** Some entries at a time, in the order of the query. */
  pages(signal: AbortSignal): AsyncIterable<readonly (readonly JsonObject[])[]>;
}

/** What the manifest says about the question and the evidence, beside what the writer itself knows. */
export interface ExportContext {
  readonly query: string;
  readonly sort: string;
  readonly caseName: string;
  /** Entries that the case shows, whatever the query. */
  readonly caseEntries: number;
  readonly toolVersion: string;
  /** Assumptions about time that were made after the import and are in force, in words. */
  readonly timeAssumptions: readonly string[];
  readonly sources: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** Takes bytes in order; resolves when there is room for more. */
export interface ByteTarget {
  write(bytes: Uint8Array): Promise<void>;
}
export interface FileDigest {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: Sha256;
}
export interface Written {
  readonly rows: number;
  readonly guardedCells: number;
  /** Where rows are not entries: what they follow, and of how many entries they are. */
  readonly schema?: { readonly name: string; readonly entries: number; readonly columns: readonly string[] };
}

/** One export format; `registry.ts` lists them. */
export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  readonly extension: string;
  /** How values are told apart: as RFC 4180 has it, unless stated. */
  readonly quoting?: "rfc4180" | "json";
  /**
   * Writes the whole export to `target`; `name` is the file's name without its extension. Resolves with what was
   * written; the caller compares the row count, seals the file and writes the manifest beside it.
   */
  write(job: ExportWork, target: ByteTarget): Promise<Written>;
  /** Reads the finished file back and throws when it does not hold what was written. */
  check(file: string, written: Written): Promise<void>;
}
export interface ExportWork {
  readonly name: string;
  readonly options: ExportOptions;
  readonly context: ExportContext;
  readonly rows: ExportRows;
  readonly auditRows: AuditRows;
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}
