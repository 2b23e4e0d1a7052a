import type { Carrier } from "../../workers/carriers/carrier.ts";
import { cutterOf } from "../../workers/carriers/encoded.ts";
import type { FlagName, MeaningOrigin, ByteMark, Reading } from "../../workers/contract.ts";
import type { AnyFormat, CarriedRecord, EntrySink, Explanation, ReadContext } from "../../workers/formats/format.ts";

export interface ReadEntry {
  readonly kind: "entry";
  readonly records: readonly CarriedRecord[];
  readonly at: number | undefined;
  readonly precision: number;
  readonly timeText: string;
  readonly flags: readonly FlagName[];
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly originals: Readonly<Record<string, readonly string[]>>;
  readonly origins: Readonly<Record<string, MeaningOrigin | undefined>>;
  readonly marks: Readonly<Record<string, ByteMark | undefined>>;
  readonly explain: () => Explanation;
}
export interface ReadReject {
  readonly kind: "reject";
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly code: string;
  readonly detail: string;
}
interface ReadGap {
  readonly kind: "ignored" | "blank";
  readonly offset: number;
  readonly length: number;
}
export type Outcome = ReadEntry | ReadReject | ReadGap;

export const CONTEXT: ReadContext = { zone: undefined, memberName: "sample.log" };

/** Reads a whole member, in chunks of a size, to everything that comes out of it, in the order of its first bytes. */
export function readMember(
  carrier: Carrier,
  format: AnyFormat,
  bytes: Uint8Array,
  chunk = bytes.length,
  context = CONTEXT,
  reading: Reading = {},
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  const gap = (kind: ReadGap["kind"], offset: number, length: number): void =>
    void outcomes.push({ kind, offset, length });
  const reject = (offset: number, length: number, line: number, code: string, detail: string): void =>
    void outcomes.push({ kind: "reject", offset, length, line, code, detail });
  const assembler = format.assemble(context, {
    entry: (records, _duplicates, write, explain) => outcomes.push(collect(records, write, explain)),
    reject: (record, code, detail) => reject(record.offset, record.length, record.line, code, detail),
    ignore: (record) => gap("ignored", record.offset, record.length),
  });
  const splitter = cutterOf(carrier, reading).split({
    record: (record) => assembler.push(record),
    reject,
    ignore: (offset, length) => gap("ignored", offset, length),
    blank: (offset, length) => gap("blank", offset, length),
    note: () => undefined,
  });
  for (let at = 0; at < bytes.length; at += chunk) splitter.push(bytes.slice(at, at + chunk));
  splitter.finish();
  assembler.finish();
  return outcomes.sort((a, b) => firstByte(a) - firstByte(b));
}

export function entriesOf(outcomes: readonly Outcome[]): readonly ReadEntry[] {
  return outcomes.filter((outcome) => outcome.kind === "entry");
}
export function rejectsOf(outcomes: readonly Outcome[]): readonly ReadReject[] {
  return outcomes.filter((outcome) => outcome.kind === "reject");
}

function firstByte(outcome: Outcome): number {
  return outcome.kind === "entry" ? (outcome.records[0]?.offset ?? -1) : outcome.offset;
}

/** What a sink is given for one entry. */
export function collect(
  records: readonly CarriedRecord[],
  write: (sink: EntrySink) => void,
  explain: () => Explanation,
): ReadEntry {
  const fields: Record<string, string[]> = {};
  const originals: Record<string, string[]> = {};
  const origins: Record<string, MeaningOrigin | undefined> = {};
  const marks: Record<string, ByteMark | undefined> = {};
  const flags: FlagName[] = [];
  let time = { at: undefined as number | undefined, precision: 0, timeText: "" };
  const note = (name: string, origin: MeaningOrigin | undefined, mark: ByteMark | undefined): void => {
    origins[name] ??= origin;
    marks[name] ??= mark;
  };
  write({
    time(at, precision, timeText, origin, mark) {
      time = { at, precision, timeText };
      note("time", origin, mark);
    },
    text(field, value, origin, mark) {
      (fields[field] ??= []).push(value);
      note(field, origin, mark);
    },
    original(name, value, mark) {
      (originals[name] ??= []).push(value);
      note(`raw.${name}`, undefined, mark);
    },
    originalIn(name, text, start, end, record) {
      this.original(name, text.slice(start, end), { record, start, end });
    },
    flag: (flag) => void flags.push(flag),
  });
  return { kind: "entry", records, ...time, flags, fields, originals, origins, marks, explain };
}
