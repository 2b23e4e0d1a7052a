/** The CSV export as a file of its own. */
import { createReadStream } from "node:fs";
import { CsvLines } from "./csv.ts";
import type { ByteTarget, ExportFormat, ExportWork, Written } from "./export-writer.ts";
import { countRecords } from "./count-records.ts";
import { raise } from "../base/fault.ts";

export const csvFile: ExportFormat = {
  id: "csv",
  title: "CSV",
  extension: "csv",
  write: writeCsv,
  async check(file, written) {
    const records = await countRecords(createReadStream(file));
    requireRows(records - 1, written.rows);
  },
};

/** Lines are joined to chunks of about this many characters before they are encoded. */
const CHUNK = 262_144;

/** Header and rows as UTF-8; throws a `cancelled` Fault when the signal fires. */
export async function writeCsv(work: ExportWork, target: ByteTarget): Promise<Written> {
  const lines = new CsvLines(work.options);
  const encoder = new TextEncoder();
  let rows = 0;
  let pending = lines.header();
  for await (const page of work.rows.pages(work.signal)) {
    for (const row of page) {
      pending += lines.row(row);
      rows++;
      if (pending.length < CHUNK) continue;
      await target.write(encoder.encode(pending));
      pending = "";
    }
    requireRunning(work.signal);
    work.onRows(rows);
  }
  requireRunning(work.signal);
  if (pending !== "") await target.write(encoder.encode(pending));
  requireRows(rows, work.rows.total);
  return { rows, guardedCells: lines.guardedCells };
}

export function requireRunning(signal: AbortSignal): void {
  if (signal.aborted)
    raise("cancelled", "The export was cancelled.", "Nothing was left behind; start it again when ready.");
}

/** The count that the grid shows, the rows written and the rows read back are the same, or the export has failed. */
export function requireRows(found: number, expected: number): void {
  if (found === expected) return;
  throw new Error(`export holds ${found} rows where the query has ${expected}`);
}
