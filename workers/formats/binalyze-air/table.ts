/**
 * Fields of Binalyze AIR audit documents. The vendor publishes no list: names are those that public API clients read
 * and that the documented filters use, so every field has a list of synonyms. The case activity of the same API has the
 * same fields.
 */
import { lookup } from "../../base/lookup.ts";
import type { FieldTable } from "../field-table.ts";
import { LEVEL_WORDS, OUTCOME_WORDS } from "../words.ts";

/** The second is what a table of the console calls it. */
export const ENDPOINT = ["endpointName", "endpoint"] as const;
const NAMES = ["performedBy", "userName", "username"] as const;

/** Types of targets that the canonical model knows, by what AIR calls the thing. */
const TARGET_TYPES: Readonly<Record<string, string>> = lookup({
  endpoint: "asset",
  asset: "asset",
  user: "account",
  account: "account",
  organization: "organisation",
  organisation: "organisation",
  identity: "identity",
  group: "group",
  application: "application",
  permission: "permission",
  repository: "repository",
  perimeter: "perimeter",
});

export const TABLE: FieldTable = {
  time: ["createdAt", "timestamp", "occurredAt", "date", "time"],
  rules: [
    { to: "ref", from: ["_id", "id"] },
    { to: "actor", from: [...NAMES, "userId"] },
    { to: "custom1", from: ["userId"], when: NAMES },
    { to: "domain", constant: "binalyze-air" },
    { to: "family", constant: "binalyze-air" },
    { to: "tenant", from: ["organizationName", "organization", "organizationId", "organizationIds"] },
    { to: "session", from: ["sessionId"] },
    { to: "code", from: ["type", "action"] },
    { to: "event", from: ["type", "action"], as: "words" },
    { to: "category", from: ["category"], when: ["type"] },
    { to: "action", from: ["action"], when: ["type"] },
    { to: "action", from: ["type", "action"], as: "verb" },
    { to: "label", from: ["description", "message"] },
    { to: "from", from: ["ipAddress", "ip"] },
    { to: "to", from: ENDPOINT },
    { to: "target", from: [...ENDPOINT, "resourceName", "resourceId", "entityId"] },
    { to: "target.type", constant: "asset", when: ENDPOINT },
    { to: "target.type", from: ["resourceType", "resource", "entity"], words: TARGET_TYPES, otherwise: "custom6" },
    { to: "outcome", from: ["success", "result"], words: OUTCOME_WORDS },
    { to: "level", from: ["level"], words: LEVEL_WORDS, otherwise: "drop" },
    { to: "old", from: ["details.oldValue", "data.oldValue"], objects: true },
    { to: "new", from: ["details.newValue", "data.newValue"], objects: true },
    { to: "custom2", from: ["correlationId"] },
    { to: "custom3", from: ["eventSource"] },
    { to: "custom4", from: ["userAgent"] },
    { to: "custom5", from: ["duration"] },
    { to: "custom7", from: ["errorCode"] },
  ],
};
