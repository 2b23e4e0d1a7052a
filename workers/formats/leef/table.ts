/** Predefined attributes of LEEF events (IBM QRadar DSM guide, "Predefined LEEF event attributes"). */
import type { FieldRule } from "../field-table.ts";
import { OUTCOME_WORDS } from "../words.ts";

const OUTCOMES = ["outcome", "result", "status"] as const;

export const RULES: readonly FieldRule[] = [
  { to: "actor", from: ["usrName", "accountName"] },
  { to: "domain", from: ["domain", "realm"] },
  { to: "session", from: ["sessionId"] },
  { to: "from", from: ["src", "identSrc", "srcPreNAT", "identHostName"] },
  { to: "to", from: ["dst", "dstPostNAT"] },
  { to: "category", from: ["cat"] },
  { to: "code", from: ["leef.eventId"] },
  { to: "event", from: ["leef.eventId"], as: "words" },
  { to: "action", from: ["action", "act"] },
  { to: "action", from: ["leef.eventId"], as: "verb" },
  { to: "outcome", from: OUTCOMES, words: OUTCOME_WORDS, otherwise: "drop" },
  { to: "label", from: ["msg", "message", "reason"] },
  { to: "target", from: ["resource", "accountName", "url"] },
  { to: "custom1", from: ["policy"] },
  { to: "custom2", from: ["role"] },
  { to: "custom3", from: ["groupID"] },
];

/**
 * `sev` goes from 1, the lowest, to 10. LEEF gives the numbers no names: they are read in the bands of CEF, 1..3 low, 4..6
 * medium, 7..8 high, 9..10 very high.
 */
export function levelOf(severity: string): string {
  const number = /^\d{1,2}$/.test(severity) ? Number(severity) : Number.NaN;
  if (!(number >= 0 && number <= 10)) return "unknown";
  return number <= 3 ? "info" : number <= 6 ? "warning" : number <= 8 ? "error" : "critical";
}
