/** Changes to the two definition files: only what is changed is written anew, everything else stays as it stands. */
import type { DefinitionName, DefinitionTable, MappingDraft, MappingEdit, MappingTexts } from "../../contract.ts";
import { MAPPING_COLUMNS, PROPERTY_COLUMNS } from "./definition-columns.ts";
import {
  type DefinitionCell,
  type DefinitionFile,
  type DefinitionRow,
  parseDefinition,
  printDefinition,
} from "./definition-file.ts";
import { lintDefinitions } from "./lint.ts";

interface Both {
  readonly properties: DefinitionFile;
  readonly attributes: DefinitionFile;
}

export function editedTexts(texts: MappingTexts, edits: readonly MappingEdit[]): MappingTexts {
  if (edits.length === 0) return texts;
  let both: Both = { properties: parseDefinition(texts.properties), attributes: parseDefinition(texts.attributes) };
  for (const edit of edits) both = edited(both, edit);
  return { properties: printDefinition(both.properties), attributes: printDefinition(both.attributes) };
}

/** What the window shows of definitions, broken ones too. */
export function draftOf(texts: MappingTexts): MappingDraft {
  const [properties, attributes] = [parseDefinition(texts.properties), parseDefinition(texts.attributes)];
  const findings = lintDefinitions(properties, attributes);
  return {
    texts,
    properties: tableOf(properties),
    attributes: tableOf(attributes),
    findings,
    usable: findings.every(({ severity }) => severity !== "error"),
  };
}

function tableOf({ rows }: DefinitionFile): DefinitionTable {
  const shown = rows.map(({ cells }, row) => ({
    row,
    line: cells[0]?.line ?? 1,
    cells: cells.map(({ value }) => value),
  }));
  return {
    columns: shown[0]?.cells ?? [],
    rows: shown.slice(1).filter(({ cells }) => cells.some((text) => text !== "")),
  };
}

function edited(both: Both, edit: MappingEdit): Both {
  switch (edit.kind) {
    case "cell":
      return inFile(both, edit.file, (file) => withCell(file, edit.row, edit.cell, edit.value));
    case "add":
      return added(both, edit.id, edit.like);
    case "remove":
      return { properties: without(both.properties, edit.id), attributes: without(both.attributes, edit.id) };
    case "remove-row":
      return inFile(both, edit.file, (file) => withoutRow(file, edit.row));
    case "header":
      return { ...both, attributes: withHeader(both.attributes) };
    case "property":
      return { ...both, properties: withNumber(both.properties) };
  }
}

function inFile(both: Both, name: DefinitionName, change: (file: DefinitionFile) => DefinitionFile): Both {
  return name === "eventproperties.csv"
    ? { ...both, properties: change(both.properties) }
    : { ...both, attributes: change(both.attributes) };
}

/** A row that is too short gets the cells before it. */
function withCell(file: DefinitionFile, row: number, cell: number, value: string): DefinitionFile {
  const rows = file.rows.map((each, at) => {
    if (at !== row) return each;
    const cells = [...each.cells];
    while (cells.length <= cell) cells.push(newCell(""));
    cells[cell] = newCell(value, cells[cell]?.raw.startsWith('"') ?? false);
    return { ...each, cells };
  });
  return { ...file, rows };
}

function added({ properties, attributes }: Both, id: string, like: string | undefined): Both {
  const pattern = like === undefined ? undefined : rowOf(attributes, like);
  const idAt = idColumn(attributes);
  const widthOf = (file: DefinitionFile): number => file.rows[0]?.cells.length ?? 1;
  const copied = Array.from({ length: widthOf(attributes) }, (_, at) => pattern?.cells[at]?.value ?? "");
  copied[idAt] = id;
  const empty = Array.from({ length: Math.max(widthOf(properties), PROPERTY_COLUMNS.length) }, () => "");
  empty[0] = id;
  return {
    properties: rowOf(properties, id) === undefined ? withRow(properties, empty) : properties,
    attributes: rowOf(attributes, id) === undefined ? withRow(attributes, copied) : attributes,
  };
}

/** At the end of the file, after a line end of the kind that the file has. */
function withRow(file: DefinitionFile, values: readonly string[]): DefinitionFile {
  const end = file.rows.find((row) => row.end !== "")?.end ?? "\n";
  const last = file.rows.at(-1);
  const rows = last === undefined || last.end !== "" ? file.rows : [...file.rows.slice(0, -1), { ...last, end }];
  return { ...file, rows: [...rows, { cells: values.map((value) => newCell(value)), end: last?.end ?? end }] };
}

function without(file: DefinitionFile, id: string): DefinitionFile {
  const at = idColumn(file);
  return { ...file, rows: file.rows.filter(({ cells }, row) => row === 0 || cells[at]?.value !== id) };
}

/** The row of the column names stays. */
function withoutRow(file: DefinitionFile, row: number): DefinitionFile {
  return row === 0 ? file : { ...file, rows: file.rows.toSpliced(row, 1) };
}

function withNumber(file: DefinitionFile): DefinitionFile {
  const [header, ...rows] = file.rows;
  if (header === undefined) return file;
  const number = String(header.cells.length - PROPERTY_COLUMNS.length + 1);
  return { ...file, rows: [wider(header, [number]), ...rows.map((row) => wider(row, [""]))] };
}

function withHeader(file: DefinitionFile): DefinitionFile {
  const [header, ...rows] = file.rows;
  if (header === undefined) return file;
  const names = header.cells.map(({ value }) => value);
  const cells = header.cells.map((cell) => {
    const name = MAPPING_COLUMNS.find((column) => column === cell.value.trim().toLowerCase());
    const isOdd = name !== undefined && name !== cell.value && !names.includes(name);
    return isOdd ? newCell(name, cell.raw.startsWith('"')) : cell;
  });
  const missing = MAPPING_COLUMNS.filter((column) => cells.every(({ value }) => value !== column));
  const empty = missing.map(() => "");
  return { ...file, rows: [wider({ ...header, cells }, missing), ...rows.map((row) => wider(row, empty))] };
}

/** A blank line stays one. */
function wider(row: DefinitionRow, values: readonly string[]): DefinitionRow {
  if (row.cells.every(({ raw }) => raw === "")) return row;
  return { ...row, cells: [...row.cells, ...values.map((value) => newCell(value))] };
}

function rowOf(file: DefinitionFile, id: string): DefinitionRow | undefined {
  const at = idColumn(file);
  return file.rows.slice(1).find(({ cells }) => cells[at]?.value === id);
}

function idColumn({ rows }: DefinitionFile): number {
  return Math.max(0, rows[0]?.cells.findIndex(({ value }) => value === "eventid") ?? 0);
}

/** Quoted where it must be, or was. Its place is known once the file is parsed again. */
function newCell(value: string, quoted = false): DefinitionCell {
  const isQuoted = quoted || /[;"\r\n]/.test(value);
  const raw = isQuoted ? `"${value.replaceAll('"', '""')}"` : value;
  return { value, raw, line: 0, column: 0 };
}
