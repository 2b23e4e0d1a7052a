/**
 * MongoDB Extended JSON to plain values: v2 relaxed and canonical
 * (https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/), and the v1 spellings of older tools.
 * What has no plain value that says the same ($timestamp, $code with a scope, anything unknown) stays as written.
 */
import { lookup } from "../base/lookup.ts";
import {
  emptyObject,
  ExactNumber,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  jsonText,
} from "../base/json.ts";
import { epochMicros, printAt } from "../base/time.ts";

export interface Decoded {
  readonly value: JsonObject;
  /** Every wrapper held the very text of its value: nothing was computed. */
  readonly verbatim: boolean;
}

/** Unwraps every type wrapper inside an object; the object itself stays one, the same one where it holds no wrapper. */
export function decodeExtended(object: JsonObject): Decoded {
  const note = { isComputed: false };
  return { value: decodeObject(object, note), verbatim: !note.isComputed };
}

interface Note {
  isComputed: boolean;
}

function decodeObject(object: JsonObject, note: Note): JsonObject {
  let decoded: Record<string, JsonValue> | undefined;
  for (const name in object) {
    const value = object[name] as JsonValue;
    const plain = decode(value, note);
    if (plain !== value) decoded ??= copyUpTo(object, name);
    if (decoded !== undefined) decoded[name] = plain;
  }
  return decoded ?? object;
}

function copyUpTo(object: JsonObject, end: string): Record<string, JsonValue> {
  const copy = emptyObject();
  for (const name in object) {
    if (name === end) break;
    copy[name] = object[name] as JsonValue;
  }
  return copy;
}

function decode(value: JsonValue, note: Note): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (isJsonArray(value)) return decodeItems(value, note);
  if (!isJsonObject(value)) return value;
  const wrapped = unwrapped(value);
  if (wrapped === undefined) return decodeObject(value, note);
  if (!holdsText(value, jsonText(wrapped))) note.isComputed = true;
  return wrapped;
}

/** Whether the first value of a wrapper reads so. */
function holdsText(wrapper: JsonObject, text: string): boolean {
  for (const name in wrapper) return jsonText(wrapper[name] as JsonValue) === text;
  return false;
}

function decodeItems(items: readonly JsonValue[], note: Note): readonly JsonValue[] {
  const decoded = items.map((item) => decode(item, note));
  return decoded.some((item, at) => item !== items[at]) ? decoded : items;
}

/** Most objects are no wrapper, which their first name tells. */
function unwrapped(object: JsonObject): JsonValue | undefined {
  for (const name in object) {
    if (!name.startsWith("$")) return undefined;
    break;
  }
  return WRAPPERS[Object.keys(object).sort().join(" ")]?.(object);
}

type Unwrap = (object: JsonObject) => JsonValue | undefined;

/** By the names of a wrapper, sorted. undefined = not what the type says: the object stays as it is. */
const WRAPPERS: Readonly<Record<string, Unwrap>> = lookup({
  $oid: (object) => textOf(object["$oid"]),
  $date: (object) => dateOf(object["$date"]),
  $numberInt: (object) => numberOf(object["$numberInt"]),
  $numberLong: (object) => numberOf(object["$numberLong"]),
  $numberDouble: (object) => numberOf(object["$numberDouble"]),
  $numberDecimal: (object) => numberOf(object["$numberDecimal"]),
  $symbol: (object) => textOf(object["$symbol"]),
  $code: (object) => textOf(object["$code"]),
  $uuid: (object) => textOf(object["$uuid"]),
  $undefined: (object) => (object["$undefined"] === true ? null : undefined),
  $minKey: (object) => (object["$minKey"] === 1 ? "MinKey" : undefined),
  $maxKey: (object) => (object["$maxKey"] === 1 ? "MaxKey" : undefined),
  $binary: (object) => binaryOf(object["$binary"]),
  "$binary $type": (object) => base64Of(object["$binary"], object["$type"]),
  $regularExpression: (object) => patternOf(object["$regularExpression"], "pattern", "options"),
  "$options $regex": (object) => patternOf(object, "$regex", "$options"),
});

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** NaN and the infinities have no JSON number: they stay text. */
function numberOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === "number" || value instanceof ExactNumber) return value;
  if (typeof value !== "string") return undefined;
  if (!PLAIN_NUMBER.test(value)) return /^(?:-?Infinity|-?NaN|[+-]?\d+.*)$/.test(value) ? value : undefined;
  return String(Number(value)) === value ? Number(value) : new ExactNumber(value);
}

/** A text stays as written; milliseconds become ISO text. Beyond what ISO text can say they stay the number. */
function dateOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === "string") return value;
  const millis = isJsonObject(value) ? value["$numberLong"] : value;
  const text =
    typeof millis === "number" ? String(millis) : millis instanceof ExactNumber ? millis.text : textOf(millis);
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined;
  return isoOfMillis(Number(text)) ?? numberOf(text);
}

function isoOfMillis(millis: number): string | undefined {
  const seconds = Math.floor(millis / 1000);
  const at = epochMicros(seconds, (millis - seconds * 1000) * 1000);
  if (at !== undefined) return printAt(at, 0, 3);
  // 8.64e15 ms is where Date ends; between, it prints UTC and knows no zone.
  return Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString() : undefined;
}

function binaryOf(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? base64Of(value["base64"], value["subType"]) : undefined;
}

/** A UUID (subtype 4) as people write it, everything else as the base64 text it is. */
function base64Of(base64: JsonValue | undefined, subtype: JsonValue | undefined): string | undefined {
  if (typeof base64 !== "string" || typeof subtype !== "string") return undefined;
  const hex = /^0?4$/.test(subtype) ? Buffer.from(base64, "base64").toString("hex") : "";
  if (hex.length !== 32) return base64;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function patternOf(value: JsonValue | undefined, pattern: string, options: string): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const source = value[pattern];
  return typeof source === "string" ? `/${source}/${textOf(value[options]) ?? ""}` : undefined;
}
