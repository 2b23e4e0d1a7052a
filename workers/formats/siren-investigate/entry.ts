/** What meaning is found in: the document with the JSON that stands in it as text, and the header around it. */
import { emptyObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts";
import type { Wrap } from "../format.ts";
import { objectInText } from "../json-cell.ts";
import type { Found, Mapping } from "../mapper.ts";
import type { ObjectEntry } from "../object-entry.ts";

/** Parts that are written as text where an index or a table cannot hold objects. */
const HOLDERS = new Set(["request", "response", "headers", "target", "user", "bodyBefore", "bodyAfter", "error"]);

export function expandEntry(entry: ObjectEntry): ObjectEntry {
  const expanded = Object.assign(emptyObject(), entry.value);
  for (const name in expanded) {
    const object = HOLDERS.has(name) ? objectInText(expanded[name]) : undefined;
    if (object !== undefined) expanded[name] = object;
  }
  return { ...entry, expanded };
}

/**
 * A field by its very name, in the document or the header around it: `_index` is where an entry is kept, `index` what it
 * is about.
 */
export function exactly(mapping: Mapping, wrap: Wrap | undefined, name: string): Found | undefined {
  const value = mapping.object[name] ?? wrap?.fields.find(([field]) => field === name)?.[1];
  if (value === undefined || value === null || value === "" || isJsonObject(value)) return undefined;
  return { path: name, value, origin: { kind: "record", text: `field ${name}` } };
}

/** How many hits or rows the body of an answer holds; undefined where it holds no list of them. */
export function hitsIn(object: JsonObject): number | undefined {
  const response = object["response"];
  let list: JsonValue | undefined = isJsonObject(response) ? response["body"] : undefined;
  for (let depth = 0; depth < 2 && isJsonObject(list); depth++) list = list["hits"];
  return isJsonArray(list) ? list.length : undefined;
}
