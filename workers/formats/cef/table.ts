/**
 * Keys of CEF extensions, short and long (ArcSight Common Event Format, implementing guide, extension dictionary), and
 * where they go.
 */
import { lookup } from "../../base/lookup.ts";
import type { FieldRule } from "../field-table.ts";
import { OUTCOME_WORDS } from "../words.ts";

/** In this order; the time of the syslog header comes last. */
export const TIMES = ["rt", "deviceReceiptTime", "start", "startTime", "end", "endTime"] as const;

const SOURCE_USER = ["suser", "sourceUserName", "suid", "sourceUserId"] as const;
const TARGET_USER = ["duser", "destinationUserName"] as const;
const FILES = ["fname", "fileName", "filePath", "request", "requestUrl"] as const;

/** What a device did to an event that it did not let pass. */
const REFUSALS: Readonly<Record<string, string>> = lookup({
  blocked: "fail",
  block: "fail",
  denied: "fail",
  deny: "fail",
  dropped: "fail",
  rejected: "fail",
});

export const RULES: readonly FieldRule[] = [
  { to: "ref", from: ["externalId", "eventId"] },
  { to: "actor", from: [...SOURCE_USER, ...TARGET_USER] },
  { to: "domain", from: ["sntdom", "sourceNtDomain"] },
  { to: "from", from: ["src", "sourceAddress", "shost", "sourceHostName"] },
  {
    to: "to",
    from: ["dst", "destinationAddress", "dhost", "destinationHostName", "dvchost", "deviceHostName"],
  },
  { to: "category", from: ["cat", "deviceEventCategory"] },
  { to: "code", from: ["cef.signatureId"] },
  { to: "event", from: ["cef.name"] },
  { to: "action", from: ["act", "deviceAction"] },
  { to: "outcome", from: ["outcome", "eventOutcome"], words: OUTCOME_WORDS, otherwise: "drop" },
  { to: "outcome", from: ["act", "deviceAction"], words: REFUSALS, otherwise: "drop" },
  { to: "count", from: ["cnt", "baseEventCount"] },
  { to: "label", from: ["msg", "message", "cef.name"] },
  { to: "target", from: FILES },
  { to: "target", from: TARGET_USER, when: SOURCE_USER },
  { to: "target.type", constant: "account", when: TARGET_USER },
];

/** Fields of a device's own, whose meaning stands in the key of the same name with `Label`. */
export const CUSTOM_KEY =
  /^(?:(?:cs|cn|cfp|c6a|flexString|flexNumber|flexDate|deviceCustomDate|deviceCustomString|deviceCustomNumber|deviceCustomFloatingPoint|deviceCustomIPv6Address)\d{1,2})$/;

/** 0..3 low, 4..6 medium, 7..8 high, 9..10 very high, or the words. */
export function levelOf(severity: string): string {
  const number = /^\d{1,2}$/.test(severity) ? Number(severity) : Number.NaN;
  if (number >= 0 && number <= 10) {
    return number <= 3 ? "info" : number <= 6 ? "warning" : number <= 8 ? "error" : "critical";
  }
  const word = severity.toLowerCase().replaceAll(/[-_ ]/g, "");
  return Object.hasOwn(LEVELS, word) ? (LEVELS[word] ?? UNKNOWN) : UNKNOWN;
}
const UNKNOWN = "unknown";
const LEVELS: Readonly<Record<string, string>> = lookup({
  low: "info",
  medium: "warning",
  high: "error",
  veryhigh: "critical",
});
