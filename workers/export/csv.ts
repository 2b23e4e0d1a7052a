/**
 * The canonical CSV dialect: RFC 4180, UTF-8 without a byte order mark, LF or CRLF, quotes only where needed. The same
 * rows give the same bytes on any system. How lists and formulas are written is undone by `unguardCell` and `readList`,
 * and is stated in the manifest, so that nothing is lost on the way back.
 */
import type { Cell, EpochMicros } from "../contract.ts";
import { printUtc } from "../base/time.ts";
import { printInZone } from "../base/zone.ts";
import type { ExportOptions, ExportRow, RowSpan } from "./export-writer.ts";

/** Stated in the manifest word by word. */
export const LIST_RULE =
  'Several values in one cell are joined by " | " after writing \\ as \\\\ and | as \\| in each. A single value is ' +
  "written as it stands, unless it holds a blank, any number of \\, a | and a blank: then it is written by the same rule.";
export const GUARD_RULE =
  "A cell or header that starts with = + - @, a full-width form of these, TAB, CR or LF, or with one of them after " +
  "blanks or quotes, is written with a leading apostrophe, unless it is a plain number. To undo: remove one leading " +
  "apostrophe where such a start follows it.";

const PROVENANCE_COLUMNS = [
  "_src_name",
  "_src_sha256",
  "_member",
  "_member_sha256",
  "_byte_ranges",
  "_parser",
  "_entry",
] as const;

const RECORDED_COLUMNS = ["time_recorded_utc", "time_assumed"] as const;

const RISKY = /^[\s"']*[=+\-@＝＋－＠]|^["']*[\t\r\n]/;
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LOOKS_LIKE_LIST = / \\*\| /;

export function isRisky(text: string): boolean {
  return RISKY.test(text) && !PLAIN_NUMBER.test(text);
}
export function unguardCell(text: string): string {
  return text.startsWith("'") && isRisky(text.slice(1)) ? text.slice(1) : text;
}

export function listText(cell: Cell): string {
  if (typeof cell === "string") return LOOKS_LIKE_LIST.test(cell) ? escapeItem(cell) : cell;
  if (cell.length === 1) return listText(cell[0] as string);
  return cell.map(escapeItem).join(" | ");
}
export function readList(text: string): readonly string[] {
  if (!LOOKS_LIKE_LIST.test(text)) return text === "" ? [] : [text];
  return text.split(" | ").map((item) => item.replace(/\\([\\|])/g, "$1"));
}
function escapeItem(value: string): string {
  return value.replace(/[\\|]/g, "\\$&");
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Turns rows into lines and counts the cells it had to guard. */
export class CsvLines {
  guardedCells = 0;
  readonly #options: ExportOptions;
  readonly #end: string;

  constructor(options: ExportOptions) {
    this.#options = options;
    this.#end = lineEndOf(options);
  }

  header(): string {
    return this.line(csvColumns(this.#options));
  }

  row(row: ExportRow): string {
    const cells = [...this.#times(row.time, row.precision)];
    if (this.#options.recordedTime) cells.push(recordedCell(row.recorded), listText(row.assumed));
    for (const cell of row.cells) cells.push(listText(cell));
    if (this.#options.provenance) cells.push(...originCells(row));
    return this.line(cells);
  }

  /** Six digits at most, as finer ones are not kept; undated entries have neither time. */
  #times(at: number, precision: number): readonly [string, string] {
    if (Number.isNaN(at)) return ["", ""];
    const instant = at as EpochMicros;
    const local = printInZone(instant, this.#options.zone, Math.min(precision, 6));
    // One spelling of the offset in the whole column, whatever the zone.
    return [local.replace(/Z$/, "+00:00"), printUtc(instant)];
  }

  /** Cells as one line, quoted and guarded where they have to be. */
  line(cells: readonly string[]): string {
    let line = "";
    for (let i = 0; i < cells.length; i++) {
      if (i > 0) line += ",";
      line += quoted(this.#guarded(cells[i] as string));
    }
    return line + this.#end;
  }

  #guarded(text: string): string {
    if (!this.#options.formulaGuard || !isRisky(text)) return text;
    this.guardedCells++;
    return `'${text}`;
  }
}

export function lineEndOf({ lineEnd }: Pick<ExportOptions, "lineEnd">): string {
  return lineEnd === "crlf" ? "\r\n" : "\n";
}

function recordedCell(at: number): string {
  return Number.isNaN(at) ? "" : printUtc(at as EpochMicros);
}

/** Names in the header: two times, on request the one that was imported, the fields, then where each row comes from. */
export function csvColumns(options: ExportOptions): readonly string[] {
  return [
    "time",
    "time_utc",
    ...(options.recordedTime ? RECORDED_COLUMNS : []),
    ...options.columns,
    ...(options.provenance ? PROVENANCE_COLUMNS : []),
  ];
}

function originCells(row: ExportRow): readonly string[] {
  const { origin } = row;
  return [
    origin.source,
    origin.sourceSha256,
    origin.member,
    origin.memberSha256,
    origin.spans.map((span) => placeText(span)).join(";"),
    origin.parser,
    String(origin.entry),
  ];
}

function placeText({ member, offset, length }: RowSpan): string {
  return `${member === undefined ? "" : `${member}:`}${offset}+${length}`;
}
