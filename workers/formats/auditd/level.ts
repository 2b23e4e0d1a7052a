/** The level of an event is ours: audit records have none. */
import { isDecision } from "./actions.ts";
import { isRefused, type Outcome } from "./outcome.ts";
import type { EventView, RecordView } from "./view.ts";

/** Anomalies and the responses to them, as the audit project names its record types (lib/audit-records.h, 1700 and 2100 on). */
const GRAVE = /^(?:ANOM|RESP)_/;

/** By the gravest of its records, so that an event says the same as its records do as rows of their own. */
export function levelOf(view: EventView, outcome: Outcome | undefined): "error" | "warning" | "info" {
  if (view.records.some(isGrave)) return "error";
  return outcome?.value === "fail" ? "warning" : "info";
}

function isGrave(view: RecordView): boolean {
  if (GRAVE.test(view.type)) return true;
  // A SELINUX_ERR tells of a label that cannot be, not of an access.
  return isDecision(view.type) && view.type !== "SELINUX_ERR" && isRefused(view);
}
