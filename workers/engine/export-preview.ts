/** The first bytes of an export, exactly as they will be written. */
import type { ExportPreview, ExportRequest } from "../contract.ts";
import { CsvRows, JsonRows } from "../export/audit-rows.ts";
import { CsvLines } from "../export/csv.ts";
import type { ExportOptions } from "../export/export-writer.ts";
import { MAX_ROWS } from "../query/rows.ts";
import type { Result } from "../query/result.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { auditRows, auditRowsPage, requireAuditEntries } from "./export-audit-rows.ts";
import { exportColumns } from "./export-columns.ts";
import { exportPage } from "./export-rows.ts";
import type { CaseSecrets } from "./secrets.ts";

const SHOWN = 5;
/** How long a guarded row is looked for: the preview is read while one chooses options. */
const SEARCH_MS = 300;

export type PreviewRequest = Omit<ExportRequest, "target">;

/** Without `secrets` they are written as recorded. */
export function previewExport(
  reader: CaseReader,
  result: Result,
  request: PreviewRequest,
  secrets: CaseSecrets | undefined,
): ExportPreview {
  const options = exportOptions(result, request);
  if (request.format === "linux-auditd-jsonl" || request.format === "linux-auditd-csv")
    return previewAuditRows(reader, result, options, request.format, secrets);
  const lines = new CsvLines(options);
  const header = lines.header();
  const rows = exportPage(reader, result, 0, SHOWN, options.columns, secrets).map((row) => lines.row(row));
  return { entries: result.matched, header, rows, guarded: firstGuarded(reader, result, options, secrets) };
}

/** A row of the preview is an entry with all its records. */
function previewAuditRows(
  reader: CaseReader,
  result: Result,
  options: ExportOptions,
  format: "linux-auditd-jsonl" | "linux-auditd-csv",
  secrets: CaseSecrets | undefined,
): ExportPreview {
  requireAuditEntries(result);
  const { standard } = auditRows(reader, result, options, secrets);
  const lines = format === "linux-auditd-csv" ? new CsvRows(options, standard) : new JsonRows(options);
  const entries = auditRowsPage(reader, result, 0, SHOWN, options, secrets);
  const rows = entries.map((entry) => entry.map((row) => lines.row(row)).join(""));
  return { entries: result.matched, header: lines.header(), rows, guarded: undefined };
}

export function exportOptions(result: Result, request: PreviewRequest): ExportOptions {
  const { provenance, recordedTime = false, formulaGuard, lineEnd } = request;
  return {
    columns: exportColumns(result, request.columns),
    zone: request.query.zone,
    provenance,
    recordedTime,
    formulaGuard,
    lineEnd,
  };
}

function firstGuarded(
  reader: CaseReader,
  result: Result,
  options: ExportOptions,
  secrets: CaseSecrets | undefined,
): string | undefined {
  if (!options.formulaGuard) return undefined;
  const lines = new CsvLines(options);
  const until = performance.now() + SEARCH_MS;
  for (let first = 0; first < result.matched && performance.now() < until; first += MAX_ROWS) {
    for (const row of exportPage(reader, result, first, MAX_ROWS, options.columns, secrets)) {
      const text = lines.row(row);
      if (lines.guardedCells > 0) return text;
    }
  }
  return undefined;
}
