/** Fields of an event of the Okta System Log (Okta developer documentation, "System Log API", LogEvent object). */
import type { FieldTable } from "../field-table.ts";
import { LEVEL_WORDS, OUTCOME_WORDS } from "../words.ts";

export const TABLE: FieldTable = {
  time: ["published"],
  rules: [
    { to: "ref", from: ["uuid"] },
    { to: "actor", from: ["actor.alternateId", "actor.displayName", "actor.id"] },
    { to: "person", from: ["actor.displayName"] },
    { to: "domain", constant: "okta" },
    { to: "session", from: ["authenticationContext.externalSessionId"] },
    { to: "from", from: ["client.ipAddress"] },
    { to: "code", from: ["eventType"] },
    { to: "event", from: ["displayMessage"] },
    { to: "event", from: ["eventType"], as: "words" },
    { to: "action", from: ["eventType"], as: "verb" },
    { to: "label", from: ["displayMessage"] },
    // SKIPPED, CHALLENGE and UNKNOWN are neither success nor failure.
    { to: "outcome", from: ["outcome.result"], words: OUTCOME_WORDS, otherwise: "custom1" },
    { to: "level", from: ["severity"], words: LEVEL_WORDS, otherwise: "drop" },
    { to: "custom2", from: ["outcome.reason"] },
    { to: "custom3", from: ["client.userAgent.rawUserAgent"] },
    { to: "custom4", from: ["actor.type"] },
    { to: "custom5", from: ["transaction.id"] },
    { to: "custom6", from: ["authenticationContext.authenticationProvider"] },
    { to: "custom7", from: ["client.geographicalContext.country"] },
  ],
};
