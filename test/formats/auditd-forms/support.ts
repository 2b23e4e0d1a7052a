import { cutterOf } from "../../../workers/carriers/encoded.ts";
import type { Reading } from "../../../workers/contract.ts";
import { FLAG } from "../../../workers/contract.ts";
import type { AnyOutput, CarriedRecord, Explanation, ReadContext } from "../../../workers/formats/format.ts";
import { detect, type Detection, HEAD_BYTES, NO_HINTS, resolveChoice } from "../../../workers/import/detect.ts";
import { ObjectSink } from "../../../workers/import/object-sink.ts";
import { assembleJoined } from "../../../workers/import/piece-joiner.ts";
import { readContext } from "../../../workers/import/read-context.ts";
import { reread, type RereadEntry } from "../../../workers/import/reread.ts";

export interface FormEntry {
  readonly records: readonly CarriedRecord[];
  readonly fields: ObjectSink;
  readonly duplicates: number;
  readonly explain: () => Explanation;
}
export interface ReadForm {
  readonly found: Detection;
  readonly context: ReadContext;
  readonly reading: Reading;
  readonly choice: string;
  readonly entries: readonly FormEntry[];
  readonly records: number;
  readonly rejects: readonly { readonly offset: number; readonly length: number; readonly code: string }[];
  /** Ignored and blank: bytes and units. */
  readonly gaps: readonly { readonly offset: number; readonly length: number; readonly units: number }[];
}

export interface Options {
  readonly chunk?: number;
  readonly asked?: Reading;
  readonly choice?: string;
  readonly zone?: string;
}

/** A member as the import reads it, detected by its bytes alone. */
export function readForm(
  bytes: Uint8Array,
  { chunk = bytes.length, asked = {}, choice, zone }: Options = {},
): ReadForm {
  const hints = { ...NO_HINTS, asked };
  const found = detect(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES, hints);
  const chosen = choice ?? found.choice ?? "";
  const { carrier, format } = resolveChoice(chosen);
  const reading = { ...asked, ...found.reading };
  const context = readContext("evidence", zone, reading);
  const entries: FormEntry[] = [];
  const rejects: { offset: number; length: number; code: string }[] = [];
  const gaps: { offset: number; length: number; units: number }[] = [];
  let records = 0;
  const output: AnyOutput = {
    entry(carried, duplicates, write, explain) {
      const fields = new ObjectSink();
      write(fields);
      records += carried.reduce((sum, record) => sum + format.recordsIn(record), 0);
      entries.push({ records: carried, fields, duplicates, explain });
    },
    reject: ({ offset, length }, code) => void rejects.push({ offset, length, code }),
    ignore: ({ offset, length }) => void gaps.push({ offset, length, units: 1 }),
  };
  const assembler = assembleJoined(carrier, format, context, output);
  const splitter = cutterOf(carrier, reading).split({
    record: (record) => assembler.push(record),
    reject: (offset, length, _line, code) => void rejects.push({ offset, length, code }),
    ignore: (offset, length, units = 1) => void gaps.push({ offset, length, units }),
    blank: (offset, length) => void gaps.push({ offset, length, units: 1 }),
    note: () => undefined,
  });
  for (let at = 0; at < bytes.length; at += chunk) splitter.push(bytes.slice(at, at + chunk));
  splitter.finish();
  assembler.finish();
  return { found, context, reading, choice: chosen, entries, records, rejects, gaps };
}

/** An entry from its own bytes alone, records that touch as one span, as the case keeps them. */
export function readAgain(bytes: Uint8Array, form: ReadForm, entry: FormEntry): RereadEntry | undefined {
  const spans: { offset: number; end: number; line: number }[] = [];
  for (const { offset, length, line } of entry.records) {
    const last = spans.at(-1);
    if (last?.end === offset) last.end += length;
    else spans.push({ offset, end: offset + length, line });
  }
  return reread({
    choice: form.choice,
    context: form.context,
    reading: form.reading,
    near: entry.fields.when.at,
    spans: spans.map(({ offset, end, line }) => ({ offset, bytes: bytes.slice(offset, end), line })),
  });
}

export function flagsOf(fields: ObjectSink): readonly string[] {
  return Object.entries(FLAG).flatMap(([name, bit]) => ((fields.flags & bit) === 0 ? [] : [name]));
}

export function valuesOf(fields: ObjectSink): Readonly<Record<string, readonly string[]>> {
  const named = (front: string, all: ObjectSink["canonical"]) =>
    [...all.values()].map(({ name, values }) => [`${front}${name}`, values] as const);
  return Object.fromEntries([...named("", fields.canonical), ...named("raw.", fields.originals)]);
}

export function first(fields: ObjectSink, name: string): string | undefined {
  return fields.canonical.get(name)?.values[0];
}
