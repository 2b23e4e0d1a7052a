/** Fields of the Elastic Common Schema (ECS field reference, version 8); the mapper finds nested and dotted spellings. */
import type { FieldTable } from "../field-table.ts";
import { LEVEL_WORDS, OUTCOME_WORDS } from "../words.ts";

const TARGET_USER = ["user.target.name", "user.changes.name"] as const;

export const TABLE: FieldTable = {
  time: ["@timestamp"],
  rules: [
    { to: "ref", from: ["event.id", "_id"] },
    { to: "actor", from: ["user.name", "user.email", "user.id", "client.user.name", "source.user.name"] },
    { to: "domain", from: ["user.domain"] },
    { to: "person", from: ["user.full_name"] },
    { to: "tenant", from: ["organization.name", "organization.id", "cloud.account.id"] },
    { to: "from", from: ["source.ip", "client.ip", "source.address", "client.address", "source.domain"] },
    { to: "to", from: ["host.name", "host.hostname", "destination.ip", "destination.address", "server.ip"] },
    { to: "code", from: ["event.code", "event.action"] },
    { to: "event", from: ["event.action", "event.code"], as: "words" },
    { to: "action", from: ["event.action"], as: "verb" },
    { to: "category", from: ["event.category", "event.module"] },
    // The third value, unknown, says nothing.
    { to: "outcome", from: ["event.outcome"], words: OUTCOME_WORDS, otherwise: "drop" },
    { to: "level", from: ["log.level"], words: LEVEL_WORDS, otherwise: "drop" },
    { to: "label", from: ["message", "event.reason", "event.original"] },
    { to: "target.type", constant: "account", when: TARGET_USER },
    { to: "target", from: TARGET_USER },
    {
      to: "target",
      from: ["group.name", "file.path", "registry.path", "url.full", "url.original", "process.executable"],
    },
    { to: "custom1", from: ["event.dataset"] },
    { to: "custom2", from: ["event.provider"] },
    { to: "custom3", from: ["event.kind"] },
    { to: "custom4", from: ["event.type"] },
    { to: "custom5", from: ["user_agent.original"] },
    { to: "custom6", from: ["event.reason"] },
  ],
};
