/** One Panther row as an object, whatever carried it: its cells opened, and which log it is of. */
import { parseJson } from "../../../base/json-parse.ts";
import { emptyObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../base/json.ts";
import { EXTRA_FIELDS, SCHEMA_NAME, schemaField } from "../../../base/linux-auditd.ts";
import { isRow } from "../../table-row.ts";
import type { CarriedRecord } from "../../format.ts";
import { recordType } from "../record-types.ts";

export interface PantherRow {
  readonly record: CarriedRecord;
  /** As it was carried. */
  readonly value: JsonObject;
  /** With the JSON that stands as text in cells opened, and without the empty cells of a table, which say nothing. */
  readonly opened: JsonObject;
}

export function pantherRow(record: CarriedRecord): PantherRow {
  const value = record.body.kind === "object" ? record.body.value : emptyObject();
  return { record, value, opened: openedCells(value, isRow(record)) };
}

/** Nested values of a table are JSON text in a cell; some tools write the map of further fields so in JSON, too. */
function openedCells(value: JsonObject, isTable: boolean): JsonObject {
  const opened = emptyObject();
  for (const name in value) {
    const cell = value[name] as JsonValue;
    if (isTable && cell === "") continue;
    const mayHold = name === EXTRA_FIELDS || (isTable && name.startsWith("p_"));
    opened[name] = (mayHold ? nested(cell) : undefined) ?? cell;
  }
  return opened;
}

function nested(cell: JsonValue): JsonValue | undefined {
  if (typeof cell !== "string" || !/^\s*[[{]/.test(cell)) return undefined;
  // The parser reads one char a byte.
  const parsed = parseJson(Buffer.from(cell).toString("latin1"));
  return parsed.ok && (isJsonObject(parsed.value) || isJsonArray(parsed.value)) ? parsed.value : undefined;
}

/** Name of the log that a row is of, by its standard fields; undefined = it has none of them. */
export function logTypeOf(value: JsonObject): string | undefined {
  const type = value["p_log_type"];
  const isDated = "p_event_time" in value || "p_parse_time" in value;
  return typeof type === "string" && type !== "" && isDated ? type : undefined;
}

/**
 * A row of `Linux.Auditd`; also one without the standard fields, where it is of a type that the audit project knows and has
 * nothing but fields of the schema: `type` and `timestamp` are names that many a log has.
 */
export function isAuditRow(value: JsonObject): boolean {
  const logType = value["p_log_type"];
  if (logType !== undefined) return logType === SCHEMA_NAME;
  const { type, timestamp, eventId } = value;
  if (typeof type !== "string" || timestamp === undefined) return false;
  if (!/^[A-Z]/.test(type) || recordType(type).number === undefined) return false;
  return (
    (typeof eventId === "string" || typeof eventId === "number") && Object.keys(value).every((name) => isOwn(name))
  );
}

function isOwn(name: string): boolean {
  return schemaField(name) !== undefined || name.startsWith("p_");
}
