/**
 * Linux audit logs as auditd, audisp and the kernel write them in lines: raw, ENRICHED, with node=, behind syslog or
 * printk headers, in a journal, in Fluent Bit's objects. One entry is one event.
 */
import { defineFormat, type AnyFormat, type EntrySink, type ReadContext } from "../format.ts";
import { writeWrapFields, writeWrapTime } from "../wrap.ts";
import { auditRowsOf } from "./audit-rows.ts";
import { assembleEvents, type AuditEvent } from "./assembly.ts";
import { explainEvent } from "./explain.ts";
import { readEvent } from "./read.ts";
import { describeAudit, recogniseAudit } from "./recognise.ts";
import { recordsIn } from "./record.ts";
import { SAMPLES } from "./samples.ts";
import { aboutField } from "./about.ts";

export const auditd: AnyFormat = defineFormat<AuditEvent>({
  id: "auditd",
  title: "Linux auditd",
  version: "1",
  accepts: "text",
  joinsRotated: true,
  takesNames: true,
  keepsBytes: true,
  // Keystrokes (TTY, USER_TTY): they may hold passwords.
  secrets: ["raw.data", "raw._AUDIT_FIELD_DATA"],
  about: aboutField,
  samples: SAMPLES,
  recognise: recogniseAudit,
  describe: describeAudit,
  recordsIn,
  assemble: (_context, output) => assembleEvents(output),
  read: readWrapped,
  auditRows: auditRowsOf,
  explain: (records, event, { names }) => explainEvent(records, event, names),
});

/** The header's time counts only where the record and the journal's fields have none. */
function readWrapped(event: AuditEvent, context: ReadContext, sink: EntrySink): void {
  readEvent(event, context, sink);
  const first = event.records[0];
  const time = first?.carried.wrap?.time;
  if (first?.stamp.at === -1 && first.stamp.time === undefined && time !== undefined)
    writeWrapTime(time, context, sink);
  for (const carried of event.carried) writeWrapFields(carried, sink);
}
