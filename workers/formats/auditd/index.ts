/**
 * Linux audit logs as auditd, audisp and the kernel write them in lines: raw, ENRICHED, with node=, behind syslog or
 * printk headers. One entry is one event.
 */
import { defineFormat, type AnyFormat } from "../format.ts";
import { assembleEvents, type AuditEvent } from "./assembly.ts";
import { explainEvent } from "./explain.ts";
import { readEvent } from "./read.ts";
import { describeAudit, recogniseAudit } from "./recognise.ts";
import { recordsIn } from "./record.ts";
import { SAMPLES } from "./samples.ts";

export const auditd: AnyFormat = defineFormat<AuditEvent>({
  id: "auditd",
  title: "Linux auditd",
  version: "1",
  accepts: "text",
  samples: SAMPLES,
  recognise: recogniseAudit,
  describe: describeAudit,
  recordsIn,
  assemble: (_context, output) => assembleEvents(output),
  read: readEvent,
  explain: (records, event) => explainEvent(records, event),
});
