/** Writes an event as an entry: canonical fields from the summary, then every field of every record. */
import { lookup } from "../../base/lookup.ts";
import type { CanonicalName } from "../../contract.ts";
import type { EntrySink, ReadContext } from "../format.ts";
import type { AuditEvent } from "./assembly.ts";
import type { Field } from "./fields.ts";
import { utf8Text } from "../../base/bytes.ts";
import { COMPUTED, FILE_NAME, FORMAT, JOURNAL_FIELD, NODE, STAMP, TYPE_TABLE } from "./origins.ts";
import { labelParts, type LabelPart } from "./labels.ts";
import { levelOf } from "./level.ts";
import { permissions } from "./objects.ts";
import { readSaddr } from "./saddr.ts";
import { summarise, type Summary } from "./summary.ts";
import { keyList, rawValue } from "./values.ts";
import { EventView, typeMark, type RecordView, type Said } from "./view.ts";

const FAMILY = "linux-auditd";

export function readEvent(event: AuditEvent, context: ReadContext, sink: EntrySink): void {
  const view = new EventView(event, context.names);
  const summary = summarise(view);
  writeTime(view, sink);
  writeCanonical(view, summary, context, sink);
  writeFlags(view, summary, sink);
  for (const record of view.records) writeOriginals(record, sink);
  if (summary.args !== undefined) {
    for (const argument of summary.args.argv)
      if (argument !== undefined && argument !== "") sink.original("argv", argument);
    sink.original("command", summary.args.command);
  }
}

function writeTime(view: EventView, sink: EntrySink): void {
  const first = view.records[0] as RecordView;
  const { stamp } = first.record;
  if (stamp.at < 0) {
    // The journal's own field, or its time, which is written with the rest of the header.
    if (stamp.time !== undefined) sink.time(stamp.time, stamp.precision, stamp.timeText, JOURNAL_FIELD);
    if (stamp.key !== undefined) sink.text("ref", stamp.key, JOURNAL_FIELD);
    return;
  }
  const start = stamp.at + "audit(".length;
  const mark = { record: first.number, start, end: start + stamp.timeText.length };
  sink.time(stamp.time, stamp.precision, stamp.timeText, STAMP, mark);
  if (stamp.time === undefined) sink.flag("timeUnusable");
  if (stamp.key === undefined) return;
  const close = view.event.records[0]?.text.indexOf(")", start) ?? start;
  sink.text("ref", stamp.key, STAMP, { record: first.number, start, end: close });
}

function writeCanonical(view: EventView, summary: Summary, context: ReadContext, sink: EntrySink): void {
  const { naming, objects, outcome } = summary;
  const { type } = naming.record;
  if (context.memberName !== "") sink.text("datasource", context.memberName, FILE_NAME);
  sink.text("family", FAMILY, FORMAT);
  say(sink, "from", summary.from);
  writeNode(view, sink);
  say(sink, "actor", summary.actor);
  say(sink, "session", summary.session);
  sink.text("category", type.category, TYPE_TABLE);
  sink.text("code", type.name, TYPE_TABLE, typeMark(naming));
  sink.text("event", summary.event, TYPE_TABLE, typeMark(naming));
  sink.text("action", summary.action, TYPE_TABLE, typeMark(naming));
  if (outcome?.value !== undefined)
    sink.text("outcome", outcome.value, outcome.origin, markOf(outcome.view, outcome.field));
  say(sink, "label", summary.label);
  if (objects.kind !== "") sink.text("target.type", objects.kind, COMPUTED);
  say(sink, "target", objects.target);
  if (objects.second !== undefined) {
    if (objects.secondKind !== undefined) sink.text("target2.type", objects.secondKind, COMPUTED);
    say(sink, "target2", objects.second);
  }
  say(sink, "old", objects.old);
  say(sink, "new", objects.now);
  sink.text("level", levelOf(view, outcome), COMPUTED);
  sink.flag("levelDerived");
}

function say(sink: EntrySink, field: CanonicalName, said: Said | undefined): void {
  if (said !== undefined) sink.text(field, said.value, said.origin, said.mark);
}

function writeNode(view: EventView, sink: EntrySink): void {
  const record = view.nodeRecord;
  if (record === undefined) return;
  const value = utf8Text(record.node);
  const start = record.text.startsWith("node=", record.start) ? record.start + 5 : -1;
  const number = view.event.carried.indexOf(record.carried);
  const mark = start < 0 ? undefined : { record: number, start, end: start + record.node.length };
  sink.text("to", value, NODE, mark);
  sink.original("node", value, mark);
}

function markOf(view: RecordView, name: string): ReturnType<RecordView["mark"]> | undefined {
  const field = view.find(name);
  return field === undefined ? undefined : view.mark(field);
}

function writeFlags(view: EventView, summary: Summary, sink: EntrySink): void {
  for (const { flags } of view.event.carried) for (const flag of flags) sink.flag(flag);
  if (view.event.isLate || view.event.repeats.length > 0) sink.flag("duplicate");
  if (view.event.isLate || isIncomplete(view, summary)) sink.flag("incomplete");
}

/** A damaged stamp, a torn line, members without their event, fewer PATH records than the call counted, arguments with gaps. */
function isIncomplete(view: EventView, summary: Summary): boolean {
  const stamp = view.event.records[0]?.stamp;
  if ((stamp?.key === undefined && stamp?.at !== -1) || summary.naming.record.type.member) return true;
  if (summary.args?.hasGap === true || view.records.some((record) => record.parts.isTorn)) return true;
  const items = Number(summary.call?.raw("items", "header") ?? 0);
  return items > 0 && items > countOf(view, "PATH");
}

function countOf(view: EventView, type: string): number {
  let count = 0;
  for (const record of view.records) if (record.type === type) count++;
  return count;
}

/**
 * EXECVE writes its arguments as a0, a1 …, the names of the arguments of SYSCALL: they go to `argv` and `command`, so
 * that a filter on a0 means the call's.
 */
function writeOriginals(view: RecordView, sink: EntrySink): void {
  sink.original("type", view.type, typeMark(view));
  const isArguments = view.type === "EXECVE";
  writeLead(view, view.parts.lead, sink);
  writeLead(view, view.parts.nestedLead, sink);
  for (const field of view.fields) {
    if (isArguments && field.scope === "header" && field.field.name !== "argc") continue;
    writeField(view, field, sink);
  }
}

function writeField(view: RecordView, field: Field, sink: EntrySink): void {
  if (field.end === field.start) return;
  const { name, kind } = field.field;
  if (view.isAsWritten(field)) {
    sink.originalIn(name, view.record.text, field.start, field.end, view.number);
    if (kind === "sockaddr") writeAddress(view, field, sink);
    if (kind === "label") writeLabel(view, field, sink);
    return;
  }
  const mark = view.mark(field);
  if (kind === "key") {
    for (const key of keyList(rawValue(view.record.text, field), field.quoted)) sink.original(name, key, mark);
    return;
  }
  sink.original(name, view.valueOf(field), mark);
  if (kind === "sockaddr") writeAddress(view, field, sink);
}

/** Suffixes of the parts as the public schema names those of subj and obj. */
const LABEL_PARTS: Readonly<Record<string, Readonly<Record<LabelPart["name"], string>>>> = lookup({
  subj: { user: "subj_user", role: "subj_role", type: "subj_type", low: "subj_sen", high: "subj_clr" },
  obj: { user: "obj_user", role: "obj_role", type: "obj_type", low: "obj_lev_low", high: "obj_lev_high" },
});
function writeLabel(view: RecordView, field: Field, sink: EntrySink): void {
  const names = LABEL_PARTS[field.field.name];
  const { text } = view.record;
  if (names === undefined || text.charCodeAt(field.start) === 61) return;
  for (const { name, start, end } of labelParts(text.slice(field.start, field.end)))
    sink.originalIn(names[name], text, field.start + start, field.start + end, view.number);
}

/** The parts of a socket address under names of their own, so that they can be searched. */
function writeAddress(view: RecordView, field: Field, sink: EntrySink): void {
  const address = readSaddr(rawValue(view.record.text, field));
  if (address === undefined) return;
  const mark = view.mark(field);
  sink.original("saddr_fam", address.family, mark);
  if (address.address !== undefined) sink.original(address.isIp ? "saddr_addr" : "saddr_path", address.address, mark);
  if (address.port !== undefined) sink.original("saddr_port", String(address.port), mark);
}

/**
 * Text in front of the first field, of the record or of its message; of an AVC also the decision and the permissions in
 * it. Old PAM messages have their operation there, which is a field already.
 */
function writeLead(view: RecordView, { start, end }: RecordView["parts"]["lead"], sink: EntrySink): void {
  if (end === start || view.fields.some((field) => field.nameAt < 0 && field.start === start)) return;
  const lead = utf8Text(view.record.text.slice(start, end));
  sink.original("lead", lead, { record: view.number, start, end });
  if (!lead.startsWith("avc:")) return;
  const decision = /\b(denied|granted)\b/.exec(lead)?.[1];
  if (decision !== undefined) sink.original("seresult", decision, { record: view.number, start, end });
  const perms = permissions(view);
  for (const permission of perms?.value.split(/\s+/) ?? []) sink.original("seperms", permission, perms?.mark);
}
