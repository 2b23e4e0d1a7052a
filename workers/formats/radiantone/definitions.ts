/** The two definition files of a RadiantOne log collection, checked, and as they are executed. */
import { CANONICAL_FIELDS } from "../../base/canonical-fields.ts";
import type { CanonicalName, MappingFinding } from "../../contract.ts";
import { type DefinitionFile, type DefinitionRow, parseDefinition } from "./definition-file.ts";
import { rowsOf } from "./finding.ts";
import { lintDefinitions } from "./lint.ts";
import { parseTemplate, type Template } from "./template.ts";

/** What the event properties say of one type of event. */
export interface EventType {
  readonly message: string;
  readonly category: string;
  readonly subcategory: string;
  /** Names of its own properties by place; an empty one is none. */
  readonly properties: readonly string[];
}
export interface MappedField {
  readonly to: CanonicalName | "time";
  /** Column of the mapping, for people. */
  readonly column: string;
  readonly template: Template;
}
export interface Definitions {
  readonly events: ReadonlyMap<string, EventType>;
  readonly fields: ReadonlyMap<string, readonly MappedField[]>;
  /** The template of the date, where every row of the mapping has the same: it then holds for events without a row. */
  readonly date: Template | undefined;
}
export interface ReadDefinitions {
  /** undefined where a finding is an error: no part of a broken definition is used. */
  readonly definitions: Definitions | undefined;
  readonly findings: readonly MappingFinding[];
}

/** Pure. */
export function readDefinitions(texts: { readonly properties: string; readonly attributes: string }): ReadDefinitions {
  const properties = parseDefinition(texts.properties);
  const attributes = parseDefinition(texts.attributes);
  const findings = lintDefinitions(properties, attributes);
  if (findings.some(({ severity }) => severity === "error")) return { definitions: undefined, findings };
  const rows = rowsOf(attributes);
  const date = columnsOf(attributes).indexOf("log_date");
  const dates = new Set(rows.map(({ cells }) => cells[date]?.value ?? ""));
  const [only = ""] = dates;
  const definitions = {
    events: new Map(rowsOf(properties).map((row) => [valueAt(row, 0), eventType(row)])),
    fields: new Map(
      rows.map((row) => [valueAt(row, columnsOf(attributes).indexOf("eventid")), fieldsOf(row, attributes)]),
    ),
    date: dates.size === 1 && only !== "" ? parseTemplate(only) : undefined,
  };
  return { definitions, findings };
}

function eventType(row: DefinitionRow): EventType {
  return {
    message: valueAt(row, 1),
    category: valueAt(row, 2),
    subcategory: valueAt(row, 3),
    properties: row.cells.slice(4).map(({ value }) => value.trim()),
  };
}

/** The one column that is not named after its target field (whatdisplaylabel). */
const DISPLAY_NAME = "log_whatdisplayname";
const TARGETS: ReadonlyMap<string, CanonicalName | "time"> = new Map(
  CANONICAL_FIELDS.filter(({ name }) => name !== "level").map(({ name, long }) => [
    name === "label" ? DISPLAY_NAME : `log_${long}`,
    name,
  ]),
);

function fieldsOf(row: DefinitionRow, file: DefinitionFile): readonly MappedField[] {
  return columnsOf(file).flatMap((column, i) => {
    const to = TARGETS.get(column);
    const text = valueAt(row, i);
    return to === undefined || text === "" ? [] : [{ to, column, template: parseTemplate(text) }];
  });
}

function columnsOf({ rows }: DefinitionFile): readonly string[] {
  return (rows[0]?.cells ?? []).map(({ value }) => value);
}
function valueAt({ cells }: DefinitionRow, at: number): string {
  return cells[at]?.value ?? "";
}
