/** Tables hold the details of an entry as JSON in a cell: meaning is found in them as in a document. */
import { parseJson } from "../../base/json-parse.ts";
import { emptyObject, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts";
import type { ObjectEntry } from "../object-entry.ts";

const HOLDERS = /^(?:details|data|tags)$/i;

/** Adds to an entry its value with the JSON objects that stand as text in such cells; the same entry where there is none. */
export function expandCells(entry: ObjectEntry): ObjectEntry {
  let expanded: Record<string, JsonValue> | undefined;
  for (const name in entry.value) {
    const object = HOLDERS.test(name) ? objectIn(entry.value[name]) : undefined;
    if (object === undefined) continue;
    expanded ??= Object.assign(emptyObject(), entry.value);
    expanded[name] = object;
  }
  return expanded === undefined ? entry : { ...entry, expanded };
}

function objectIn(value: JsonValue | undefined): JsonObject | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  // The parser reads one char a byte.
  const parsed = parseJson(Buffer.from(value).toString("latin1"));
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}
