/** One row of a table to its cells (RFC 4180, and what people really write). */
import { decodeUtf8, isAscii } from "../base/bytes.ts";
import type { JsonSpans, ValueSpan } from "../base/json-spans.ts";
import type { RecordToken } from "../contract.ts";

export interface Cell {
  /** Offsets in the row, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly validUtf8: boolean;
}
export type Row =
  | { readonly ok: true; readonly cells: readonly Cell[] }
  | { readonly ok: false; readonly offset: number; readonly reason: string };

/**
 * `text` (latin1) is a row without its line end. A quote opens a cell only at its start (blanks before it are dropped);
 * elsewhere it is a character like any other.
 */
export function cellsOf(text: string, delimiter: string): Row {
  const cells: Cell[] = [];
  const decode = isAscii(text) ? asItIs : decodeUtf8;
  let at = 0;
  for (;;) {
    const open = quoteAt(text, at);
    const cell = open === -1 ? plainCell(text, at, delimiter, decode) : quotedCell(text, at, open, decode);
    if (typeof cell === "string") return { ok: false, offset: open, reason: cell };
    if (cell.end < text.length && text[cell.end] !== delimiter) {
      return { ok: false, offset: cell.end, reason: "text after the quote that closes a cell" };
    }
    cells.push(cell);
    if (cell.end === text.length) return { ok: true, cells };
    at = cell.end + 1;
  }
}

type Decode = (text: string) => ReturnType<typeof decodeUtf8>;
const asItIs: Decode = (text) => ({ text, valid: true });

/** Where the quote stands that opens the cell at `at`, -1 when none does. */
function quoteAt(text: string, at: number): number {
  let next = at;
  while (text[next] === " ") next++;
  return text[next] === '"' ? next : -1;
}

function plainCell(text: string, start: number, delimiter: string, decode: Decode): Cell {
  const found = text.indexOf(delimiter, start);
  const end = found === -1 ? text.length : found;
  const { text: value, valid } = decode(text.slice(start, end));
  return { start, end, value, validUtf8: valid };
}

function quotedCell(text: string, start: number, open: number, decode: Decode): Cell | string {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) return "a quote is opened and never closed";
  const { text: value, valid } = decode(unquoted(text.slice(open + 1, close)));
  let end = close + 1;
  while (text[end] === " ") end++;
  return { start, end, value, validUtf8: valid };
}

function unquoted(text: string): string {
  return text.includes('"') ? text.replaceAll('""', '"') : text;
}

/** Where the cells lie, by the names of their columns. */
export function spansOfRow(text: string, cells: readonly Cell[], columns: readonly string[]): JsonSpans {
  const values = new Map<string, ValueSpan>();
  const tokens: RecordToken[] = [];
  let covered = 0;
  const separate = (end: number): void => {
    if (end > covered) tokens.push({ start: covered, end, kind: "separator" });
  };
  cells.forEach(({ start, end }, i) => {
    const field = columns[i];
    if (field === undefined || start === end) return;
    values.set(field, { start, end, wrapper: undefined });
    separate(start);
    tokens.push({ start, end, kind: "value", field });
    covered = end;
  });
  separate(text.length);
  return { values, tokens };
}
