/**
 * `journalctl -o json`, `json-pretty`, `json-seq` and `json-sse`: objects whose values are strings; null for what was too
 * long to print, arrays of byte numbers for what is no text, arrays of such values for fields that occur twice.
 */
import { latin1Of, utf8Text } from "../base/bytes.ts";
import { jsonSpans } from "../base/json-spans.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from "../base/json.ts";
import type { CarriedRecord, Recognition } from "../formats/format.ts";
import type { Carrier } from "./carrier.ts";
import { joinPieces, type JournalEntry, journalRecord, TIMESTAMP } from "./journal.ts";
import { latin1OfText, type Message, messageIn, objectOf, type ParsedUnit, SILENT, trimEnd } from "./message.ts";
import { splitObjects } from "./object-units.ts";

export const journalJson: Carrier = {
  id: "journal-json",
  title: "systemd journal, JSON",
  version: "1",
  yields: "either",
  recognise,
  split: (output, reading) =>
    splitObjects(output, (unit) => output.record(journalRecord(entryOf(unit), unit)), reading),
  reread(bytes, offset, line) {
    const unit = objectOf({ offset, length: bytes.length, line, text: tidy(latin1Of(bytes)), bytes }, undefined);
    return unit === undefined ? undefined : journalRecord(entryOf(unit), unit);
  },
  join: (pieces) => joinPieces(pieces, messageTextOf),
};

const MESSAGE = "MESSAGE";

function tidy(text: string): string {
  return trimEnd(text, "\0\r\n\t ,");
}

function entryOf(unit: ParsedUnit): JournalEntry {
  const fields: (readonly [string, string])[] = [];
  let isCut = false;
  for (const name in unit.object) {
    const value = unit.object[name] as JsonValue;
    const texts = valuesOf(value);
    if (name !== MESSAGE && texts === undefined) isCut = true;
    // A message that occurs twice is read by its first value; the others stay beside it.
    for (const text of (texts ?? []).slice(name === MESSAGE ? 1 : 0)) fields.push([name, text]);
  }
  return { fields, message: messageOf(unit), isCut };
}

/** Every value of a field as text; undefined for one that journalctl left out. */
function valuesOf(value: JsonValue): readonly string[] | undefined {
  if (value === null) return undefined;
  if (!isJsonArray(value)) return [jsonText(value)];
  const bytes = bytesOf(value);
  if (bytes !== undefined) return [utf8Text(bytes)];
  return value.map((item) => (isJsonArray(item) ? utf8Text(bytesOf(item) ?? jsonText(item)) : jsonText(item)));
}

/** Latin1 text of an array of byte numbers; undefined for any other array. */
function bytesOf(value: readonly JsonValue[]): string | undefined {
  const isBytes = value.every((item) => typeof item === "number" && Number.isInteger(item) && item >= 0 && item <= 255);
  if (!isBytes) return undefined;
  return Buffer.from(value as readonly number[]).toString("latin1");
}

function messageOf(unit: ParsedUnit): JournalEntry["message"] {
  const value = unit.object[MESSAGE];
  if (value === undefined) return undefined;
  if (value === null) return "omitted";
  if (typeof value === "string") return messageIn(unit, MESSAGE, value);
  if (!isJsonArray(value)) return messageIn(unit, MESSAGE, jsonText(value));
  const bytes = bytesOf(value);
  if (bytes !== undefined) return byteMessage(unit, bytes);
  const first = value[0] ?? "";
  if (first === null) return "omitted";
  const nested = isJsonArray(first) ? bytesOf(first) : undefined;
  return { text: nested ?? latin1OfText(jsonText(first)) };
}

/** Each byte stands where its number is written. */
function byteMessage(unit: ParsedUnit, text: string): Message {
  const span = unit.bytes === undefined ? undefined : jsonSpans(unit.text, unit.object).values.get(MESSAGE);
  if (span === undefined) return { text };
  const numbers = [...unit.text.slice(span.start, span.end).matchAll(/\d+/g)].map(({ index }) => span.start + index);
  return { text, placeOf: (char) => numbers[char] ?? span.end - 1 };
}

function messageTextOf({ body, offset, length, line }: CarriedRecord): string | undefined {
  if (body.kind === "text") return body.text;
  const raw = body.text ?? (body.bytes === undefined ? undefined : latin1Of(body.bytes));
  if (raw === undefined) return undefined;
  const unit = objectOf({ offset, length, line, text: tidy(raw) }, undefined);
  const message = unit === undefined ? undefined : messageOf(unit);
  return typeof message === "object" ? message.text : undefined;
}

const SAMPLES = 200;

function recognise(head: Uint8Array, whole: boolean): Recognition {
  let entries = 0;
  let all = 0;
  const count = (isEntry: boolean): void => {
    if (all >= SAMPLES) return;
    all++;
    if (isEntry) entries++;
  };
  const splitter = splitObjects({ ...SILENT, reject: () => count(false) }, ({ object }) => count(isEntry(object)));
  splitter.push(head);
  if (whole) splitter.finish();
  const reasons = [`${entries} of ${all} objects have ${TIMESTAMP} and other fields of the journal`];
  return { confidence: all === 0 || entries * 2 < all ? 0 : 0.9 + (entries / all) * 0.1, reasons };
}

function isEntry(object: JsonObject): boolean {
  const others = [MESSAGE, "__CURSOR", "_HOSTNAME", "_BOOT_ID", "_TRANSPORT", "PRIORITY", "_MACHINE_ID"];
  return isJsonObject(object) && TIMESTAMP in object && others.some((name) => name in object);
}
