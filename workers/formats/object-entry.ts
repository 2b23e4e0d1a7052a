/**
 * What formats of one object an entry share: the format says once what a record means, and that serves the import
 * (a sink), and the detail view (a sink with places, and the explanation).
 */
import { latin1Of } from "../base/bytes.ts";
import { canonicalField } from "../base/canonical-fields.ts";
import { eachLeaf } from "../base/json-leaves.ts";
import { type JsonSpans, jsonSpans, type ValueSpan } from "../base/json-spans.ts";
import { emptyObject, isJsonArray, type JsonObject, jsonText } from "../base/json.ts";
import type { ParsedTime } from "../base/time.ts";
import { printUtc } from "../base/time.ts";
import { instantOf } from "../base/zone.ts";
import type { ByteMark, CanonicalName, FlagName, Interpretation, MeaningOrigin } from "../contract.ts";
import type { Assembler, AssemblyOutput, CarriedRecord, EntrySink, Explanation, ReadContext } from "./format.ts";
import { type Found, Mapping } from "./mapper.ts";
import { saidTime } from "./time-column.ts";
import { fillFromWrap, HEADER, writeWrapFields, writeWrapTime } from "./wrap.ts";
import { flagZone } from "./zone-flags.ts";

export interface ObjectEntry {
  readonly record: CarriedRecord;
  /** Empty for a record of text, which has only its header and its message. */
  readonly value: JsonObject;
  /** The value with what a format reads out of its texts (JSON in the cell of a table), where it does: meaning is found there. */
  readonly expanded?: JsonObject;
}

/** What a record says, in the order a reader wants it. */
interface EntryWriter {
  emit(to: CanonicalName, value: string, found: Found | undefined, origin: MeaningOrigin): void;
  time(found: Found, time: ParsedTime | undefined): void;
  flag(flag: FlagName): void;
  /** False: nobody would read the field's text, so it need not be made. */
  wants(field: CanonicalName): boolean;
  /** Fills from the header what is not written yet, but for `except`; done after the meaning, unless it asks for it sooner. */
  complete(except?: readonly CanonicalName[]): void;
}
/** Says what a record means; `mapping` writes to `writer`. */
export type Meaning = (mapping: Mapping, writer: EntryWriter, context: ReadContext) => void;

export function assembleObjects(output: AssemblyOutput<ObjectEntry>): Assembler {
  return {
    push(record) {
      const isBare = record.body.kind === "text" && record.wrap === undefined;
      if (isBare) return output.reject(record, "format.unfit", "a line without a header, where an object was expected");
      const value = record.body.kind === "object" ? record.body.value : emptyObject();
      output.entry([record], { record, value }, 0);
    },
    finish() {},
  };
}

/** Writes every field, canonical and original, to the sink. */
export function readObject(entry: ObjectEntry, meaning: Meaning, context: ReadContext, sink: EntrySink): void {
  const spans = spansOf(entry);
  const { body } = entry.record;
  const isVerbatim = body.kind === "object" && body.verbatim === true;
  const write = timeWriter(context, (found, time) => {
    const span = spanOf(spans, found);
    const at = time === undefined ? undefined : instantOf(time, context.zone);
    sink.time(at, time?.precision ?? 0, jsonText(found.value), decoded(span) ?? found.origin, markOf(span));
    if (at === undefined) sink.flag("timeUnusable");
    else flagZone(time, context.zone, sink);
  });
  const writer: EntryWriter = {
    emit: (to, value, found, origin) => {
      const span = spanOf(spans, found);
      sink.text(to, value, decoded(span) ?? origin, markOf(span));
    },
    time: write.own,
    flag: (flag) => sink.flag(flag),
    wants: (field) => !isVerbatim || sink.wants?.(field) !== false,
    complete: (except) => fillOnce(except),
  };
  const mapping = new Mapping(entry.expanded ?? entry.value, writer.emit);
  const fillOnce = fillerOf(entry.record, mapping);
  const isSaid = write.said(mapping);
  meaning(mapping, writer, context);
  fillOnce();
  writeMissing(mapping, writer);
  const time = entry.record.wrap?.time;
  if (time !== undefined && !isSaid && !mapping.hasTime) writeWrapTime(time, context, sink);
  writeWrapFields(entry.record, sink);
  eachLeaf(entry.value, (path, text) => sink.original(path, text, markOf(spans?.values.get(path))));
}

interface TimeWriter {
  /** Writes the time of the field that a person named; false: there is none that can be read. */
  said(mapping: Mapping): boolean;
  /** The format's own; a field that a person named stands above it. */
  own(found: Found, time: ParsedTime | undefined): void;
}

function timeWriter(context: ReadContext, write: EntryWriter["time"]): TimeWriter {
  return {
    said(mapping) {
      const named = saidTime(mapping, context);
      if (named !== undefined) write(named.found, named.time);
      return named?.time?.at !== undefined;
    },
    own(found, time) {
      if (context.timeField === undefined) write(found, time);
    },
  };
}

/** Fills the first time that it is called. */
function fillerOf(record: CarriedRecord, mapping: Mapping): (except?: readonly CanonicalName[]) => void {
  let isFilled = false;
  return (except = []) => {
    if (isFilled) return;
    isFilled = true;
    fillFromWrap(record, (field, value, origin) => {
      if (!except.includes(field)) mapping.write(field, value, undefined, origin);
    });
  };
}

/** Without an actor, a code or a time an entry lacks what the canonical model calls mandatory: it is kept and flagged. */
function writeMissing(mapping: Mapping, writer: EntryWriter): void {
  if (!mapping.has("actor") || !mapping.has("code") || !mapping.hasTime) writer.flag("mandatoryMissing");
}

/** One row for each field with a meaning, the tokens of the raw record, and the sentence of what was written. */
export function explainObject(entry: ObjectEntry, meaning: Meaning, context: ReadContext, title: string): Explanation {
  const spans = spansOf(entry);
  const rows: Interpretation[] = [];
  const said = new Map<CanonicalName, string>();
  const add = (found: Found | undefined, field: string, text: string, origin: MeaningOrigin): void => {
    const span = spanOf(spans, found);
    const recorded = found === undefined ? "" : recordedText(found);
    rows.push({
      field: found?.path ?? field,
      recorded,
      meaning: text,
      origin: decoded(span) ?? origin,
      mark: markOf(span),
    });
  };
  const write = timeWriter(context, (found, time) => add(found, "time", timeMeaning(time, context), found.origin));
  const writer: EntryWriter = {
    emit(to, value, found, origin) {
      if (!said.has(to)) said.set(to, value);
      if (to !== "data") add(found, to, `${titleOf(to)}: ${value}`, origin);
    },
    time: write.own,
    flag() {},
    wants: () => true,
    complete: (except) => fillOnce(except),
  };
  const mapping = new Mapping(entry.expanded ?? entry.value, writer.emit);
  const fillOnce = fillerOf(entry.record, mapping);
  const isSaid = write.said(mapping);
  meaning(mapping, writer, context);
  fillOnce();
  const time = entry.record.wrap?.time;
  if (time !== undefined && !isSaid && !mapping.hasTime)
    add(undefined, "time", timeMeaning(time.parsed, context), HEADER);
  return { sentence: sentenceOf(said), records: [{ title, tokens: spans?.tokens ?? [] }], interpretations: rows };
}

function timeMeaning(time: ParsedTime | undefined, context: ReadContext): string {
  const at = time === undefined ? undefined : instantOf(time, context.zone);
  if (time === undefined || at === undefined) return "no usable time: the entry is undated";
  const assumed = time.zoneless ? `, read as ${context.zone ?? "UTC"} because no offset is written` : "";
  return `Time: ${printUtc(at)}${assumed}`;
}

function titleOf(name: CanonicalName): string {
  return canonicalField(name)?.title ?? name;
}

function recordedText(found: Found): string {
  return isJsonArray(found.value) ? found.value.map(jsonText).join(", ") : jsonText(found.value);
}

/** Who did what, from where, on what, with what result; what is not known is left out. */
function sentenceOf(said: ReadonlyMap<CanonicalName, string>): string {
  const what = said.get("label") ?? said.get("event") ?? said.get("action") ?? "something was recorded";
  const who = said.get("actor");
  const subject = who === undefined || what.startsWith(`${who} `) ? what : `${who}: ${what}`;
  const to = said.get("to");
  const from = said.get("from");
  const where = to !== undefined && !subject.includes(to) ? ` on ${to}` : "";
  const whence = from === undefined ? "" : `, from ${from}`;
  const outcome = said.get("outcome");
  const result = outcome === undefined ? "" : outcome === "fail" ? ", which failed" : `, with ${outcome}`;
  return `${subject}${where}${whence}${result}.`;
}

function spansOf(entry: ObjectEntry): JsonSpans | undefined {
  const { body } = entry.record;
  if (body.kind !== "object") return undefined;
  if (body.spans !== undefined) return body.spans();
  return body.bytes === undefined ? undefined : jsonSpans(latin1Of(body.bytes), entry.value);
}
function spanOf(spans: JsonSpans | undefined, found: Found | undefined): ValueSpan | undefined {
  if (found === undefined || spans === undefined) return undefined;
  // What was read out of a cell lies somewhere in that cell.
  return spans.values.get(found.path) ?? spans.values.get(found.path.split(".")[0] as string);
}
function markOf(span: ValueSpan | undefined): ByteMark | undefined {
  return span === undefined ? undefined : { record: 0, start: span.start, end: span.end };
}
function decoded(span: ValueSpan | undefined): MeaningOrigin | undefined {
  return span?.wrapper === undefined ? undefined : { kind: "decoded", text: `${span.wrapper} decoded` };
}
