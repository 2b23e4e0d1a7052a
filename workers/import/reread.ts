import { latin1Of } from "../base/bytes.ts";
import type { JsonObject } from "../base/json.ts";
import { type Cutter, cutterOf } from "../carriers/encoded.ts";
import type { FormatChoice, Reading } from "../contract.ts";
import type { AnyOutput, CarriedRecord, Explanation, ReadContext } from "../formats/format.ts";
import { resolveChoice } from "./detect.ts";
import { ObjectSink } from "./object-sink.ts";
import { assembleJoined } from "./piece-joiner.ts";
import { isDerived, placedExplanation, placedSink } from "./placed.ts";

/**
 * Bytes of an entry as they lie in its member; records that touch may come as one span. Where an entry goes on in the
 * next file of a rotated log, offsets count through both.
 */
interface EntrySpan {
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Line number of the first byte, from 1, where it is known. */
  readonly line?: number;
  /**
   * What stands before the span in its line, when it does not begin one; undefined otherwise. Asked for where a format
   * may have cut the line.
   */
  readonly lineStart?: () => Uint8Array | undefined;
  /** How its member is read, where that is another than the entry's. */
  readonly reading?: Reading;
}
export interface RereadRequest {
  /** Carrier and format of the member, for example "lines+auditd". */
  readonly choice: FormatChoice;
  readonly context: ReadContext;
  readonly reading: Reading;
  /** The time that the entry was given at import, µs since 1970; undefined = undated. */
  readonly near: number | undefined;
  readonly spans: readonly EntrySpan[];
}
export interface RereadEntry {
  readonly records: readonly CarriedRecord[];
  readonly fields: ObjectSink;
  /** Made when asked for: the detail view needs it, a search does not. */
  explain(): Explanation;
  /** The entry as rows of `Linux.Auditd`; none for what is no audit record. */
  auditRows(): readonly JsonObject[];
}

/**
 * Parses an entry's bytes again, the way the import did, so that what is shown is what was counted. undefined: the
 * bytes make no entry any more, which only a changed parser can cause.
 */
export function reread(request: RereadRequest): RereadEntry | undefined {
  const { carrier, format } = resolveChoice(request.choice);
  const records = request.spans.flatMap((span) => {
    // The first line end of a span need not be like that of its member, and must not decide.
    const reading: Reading = { lineEnds: "lf", ...(span.reading ?? request.reading) };
    return recordsOf(cutterOf(carrier, reading), span, request.near);
  });
  let found: RereadEntry | undefined;
  const output: AnyOutput = {
    entry(members, _duplicates, write, explain, auditRows) {
      if (found !== undefined) return;
      const fields = new ObjectSink();
      const isMoved = isDerived(members);
      write(isMoved ? placedSink(fields, members) : fields);
      for (const record of members) for (const flag of record.flags) fields.flag(flag);
      found = {
        records: members,
        fields,
        explain: isMoved ? () => placedExplanation(explain(), members) : explain,
        auditRows,
      };
    },
    reject: () => undefined,
    ignore: () => undefined,
  };
  const assembler = assembleJoined(carrier, format, request.context, output);
  for (const record of records) assembler.push(record);
  assembler.finish();
  return found;
}

/**
 * The records of one span. Only records of text are ever joined in a span (lines of one event); an object is one
 * record, and cutting it anew without what stands around it could go wrong.
 */
function recordsOf(cutter: Cutter, span: EntrySpan, near: number | undefined): readonly CarriedRecord[] {
  const { offset, bytes, line = 0 } = span;
  const whole = (): readonly CarriedRecord[] => {
    const record = cutter.reread(bytes, offset, line, near);
    return record === undefined ? [] : [record];
  };
  if (cutter.carrier.yields === "object") return whole();
  const units = unitsOf(cutter, bytes);
  const records = units.length < 2 ? whole() : units.flatMap((unit) => rereadUnit(cutter, span, unit, near) ?? []);
  return cutter.carrier.yields === "text" ? withLineStart(records, span) : records;
}

/** A part of a line may depend on how the line begins, as the records glued behind a `node=` do. */
function withLineStart(records: readonly CarriedRecord[], span: EntrySpan): readonly CarriedRecord[] {
  const [first, ...others] = records;
  const start = span.lineStart?.();
  if (first === undefined || start === undefined) return records;
  return [{ ...first, lineStart: latin1Of(start) }, ...others];
}

interface Unit {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

function unitsOf(cutter: Cutter, bytes: Uint8Array): readonly Unit[] {
  const units: Unit[] = [];
  const splitter = cutter.split({
    record: ({ offset, length, line }) => units.push({ offset, length, line }),
    reject: () => undefined,
    ignore: () => undefined,
    blank: () => undefined,
    note: () => undefined,
  });
  splitter.push(bytes);
  splitter.finish();
  return units;
}

function rereadUnit(cutter: Cutter, span: EntrySpan, unit: Unit, near: number | undefined): CarriedRecord | undefined {
  const bytes = span.bytes.subarray(unit.offset, unit.offset + unit.length);
  const line = span.line === undefined ? 0 : span.line + unit.line - 1;
  return cutter.reread(bytes, span.offset + unit.offset, line, near);
}
