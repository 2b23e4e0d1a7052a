/** Tables hold the details of an entry as JSON in a cell: meaning is found in them as in a document. */
import { emptyObject, type JsonValue } from "../../base/json.ts";
import { objectInText } from "../json-cell.ts";
import type { ObjectEntry } from "../object-entry.ts";

const HOLDERS = /^(?:details|data|tags)$/i;

/** Adds to an entry its value with the JSON objects that stand as text in such cells; the same entry where there is none. */
export function expandCells(entry: ObjectEntry): ObjectEntry {
  let expanded: Record<string, JsonValue> | undefined;
  for (const name in entry.value) {
    const object = HOLDERS.test(name) ? objectInText(entry.value[name]) : undefined;
    if (object === undefined) continue;
    expanded ??= Object.assign(emptyObject(), entry.value);
    expanded[name] = object;
  }
  return expanded === undefined ? entry : { ...entry, expanded };
}
