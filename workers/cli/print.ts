/** How answers look in a terminal and in JSON. */
import type { Cell, EpochMicros } from "../contract.ts";
import { printUtc } from "../base/time.ts";

/** RFC 3339 UTC with six digits; null where there is no time. */
export function timeJson(at: number | undefined): string | null {
  return at === undefined || Number.isNaN(at) ? null : printUtc(at as EpochMicros);
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Log text in a terminal: what could move the cursor or turn the text around is spelled out. */
export function inert(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (char) => `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/** A list as its first value and "+n". */
export function cellText(cell: Cell): string {
  if (typeof cell === "string") return cell;
  return cell.length > 1 ? `${cell[0]} +${cell.length - 1}` : (cell[0] ?? "");
}

const WIDEST = 60;

/** Columns under each other; long cells are cut with "…". */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows].map((row) => row.map((cell) => cut(inert(cell))));
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return `${all.map(line).join("\n")}\n`;
}

function cut(text: string): string {
  return text.length <= WIDEST ? text : `${text.slice(0, WIDEST - 1)}…`;
}

export function bytesText(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${bytes} bytes` : `${value.toFixed(1)} ${units[unit]}`;
}
