/**
 * A document of Elasticsearch with what the index says of it (`_index`, `_id`, `_score`, `sort` …), as search answers and
 * elasticdump write it: the document is the record, the rest its header. Source: Elasticsearch reference, "Search API"
 * and "Retrieve selected fields".
 */
import { latin1Of } from "../base/bytes.ts";
import { type JsonSpans, jsonSpans, type ValueSpan } from "../base/json-spans.ts";
import { emptyObject, isJsonArray, isJsonObject, type JsonObject, jsonText, type JsonValue } from "../base/json.ts";
import type { CarriedRecord, Wrap } from "../formats/format.ts";
import type { UnitOutput } from "./carrier.ts";

interface Hit {
  readonly value: JsonObject;
  readonly wrap: Wrap;
  /** The name that the document has in the hit. */
  readonly holder: string;
}

const SOURCE = "_source";
const FIELDS = "fields";

/** "bare": an object that is no hit. "empty": a hit that holds no document. */
function hitOf(object: JsonObject): Hit | "bare" | "empty" {
  if (!("_index" in object) && !("_id" in object)) return "bare";
  const { [SOURCE]: source, [FIELDS]: fields } = object;
  if (isJsonObject(source)) return { value: source, wrap: headerOf(object, SOURCE), holder: SOURCE };
  if (SOURCE in object || !isJsonObject(fields)) return SOURCE in object || isBareHit(object) ? "empty" : "bare";
  return { value: unwrapped(fields), wrap: headerOf(object, FIELDS), holder: FIELDS };
}

/** A document of its own may have an `_id`; a hit has only names of the index. */
function isBareHit(object: JsonObject): boolean {
  return Object.keys(object).every((name) => name.startsWith("_") || name === "sort");
}

/** With `fields` every value is an array, whether there are several or not. */
function unwrapped(fields: JsonObject): JsonObject {
  const value = emptyObject();
  for (const name in fields) {
    const each = fields[name] as JsonValue;
    value[name] = isJsonArray(each) && each.length === 1 ? (each[0] as JsonValue) : each;
  }
  return value;
}

/** Names and values of the header, without what says nothing (`"_score":null`). */
export function headerOf(object: JsonObject, holder?: string): Wrap {
  const names = Object.keys(object).filter((name) => name !== holder && object[name] !== null);
  return { fields: names.map((name) => [name, jsonText(object[name] as JsonValue)] as const) };
}

/** Takes objects and hands on the documents of those that are hits; what is no hit goes on as it is. */
export function hitOutput(output: UnitOutput): UnitOutput {
  return {
    record(record) {
      const document = documentOf(record);
      if (document !== undefined) output.record(document);
      else output.reject(record.offset, record.length, record.line, "elastic.no-source", NO_SOURCE);
    },
    reject: (...reject) => output.reject(...reject),
    ignore: (offset, length, lines) => output.ignore(offset, length, lines),
    blank: (offset, length) => output.blank(offset, length),
    note: (message, next) => output.note(message, next),
  };
}
const NO_SOURCE = "a search hit that holds no document: _source is missing or no object";

/** undefined: a hit that holds no document. */
export function documentOf(record: CarriedRecord): CarriedRecord | undefined {
  const { body } = record;
  if (body.kind !== "object") return record;
  const hit = hitOf(body.value);
  if (hit === "bare") return record;
  if (hit === "empty") return undefined;
  const { bytes, value: whole } = body;
  const text = body.text ?? (bytes === undefined ? undefined : latin1Of(bytes));
  return {
    ...record,
    wrap: hit.wrap,
    body: {
      kind: "object",
      value: hit.value,
      ...(text === undefined ? {} : { text }),
      ...(body.verbatim === undefined ? {} : { verbatim: body.verbatim }),
      ...(bytes === undefined ? {} : { bytes, spans: () => within(jsonSpans(latin1Of(bytes), whole), hit.holder) }),
    },
  };
}

/** The places by the names that they have in the document. */
function within({ values, tokens }: JsonSpans, holder: string): JsonSpans {
  const own = (path: string): string => (path.startsWith(`${holder}.`) ? path.slice(holder.length + 1) : path);
  const renamed = new Map<string, ValueSpan>();
  for (const [path, span] of values) if (path !== holder) renamed.set(own(path), span);
  return {
    values: renamed,
    tokens: tokens.map((token) => (token.field === undefined ? token : { ...token, field: own(token.field) })),
  };
}
