/** One table of an identity ledger, from the bytes of its file. */
import { latin1Of } from "../base/bytes.ts";
import { raise } from "../base/fault.ts";
import { RowCutter } from "../carriers/csv-cutter.ts";
import { type Cell, cellsOf } from "../carriers/csv-row.ts";
import type { LedgerKind, LedgerTableInfo } from "../contract.ts";
import { columnKey, LEDGER_COLUMNS } from "./kinds.ts";

export interface LedgerTable {
  readonly kind: LedgerKind;
  readonly name: string;
  readonly columns: readonly string[];
  /** One array a row, one value a column, trimmed. */
  readonly rows: readonly (readonly string[])[];
  readonly rejects: LedgerTableInfo["rejects"];
}

interface WrittenRow {
  readonly cells: readonly Cell[] | undefined;
  readonly line: number;
  readonly reason: string;
}

/**
 * Semicolon or comma, found from the header line; UTF-8 with or without a mark; quotes as in RFC 4180. A row without its
 * required values, or with more or fewer cells than the header, is a reject; empty cells beyond the header do not count.
 * Faults: format.unfit for a file without a required column, or none at all; it is not used then.
 */
export function readTable(kind: LedgerKind, name: string, bytes: Uint8Array): LedgerTable {
  const [header, ...rest] = rowsOf(bytes, delimiterOf(bytes));
  if (header?.cells === undefined) return refuse(name, "has no header line", "Name its columns in the first line.");
  const columns = columnsOf(kind, name, header.cells);
  const needed = LEDGER_COLUMNS[kind].filter(({ isRequired }) => isRequired).map((column) => column.name);
  const rows: (readonly string[])[] = [];
  const rejects: { row: number; reason: string }[] = [];
  for (const { cells, line, reason } of rest) {
    const values = columns.map((_, at) => cells?.[at]?.value.trim() ?? "");
    const lacking = needed.find((column) => values[columns.indexOf(column)] === "");
    const broken = cells === undefined ? reason : brokenRow(cells, columns.length);
    if (broken !== undefined) rejects.push({ row: line, reason: broken });
    else if (lacking !== undefined) rejects.push({ row: line, reason: `has no ${lacking}` });
    else rows.push(values);
  }
  return { kind, name, columns, rows, rejects };
}

function brokenRow(cells: readonly Cell[], columns: number): string | undefined {
  const isOdd = cells.length < columns || cells.slice(columns).some(({ value }) => value !== "");
  if (isOdd) return `has ${cells.length} cells under ${columns} columns`;
  return cells.every(({ validUtf8 }) => validUtf8) ? undefined : "is not UTF-8";
}

function delimiterOf(bytes: Uint8Array): ";" | "," {
  const head = latin1Of(bytes, 0, Math.min(bytes.length, 65_536)).split(/\r|\n/)[0] ?? "";
  const counted = (sign: string): number => head.split(sign).length;
  return counted(",") > counted(";") ? "," : ";";
}

function rowsOf(bytes: Uint8Array, delimiter: string): readonly WrittenRow[] {
  const rows: WrittenRow[] = [];
  const cutter = new RowCutter(
    {
      row(text, _offset, _length, line) {
        if (text.trim() === "") return;
        const row = cellsOf(text, delimiter);
        rows.push(row.ok ? { cells: row.cells, line, reason: "" } : { cells: undefined, line, reason: row.reason });
      },
      reject: (_offset, _length, line, _code, reason) => void rows.push({ cells: undefined, line, reason }),
      mark: () => undefined,
    },
    delimiter,
    0,
  );
  cutter.push(bytes);
  cutter.finish();
  return rows.toSorted((a, b) => a.line - b.line);
}

/** Every column once: a known one under our name, whatever it is called; a surplus one under its own. */
function columnsOf(kind: LedgerKind, name: string, header: readonly Cell[]): readonly string[] {
  const written = header.map(({ value }) => columnKey(value));
  const taken = new Map<number, string>();
  for (const { name: own, synonyms, isRequired } of LEDGER_COLUMNS[kind]) {
    const keys = [own, ...synonyms].map(columnKey);
    const at = keys.map((key) => written.findIndex((each, i) => each === key && !taken.has(i))).find((i) => i >= 0);
    if (at !== undefined) taken.set(at, own);
    else if (isRequired) {
      const also = synonyms.length === 0 ? "" : ` (or ${synonyms.join(", ")})`;
      refuse(
        name,
        `has no column ${own}${also}, which a table of ${kind} entries needs`,
        "Add it, or choose another kind.",
      );
    }
  }
  const columns: string[] = [];
  header.forEach(({ value }, i) => {
    const wanted = taken.get(i) ?? (value.trim() === "" ? `column ${i + 1}` : value.trim().toLowerCase());
    let given = wanted;
    for (let n = 2; columns.includes(given) || (!taken.has(i) && [...taken.values()].includes(given)); n++)
      given = `${wanted}#${n}`;
    columns.push(given);
  });
  return columns;
}

function refuse(name: string, what: string, next: string): never {
  return raise("format.unfit", `${name} ${what}; the file is not used.`, next, { source: name });
}
