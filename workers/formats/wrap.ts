/**
 * What the header around a record gives an entry: all of it as original fields, and what the record itself leaves open.
 * What the record says always comes first.
 */
import { utf8Text } from "../base/bytes.ts";
import { instantOf } from "../base/zone.ts";
import type { ByteMark, CanonicalName, MeaningOrigin } from "../contract.ts";
import type { CarriedRecord, EntrySink, ReadContext, Wrap, WrapTime } from "./format.ts";
import { flagZone } from "./zone-flags.ts";

export const HEADER: MeaningOrigin = { kind: "record", text: "header around the record" };
const MESSAGE: MeaningOrigin = { kind: "record", text: "the message" };
const OMITTED: MeaningOrigin = { kind: "evidence", text: "left out by the program that wrote the file" };

/** Fields that a header can fill, and what it calls them. */
const FILLED: readonly (readonly [CanonicalName, keyof Wrap & ("host" | "app" | "level")])[] = [
  ["to", "host"],
  ["category", "app"],
  ["level", "level"],
];

/** Takes a canonical field unless it was written before. */
export type Fill = (field: CanonicalName, value: string, origin: MeaningOrigin, mark?: ByteMark) => void;

/** Fills host, category and level; the label, where the message was left out or is plain text. */
export function fillFromWrap(record: CarriedRecord, fill: Fill): void {
  const { wrap, body } = record;
  const message = body.kind === "text" ? body.text : "";
  if (message !== "") fill("label", utf8Text(message), MESSAGE, { record: 0, start: 0, end: message.length });
  if (wrap === undefined) return;
  for (const [field, part] of FILLED) {
    const value = wrap[part];
    if (value !== undefined && value !== "") fill(field, value, HEADER);
  }
  if (wrap.omitted !== undefined) fill("label", wrap.omitted, OMITTED);
}

/** The header's own fields; `incomplete` where the message was left out. */
export function writeWrapFields(record: CarriedRecord, sink: EntrySink): void {
  const { wrap } = record;
  if (wrap === undefined) return;
  for (const [name, value] of wrap.fields) sink.original(name, value);
  if (wrap.omitted !== undefined) sink.flag("incomplete");
}

/** The header's time, with its flags. */
export function writeWrapTime(time: WrapTime, context: ReadContext, sink: EntrySink): void {
  const at = time.parsed === undefined ? undefined : instantOf(time.parsed, context.zone);
  sink.time(at, time.parsed?.precision ?? 0, time.text, HEADER);
  if (at === undefined) sink.flag("timeUnusable");
  else flagZone(time.parsed, context.zone, sink);
  if (time.yearInferred) sink.flag("yearInferred");
}
