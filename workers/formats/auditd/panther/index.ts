/**
 * Rows of Panther: one row is one entry. Those of `Linux.Auditd` hold one audit record each, field by field, and are read
 * as that record; of other logs Panther's own fields are known.
 */
import { type AnyFormat, type CarriedRecord, defineFormat, type Recognition } from "../../format.ts";
import { assembleObjects, explainObject, type ObjectEntry, readObject } from "../../object-entry.ts";
import { otherRow } from "./other.ts";
import { explainAuditRow, readAuditRow } from "./read.ts";
import { isAuditRow, logTypeOf, pantherRow, type PantherRow } from "./row.ts";
import { auditRowAgain } from "./rows-again.ts";
import { SAMPLES } from "./samples.ts";
import { aboutField } from "../about.ts";

const TITLE = "Panther rows";

export const panther: AnyFormat = defineFormat<ObjectEntry>({
  id: "panther",
  title: TITLE,
  version: "1",
  accepts: "object",
  // Keystrokes (TTY, USER_TTY): they may hold passwords.
  secrets: ["raw.data", "raw.extra_message_fields.data", "raw.extra_message_fields.msg"],
  identifiedBy: "custom1",
  about: aboutField,
  samples: SAMPLES,
  recognise,
  describe,
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read(entry, context, sink) {
    const row = pantherRow(entry.record);
    if (isAuditRow(row.opened)) readAuditRow(row, context, sink);
    else readObject(opened(entry, row), otherRow, context, sink);
  },
  auditRows(entry) {
    const row = pantherRow(entry.record);
    return isAuditRow(row.opened) ? [auditRowAgain(row)] : [];
  },
  explain(_records, entry, context) {
    const row = pantherRow(entry.record);
    if (isAuditRow(row.opened)) return explainAuditRow(row);
    return explainObject(opened(entry, row), otherRow, context, "Panther row");
  },
});

function opened(entry: ObjectEntry, row: PantherRow): ObjectEntry {
  return { ...entry, expanded: row.opened };
}

function recognise(records: readonly CarriedRecord[]): Recognition {
  let rows = 0;
  let bare = 0;
  for (const record of records) {
    if (record.body.kind !== "object") continue;
    const { opened } = pantherRow(record);
    if (logTypeOf(opened) !== undefined) rows++;
    else if (isAuditRow(opened)) bare++;
  }
  const found = rows + bare;
  if (found === 0) return { confidence: 0, reasons: ["no record has Panther's p_log_type and p_event_time"] };
  const has = rows === 0 ? "the fields of a Linux.Auditd row" : "p_log_type and p_event_time";
  return { confidence: found / records.length, reasons: [`${found} of ${records.length} records have ${has}`] };
}

function describe(records: readonly CarriedRecord[]): string {
  const types = new Set<string>();
  for (const record of records) {
    const { opened } = pantherRow(record);
    if (isAuditRow(opened)) types.add("Linux.Auditd");
    else types.add(logTypeOf(opened) ?? "other objects");
  }
  return types.size === 0 || types.size > 3 ? TITLE : `${TITLE}, ${[...types].join(" and ")}`;
}
