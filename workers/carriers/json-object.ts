/** One JSON object to a record, whatever carrier cut it out. */
import { latin1Of } from "../base/bytes.ts";
import { parseJson } from "../base/json-parse.ts";
import { isJsonObject, type JsonObject } from "../base/json.ts";
import type { FlagName } from "../contract.ts";
import type { CarriedRecord } from "../formats/format.ts";
import type { UnitOutput } from "./carrier.ts";

/** Turns the object that was read into the record's value; `verbatim`: no text of it was computed. */
export type Unwrap = (object: JsonObject) => { readonly value: JsonObject; readonly verbatim: boolean };
export const asItIs: Unwrap = (value) => ({ value, verbatim: true });

/** A type of Extended JSON as it stands in the text. */
export const WRAPPER = /"\$(?:oid|date|numberInt|numberLong|numberDouble|numberDecimal|binary|timestamp)"\s*:/;

const NO_FLAGS: readonly FlagName[] = [];
const ENCODING: readonly FlagName[] = ["encoding"];

/** `text` (latin1) is the object without what separates it from the next; the unit is `length` bytes. */
export function takeObject(
  output: UnitOutput,
  text: string,
  offset: number,
  length: number,
  line: number,
  unwrap: Unwrap,
): void {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const place = `${placeIn(text, parsed.offset)} (byte ${offset + parsed.offset})`;
    output.reject(offset, length, line, "json.syntax", `${parsed.reason}, at ${place}`);
  } else if (!isJsonObject(parsed.value)) {
    output.reject(offset, length, line, "json.syntax", "a JSON value but no object, at column 1");
  } else {
    const flags = parsed.validUtf8 ? NO_FLAGS : ENCODING;
    const { value, verbatim: isKept } = unwrap(parsed.value);
    const verbatim = parsed.verbatim && isKept;
    output.record({ offset, length, line, body: { kind: "object", value, text, verbatim }, flags });
  }
}

/** "column 7", or "line 3, column 7" of a record over several lines; both from 1. */
function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const column = offset - before.lastIndexOf("\n");
  const lines = before.split("\n").length;
  return lines === 1 ? `column ${column}` : `line ${lines}, column ${column}`;
}

/** `bytes`: the unit, with the separators that belong to it. */
export function rereadObject(
  bytes: Uint8Array,
  offset: number,
  line: number,
  unwrap: Unwrap,
): CarriedRecord | undefined {
  const parsed = parseJson(latin1Of(bytes, 0, endOf(bytes)));
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const flags = parsed.validUtf8 ? NO_FLAGS : ENCODING;
  const body = { kind: "object", value: unwrap(parsed.value).value, bytes } as const;
  return { offset, length: bytes.length, line, body, flags };
}

/** Where the object ends: behind it are only blanks, a comma, separators of records, and NUL that a crash left. */
function endOf(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && BEHIND.has(bytes[end - 1] as number)) end--;
  return end;
}
const BEHIND = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1e, 0x20, 0x2c]);
