/** What an export can be told, and the request that says it. */
import type { ExportRequest, QueryRequest } from "../../../workers/contract.ts";
import type { ColumnLayout } from "../../state/view-state.ts";

export type ColumnChoice = "all" | "visible" | "chosen";

export interface ExportOptions {
  readonly format: ExportRequest["format"];
  readonly columns: ColumnChoice;
  /** Query names in the order of the file, for "chosen". */
  readonly chosen: readonly string[];
  readonly provenance: boolean;
  readonly recordedTime: boolean;
  readonly formulaGuard: boolean;
  readonly lineEnd: ExportRequest["lineEnd"];
  readonly secrets: ExportRequest["secrets"];
}

export const FORMATS: readonly {
  readonly id: ExportRequest["format"];
  readonly title: string;
  readonly about: string;
}[] = [
  { id: "csv", title: "CSV", about: "RFC 4180, UTF-8, same bytes on every system" },
  { id: "csv-zip", title: "CSV in a ZIP", about: "packed, with its manifest" },
  { id: "linux-auditd-jsonl", title: "Linux.Auditd rows", about: "Panther's schema as JSON lines, a row a record" },
  { id: "linux-auditd-csv", title: "Linux.Auditd rows, CSV", about: "the same as a table of its 123 fields" },
];

const ENDINGS: Readonly<Record<ExportRequest["format"], string>> = {
  csv: "csv",
  "csv-zip": "zip",
  "linux-auditd-jsonl": "jsonl",
  "linux-auditd-csv": "csv",
};

/** A schema decides what is written: there are no columns to choose, and entries may give several rows. */
export const followsSchema = (format: ExportRequest["format"]): boolean =>
  format === "linux-auditd-jsonl" || format === "linux-auditd-csv";

/** Time is written by the export itself, on screen and in UTC; it is no column to choose. */
export function visibleColumns(columns: readonly ColumnLayout[]): readonly string[] {
  return columns.filter(({ name, visible }) => visible && name !== "time").map(({ name }) => name);
}

export function initialOptions(columns: readonly ColumnLayout[]): ExportOptions {
  return {
    format: "csv",
    columns: "all",
    chosen: visibleColumns(columns),
    provenance: true,
    recordedTime: false,
    formulaGuard: true,
    lineEnd: "lf",
    secrets: "masked",
  };
}

export type PreviewRequest = Omit<ExportRequest, "target">;

/** `query` is what the grid shows; `zone`, an IANA name or an offset, is what its times are written in. */
export function exportRequest(
  options: ExportOptions,
  query: QueryRequest,
  columns: readonly ColumnLayout[],
  zone: string,
): PreviewRequest {
  const names = { all: "all", visible: visibleColumns(columns), chosen: options.chosen } as const;
  const { format, provenance, recordedTime, formulaGuard, lineEnd, secrets } = options;
  return {
    query: { ...query, zone },
    format,
    columns: followsSchema(format) ? "all" : names[options.columns],
    provenance,
    recordedTime,
    formulaGuard,
    lineEnd,
    secrets,
  };
}

/** "inc-2041-filtered.csv": the case's file, and whether it is all of it. */
export function suggestedName(caseFile: string, restricted: boolean, format: ExportRequest["format"]): string {
  const base = caseFile.slice(Math.max(caseFile.lastIndexOf("/"), caseFile.lastIndexOf("\\")) + 1);
  const stem = base.replace(/\.[^.]*$/, "") || "export";
  return `${stem}-${restricted ? "filtered" : "all"}.${ENDINGS[format]}`;
}

/** Bytes of the whole from those of the rows shown: an estimate, and called one. Undefined without rows. */
export function estimatedBytes(header: string, rows: readonly string[], entries: number): number | undefined {
  if (rows.length === 0) return entries === 0 ? byteLength(header) : undefined;
  const shown = rows.reduce((sum, row) => sum + byteLength(row), 0);
  return byteLength(header) + Math.round((shown / rows.length) * entries);
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** A choice of columns that chooses none exports nothing. */
export const hasColumns = ({ columns }: { readonly columns: "all" | readonly string[] }): boolean =>
  columns === "all" || columns.length > 0;
