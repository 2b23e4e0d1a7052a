/**
 * Tables of text with a header: CSV, TSV and their relatives (RFC 4180). The header names the values of every row; it is
 * kept in the reading, so that a row can be read again alone.
 */
import { lookup } from "../base/lookup.ts";
import { latin1Of } from "../base/bytes.ts";
import { emptyObject } from "../base/json.ts";
import type { FlagName, Reading } from "../contract.ts";
import type { CarriedRecord, Recognition } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";
import { RowCutter } from "./csv-cutter.ts";
import { dialectOf, isHeaderRow, isSeparatorLine, type Table } from "./csv-dialect.ts";
import { type Cell, cellsOf, spansOfRow } from "./csv-row.ts";
import { contentEnd } from "./line-cutter.ts";
import { recogniseText } from "./lines.ts";

export const csv: Carrier = {
  id: "csv",
  title: "Table with a header (CSV, TSV)",
  version: "1",
  yields: "object",
  takesDelimiter: true,
  recognise,
  study: (head, whole, { delimiter }) => ({
    table: dialectOf(head, whole, delimiter).table,
    ...(delimiter === undefined ? {} : { delimiter }),
  }),
  split: (output, reading) => splitRows(output, tableOf(reading)),
  reread(bytes, offset, line, reading) {
    const { delimiter, columns } = tableOf(reading);
    const text = latin1Of(bytes, 0, contentEnd(bytes, 0, bytes.length));
    const row = cellsOf(text, delimiter);
    if (!row.ok) return undefined;
    const { body, flags } = contentOf(text, row.cells, columns);
    const spans = () => spansOfRow(latin1Of(bytes), row.cells, columns);
    return { offset, length: bytes.length, line, body: { ...body, bytes, spans }, flags };
  },
};

const NAMES: Readonly<Record<string, string>> = lookup({ ",": "comma", ";": "semicolon", "\t": "TAB", "|": "bar" });
const NO_FLAGS: readonly FlagName[] = [];
const ENCODING: readonly FlagName[] = ["encoding"];

function tableOf(reading: Reading): Table {
  if (reading.table === undefined) throw new Error("a table is cut by the delimiter and columns that study found");
  return reading.table;
}

/** A delimiter that a person said makes a table also of rows without a header. */
function recognise(head: Uint8Array, whole: boolean, asked: Reading = {}): Recognition {
  if (recogniseText(head, whole).confidence === 0) return { confidence: 0, reasons: ["holds no text"] };
  const { table, share, rows } = dialectOf(head, whole, asked.delimiter);
  const delimiter = NAMES[table.delimiter] ?? table.delimiter;
  if (share === 0 && asked.delimiter !== undefined && table.columns.length > 1) {
    return { confidence: 0.9, reasons: [`${table.columns.length} columns (${delimiter}), the first row no header`] };
  }
  if (share === 0) return { confidence: 0, reasons: ["no header with rows that fit it"] };
  return {
    confidence: 0.9 + share / 10,
    reasons: [
      `a table of ${table.columns.length} columns (${delimiter}), ${Math.round(share * rows)} of ${rows} rows fit`,
    ],
  };
}

function splitRows(output: UnitOutput, table: Table): Splitter {
  let rows = 0;
  const cutter = new RowCutter(
    {
      row(text, offset, length, line) {
        if (/^[ \0]*$/.test(text)) {
          if (text.includes("\0")) output.ignore(offset, length);
          else output.blank(offset, length);
        } else if (rows === 0 && isSeparatorLine(text)) output.ignore(offset, length, 0);
        else takeRow(output, table, text, { offset, length, line }, rows++ === 0);
      },
      reject(...reject) {
        rows++;
        output.reject(...reject);
      },
      mark: (offset, length) => output.ignore(offset, length, 0),
    },
    table.delimiter,
    table.columns.length,
  );
  return cutter;
}

type Place = Pick<CarriedRecord, "offset" | "length" | "line">;

function takeRow(output: UnitOutput, table: Table, text: string, place: Place, isFirst: boolean): void {
  const { offset, length, line } = place;
  const row = cellsOf(text, table.delimiter);
  if (!row.ok) {
    return output.reject(offset, length, line, "csv.quote", `${row.reason}, at byte ${offset + row.offset}`);
  }
  // The header again, where tables were put one after another, is a line of its own.
  if (isHeaderRow(row.cells, table.columns)) return output.ignore(offset, length, isFirst ? 0 : 1);
  if (row.cells.every(({ value }) => value === "")) return output.ignore(offset, length);
  const columns = table.columns.length;
  const { length: cells } = row.cells;
  if (cells > columns || (cells < columns && table.shortRows !== true)) {
    return output.reject(offset, length, line, "csv.ragged", `${cells} cells where the header has ${columns} columns`);
  }
  output.record({ ...place, ...contentOf(text, row.cells, table.columns) });
}

interface Content {
  readonly body: Extract<CarriedRecord["body"], { kind: "object" }>;
  readonly flags: readonly FlagName[];
}

function contentOf(text: string, cells: readonly Cell[], columns: readonly string[]): Content {
  const value = emptyObject();
  cells.forEach((cell, i) => {
    const column = columns[i];
    if (column !== undefined) value[column] = cell.value;
  });
  const flags = cells.every(({ validUtf8 }) => validUtf8) ? NO_FLAGS : ENCODING;
  return { body: { kind: "object", value, text }, flags };
}
