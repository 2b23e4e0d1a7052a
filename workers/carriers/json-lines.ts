/** JSON lines: one object a line (https://jsonlines.org). U+2028 and U+0085 are no line ends. */
import type { Recognition } from "../formats/format.ts";
import type { Carrier, UnitOutput } from "./carrier.ts";
import { formOf } from "./json-form.ts";
import { asItIs, rereadObject, takeObject } from "./json-object.ts";
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

export function recogniseJsonLines(head: Uint8Array, whole: boolean): Recognition {
  const { objects, others } = sampleLines(head, whole);
  if (objects === 0) return { confidence: 0, reasons: ["no line is a JSON object"] };
  const form = formOf(head);
  if (form?.kind === "envelope") return { confidence: 0, reasons: [`its records lie in ${form.path.join(".")}`] };
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
