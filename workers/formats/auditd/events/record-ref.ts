/** What a record is known by where each record of an event is an entry of its own. */
import type { AuditRecord } from "../record.ts";

/** With the event's reference alone its neighbours would look like copies of it. `ref`: that of the event. */
export function recordRef(ref: string, record: AuditRecord): string {
  if (isWholeEvent(record)) return ref;
  const item = /\bitem=(\d+)/.exec(record.text.slice(record.bodyStart))?.[1];
  return `${ref} ${record.type.name}${item === undefined ? "" : ` ${item}`}`;
}

/** The messages of user space and of the daemon are events of one record. */
function isWholeEvent({ type: { number = 0 } }: AuditRecord): boolean {
  return (number >= 1100 && number < 1300) || number >= 2000;
}
