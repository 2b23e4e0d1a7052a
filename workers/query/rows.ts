/** Pages of a result. */
import type { CaseColumns } from "./columns.ts";
import type { Cell, EpochMicros, RowPage } from "../contract.ts";
import { raise } from "../base/fault.ts";
import { printUtc } from "../base/time.ts";
import { bindShown, SHOWN_FLAGS } from "./bind.ts";

/** Rows a page may have. */
export const MAX_ROWS = 500;

/**
 * Rows `first … first + count` of a selection; fewer at its end. `fields` are query names; a cell is a text, an array
 * where the entry has several values, "" where it has none. `member` holds member ids.
 */
export function rowPage(
  columns: CaseColumns,
  selection: Uint32Array,
  first: number,
  count: number,
  fields: readonly string[],
): RowPage {
  if (count > MAX_ROWS) raise("request.invalid", `A page has at most ${MAX_ROWS} rows.`, "Ask for fewer rows at once.");
  const entries = selection.slice(first, first + count);
  const memberIds = columns.members.map(({ id }) => id);
  return {
    first,
    entries,
    time: Float64Array.from(entries, (entry) => columns.time[entry] as number),
    precision: Uint8Array.from(entries, (entry) => columns.precision[entry] as number),
    flags: Uint32Array.from(entries, (entry) => (columns.flags[entry] as number) & SHOWN_FLAGS),
    member: Uint32Array.from(entries, (entry) => memberIds[columns.member[entry] as number] as number),
    cells: cellsOf(columns, entries, fields),
  };
}

/** One array a field, one cell an entry. */
function cellsOf(columns: CaseColumns, entries: Uint32Array, fields: readonly string[]): readonly (readonly Cell[])[] {
  const bound = fields.map((field) => bindShown(columns, field));
  const names = bound.flatMap((field) => (field.kind === "hash64" || field.kind === "reread" ? [field.name] : []));
  const reread = new Map<string, Cell[]>(names.map((name) => [name, []]));
  if (names.length > 0) {
    for (const entry of entries) {
      const values = columns.text.values(entry, names);
      names.forEach((name, i) => reread.get(name)?.push(cell(values[i] ?? [])));
    }
  }
  return bound.map((field) =>
    field.kind === "hash64" || field.kind === "reread"
      ? (reread.get(field.name) ?? [])
      : Array.from(entries, (entry) => cell(valuesAt(columns, field, entry))),
  );
}

function cell(values: readonly string[]): Cell {
  return values.length > 1 ? values : (values[0] ?? "");
}

function valuesAt(
  columns: CaseColumns,
  field: Exclude<ReturnType<typeof bindShown>, { kind: "hash64" | "reread" }>,
  entry: number,
): readonly string[] {
  switch (field.kind) {
    case "time": {
      const time = columns.time[entry] as number;
      return Number.isNaN(time) ? [] : [printUtc(time as EpochMicros)];
    }
    case "id":
      return [String(entry)];
    case "flag":
      return field.names(field.flags[entry] as number);
    case "member":
      return field.values[columns.member[entry] as number]?.slice(0, 1) ?? [];
    case "none":
      return [];
    case "dict": {
      const code = field.codes[entry] as number;
      return code === 0 ? [] : [field.dictionary.text(code - 1)];
    }
    case "list": {
      const from = entry === 0 ? 0 : (field.ends[entry - 1] as number);
      return Array.from(field.codes.subarray(from, field.ends[entry]), (code) => field.dictionary.text(code));
    }
  }
}
