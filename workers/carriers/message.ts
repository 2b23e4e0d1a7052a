/** What carriers of wrapped messages share: a message is an object where it is JSON, else text; both know their bytes. */
import { lookup } from "../base/lookup.ts";
import { decodeUtf8, isAscii } from "../base/bytes.ts";
import { parseJson } from "../base/json-parse.ts";
import { type JsonSpans, jsonSpans, type ValueSpan } from "../base/json-spans.ts";
import { isJsonObject, type JsonObject } from "../base/json.ts";
import type { FlagName, RecordToken } from "../contract.ts";
import type { CarriedRecord } from "../formats/format.ts";
import type { UnitOutput } from "./carrier.ts";

/** A message taken out of its record; one char a byte. */
export interface Message {
  readonly text: string;
  /** Byte of the record where a char of the text stands, its end included; only for rereading. */
  readonly placeOf?: (char: number) => number;
}
/** A record as it lies in the member. */
export interface Unit {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  /** One char a byte, without the line end. */
  readonly text: string;
  /** Only for rereading. */
  readonly bytes?: Uint8Array;
}
type RecordBody = CarriedRecord["body"];

const NO_FLAGS: readonly FlagName[] = [];
const ENCODING: readonly FlagName[] = ["encoding"];

/** The body that a message makes, and the flags that it raises. `unit`: the record around it, where there is just one. */
export function bodyOf(message: Message, unit: Unit | undefined): Pick<CarriedRecord, "body" | "flags"> {
  const object = objectIn(message.text);
  if (object === undefined) return textBody(message);
  const { placeOf } = message;
  const isPlaced = placeOf !== undefined && unit?.bytes !== undefined;
  const body: RecordBody = {
    kind: "object",
    value: object.value,
    ...(unit === undefined ? {} : { text: unit.text }),
    ...(isPlaced
      ? { bytes: unit.bytes, spans: () => movedSpans(message.text, object.value, placeOf, unit.length) }
      : {}),
  };
  return { body, flags: object.validUtf8 ? NO_FLAGS : ENCODING };
}

export function textBody({ text, placeOf }: Message): Pick<CarriedRecord, "body" | "flags"> {
  const derived = placeOf === undefined ? {} : { placeOf };
  return { body: { kind: "text", text, derived }, flags: decodeUtf8(text).valid ? NO_FLAGS : ENCODING };
}

/** The object that a text holds from its first brace to its last, and nothing else. */
function objectIn(text: string): { readonly value: JsonObject; readonly validUtf8: boolean } | undefined {
  if (!/^[ \t]*\{/.test(text) || !/\}\s*$/.test(text.slice(-16))) return undefined;
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? { value: parsed.value, validUtf8: parsed.validUtf8 } : undefined;
}

/** Places in the message as places in the record around it. */
function movedSpans(text: string, value: JsonObject, placeOf: (char: number) => number, length: number): JsonSpans {
  const { values, tokens } = jsonSpans(text, value);
  const moved = new Map<string, ValueSpan>();
  for (const [path, span] of values) {
    moved.set(path, { ...span, start: placeOf(span.start), end: placeOf(span.end) });
  }
  const inside = tokens.map((token) => ({ ...token, start: placeOf(token.start), end: placeOf(token.end) }));
  return { values: moved, tokens: surrounded(inside, length) };
}

/** The tokens with what stands before and after them, so that they cover the record. */
function surrounded(tokens: readonly RecordToken[], length: number): readonly RecordToken[] {
  const start = tokens[0]?.start ?? length;
  const end = tokens.at(-1)?.end ?? length;
  return [
    ...(start > 0 ? [{ start: 0, end: start, kind: "separator" } as const] : []),
    ...tokens,
    ...(end < length ? [{ start: end, end: length, kind: "separator" } as const] : []),
  ];
}

/** For looking at a head. */
export const SILENT: UnitOutput = { record() {}, reject() {}, ignore() {}, blank() {}, note() {} };

/** What stands before an object in a JSON text sequence (RFC 7464) and in a stream of server-sent events. */
// oxlint-disable-next-line no-control-regex
const STREAM_PREFIX = /^(?:\u001e|data:)/;

/** The object of a unit that should be one; the unit is rejected, with column and reason, where it is none. */
export function objectOf(unit: Unit, output: Pick<UnitOutput, "reject"> | undefined): ParsedUnit | undefined {
  const text = unit.text.replace(STREAM_PREFIX, (prefix) => " ".repeat(prefix.length));
  const parsed = parseJson(text);
  if (parsed.ok && isJsonObject(parsed.value)) {
    return { ...unit, text, object: parsed.value, validUtf8: parsed.validUtf8 };
  }
  const why = parsed.ok
    ? "a JSON value but no object, at column 1"
    : `${parsed.reason}, at column ${parsed.offset + 1} (byte ${unit.offset + parsed.offset})`;
  output?.reject(unit.offset, unit.length, unit.line, "json.syntax", why);
  return undefined;
}
export interface ParsedUnit extends Unit {
  readonly object: JsonObject;
  readonly validUtf8: boolean;
}

/**
 * The bytes that a text value of a JSON object stands for. Bytes that are no UTF-8 stay as they are, and escapes become
 * UTF-8, so that nothing is lost before a format decodes it.
 */
export function messageIn(unit: ParsedUnit, name: string, value: string): Message {
  const wantsPlaces = unit.bytes !== undefined;
  if (!wantsPlaces && unit.validUtf8 && !/[\ud800-\udfff]/.test(value)) return { text: latin1OfText(value) };
  const span = jsonSpans(unit.text, unit.object).values.get(name);
  if (span === undefined) return { text: latin1OfText(value) };
  return unescaped(unit.text, span.start + 1, span.end - 1);
}

export function latin1OfText(text: string): string {
  return isAscii(text) ? text : Buffer.from(text).toString("latin1");
}

/** A text without the chars of `trimmed` at its end. (A pattern would take the square of a long run of them.) */
export function trimEnd(text: string, trimmed: string): string {
  let end = text.length;
  while (end > 0 && trimmed.includes(text.charAt(end - 1))) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** The content of a JSON string that stands, without its quotes, from `start` to `end` of a latin1 text. */
export function unescaped(latin1: string, start: number, end: number): Message {
  const places: number[] = [];
  let text = "";
  const take = (bytes: string, at: number): void => {
    text += bytes;
    for (let i = 0; i < bytes.length; i++) places.push(at);
  };
  let at = start;
  while (at < end) {
    const backslash = latin1.indexOf("\\", at);
    const plainEnd = backslash === -1 || backslash >= end ? end : backslash;
    for (let plain = at; plain < plainEnd; plain++) places.push(plain);
    text += latin1.slice(at, plainEnd);
    if (plainEnd === end) break;
    const escape = escapeAt(latin1, plainEnd);
    take(escape.bytes, plainEnd);
    at = plainEnd + escape.length;
  }
  places.push(end);
  return { text, placeOf: (char) => places[Math.min(char, places.length - 1)] ?? end };
}

const SHORT: Readonly<Record<string, string>> = lookup({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" });

function escapeAt(latin1: string, at: number): { readonly bytes: string; readonly length: number } {
  const letter = latin1.charAt(at + 1);
  if (letter !== "u") return { bytes: SHORT[letter] ?? letter, length: 2 };
  const unit = Number.parseInt(latin1.slice(at + 2, at + 6), 16);
  const low = /^\\u(d[c-f][\da-f]{2})/i.exec(latin1.slice(at + 6, at + 12))?.[1];
  if (unit >= 0xd800 && unit <= 0xdbff && low !== undefined) {
    return { bytes: latin1OfText(String.fromCharCode(unit, Number.parseInt(low, 16))), length: 12 };
  }
  return { bytes: utf8OfUnit(unit), length: 6 };
}

/** A lone half of a pair has no UTF-8; its three bytes are kept, and decoding shows them as such. */
function utf8OfUnit(unit: number): string {
  if (unit < 0xd800 || unit > 0xdfff) return latin1OfText(String.fromCharCode(unit));
  return String.fromCharCode(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
}
