/** An event that is one object: who did what is read from its records as the kernel wrote them. */
import { latin1Of } from "../../../base/bytes.ts";
import { jsonSpans, type JsonSpans } from "../../../base/json-spans.ts";
import type { JsonObject } from "../../../base/json.ts";
import type { ByteMark, Interpretation, MeaningOrigin } from "../../../contract.ts";
import type { CarriedRecord, EntrySink, Explanation, ReadContext } from "../../format.ts";
import { writeWrapFields } from "../../wrap.ts";
import { explainEvent } from "../explain.ts";
import { readEvent } from "../read.ts";
import { RewrittenEvent, RewrittenSink } from "../rewritten.ts";
import type { AuditRecord } from "../record.ts";
import type { Form, Understood } from "./form.ts";
import { Leaves } from "./leaves.ts";

export interface ObjectEvent {
  readonly record: CarriedRecord;
  readonly value: JsonObject;
  readonly form: Form;
}

interface Reading {
  readonly leaves: Leaves;
  readonly understood: Understood;
  readonly rewritten: RewrittenEvent<string>;
  readonly placeOf: (path: string | undefined) => ByteMark | undefined;
}

function understand({ record, value, form }: ObjectEvent): Reading {
  const leaves = new Leaves(value);
  const understood = form.understand(leaves);
  const spans = spansOf(record, value);
  return {
    leaves,
    understood,
    rewritten: new RewrittenEvent(understood.records),
    placeOf: (path) => placeIn(spans, path),
  };
}

function spansOf({ body }: CarriedRecord, value: JsonObject): JsonSpans | undefined {
  if (body.kind !== "object") return undefined;
  if (body.spans !== undefined) return body.spans();
  return body.bytes === undefined ? undefined : jsonSpans(latin1Of(body.bytes), value);
}

/** Of a value in a list, the first one or the whole list: places are known by the paths without numbers. */
function placeIn(spans: JsonSpans | undefined, path: string | undefined): ByteMark | undefined {
  if (spans === undefined || path === undefined) return undefined;
  const later = /\[[1-9]\d*\]/.exec(path);
  const plain = (later === null ? path : path.slice(0, later.index)).replace(/\[\d+\]/g, "");
  const span = spans.values.get(plain);
  return span === undefined ? undefined : { record: 0, start: span.start, end: span.end };
}

export function readObjectEvent(event: ObjectEvent, context: ReadContext, sink: EntrySink): void {
  const { leaves, understood, rewritten, placeOf } = understand(event);
  const { head, host, names, timePath } = understood;
  const markOf = (mark: ByteMark | undefined): ByteMark | undefined => placeOf(rewritten.sourceOf(mark));
  const own = new RewrittenSink(sink, { markOf, originOf: (origin) => named(origin, names), refOf: refOf(understood) });
  if (understood.records.length > 0) readEvent(rewritten.event, context, own);
  else sink.flag("unmapped");
  const origin: MeaningOrigin = { kind: "record", text: event.form.title };
  sink.time(head.time, head.precision, head.timeText, origin, placeOf(timePath));
  if (host !== undefined && head.node === "") sink.text("to", host.text, origin, placeOf(host.path));
  for (const leaf of leaves.left) sink.original(leaf.plain, leaf.text, placeOf(leaf.path));
  writeWrapFields(event.record, sink);
}

/** Of one record of several, the event's reference alone would make its neighbours look like copies of it. */
function refOf({ isOneOfSeveral, records }: Understood): (ref: string) => string {
  const first = records[0]?.record;
  if (!isOneOfSeveral || first === undefined || isWholeEvent(first)) return (ref) => ref;
  const item = /\bitem=(\d+)/.exec(first.text.slice(first.bodyStart))?.[1];
  return (ref) => `${ref} ${first.type.name}${item === undefined ? "" : ` ${item}`}`;
}

/** The messages of user space and of the daemon are events of one record. */
function isWholeEvent({ type: { number = 0 } }: AuditRecord): boolean {
  return (number >= 1100 && number < 1300) || number >= 2000;
}

function named(origin: MeaningOrigin | undefined, names: MeaningOrigin | undefined): MeaningOrigin | undefined {
  return names !== undefined && origin?.kind === "enriched" ? names : origin;
}

export function explainObjectEvent(event: ObjectEvent): Explanation {
  const { rewritten, understood, placeOf } = understand(event);
  const spans = spansOf(event.record, event.value);
  const tokens = spans?.tokens ?? [];
  const { title } = event.form;
  if (understood.records.length === 0)
    return { sentence: "This event holds no record.", records: [{ title, tokens }], interpretations: [] };
  const said = explainEvent(rewritten.event.carried, rewritten.event);
  const types = rewritten.event.records.map(({ type }) => type.name);
  return {
    sentence: said.sentence,
    records: [{ title: types.join(", "), tokens }],
    interpretations: said.interpretations.map((row) => inObject(row, rewritten, understood, placeOf)),
  };
}

function inObject(
  row: Interpretation,
  rewritten: RewrittenEvent<string>,
  { head, names, timePath }: Understood,
  placeOf: (path: string | undefined) => ByteMark | undefined,
): Interpretation {
  if (row.field === "time") return { ...row, recorded: head.timeText, mark: placeOf(timePath) };
  const mark = placeOf(rewritten.sourceOf(row.mark));
  return { ...row, mark, origin: named(row.origin, names) ?? row.origin };
}
