/**
 * Okta System Log: events of its API (`/api/v1/logs`), an array or an event a line.
 * Source of names: Okta developer documentation, "System Log API", LogEvent object.
 */
import { lookup } from "../../base/lookup.ts";
import { isJsonArray, isJsonObject, type JsonObject, jsonText } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { defineMapped } from "../mapped.ts";
import type { Mapping } from "../mapper.ts";
import { TABLE } from "./table.ts";

const TARGETS: MeaningOrigin = { kind: "computed", text: "the things in `target`" };

export const okta = defineMapped({
  id: "okta",
  title: "Okta System Log",
  samples: [
    '{"uuid":"5b1e7a20-0000-4000-8000-000000000001","published":"2025-01-10T12:00:00.250Z","eventType":"user.session.start","severity":"INFO","displayMessage":"User login to Okta","actor":{"id":"00u1","type":"User","alternateId":"eva@example.test","displayName":"Eva"},"client":{"ipAddress":"192.0.2.10"},"outcome":{"result":"SUCCESS"}}',
  ],
  table: TABLE,
  recordTitle: "Okta event",
  has: "uuid, published, eventType and an actor or an outcome",
  fits: (object) =>
    ["uuid", "published", "eventType"].every((name) => typeof object[name] === "string") &&
    (isJsonObject(object["actor"]) || isJsonObject(object["outcome"])),
  write: writeTargets,
});

/** Types of targets that the canonical model knows, by what Okta calls them. */
const TYPES: Readonly<Record<string, string>> = lookup({
  User: "account",
  AppUser: "account",
  UserGroup: "group",
  AppGroup: "group",
  AppInstance: "application",
});

const LIST = ["target"] as const;
const FIELDS = [
  ["target", "target.type"],
  ["target2", "target2.type"],
] as const;

/** The first two; all of them stay in the data. */
function writeTargets(mapping: Mapping): void {
  const found = mapping.find(LIST);
  if (found === undefined || !isJsonArray(found.value)) return;
  const things = found.value.filter(isJsonObject).filter((thing) => nameOf(thing) !== undefined);
  for (const [i, [name, type]] of FIELDS.entries()) {
    const thing = things[i];
    if (thing === undefined) return;
    mapping.write(name, nameOf(thing) ?? "", found, TARGETS);
    const kind = thing["type"];
    if (typeof kind !== "string" || kind === "") continue;
    mapping.write(type, (Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined) ?? kind, found, TARGETS);
  }
}

function nameOf(thing: JsonObject): string | undefined {
  const name = [thing["displayName"], thing["alternateId"], thing["id"]].find((each) => Boolean(each));
  return name === undefined || name === null ? undefined : jsonText(name);
}
