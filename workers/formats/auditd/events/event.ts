/** An event that is one object: who did what is read from its records as the kernel wrote them. */
import type { JsonObject } from "../../../base/json.ts";
import type { ByteMark, Interpretation, MeaningOrigin } from "../../../contract.ts";
import type { CarriedRecord, EntrySink, Explanation, ReadContext } from "../../format.ts";
import { writeWrapFields } from "../../wrap.ts";
import { auditRowsOf } from "../audit-rows.ts";
import { explainEvent } from "../explain.ts";
import { readEvent } from "../read.ts";
import { RewrittenEvent, RewrittenSink } from "../rewritten.ts";
import type { Form, Understood } from "./form.ts";
import { Leaves } from "./leaves.ts";
import { placeIn, spansOf } from "./places.ts";
import { recordRef } from "./record-ref.ts";

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

function refOf({ isOneOfSeveral, records }: Understood): (ref: string) => string {
  const first = records[0]?.record;
  return (ref) => (isOneOfSeveral && first !== undefined ? recordRef(ref, first) : ref);
}

function named(origin: MeaningOrigin | undefined, names: MeaningOrigin | undefined): MeaningOrigin | undefined {
  return names !== undefined && origin?.kind === "enriched" ? names : origin;
}

export function auditRowsOfObject(event: ObjectEvent): readonly JsonObject[] {
  return auditRowsOf(understand(event).rewritten.event);
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
