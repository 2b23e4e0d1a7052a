/**
 * Names that JSON logs commonly use. Sources: the Elastic Common Schema, CloudTrail, Okta, Kubernetes audit and
 * Timesketch field lists, and the habits of logging libraries.
 */
import type { FieldTable } from "./field-table.ts";
import { LEVEL_WORDS, OUTCOME_WORDS } from "./words.ts";

const CODE = ["eventCode", "event_code", "event.code", "eventName", "eventType", "event_type", "event.action"] as const;
const ACTION = ["action", "event.action", "eventName", "verb", "operation", "type", "event_type", "eventType"] as const;

export const COMMON_TABLE: FieldTable = {
  time: [
    "@timestamp",
    // Before `timestamp`: where Timesketch files have both and they differ, the written one counts.
    "datetime",
    "timestamp",
    "time",
    "date",
    "eventTime",
    "event_time",
    "created_at",
    "createdAt",
    "published",
    "ts",
    "_time",
    "occurredAt",
    "requestReceivedTimestamp",
    "stageTimestamp",
    "logged_at",
    "event.created",
  ],
  rules: [
    {
      to: "actor",
      from: [
        "user.name",
        "user",
        "username",
        "userName",
        "user_name",
        "actor.alternateId",
        "actor.name",
        "actor.login",
        "actor.email",
        "actor.id",
        "actor",
        "userIdentity.userName",
        "userIdentity.arn",
        "userIdentity.principalId",
        "user.username",
        "user.id",
        "principal",
        "suser",
        "account",
        "login",
        "performedBy",
        "email",
      ],
    },
    { to: "domain", from: ["user.domain", "domain", "realm"] },
    { to: "tenant", from: ["organization.name", "organization.id", "tenant", "tenantId", "organization", "org"] },
    { to: "session", from: ["session.id", "sessionId", "session_id", "session"] },
    { to: "ref", from: ["event.id", "eventId", "event_id", "eventID", "uuid", "_id", "id", "auditID"] },
    {
      to: "from",
      from: [
        "source.ip",
        "source.address",
        "src_ip",
        "src",
        "ip",
        "client_ip",
        "clientIp",
        "client.ip",
        "client.ipAddress",
        "sourceIPAddress",
        "ipAddress",
        "remote_addr",
        "remoteAddress",
      ],
    },
    {
      to: "to",
      from: [
        "host.name",
        "host.hostname",
        "host",
        "hostname",
        "computer",
        "computerName",
        "machine",
        "destination.ip",
        "dst_ip",
        "dst",
      ],
    },
    { to: "code", from: [...CODE, ...ACTION, "event"] },
    { to: "event", from: ["displayMessage", ...CODE, ...ACTION, "event"], as: "words" },
    { to: "action", from: ACTION, as: "verb" },
    { to: "category", from: ["event.category", "category", "eventSource", "event.module"] },
    { to: "label", from: ["message", "msg", "description", "displayMessage", "summary", "text", "event.original"] },
    {
      to: "target",
      from: [
        "target.name",
        "targetName",
        "target",
        "resource.name",
        "resourceName",
        "objectRef.name",
        "file.path",
        "object",
      ],
    },
    { to: "target.type", from: ["target.type", "targetType", "resource.type", "resourceType", "objectRef.resource"] },
    {
      to: "outcome",
      from: ["event.outcome", "outcome.result", "outcome", "success", "result", "status"],
      words: OUTCOME_WORDS,
    },
    {
      to: "level",
      from: ["level", "log.level", "severity", "loglevel", "log_level"],
      words: LEVEL_WORDS,
      otherwise: "drop",
    },
  ],
};
