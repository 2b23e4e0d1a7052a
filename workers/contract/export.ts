/** What leaves as files. */
import type { GrantId, Sha256 } from "./base.ts";
import type { QueryRequest } from "./query.ts";

export interface ExportRequest {
  readonly query: QueryRequest;
  /** linux-auditd: rows of that public schema, one an audit record; only entries that are some can be written so. */
  readonly format: "csv" | "csv-zip" | "linux-auditd-jsonl" | "linux-auditd-csv";
  /** "all": every field that any exported entry has; otherwise exactly these, in this order. */
  readonly columns: "all" | readonly string[];
  readonly provenance: boolean;
  /** Beside the time that is shown, the one that the import read, and why they differ. */
  readonly recordedTime?: boolean;
  readonly formulaGuard: boolean;
  readonly lineEnd: "lf" | "crlf";
  /** full: secrets are written as recorded, and the choice is logged. */
  readonly secrets: "masked" | "full";
  readonly target: GrantId;
}
export interface ExportPreview {
  readonly entries: number;
  readonly header: string;
  /** Exact bytes of the first entries (a row each, or a row a record), then of the first guarded row. */
  readonly rows: readonly string[];
  readonly guarded: string | undefined;
}
export interface ExportOutcome {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly guardedCells: number;
  readonly file: string;
  readonly manifest: string;
}
