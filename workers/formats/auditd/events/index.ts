/**
 * Linux audit events that another program has put together and written as objects: laurel, Auditbeat, Filebeat,
 * Microsoft's OMS plugin, go-libaudit. They are read as the records that they were made of.
 */
import type { AnyFormat, CarriedRecord, Recognition } from "../../format.ts";
import { defineFormat } from "../../format.ts";
import { auditRowsOfObject, explainObjectEvent, type ObjectEvent, readObjectEvent } from "./event.ts";
import type { Form } from "./form.ts";
import { BEATS } from "./beats.ts";
import { laurel } from "./laurel.ts";
import { Leaves } from "./leaves.ts";
import { oms } from "./oms.ts";
import { SAMPLES } from "./samples.ts";
import { aboutField } from "../about.ts";

const FORMS: readonly Form[] = [laurel, ...BEATS, oms];

const TITLE = "Linux audit events as objects";

export const auditdEvents: AnyFormat = defineFormat<ObjectEvent>({
  id: "auditd-events",
  title: TITLE,
  version: "1",
  accepts: "object",
  fixedTime: true,
  // What was typed, under the names that each of the programs has for it.
  secrets: ["raw.data", "raw.auditd.data.data", "raw.auditd.log.data", "raw.data.data", "raw.event.data.data"],
  about: aboutField,
  samples: SAMPLES,
  recognise,
  describe: (records) => records.map(formOf).find((form) => form !== undefined)?.title ?? TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => ({
    push(record) {
      const form = formOf(record);
      if (form !== undefined && record.body.kind === "object")
        output.entry([record], { record, value: record.body.value, form }, 0);
      else output.reject(record, "auditd.no-event", "This object is no audit event in any known form.");
    },
    finish() {},
  }),
  read: readObjectEvent,
  auditRows: auditRowsOfObject,
  explain: (_records, event) => explainObjectEvent(event),
});

function formOf({ body }: CarriedRecord): Form | undefined {
  if (body.kind !== "object") return undefined;
  const { value } = body;
  const leaves = new Leaves(value);
  return FORMS.find((form) => form.claims(value, leaves));
}

function recognise(records: readonly CarriedRecord[]): Recognition {
  const forms = records.map(formOf).filter((form) => form !== undefined);
  const [first] = forms;
  if (first === undefined) return { confidence: 0, reasons: ["no object is an audit event"] };
  return {
    confidence: forms.length / records.length,
    reasons: [`${forms.length} of ${records.length} objects are audit events (${first.title})`],
  };
}
