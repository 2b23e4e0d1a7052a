/** Which table a text is: its delimiter and its columns, from the first rows. */
import { latin1Of } from "../base/bytes.ts";
import { parseTime } from "../base/time.ts";
import type { Reading } from "../contract.ts";
import { RowCutter } from "./csv-cutter.ts";
import { type Cell, cellsOf } from "./csv-row.ts";

export type Table = NonNullable<Reading["table"]>;

export interface Dialect {
  readonly table: Table;
  /** Share of the rows seen that fit the header; 0: this is no table with a header. */
  readonly share: number;
  readonly rows: number;
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const MOST_ROWS = 200;
/** Excel's own line, which tells the delimiter and is no data. */
const SEPARATOR_LINE = /^"?sep=(.)"?$/i;

export function isSeparatorLine(text: string): boolean {
  return SEPARATOR_LINE.test(text);
}

/**
 * The dialect that makes most columns of the first rows; always one, whose share is 0 where nothing fits. `said`: the
 * delimiter that a person said.
 */
export function dialectOf(head: Uint8Array, whole: boolean, said?: string): Dialect {
  if (said !== undefined) return dialectWith(head, whole, said);
  const first = latin1Of(head, 0, 64).replace(/^\u00ef\u00bb\u00bf/, "");
  const told = SEPARATOR_LINE.exec(first.split(/\r?\n|\r/)[0] ?? "")?.[1];
  const found = (told === undefined ? DELIMITERS : [told]).map((delimiter) => dialectWith(head, whole, delimiter));
  return found.reduce((best, each) => (weightOf(each) > weightOf(best) ? each : best));
}

function weightOf({ table, share }: Dialect): number {
  return share * table.columns.length;
}

function dialectWith(head: Uint8Array, whole: boolean, delimiter: string): Dialect {
  const [header, ...rows] = firstRows(head, whole, delimiter);
  if (header === undefined || !isHeader(header)) {
    return { table: { delimiter, columns: numbered(header?.length ?? 1) }, share: 0, rows: rows.length };
  }
  const lengths = rows.map((row) => row.length);
  const isTrailing = rows.length > 0 && rows.every((row) => row.length === header.length + 1 && row.at(-1) === "");
  const columns = distinct(isTrailing ? [...header, ""] : header);
  const shorter = lengths.filter((length) => length > 1 && length < columns.length).length;
  const fitting = lengths.filter((length) => length === columns.length).length;
  const shortRows = shorter >= 2 && shorter * 2 >= rows.length;
  const share = rows.length === 0 ? 0 : (fitting + (shortRows ? shorter : 0)) / rows.length;
  const isTable =
    columns.length > 2 || (share === 1 && rows.length > 1 && header.every((name) => name === name.trim()));
  return {
    table: { delimiter, columns, ...(shortRows ? { shortRows } : {}) },
    share: isTable && share >= 0.5 ? share : 0,
    rows: rows.length,
  };
}

/** Cells of the first rows that hold something; rows that cannot be read have none. */
function firstRows(head: Uint8Array, whole: boolean, delimiter: string): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const cutter = new RowCutter(
    {
      row(text) {
        if (text.trim() === "" || (rows.length === 0 && isSeparatorLine(text)) || rows.length > MOST_ROWS) return;
        const row = cellsOf(text, delimiter);
        rows.push(row.ok ? row.cells.map(({ value }) => value) : []);
      },
      reject: () => undefined,
      mark: () => undefined,
    },
    delimiter,
    0,
  );
  cutter.push(head);
  if (whole) cutter.finish();
  return rows.filter((row, i) => i === 0 || row.some((value) => value !== ""));
}

const LONGEST_NAME = 80;
const MOST_WORDS = 6;
const NAME = /^[\p{L}@_#$(*][\p{L}\p{N} _.\-:/()@#%$[\]*'?+&]*$/u;

/** Names, not values: no number, no time, nothing long; only few may be missing. */
function isHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (cells.length < 2 || names.length < 2 || names.length < cells.length * 0.8) return false;
  return new Set(names).size >= names.length * 0.6 && names.every(isName);
}

function isName(name: string): boolean {
  return (
    name.length <= LONGEST_NAME &&
    NAME.test(name) &&
    name.split(/\s+/).length <= MOST_WORDS &&
    parseTime(name) === undefined
  );
}

/** Names of columns, each of its own: a repeated one is `name#2`, an empty one `column 3`. */
function distinct(header: readonly string[]): readonly string[] {
  const names = new Set<string>();
  const ordinals = new Map<string, number>();
  header.forEach((cell, i) => {
    const name = cell.trim() === "" ? `column ${i + 1}` : cell.trim();
    let ordinal = ordinals.get(name) ?? 1;
    let given = name;
    while (names.has(given)) given = `${name}#${++ordinal}`;
    ordinals.set(name, ordinal);
    names.add(given);
  });
  return [...names];
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `column ${i + 1}`);
}

/** Whether a row is the header that the columns were named after. */
export function isHeaderRow(cells: readonly Cell[], columns: readonly string[]): boolean {
  // Most rows differ from it in their first cell.
  const first = cells[0]?.value.trim();
  if (first !== columns[0] && first !== "") return false;
  const names = distinct(cells.map(({ value }) => value));
  return names.length >= 2 && names.length <= columns.length && names.every((name, i) => name === columns[i]);
}
