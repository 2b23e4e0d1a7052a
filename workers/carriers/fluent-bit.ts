/**
 * Fluent Bit's `json_lines`, and its `json`, which is the same in an array: objects that hold a line of another log, with
 * the time at which it was collected (https://docs.fluentbit.io/manual/pipeline/outputs/stdout). Docker's json-file log
 * has the same shape.
 */
import { latin1Of } from "../base/bytes.ts";
import { eachLeaf } from "../base/json-leaves.ts";
import { emptyObject, ExactNumber, type JsonObject, type JsonValue, jsonText } from "../base/json.ts";
import { parseTime } from "../base/time.ts";
import type { CarriedRecord, Recognition, Wrap, WrapTime } from "../formats/format.ts";
import type { Carrier } from "./carrier.ts";
import { bodyOf, messageIn, objectOf, type ParsedUnit, SILENT, trimEnd } from "./message.ts";
import { splitObjects } from "./object-units.ts";

export const fluentBit: Carrier = {
  id: "fluent-bit",
  title: "Fluent Bit JSON",
  version: "1",
  yields: "either",
  recognise,
  split: (output, reading) => splitObjects(output, (unit) => output.record(recordOf(unit)), reading),
  reread(bytes, offset, line) {
    const text = trimEnd(latin1Of(bytes), "\0\r\n\t ,");
    const parsed = objectOf({ offset, length: bytes.length, line, text, bytes }, undefined);
    return parsed === undefined ? undefined : recordOf(parsed);
  },
};

/** Where the collected line stands, in the order in which inputs and parsers prefer the names. */
const LINE_KEYS = ["log", "message", "MESSAGE", "msg"] as const;
/** `date` is Fluent Bit's own; the others are common settings of `json_date_key`, and Docker's. */
const TIME_KEYS = ["date", "@timestamp", "timestamp", "time"] as const;
const HOST_KEYS = ["host", "hostname", "_HOSTNAME"] as const;

function recordOf(unit: ParsedUnit): CarriedRecord {
  const { offset, length, line, object } = unit;
  const key = lineKey(object);
  const place = { offset, length, line };
  if (key === undefined) return { ...place, ...bare(unit) };
  const message = messageIn(unit, key, object[key] as string);
  const text = message.text.replace(/\r?\n$/, "");
  return { ...place, ...bodyOf({ ...message, text }, unit), wrap: wrapOf(object, key) };
}

/** An object that holds no line is a record of its own, for example a metric. */
function bare({ object, text, bytes, validUtf8 }: ParsedUnit): Pick<CarriedRecord, "body" | "flags" | "wrap"> {
  const body = { kind: "object", value: object, text, ...(bytes === undefined ? {} : { bytes }) } as const;
  const time = timeOf(object);
  return { body, flags: validUtf8 ? [] : ["encoding"], wrap: { fields: [], ...(time === undefined ? {} : { time }) } };
}

function lineKey(object: JsonObject): string | undefined {
  return LINE_KEYS.find((key) => typeof object[key] === "string");
}

function wrapOf(object: JsonObject, key: string): Wrap {
  const fields: (readonly [string, string])[] = [];
  const rest = emptyObject();
  for (const name in object) if (name !== key) rest[name] = object[name] as JsonValue;
  eachLeaf(rest, (path, text) => fields.push([path, text]));
  const host = textAt(object, HOST_KEYS);
  const time = timeOf(object);
  return { fields, ...(time === undefined ? {} : { time }), ...(host === undefined ? {} : { host }) };
}

function timeOf(object: JsonObject): WrapTime | undefined {
  const text = textAt(object, TIME_KEYS);
  return text === undefined ? undefined : { parsed: parseTime(text), text, yearInferred: false };
}

function textAt(object: JsonObject, names: readonly string[]): string | undefined {
  const name = names.find((each) => isScalar(object[each]));
  return name === undefined ? undefined : jsonText(object[name] as JsonValue);
}

function isScalar(value: JsonValue | undefined): boolean {
  return (
    value !== undefined && value !== null && value !== "" && (typeof value !== "object" || value instanceof ExactNumber)
  );
}

const SAMPLES = 200;

function recognise(head: Uint8Array, whole: boolean): Recognition {
  const seen = { sure: 0, likely: 0, all: 0 };
  const take = (object: JsonObject | undefined): void => {
    if (seen.all >= SAMPLES) return;
    seen.all++;
    if (object === undefined || timeOf(object) === undefined) return;
    const key = lineKey(object);
    if (key === "log") seen.sure++;
    else if (key !== undefined && isCollected(object)) seen.likely++;
  };
  const splitter = splitObjects({ ...SILENT, reject: () => take(undefined) }, ({ object }) => take(object));
  splitter.push(head);
  if (whole) splitter.finish();
  const { sure, likely, all } = seen;
  const reasons = [`${sure + likely} of ${all} objects hold a collected line and its date`];
  if (all === 0 || (sure + likely) * 2 < all) return { confidence: 0, reasons };
  return { confidence: (sure + likely * 0.7) / (sure + likely), reasons };
}

/** A date as Fluent Bit writes it, a number, tells a collected line from any object with a message. */
function isCollected(object: JsonObject): boolean {
  const date = object["date"];
  return date !== undefined && typeof date !== "string" && isScalar(date) && typeof date !== "boolean";
}
