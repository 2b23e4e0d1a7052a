/** A row of `Linux.Auditd` as an entry: who did what is read from the record that it was made of. */
import { utf8Text } from "../../../base/bytes.ts";
import { emptyObject, isJsonObject, type JsonObject, type JsonValue, printJson } from "../../../base/json.ts";
import { EXTRA_FIELDS, schemaField } from "../../../base/linux-auditd.ts";
import type { ByteMark, CanonicalName, Interpretation, MeaningOrigin } from "../../../contract.ts";
import type { EntrySink, Explanation, ReadContext } from "../../format.ts";
import { writeWrapFields, writeWrapTime } from "../../wrap.ts";
import { type Leaf, Leaves } from "../events/leaves.ts";
import { placeIn, spansOf } from "../events/places.ts";
import { explainEvent } from "../explain.ts";
import { isUnset } from "../identity.ts";
import { FILE_NAME } from "../origins.ts";
import { readEvent } from "../read.ts";
import type { AuditRecord } from "../record.ts";
import { RewrittenEvent, RewrittenSink } from "../rewritten.ts";
import { fieldName } from "../names.ts";
import { keyList } from "../values.ts";
import { keystrokes } from "../keystrokes.ts";
import { indicatorsOf } from "./indicators.ts";
import { nodeOf, recordOf } from "./record.ts";
import type { PantherRow } from "./row.ts";
import { type RowTime, rowTime } from "./time.ts";
import { rowBytes } from "./values.ts";

const ROW: MeaningOrigin = { kind: "record", text: "Panther row" };
const LABEL: MeaningOrigin = { kind: "inferred", text: "label of the Panther source, as the row names no host" };
const LOCAL: MeaningOrigin = { kind: "inferred", text: "the row names no host" };
const REST: MeaningOrigin = { kind: "record", text: "all that the row says beside" };

interface Reading {
  readonly row: PantherRow;
  readonly leaves: Leaves;
  readonly time: RowTime;
  readonly record: AuditRecord;
  readonly rewritten: RewrittenEvent<string>;
  readonly placeOf: (path: string | undefined) => ByteMark | undefined;
}

function understand(row: PantherRow): Reading {
  const leaves = new Leaves(row.opened);
  const time = rowTime(leaves);
  const written = recordOf(leaves, time);
  const spans = spansOf(row.record, row.value);
  return {
    row,
    leaves,
    time,
    record: written.record,
    rewritten: new RewrittenEvent([written]),
    placeOf: (path) => placeIn(spans, path),
  };
}

export function readAuditRow(row: PantherRow, context: ReadContext, sink: EntrySink): void {
  const reading = understand(row);
  const { rewritten, placeOf } = reading;
  const own = new RewrittenSink(sink, {
    markOf: (mark) => placeOf(rewritten.sourceOf(mark)),
    originOf: (origin) => origin,
    // Other records of the event are rows of their own: nothing is missing from this one.
    withoutFlags: ["incomplete"],
  });
  writeTime(reading, context, sink);
  writePlace(reading, context, sink);
  readEvent(rewritten.event, { ...context, memberName: "" }, own);
  writeCustom(reading, sink);
  writeOriginals(reading, sink);
  writeData(reading, sink);
  writeWrapFields(row.record, sink);
}

function writeTime({ row, leaves, time, placeOf }: Reading, context: ReadContext, sink: EntrySink): void {
  for (const flag of time.flags) sink.flag(flag);
  if (leaves.find("type") === undefined) sink.flag("mandatoryMissing");
  const header = row.record.wrap?.time;
  if (time.leaf === undefined && header !== undefined) return writeWrapTime(header, context, sink);
  if (time.leaf === undefined) return;
  const origin: MeaningOrigin = { kind: "record", text: time.leaf.plain };
  sink.time(time.at, time.precision, time.text, origin, placeOf(time.leaf.path));
}

/** The host names itself in few rows; the label of the source is the next best, then the file. */
function writePlace({ leaves, placeOf }: Reading, context: ReadContext, sink: EntrySink): void {
  const node = nodeOf(leaves);
  const label = leaves.find("p_source_label");
  const place = node ?? (label?.text === "" ? undefined : label);
  if (place === undefined) sink.text("datasource", context.memberName, FILE_NAME);
  else sink.text("datasource", place.text, ROW, placeOf(place.path));
  // A node is written with the record.
  if (node === undefined && place !== undefined) sink.text("to", place.text, LABEL, placeOf(place.path));
  if (node === undefined) sink.text("domain", "local", LOCAL);
  else sink.text("domain", node.text, ROW, placeOf(node.path));
}

/** The first of these fields that says something. */
const CUSTOM: readonly (readonly [CanonicalName, readonly string[]])[] = [
  ["custom1", ["p_row_id"]],
  ["custom2", ["uid"]],
  ["custom3", ["exe"]],
  ["custom4", ["comm"]],
  ["custom5", ["key"]],
  ["custom6", ["tty", "terminal"]],
  ["custom7", ["pid"]],
  ["custom8", ["ppid"]],
  ["target.parent", ["cwd"]],
];

function writeCustom(reading: Reading, sink: EntrySink): void {
  for (const [field, names] of CUSTOM) {
    const leaf = names
      .map((name) => reading.leaves.find(name))
      .find((each) => each !== undefined && !isUnset(each.text));
    if (leaf === undefined) continue;
    for (const value of textsOf(reading, leaf)) sink.text(field, value, ROW, reading.placeOf(leaf.path));
  }
  for (const { kind, value, leaf } of indicatorsOf(reading.leaves))
    sink.original(`indicator.${kind}`, value, reading.placeOf(leaf.path));
}

/** Every value of the row under its own name; what a record has made of it (parts of a label) stands beside it. */
function writeOriginals(reading: Reading, sink: EntrySink): void {
  for (const leaf of reading.leaves.all)
    for (const text of textsOf(reading, leaf)) sink.original(leaf.plain, text, reading.placeOf(leaf.path));
}

/** The text of a value as the record's own field would have it; several keys of a rule are several values. */
function textsOf({ record }: Reading, leaf: Leaf): readonly string[] {
  if (schemaField(leaf.plain) === undefined || leaf.value === null) return [leaf.text];
  const bytes = rowBytes(record.type.name, leaf.plain, leaf.text);
  switch (fieldName(leaf.plain).kind) {
    case "key":
      return keyList(bytes, true);
    case "keystrokes":
      return [keystrokes(bytes)];
    case "proctitle":
      return [utf8Text(bytes).replaceAll("\0", " ").trimEnd()];
    default:
      return [utf8Text(bytes)];
  }
}

/** Said elsewhere, or a secret (keystrokes), which no text beside its own field may hold. */
const NOT_DATA = new Set(["type", "timestamp", "eventId", "data", "p_log_type", "p_row_id", "p_event_time"]);
/** The same among the further fields. */
const SECRET = new Set(["data", "msg"]);

function writeData({ row }: Reading, sink: EntrySink): void {
  const { body } = row.record;
  const isShown = body.kind === "object" && body.verbatim === true;
  if (isShown && sink.wants?.("data") === false) return;
  const rest = without(row.opened, NOT_DATA);
  const extra = rest[EXTRA_FIELDS];
  if (isJsonObject(extra)) {
    rest[EXTRA_FIELDS] = without(extra, SECRET);
    if (Object.keys(extra).every((name) => SECRET.has(name))) delete rest[EXTRA_FIELDS];
  }
  if (Object.keys(rest).length > 0) sink.text("data", printJson(rest), REST);
}

function without(value: JsonObject, names: ReadonlySet<string>): ReturnType<typeof emptyObject> {
  const rest = emptyObject();
  for (const name in value) if (!names.has(name)) rest[name] = value[name] as JsonValue;
  return rest;
}

export function explainAuditRow(row: PantherRow): Explanation {
  const reading = understand(row);
  const { rewritten, record, placeOf } = reading;
  const said = explainEvent(rewritten.event.carried, rewritten.event);
  const tokens = spansOf(row.record, row.value)?.tokens ?? [];
  return {
    sentence: sentenceOf(reading, said.sentence),
    records: [{ title: record.type.name, tokens }],
    interpretations: said.interpretations.map((each) => inRow(each, reading, rewritten, placeOf)),
  };
}

/** A record that is never an event of its own says what its event was about, and where the rest is. */
function sentenceOf({ record, leaves }: Reading, sentence: string): string {
  if (!record.type.member) return sentence;
  const event = leaves.find("eventId")?.text;
  const others = event === undefined ? "other rows of its event" : `the other rows of event ${event}`;
  return `One ${record.type.name} record; ${others} say what happened.`;
}

/** The stamp's parts are fields of the row; what is recorded is the row's own spelling. */
function inRow(
  each: Interpretation,
  { time, leaves }: Reading,
  rewritten: RewrittenEvent<string>,
  placeOf: Reading["placeOf"],
): Interpretation {
  if (each.field === "time") {
    const field = time.leaf?.plain ?? each.field;
    return { ...each, field, recorded: time.text, origin: ROW, mark: placeOf(time.leaf?.path) };
  }
  if (each.field === "serial") {
    const serial = leaves.find("eventId");
    return {
      ...each,
      field: "eventId",
      recorded: serial?.text ?? each.recorded,
      origin: ROW,
      mark: placeOf("eventId"),
    };
  }
  if (each.field === "type") return { ...each, mark: placeOf("type") };
  const path = rewritten.sourceOf(each.mark);
  const leaf = leaves.all.find((own) => own.path === path);
  return { ...each, recorded: leaf?.text ?? each.recorded, mark: placeOf(path) };
}
