/**
 * Documents of the Elastic Common Schema, with nested or dotted names: what Beats, Elastic Agent and many exporters write.
 * Source of names: ECS field reference (https://www.elastic.co/docs/reference/ecs).
 */
import { isJsonObject, type JsonObject } from "../../base/json.ts";
import { defineMapped } from "../mapped.ts";
import { TABLE } from "./table.ts";

export const ecs = defineMapped({
  id: "ecs",
  title: "Elastic Common Schema documents",
  samples: [
    '{"@timestamp":"2025-01-10T12:00:00.123Z","user":{"name":"eva"},"event":{"action":"file-deleted","outcome":"success"}}',
    '{"@timestamp":"2025-01-10T12:00:00.123Z","user.name":"eva","event.action":"file-deleted","event.outcome":"success"}',
  ],
  table: TABLE,
  recordTitle: "ECS document",
  has: "@timestamp and fields of event that ECS has",
  fits,
});

/** Fields of `event` in ECS: others mean something else by that name. */
const EVENT = new Set([
  "action",
  "agent_id_status",
  "category",
  "code",
  "created",
  "dataset",
  "duration",
  "end",
  "ingested",
  "kind",
  "module",
  "original",
  "outcome",
  "provider",
  "reason",
  "severity",
  "start",
  "type",
]);

function fits(object: JsonObject): boolean {
  if (!("@timestamp" in object)) return false;
  const event = object["event"];
  if (isJsonObject(event)) return Object.keys(event).some((name) => EVENT.has(name));
  return Object.keys(object).some((name) => name.startsWith("event.") && EVENT.has(name.slice("event.".length)));
}
