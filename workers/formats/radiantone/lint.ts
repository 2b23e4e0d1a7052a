/** What is wrong with the two definition files, with line and column. The rules are the vendor's unless a comment says else. */
import type { DefinitionName, MappingFinding } from "../../contract.ts";
import { MAPPING_COLUMNS, PROPERTY_COLUMNS } from "./definition-columns.ts";
import type { DefinitionFile } from "./definition-file.ts";
import { Findings, type Note, rowsOf } from "./finding.ts";
import { lintMappingRows, lintPropertyRows, lintTogether } from "./lint-rows.ts";

const SEPARATORS: readonly (readonly [string, string])[] = [
  [",", "comma"],
  ["\t", "TAB"],
  ["|", "bar"],
];

export function lintDefinitions(properties: DefinitionFile, attributes: DefinitionFile): readonly MappingFinding[] {
  const ofProperties = new Findings("eventproperties.csv", properties);
  const ofMapping = new Findings("eventmapping.csv", attributes);
  const areCut = [
    lintOne("eventproperties.csv", properties, ofProperties.note),
    lintOne("eventmapping.csv", attributes, ofMapping.note),
  ];
  if (areCut.every(Boolean)) lintTogether(properties, attributes, ofProperties.note, ofMapping.note);
  return [...ofProperties.list, ...ofMapping.list];
}

/** One of the files by itself, where the other is not at hand. */
export function lintDefinition(name: DefinitionName, file: DefinitionFile): readonly MappingFinding[] {
  const findings = new Findings(name, file);
  lintOne(name, file, findings.note);
  return findings.list;
}

/** False where the columns are not known, so that little can be said of the rows. */
function lintOne(name: DefinitionName, file: DefinitionFile, note: Note): boolean {
  const isMapping = name === "eventmapping.csv";
  const isCut = lintTable(file, isMapping ? MAPPING_COLUMNS : PROPERTY_COLUMNS, note);
  if (isMapping) lintSurplus(file, note);
  else lintNumbers(file, note);
  if (isCut && isMapping) lintMappingRows(file, note);
  else if (isCut) lintPropertyRows(file, note);
  return isCut;
}

function lintTable(file: DefinitionFile, columns: readonly string[], note: Note): boolean {
  const header = file.rows[0]?.cells ?? [];
  if (file.torn !== undefined)
    note("error", file.torn, "a quote opens here that is not closed, or is followed by text");
  if (header.length < 2) {
    note("error", header[0], wrongSeparator(header[0]?.value ?? "", columns));
    return false;
  }
  const names = header.map(({ value }) => value);
  for (const column of columns) {
    const same = header.filter(({ value }) => value === column);
    if (same.length > 1) note("error", same[1], `column ${column} stands twice`);
    if (same.length > 0) continue;
    const odd = header.find(({ value }) => value.trim().toLowerCase() === column);
    if (odd === undefined) note("error", header.at(-1), `column ${column} is missing`);
    else note("error", odd, `column ${odd.value} must be written ${column}: names are case sensitive`);
  }
  for (const row of rowsOf(file)) {
    if (row.cells.length === names.length) continue;
    note("error", row.cells[0], `${row.cells.length} cells where the header has ${names.length} columns`);
  }
  return file.torn === undefined && columns.every((column) => names.includes(column));
}

function wrongSeparator(header: string, columns: readonly string[]): string {
  const first = columns.slice(0, 2);
  const found = SEPARATORS.find(([separator]) => {
    const names = header.split(separator).map((name) => name.trim().toLowerCase());
    return first.every((column, i) => names[i] === column);
  });
  const instead = found === undefined ? "" : `; a ${found[1]} was found in its place`;
  return `wrong separator: columns are separated by semicolons${instead}`;
}

/** After the four named columns the properties are numbered from 1. */
function lintNumbers({ rows }: DefinitionFile, note: Note): void {
  const [header] = rows;
  if (header === undefined || header.cells.length < 2) return;
  PROPERTY_COLUMNS.forEach((column, i) => {
    const cell = header.cells[i];
    const stands = header.cells.some(({ value }) => value === column);
    if (stands && cell?.value !== column) note("error", cell, `column ${i + 1} must be ${column}`);
  });
  header.cells.slice(PROPERTY_COLUMNS.length).forEach((cell, i) => {
    if (cell.value !== String(i + 1)) note("error", cell, `column "${cell.value}" must be named ${i + 1}`);
  });
}

function lintSurplus({ rows }: DefinitionFile, note: Note): void {
  const header = rows[0]?.cells ?? [];
  if (header.length < 2) return;
  for (const cell of header) {
    if (MAPPING_COLUMNS.includes(cell.value.trim().toLowerCase())) continue;
    note("error", cell, `column "${cell.value}" is none of the ${MAPPING_COLUMNS.length} of a mapping`);
  }
}
