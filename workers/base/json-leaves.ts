/** The leaves of an object under dotted paths: how original fields of JSON records are named. */
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from "./json.ts";

/**
 * Visits every leaf in order. Items of an array share its path and so make a list; an empty object or array is a leaf of
 * its own (`{}`, `[]`), so that nothing of the record is without a field.
 */
export function eachLeaf(object: JsonObject, visit: (path: string, text: string) => void): void {
  for (const name in object) leavesOf(name, object[name] as JsonValue, visit);
}

function leavesOf(path: string, value: JsonValue, visit: (path: string, text: string) => void): void {
  if (isJsonArray(value)) {
    if (value.length === 0) visit(path, "[]");
    for (const item of value) leavesOf(path, item, visit);
  } else if (isJsonObject(value)) {
    let isEmpty = true;
    let names = joined.get(path);
    for (const name in value) {
      isEmpty = false;
      leavesOf(names?.get(name) ?? joinPath(path, name), value[name] as JsonValue, visit);
      names ??= joined.get(path);
    }
    if (isEmpty) visit(path, "{}");
  } else {
    visit(path, jsonText(value));
  }
}

const MOST_JOINED = 10_000;
const joined = new Map<string, Map<string, string>>();
let joinedCount = 0;

/** `parent.name`, the same string each time: sinks look fields up by path for every entry. */
export function joinPath(parent: string, name: string): string {
  let names = joined.get(parent);
  const known = names?.get(name);
  if (known !== undefined) return known;
  if (joinedCount >= MOST_JOINED) {
    joined.clear();
    joinedCount = 0;
    names = undefined;
  }
  if (names === undefined) {
    names = new Map();
    joined.set(parent, names);
  }
  const path = `${parent}.${name}`;
  names.set(name, path);
  joinedCount++;
  return path;
}
