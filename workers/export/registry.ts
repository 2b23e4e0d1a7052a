/** One import and one line a format of export. */
import { csvFile } from "./csv-file.ts";
import { csvZip } from "./csv-zip.ts";
import { auditRowsCsv, auditRowsJson } from "./audit-rows.ts";
import type { ExportFormat } from "./export-writer.ts";

export const EXPORT_FORMATS: readonly ExportFormat[] = [csvFile, csvZip, auditRowsJson, auditRowsCsv];
