/** Where the values of an object lie in its bytes. */
import { latin1Of } from "../../../base/bytes.ts";
import { jsonSpans, type JsonSpans } from "../../../base/json-spans.ts";
import type { JsonObject } from "../../../base/json.ts";
import type { ByteMark } from "../../../contract.ts";
import type { CarriedRecord } from "../../format.ts";

/** undefined: only from rereading are the places known. */
export function spansOf({ body }: CarriedRecord, value: JsonObject): JsonSpans | undefined {
  if (body.kind !== "object") return undefined;
  if (body.spans !== undefined) return body.spans();
  return body.bytes === undefined ? undefined : jsonSpans(latin1Of(body.bytes), value);
}

/** Of a value in a list, the first one or the whole list: places are known by the paths without numbers. */
export function placeIn(spans: JsonSpans | undefined, path: string | undefined): ByteMark | undefined {
  if (spans === undefined || path === undefined) return undefined;
  const later = /\[[1-9]\d*\]/.exec(path);
  const plain = (later === null ? path : path.slice(0, later.index)).replace(/\[\d+\]/g, "");
  // What was read out of a cell of a table lies somewhere in that cell.
  const span = spans.values.get(plain) ?? spans.values.get(plain.slice(0, Math.max(0, plain.indexOf("."))));
  return span === undefined ? undefined : { record: 0, start: span.start, end: span.end };
}
