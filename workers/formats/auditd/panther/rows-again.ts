/** A row of `Linux.Auditd` once more as one: what another tool wrote differently is brought to the schema's types. */
import { emptyObject, isJsonObject, type JsonObject, type JsonValue, jsonText } from "../../../base/json.ts";
import { EXTRA_FIELDS, schemaField } from "../../../base/linux-auditd.ts";
import { secondsOf } from "../audit-rows.ts";
import { Leaves } from "../events/leaves.ts";
import type { PantherRow } from "./row.ts";
import { rowTime } from "./time.ts";

/** Fields that the schema does not have are kept among the further ones. */
export function auditRowAgain({ opened }: PantherRow): JsonObject {
  const row = emptyObject();
  const extra = emptyObject();
  const map = opened[EXTRA_FIELDS];
  if (isJsonObject(map)) for (const name in map) extra[name] = map[name] as JsonValue;
  for (const name in opened) {
    const value = opened[name] as JsonValue;
    if (value === null || name === "timestamp") continue;
    if (name === EXTRA_FIELDS) {
      if (!isJsonObject(value)) extra["text"] = value;
    } else if (name.startsWith("p_")) row[name] = value;
    else if (schemaField(name) === undefined) extra[name] ??= value;
    else row[name] = jsonText(value);
  }
  if (Object.keys(extra).length > 0) row[EXTRA_FIELDS] = extra;
  const { at } = rowTime(new Leaves(opened));
  if (at !== undefined) row["timestamp"] = secondsOf(at);
  return row;
}
