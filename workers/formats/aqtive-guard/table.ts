/**
 * Fields of AQtive Guard's structured logs. Source: the vendor's administration guide (names and types of the five log
 * types); where a field goes in the canonical model is Exhibit's own choice.
 */
import { lookup } from "../../base/lookup.ts";
import type { FieldRule, FieldTable } from "../field-table.ts";

/** Kinds of elements that the canonical model has a type for; all others are parts of the application. */
const TARGET_TYPES: Readonly<Record<string, string>> = lookup({
  user: "account",
  account: "account",
  group: "group",
  organization: "organisation",
  organisation: "organisation",
  role: "permission",
  permission: "permission",
  endpoint: "asset",
  host: "asset",
  machine: "asset",
  identity: "identity",
  repository: "repository",
  perimeter: "perimeter",
});

/** The vendor's five levels, and two spellings that its loggers use for them; anything else stays as it is written. */
const LEVELS: Readonly<Record<string, string>> = lookup({
  debug: "debug",
  info: "info",
  warning: "warning",
  warn: "warning",
  error: "error",
  critical: "critical",
  fatal: "critical",
});

const GRANTED: Readonly<Record<string, string>> = lookup({
  true: "success",
  "1": "success",
  false: "fail",
  "0": "fail",
});

/** What every log type has. */
export const TABLE: FieldTable = {
  time: ["created_at"],
  rules: [
    { to: "ref", from: ["id"] },
    { to: "datasource", from: ["hostname"] },
    { to: "family", constant: "aqtive-guard" },
    { to: "domain", constant: "aqtive-guard" },
    { to: "level", from: ["level"], words: LEVELS },
    { to: "category", from: ["log_type"] },
    { to: "custom1", from: ["pid"] },
    { to: "custom2", from: ["request_id"] },
    { to: "actor", from: ["user_name", "user_id"] },
    { to: "custom3", from: ["user_id"] },
    { to: "outcome", from: ["access_granted"], words: GRANTED, otherwise: "drop" },
    { to: "custom4", from: ["access_denied_reason"] },
    { to: "custom5", from: ["client_ip"], when: ["forwarded_for_client_ip"] },
    { to: "from", from: ["forwarded_for_client_ip", "client_ip"] },
    { to: "custom6", from: ["element"] },
    { to: "old", from: ["old_value"], objects: true },
    { to: "new", from: ["new_value"], objects: true },
    { to: "custom7", from: ["api_key"] },
    { to: "custom8", from: ["memory_mb"] },
    { to: "custom9", from: ["module"] },
    { to: "custom10", from: ["computer_group"] },
    { to: "custom11", from: ["endpoint_id"] },
  ],
};

export const AUDIT: readonly FieldRule[] = [
  { to: "code", from: ["action"] },
  { to: "event", from: ["action"], as: "words" },
  { to: "action", from: ["action"] },
];
export const ELEMENT: readonly FieldRule[] = [
  { to: "target.type", from: ["element"], words: TARGET_TYPES, otherwise: "drop" },
  { to: "target.type", constant: "application", when: ["element"] },
  { to: "target", from: ["setting"] },
  { to: "target.type", constant: "asset", when: ["setting"] },
];
export const WEB: readonly FieldRule[] = [
  { to: "action", from: ["method"] },
  { to: "target", from: ["path"] },
  { to: "payload", from: ["status_code"] },
];
/** A job of the Tanium connector names an endpoint, a group or both; a request to the server names the server and the path. */
export const TANIUM: readonly FieldRule[] = [
  { to: "target", from: ["endpoint_id"] },
  { to: "target.type", constant: "asset", when: ["endpoint_id"] },
  { to: "target.parent", from: ["computer_group"], when: ["endpoint_id"] },
  { to: "target", from: ["computer_group"] },
  { to: "target.type", constant: "group", when: ["computer_group"] },
  { to: "to", from: ["target"] },
  { to: "action", constant: "request", when: ["path"] },
  { to: "custom13", from: ["path"], when: ["endpoint_id", "computer_group"] },
  { to: "target", from: ["path"] },
  { to: "payload", from: ["status_code"] },
  { to: "custom12", from: ["error"] },
];
/** What no log type has of its own, and what the types leave open. */
export const REST: readonly FieldRule[] = [
  { to: "to", from: ["hostname"] },
  { to: "label", from: ["message"] },
  { to: "code", from: ["log_type"] },
  { to: "event", from: ["log_type"], as: "words" },
];
