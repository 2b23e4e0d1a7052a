/**
 * Field filters of Siren Investigate's response log (`log_response_filters`): which fields of a hit reach an audit entry.
 * They say why a field is missing from evidence, and serve to redact an export; evidence itself is never filtered.
 * Source: the vendor's settings reference; that names compare with case and that `*` spans dots is inferred.
 */
import { emptyObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts";

/** Hits of search answers, or rows of an export: a filter of either kind leaves the other alone. */
export type FilteredKind = "hit" | "data-export";

export interface FieldFilter {
  /** "hit" unless stated. */
  readonly type?: FilteredKind;
  /** Compared with the index of a hit; every index unless stated. */
  readonly pattern?: string;
  /** Every field where it is absent or empty. */
  readonly includes?: readonly string[];
  /** Wins over `includes`. */
  readonly excludes?: readonly string[];
}

/** The hit as these filters log it. Lists of several filters for its index are joined; without a filter for it, all of it. */
export function filteredHit(hit: JsonObject, kind: FilteredKind, filters: readonly FieldFilter[]): JsonObject {
  const index = typeof hit["_index"] === "string" ? hit["_index"] : "";
  const own = filters.filter(({ type = "hit", pattern = "*" }) => type === kind && matches(pattern, index));
  if (own.length === 0) return hit;
  const lists: Lists = {
    includes: own.flatMap(({ includes = [] }) => includes),
    excludes: own.flatMap(({ excludes = [] }) => excludes),
  };
  const source = hit["_source"];
  if (isJsonObject(source)) return withField(hit, "_source", filteredObject(source, "", lists));
  // The row of an export has its fields beside what the index says of it, the names of which begin with "_".
  return kind === "hit" ? hit : filteredRow(hit, lists);
}

/** The audit entry as these filters log it: only the hits in the body of its response change. */
export function filteredEntry(entry: JsonObject, filters: readonly FieldFilter[]): JsonObject {
  const kind = entry["type"] === "dataExport" ? "data-export" : "hit";
  const response = entry["response"];
  if (!isJsonObject(response)) return entry;
  const body = filteredHits(response["body"], (hit) => filteredHit(hit, kind, filters), MOST_LEVELS);
  return body === undefined ? entry : withField(entry, "response", withField(response, "body", body));
}

/** `hits.hits` of a search answer, `hits`, or the list itself. */
const MOST_LEVELS = 2;

function filteredHits(
  value: JsonValue | undefined,
  filter: (hit: JsonObject) => JsonObject,
  levels: number,
): JsonValue | undefined {
  if (isJsonArray(value)) return value.map((hit) => (isJsonObject(hit) ? filter(hit) : hit));
  if (!isJsonObject(value) || levels === 0) return undefined;
  const hits = filteredHits(value["hits"], filter, levels - 1);
  return hits === undefined ? undefined : withField(value, "hits", hits);
}

interface Lists {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

function filteredRow(row: JsonObject, lists: Lists): JsonObject {
  const kept = emptyObject();
  const fields = filteredObject(row, "", lists);
  for (const name in row) {
    const value = name.startsWith("_") ? row[name] : fields[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

function filteredObject(object: JsonObject, parent: string, lists: Lists): JsonObject {
  const kept = emptyObject();
  for (const name in object) {
    const path = parent === "" ? name : `${parent}.${name}`;
    const value = names(lists.excludes, path) ? undefined : filteredValue(object[name] as JsonValue, path, lists);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** undefined: nothing of the value is logged. An included object that loses every child to `excludes` stays, empty. */
function filteredValue(value: JsonValue, path: string, lists: Lists): JsonValue | undefined {
  const isIncluded = lists.includes.length === 0 || names(lists.includes, path);
  if (isJsonObject(value)) {
    const kept = filteredObject(value, path, lists);
    return isIncluded || Object.keys(kept).length > 0 ? kept : undefined;
  }
  if (!isJsonArray(value)) return isIncluded ? value : undefined;
  // Objects in a list have the names of the list, as in an index.
  const items = value.map((item) => (isJsonObject(item) ? filteredValue(item, path, lists) : item));
  const kept = items.filter((item, at) => item !== undefined && (isIncluded || isJsonObject(value[at])));
  return isIncluded || kept.length > 0 ? (kept as readonly JsonValue[]) : undefined;
}

/** Whether a list names the field or a field that it is nested in, the dots of its own name included. */
function names(patterns: readonly string[], path: string): boolean {
  if (patterns.length === 0) return false;
  for (let end = path.indexOf("."); end !== -1; end = path.indexOf(".", end + 1)) {
    const parent = path.slice(0, end);
    if (patterns.some((pattern) => matches(pattern, parent))) return true;
  }
  return patterns.some((pattern) => matches(pattern, path));
}

/** `*` stands for any run of characters. The pieces between are looked for from the left, so the time is linear. */
function matches(pattern: string, text: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces[0] as string;
  const last = pieces.at(-1) as string;
  if (pieces.length === 1) return pattern === text;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const middle = text.slice(first.length, text.length - last.length);
  let at = 0;
  for (const piece of pieces.slice(1, -1)) {
    const found = middle.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}

function withField(object: JsonObject, name: string, value: JsonValue): JsonObject {
  return Object.assign(emptyObject(), object, { [name]: value });
}
