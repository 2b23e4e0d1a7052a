/** JSON lines: one object a line (https://jsonlines.org). U+2028 and U+0085 are no line ends. */
import { latin1Of } from "../base/bytes.ts";
import { parseJson } from "../base/json-parse.ts";
import { isJsonObject, type JsonObject } from "../base/json.ts";
import type { FlagName } from "../contract.ts";
import type { CarriedRecord, Recognition } from "../formats/format.ts";
import type { Carrier, UnitOutput } from "./carrier.ts";
import { recogniseText, splitLines } from "./lines.ts";

export const jsonLines: Carrier = {
  id: "json-lines",
  title: "JSON lines",
  version: "1",
  yields: "object",
  recognise: recogniseJsonLines,
  split: (output) =>
    splitLines(output, (text, offset, length, line) => takeObject(output, text, offset, length, line, asItIs)),
  reread: (bytes, offset, line) => rereadObject(bytes, offset, line, asItIs),
};

/** Turns the object that a line holds into the record's value; `verbatim`: no text of it was computed. */
export type Unwrap = (object: JsonObject) => { readonly value: JsonObject; readonly verbatim: boolean };
const asItIs: Unwrap = (value) => ({ value, verbatim: true });

const NO_FLAGS: readonly FlagName[] = [];
const ENCODING: readonly FlagName[] = ["encoding"];

/** One line to a record, or to a reject that says at which column and why. */
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
    const place = `column ${parsed.offset + 1} (byte ${offset + parsed.offset})`;
    output.reject(offset, length, line, "json.syntax", `${parsed.reason}, at ${place}`);
  } else if (!isJsonObject(parsed.value)) {
    output.reject(offset, length, line, "json.syntax", "a JSON value but no object, at column 1");
  } else {
    const flags = parsed.validUtf8 ? NO_FLAGS : ENCODING;
    const { value, verbatim: isKept } = unwrap(parsed.value);
    const verbatim = parsed.verbatim && isKept;
    output.record({
      offset,
      length,
      line,
      body: { kind: "object", value, text, verbatim },
      flags,
    });
  }
}

export function rereadObject(
  bytes: Uint8Array,
  offset: number,
  line: number,
  unwrap: Unwrap,
): CarriedRecord | undefined {
  const parsed = parseJson(latin1Of(bytes).replace(/\0+(?=[\r\n]*$)/, ""));
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const flags = parsed.validUtf8 ? NO_FLAGS : ENCODING;
  const body = { kind: "object", value: unwrap(parsed.value).value, bytes } as const;
  return { offset, length: bytes.length, line, body, flags };
}

export function recogniseJsonLines(head: Uint8Array, whole: boolean): Recognition {
  const { objects, others } = sampleLines(head, whole);
  if (objects === 0) return { confidence: 0, reasons: ["no line is a JSON object"] };
  const share = objects / (objects + others);
  const reasons = [`${objects} of ${objects + others} lines are JSON objects`];
  // Torn and foreign lines among objects are damage to be shown, not a doubt about the rest.
  return { confidence: share < 0.5 ? share : 0.9 + share / 10, reasons };
}

const SAMPLE_LINES = 200;

/** How many of the first lines are JSON objects; a last line that the head cuts off does not count. */
function sampleLines(head: Uint8Array, whole: boolean): { readonly objects: number; readonly others: number } {
  let objects = 0;
  let others = 0;
  if (recogniseText(head, whole).confidence === 0) return { objects, others };
  const output: UnitOutput = { record: () => objects++, reject: () => others++, ignore() {}, blank() {}, note() {} };
  const splitter = splitLines(output, (text, ...place) => {
    if (objects + others < SAMPLE_LINES) takeObject(output, text, ...place, asItIs);
  });
  splitter.push(head);
  if (whole) splitter.finish();
  return { objects, others };
}
