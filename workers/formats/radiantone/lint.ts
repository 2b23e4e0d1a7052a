/** What is wrong with the two definition files, with line and column. The rules are the vendor's unless a comment says else. */
import { CANONICAL_FIELDS } from "../../base/canonical-fields.ts";
import type { DefinitionFile } from "./definition-file.ts";
import { type DefinitionName, type Finding, type Note, rowsOf } from "./finding.ts";
import { lintRows } from "./lint-rows.ts";

const PROPERTY_COLUMNS = ["eventid", "message", "category", "subcategory"] as const;
/** 49 columns: eventid, description, 28 standard and 19 custom fields; one is not named after its field. */
const MAPPING_COLUMNS: readonly string[] = [
  "eventid",
  "description",
  ...CANONICAL_FIELDS.filter(({ name }) => name !== "level").map(({ name, long }) =>
    name === "label" ? "log_whatdisplayname" : `log_${long}`,
  ),
];
const SEPARATORS: readonly (readonly [string, string])[] = [
  [",", "comma"],
  ["\t", "TAB"],
  ["|", "bar"],
];

export function lintDefinitions(properties: DefinitionFile, attributes: DefinitionFile): readonly Finding[] {
  const findings: Finding[] = [];
  const noteIn =
    (file: DefinitionName): Note =>
    (severity, cell, text) =>
      void findings.push({ file, line: cell?.line ?? 1, column: cell?.column ?? 1, severity, text });
  const ofProperties = noteIn("eventproperties.csv");
  const ofMapping = noteIn("eventmapping.csv");
  const areCut =
    lintTable(properties, PROPERTY_COLUMNS, ofProperties) && lintTable(attributes, MAPPING_COLUMNS, ofMapping);
  lintNumbers(properties, ofProperties);
  lintSurplus(attributes, ofMapping);
  if (areCut) lintRows(properties, attributes, ofProperties, ofMapping);
  return findings;
}

/** False where the columns are not known, so that nothing can be said of the rows. */
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
