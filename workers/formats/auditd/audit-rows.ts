/** Records as rows of the public `Linux.Auditd` schema: one row a record, values as they are written but for their quotes. */
import { utf8Text } from "../../base/bytes.ts";
import { emptyObject, type JsonObject, type JsonValue } from "../../base/json.ts";
import { EXTRA_FIELDS, schemaField } from "../../base/linux-auditd.ts";
import type { EpochMicros } from "../../contract.ts";
import type { AuditEvent } from "./assembly.ts";
import { EventView, type RecordView } from "./view.ts";

/** Of a record, written by its stamp and type. */
const OUTSIDE = new Set(["type", "timestamp", "eventId", EXTRA_FIELDS]);
const TYPE_WORD = /^(?:[A-Z][A-Z0-9_]*|UNKNOWN\[\d+\])$/;

/** One for each record of the event, in their order; a row lacks `timestamp` where the record has no time of its own. */
export function auditRowsOf(event: AuditEvent): readonly JsonObject[] {
  return new EventView(event).records.map(rowOf);
}

function rowOf(view: RecordView): JsonObject {
  const { record } = view;
  const row = emptyObject();
  const extra = new Extra();
  row["type"] = TYPE_WORD.test(record.typeWord) ? record.typeWord : view.type;
  for (const { field, scope, start, end } of view.fields) {
    const text = utf8Text(record.text.slice(start, end));
    const isColumn = scope !== "trailer" && schemaField(field.name) !== undefined && !OUTSIDE.has(field.name);
    if (isColumn && row[field.name] === undefined) row[field.name] = text;
    else extra.add(field.name, text);
  }
  for (const { start, end } of [view.parts.lead, view.parts.nestedLead])
    if (end > start) extra.add("lead", utf8Text(record.text.slice(start, end)));
  if (record.node !== "") extra.add("node", utf8Text(record.node));
  if (!extra.isEmpty) row[EXTRA_FIELDS] = extra.object;
  const { time, key } = record.stamp;
  if (time !== undefined) row["timestamp"] = secondsOf(time);
  if (key !== undefined) row["eventId"] = key.slice(key.lastIndexOf(":") + 1);
  return row;
}

/** Unix seconds with their fraction: sixteen digits at most, which a double holds. */
export function secondsOf(at: EpochMicros): number {
  return at / 1_000_000;
}

/** Fields without a column; what occurs more than once is a list. */
class Extra {
  readonly object = emptyObject();
  isEmpty = true;

  add(name: string, text: string): void {
    this.isEmpty = false;
    const known = this.object[name];
    if (known === undefined) this.object[name] = text;
    else this.object[name] = [...(Array.isArray(known) ? (known as readonly JsonValue[]) : [known]), text];
  }
}
