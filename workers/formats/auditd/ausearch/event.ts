/** An event that ausearch printed interpreted: who did what is read from its records written anew. */
import { lookup } from "../../../base/lookup.ts";
import { utf8Text } from "../../../base/bytes.ts";
import type { JsonObject } from "../../../base/json.ts";
import { instantOf } from "../../../base/zone.ts";
import type { ByteMark, Interpretation, MeaningOrigin, RecordToken } from "../../../contract.ts";
import type { CarriedRecord, EntrySink, Explanation, ReadContext } from "../../format.ts";
import { writeWrapFields } from "../../wrap.ts";
import { flagZone } from "../../zone-flags.ts";
import type { AuditEvent } from "../assembly.ts";
import { auditRowsOf } from "../audit-rows.ts";
import { explainEvent } from "../explain.ts";
import { readEvent } from "../read.ts";
import type { AuditRecord } from "../record.ts";
import { type EventHead, type Part, RewrittenEvent, RewrittenSink, type Rewritten, writeRecord } from "../rewritten.ts";
import { type Interpreted, type InterpretedBody, readBody } from "./fields.ts";
import { readTime } from "./line.ts";
import { numberOf } from "./numbers.ts";

const AUSEARCH: MeaningOrigin = { kind: "record", text: "ausearch" };

interface ReadRecord {
  readonly record: AuditRecord;
  readonly body: InterpretedBody;
  /** Place of its line in the entry. */
  readonly number: number;
}
interface Reading {
  readonly head: EventHead;
  readonly records: readonly ReadRecord[];
  readonly rewritten: RewrittenEvent<ByteMark>;
}

function understand(event: AuditEvent, context: ReadContext): Reading {
  const records = event.records.map((record) => ({
    record,
    body: readBody(record.text, record.bodyStart, record.type.name),
    number: event.carried.indexOf(record.carried),
  }));
  const head = headOf(event, context);
  const rewritten = new RewrittenEvent(inKernelOrder(records).map((read) => writeRecord(head, rewrite(read))));
  return { head, records, rewritten };
}

function headOf({ records }: AuditEvent, context: ReadContext): EventHead {
  const first = records[0];
  const parsed = first === undefined ? undefined : readTime(first.stamp.timeText, context.dateOrder);
  return {
    node: records.find(({ node }) => node !== "")?.node ?? "",
    time: parsed === undefined ? undefined : instantOf(parsed, context.zone),
    precision: 3,
    timeText: first?.stamp.timeText ?? "",
    key: first?.stamp.key,
  };
}

/** Places in the order in which the kernel writes the records of an event. */
const ORDER: Readonly<Record<string, number>> = lookup({
  SYSCALL: 1,
  EXECVE: 2,
  SOCKADDR: 2,
  CWD: 3,
  PATH: 4,
  PROCTITLE: 5,
  EOE: 6,
});

/** ausearch prints the records of an event from the last to the first. */
function inKernelOrder(records: readonly ReadRecord[]): readonly ReadRecord[] {
  const place = (read: ReadRecord | undefined): number => ORDER[read?.record.type.name ?? ""] ?? 0;
  const items = records.filter(({ record }) => record.type.name === "PATH").map(({ record }) => itemOf(record));
  const isReversed = place(records[0]) > place(records.at(-1)) || (items[0] ?? 0) > (items.at(-1) ?? 0);
  return isReversed ? records.toReversed() : records;
}

function itemOf({ text, bodyStart }: AuditRecord): number {
  return Number(/\bitem=(\d+)/.exec(text.slice(bodyStart))?.[1] ?? "0");
}

function rewrite({ record, body, number }: ReadRecord): Rewritten<ByteMark> {
  const { text, type } = record;
  const words = ({ start, end }: InterpretedBody["lead"]): string => text.slice(start, end);
  const parts = (scope: Interpreted["scope"]): readonly Part<ByteMark>[] =>
    body.fields.filter((field) => field.scope === scope).map((field) => partOf(text, type.name, number, field));
  return {
    type: type.name,
    header: parts("header"),
    nested: parts("nested"),
    trailer: [],
    isRunningText: true,
    ...(words(body.lead) === "" ? {} : { lead: `${words(body.lead)}${gapBehind(text, body)}` }),
    ...(words(body.nestedLead) === "" ? {} : { nestedLead: words(body.nestedLead) }),
  };
}

/** A blank more than the one between two fields, as AVC records have it. */
function gapBehind(text: string, { lead, fields }: InterpretedBody): string {
  const first = fields[0];
  return first === undefined || first.scope === "nested" ? "" : text.slice(lead.end, first.nameAt - 1);
}

function partOf(text: string, type: string, number: number, { name, start, end }: Interpreted): Part<ByteMark> {
  return { name, value: numberOf(type, name, text.slice(start, end)), from: { record: number, start, end } };
}

export function readInterpreted(event: AuditEvent, context: ReadContext, sink: EntrySink): void {
  const { head, records, rewritten } = understand(event, context);
  const markOf = (mark: ByteMark | undefined): ByteMark | undefined => rewritten.sourceOf(mark);
  readEvent({ ...rewritten.event, isLate: event.isLate, repeats: event.repeats }, context, ownSink(sink, markOf));
  const first = records[0];
  if (first !== undefined) sink.time(head.time, head.precision, head.timeText, AUSEARCH, stampMark(first));
  if (head.time !== undefined) flagZone(readTime(head.timeText, context.dateOrder), context.zone, sink);
  for (const read of records) writeOriginals(read, sink);
  for (const carried of event.carried) writeWrapFields(carried, sink);
}

/** Names are those that the machine had on which ausearch ran. */
function ownSink(sink: EntrySink, markOf: (mark: ByteMark | undefined) => ByteMark | undefined): RewrittenSink {
  const originOf = (origin: MeaningOrigin | undefined): MeaningOrigin | undefined =>
    origin?.kind === "record" || origin?.kind === "number" ? AUSEARCH : origin;
  return new RewrittenSink(sink, { markOf, originOf, withoutOriginals: true });
}

function stampMark({ record, number }: ReadRecord): ByteMark {
  const start = record.stamp.at + "audit(".length;
  return { record: number, start, end: start + record.stamp.timeText.length };
}

/** As ausearch printed them, under the names of the raw form. */
function writeOriginals({ record, body, number }: ReadRecord, sink: EntrySink): void {
  const { text, type, typeWord, node, stamp } = record;
  const typeAt = text.lastIndexOf(typeWord, stamp.at);
  sink.original("type", type.name, { record: number, start: typeAt, end: typeAt + typeWord.length });
  if (node !== "") sink.original("node", utf8Text(node));
  const words = utf8Text(text.slice(body.lead.start, body.lead.end));
  if (words !== "") sink.original("lead", words, { record: number, ...body.lead });
  const argv: string[] = [];
  for (const { name, start, end } of body.fields) {
    if (end === start) continue;
    const value = utf8Text(text.slice(start, end));
    const mark = { record: number, start, end };
    // The arguments of a program bear the names of those of a call: they are `argv` and `command`.
    if (type.name !== "EXECVE" || name === "argc") sink.original(name, value, mark);
    else {
      argv.push(value);
      sink.original("argv", value, mark);
    }
  }
  if (argv.length > 0) sink.original("command", argv.join(" "));
}

export function auditRowsOfInterpreted(event: AuditEvent, context: ReadContext): readonly JsonObject[] {
  return auditRowsOf(understand(event, context).rewritten.event);
}

export function explainInterpreted(
  carried: readonly CarriedRecord[],
  event: AuditEvent,
  context: ReadContext,
): Explanation {
  const { records, rewritten } = understand(event, context);
  const said = explainEvent(rewritten.event.carried, rewritten.event);
  return {
    sentence: said.sentence,
    records: carried.map((line, number) => ({
      title: titleOf(line, event),
      tokens: records.filter((read) => read.number === number).flatMap(tokensOf),
    })),
    interpretations: said.interpretations.flatMap((row) => inEvidence(row, rewritten, carried)),
  };
}

function titleOf(line: CarriedRecord, event: AuditEvent): string {
  const own = event.records.find(({ carried }) => carried === line);
  const repeat = event.repeats.find(({ carried }) => carried === line);
  return own?.type.name ?? (repeat === undefined ? "No audit record" : `${repeat.type.name} (repeated)`);
}

/** Only what says more than the line itself does. */
function inEvidence(
  row: Interpretation,
  rewritten: RewrittenEvent<ByteMark>,
  carried: readonly CarriedRecord[],
): readonly Interpretation[] {
  const mark = rewritten.sourceOf(row.mark);
  const body = mark === undefined ? undefined : carried[mark.record]?.body;
  if (mark === undefined || body?.kind !== "text") return [];
  const recorded = utf8Text(body.text.slice(mark.start, mark.end));
  return recorded === row.meaning ? [] : [{ ...row, recorded, mark }];
}

function tokensOf({ record, body }: ReadRecord): readonly RecordToken[] {
  const { text, stamp, typeWord } = record;
  const typeAt = text.lastIndexOf(typeWord, stamp.at);
  const tokens: RecordToken[] = [
    { start: typeAt, end: typeAt + typeWord.length, kind: "type", field: "type" },
    { start: stamp.at, end: stamp.end, kind: "value", field: "time" },
  ];
  for (const { name, nameAt, start, end } of body.fields) {
    tokens.push({ start: nameAt, end: nameAt + name.length, kind: "key" });
    tokens.push({ start: nameAt + name.length, end: nameAt + name.length + 1, kind: "separator" });
    if (end > start) tokens.push({ start, end, kind: "value", field: name });
  }
  return tokens;
}
