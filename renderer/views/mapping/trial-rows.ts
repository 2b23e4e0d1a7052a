/** What a preview of definitions says of rows and fields. Pure. */
import type { Preview, PreviewRow } from "../../../workers/contract.ts";
import { timeParts } from "../../app/time-format.ts";
import type { EpochMicros } from "../../../workers/contract.ts";

export function cellOf({ columns }: Preview, row: PreviewRow, name: string): string {
  const cell = row.cells[columns.indexOf(name)] ?? "";
  return typeof cell === "string" ? cell : cell.join(", ");
}

export function eventIdOf(preview: Preview, row: PreviewRow): string | undefined {
  const column = preview.mapping?.eventId;
  return column === undefined ? undefined : cellOf(preview, row, `raw.${column}`);
}

/** In UTC: the zone that dates without one are read in is said beside them. */
export function timeText(row: PreviewRow): string {
  if (Number.isNaN(row.time)) return "";
  const { date, clock, fraction } = timeParts(row.time as EpochMicros, row.precision, "UTC");
  return `${date} ${clock}${fraction}Z`;
}

/** What a field becomes in the first record of that event; undefined where no such record was read. */
export function becomes(preview: Preview | undefined, id: string, name: string | undefined): string | undefined {
  const row = preview?.rows.find((each) => eventIdOf(preview, each) === id);
  if (preview === undefined || row === undefined || name === undefined) return undefined;
  return name === "time" ? timeText(row) : cellOf(preview, row, name);
}

/** Fields that some row has; what only the bookkeeping of Exhibit adds stays out. */
export function fieldColumns(preview: Preview): readonly string[] {
  return preview.columns.filter((name) => !name.startsWith("raw.") && name !== "level");
}
