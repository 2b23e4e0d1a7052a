/**
 * Fields of session audit entries of Siren Investigate. The vendor documents the settings and the types of entries, not
 * the entry itself: of the names below only `instanceName` is documented, so every field has a list of synonyms, and
 * what no rule uses stays in the data. `_id` and `_index` are the header that Elasticsearch gives a document.
 */
import type { CanonicalName } from "../../contract.ts";
import type { FieldRule, FieldTable } from "../field-table.ts";

/** Text where it is text; of an object its name or id, else the object as JSON text. */
function named(to: CanonicalName, paths: readonly string[]): readonly FieldRule[] {
  const parts = paths.flatMap((path) => [path, `${path}.username`, `${path}.name`, `${path}.id`]);
  return [
    { to, from: parts },
    { to, from: paths, objects: true },
  ];
}

export const TYPE = ["type"] as const;
const ACTION = ["action", "operation", "request.method"] as const;
export const STATUS = ["response.status", "statusCode", "status"] as const;
export const ERROR = ["error", "response.error"] as const;
export const TARGET_ID = ["target.id"] as const;

export const TABLE: FieldTable = {
  time: ["@timestamp", "timestamp", "time", "date"],
  rules: [
    ...named("datasource", ["instanceName"]),
    { to: "family", constant: "siren-investigate" },
    { to: "domain", constant: "siren-investigate" },
    { to: "category", from: TYPE },
    ...named("action", ACTION),
    { to: "action", from: TYPE },
    ...named("actor", ["user", "username", "user.username", "user.name"]),
    ...named("session", ["sessionId", "session_id", "sid", "headers.siren-session-id"]),
    ...named("from", ["remoteIp", "ip", "clientIp"]),
    ...named("to", ["request.host", "host"]),
    { to: "custom2", from: ["target.type", "savedObjectType", "objectType"] },
    {
      to: "target",
      from: ["target.title", "title", "target.id", "objectId", "request.index", "target.name", "target"],
    },
    { to: "old", from: ["bodyBefore", "oldOwner", "before"], objects: true },
    { to: "new", from: ["bodyAfter", "newOwner", "after"], objects: true },
    { to: "custom3", from: STATUS },
  ],
};
/** Whatever an entry acts on is a part of the application. */
export const TARGET: readonly FieldRule[] = [
  {
    to: "target.type",
    constant: "application",
    when: ["target.title", "title", "target.id", "objectId", "request.index", "target.name", "target"],
  },
];
