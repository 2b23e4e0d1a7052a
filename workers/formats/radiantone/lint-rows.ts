/** What is wrong with the rows of the definition files, once their columns are known. */
import { MANDATORY_COLUMNS } from "../../contract.ts";
import type { DefinitionCell, DefinitionFile, DefinitionRow } from "./definition-file.ts";
import { type Note, rowsOf } from "./finding.ts";
import { ALL_PROPERTIES, EVENT_NAMES, parseTemplate, strayBrace } from "./template.ts";

interface MappingRow {
  readonly id: DefinitionCell | undefined;
  readonly cells: ReadonlyMap<string, DefinitionCell>;
}

export function lintPropertyRows(properties: DefinitionFile, note: Note): void {
  lintIds(
    rowsOf(properties).map(({ cells }) => [cells[0], cells[1]?.value ?? ""]),
    note,
  );
}

export function lintMappingRows(attributes: DefinitionFile, note: Note): void {
  const rows = mappingRows(attributes);
  lintIds(
    rows.map((row) => [row.id, valueOf(row, "log_whateventcodelabel")]),
    note,
  );
  lintCodes(rows, note);
  for (const row of rows) {
    for (const column of MANDATORY_COLUMNS) {
      if (valueOf(row, column) === "") note("warning", row.cells.get(column), `${column} is mandatory and empty`);
    }
    for (const [column, cell] of row.cells) if (column.startsWith("log_")) lintBraces(cell, note);
  }
}

/** What each file says of the other: ids and properties. */
export function lintTogether(
  properties: DefinitionFile,
  attributes: DefinitionFile,
  ofProperties: Note,
  ofMapping: Note,
): void {
  const events = rowsOf(properties);
  const rows = mappingRows(attributes);
  const known = new Map(events.map(({ cells }) => [cells[0]?.value, propertiesOf(cells)]));
  for (const row of rows) {
    const own = known.get(row.id?.value);
    if (own === undefined) ofMapping("warning", row.id, `event id ${row.id?.value ?? ""} has no event properties`);
    for (const [column, cell] of row.cells) if (column.startsWith("log_")) lintProperties(cell, own ?? [], ofMapping);
  }
  const mapped = new Set(rows.map(({ id }) => id?.value));
  for (const { cells } of events) {
    if (!mapped.has(cells[0]?.value))
      ofProperties("warning", cells[0], `event id ${cells[0]?.value ?? ""} has no mapping`);
  }
}

function mappingRows(attributes: DefinitionFile): readonly MappingRow[] {
  const names = (attributes.rows[0]?.cells ?? []).map(({ value }) => value);
  return rowsOf(attributes).map((row) => mappingRow(row, names));
}

function mappingRow({ cells }: DefinitionRow, names: readonly string[]): MappingRow {
  const byName = new Map(names.flatMap((name, i) => (cells[i] === undefined ? [] : [[name, cells[i]] as const])));
  return { id: byName.get("eventid"), cells: byName };
}
function valueOf(row: MappingRow, column: string): string {
  return row.cells.get(column)?.value ?? "";
}
function propertiesOf(cells: readonly DefinitionCell[]): readonly string[] {
  return cells.slice(4).flatMap(({ value }) => (value.trim() === "" ? [] : [value.trim()]));
}

/** The vendor warns that one id with two labels fails on insert; here it is refused, and so is any other id that repeats. */
function lintIds(ids: readonly (readonly [DefinitionCell | undefined, string])[], note: Note): void {
  const labels = new Map<string, string>();
  for (const [cell, label] of ids) {
    const id = cell?.value ?? "";
    const earlier = labels.get(id);
    if (id === "") note("error", cell, "the event id is empty");
    else if (earlier === undefined) labels.set(id, label);
    else if (earlier === label) note("error", cell, `event id ${id} stands twice`);
    else note("error", cell, `event id ${id} has two labels, "${earlier}" and "${label}"`);
  }
}

/** A code is unique within its family, so rows that write the same fixed one must give it the same label. */
function lintCodes(rows: readonly MappingRow[], note: Note): void {
  const labels = new Map<string, string>();
  for (const row of rows) {
    const [family, code] = [valueOf(row, "log_family"), valueOf(row, "log_whateventcode")];
    const label = valueOf(row, "log_whateventcodelabel");
    if (code === "" || [family, code, label].some((text) => parseTemplate(text).some(({ kind }) => kind !== "text")))
      continue;
    const key = JSON.stringify([family, code]);
    const earlier = labels.get(key) ?? label;
    labels.set(key, earlier);
    if (earlier === label) continue;
    const cell = row.cells.get("log_whateventcode");
    note("error", cell, `code ${code} of event id ${row.id?.value ?? ""} has two labels, "${earlier}" and "${label}"`);
  }
}

function lintBraces(cell: DefinitionCell, note: Note): void {
  const stray = strayBrace(cell.value);
  if (stray !== undefined) note("warning", cell, `a brace without its other half stays as it is: ${cell.value}`, stray);
  const special = [...EVENT_NAMES, ALL_PROPERTIES];
  for (const part of parseTemplate(cell.value)) {
    const meant =
      part.kind === "column" ? special.find((each) => each.toLowerCase() === part.name.toLowerCase()) : undefined;
    if (meant !== undefined && part.kind === "column")
      note("warning", cell, `{${meant}} is written with other capitals: it names a column`, placeOf(cell, part.name));
  }
}

function lintProperties(cell: DefinitionCell, properties: readonly string[], note: Note): void {
  for (const part of parseTemplate(cell.value)) {
    if (part.kind !== "property" || properties.includes(part.name)) continue;
    const text = `{param.${part.name}} is no property of this event: it gives no text`;
    note("warning", cell, text, placeOf(cell, `param.${part.name}`));
  }
}

function placeOf({ value }: DefinitionCell, name: string): number {
  return value.indexOf(`{${name}}`);
}
