/** Whether a row is one of the public `Linux.Auditd` schema: its fields, their types, and those that it must have. */
import { isJsonObject, type JsonObject } from "./json.ts";
import { SCHEMA_FIELDS, schemaField } from "./linux-auditd.ts";

const REQUIRED = SCHEMA_FIELDS.filter(({ required }) => required).map(({ name }) => name);

/** What is wrong with it, in words; undefined = it is valid. Panther's standard fields (`p_`) are no part of a log's schema. */
export function auditRowProblem(row: JsonObject): string | undefined {
  for (const name of REQUIRED) if (row[name] === undefined || row[name] === "") return `it has no ${name}`;
  for (const name in row) {
    if (name.startsWith("p_")) continue;
    const field = schemaField(name);
    if (field === undefined) return `${JSON.stringify(name)} is no field of the schema`;
    if (!hasType(field.type, row[name])) return `${name} is no ${field.type}`;
  }
  return undefined;
}

function hasType(type: string, value: JsonObject[string] | undefined): boolean {
  if (type === "timestamp") return typeof value === "number" && Number.isFinite(value);
  return type === "json" ? isJsonObject(value) : typeof value === "string";
}
