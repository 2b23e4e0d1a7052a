/** What tells session audit entries of Siren Investigate from other documents and rows of a table. */
import { jsonText } from "../../base/json.ts";
import type { CarriedRecord, Recognition } from "../format.ts";
import { Mapping } from "../mapper.ts";
import { TABLE, TYPE } from "./table.ts";

/**
 * Types of entries that the vendor documents, over all releases and with the AI plug-in. Others may come: the set only
 * serves to recognise a log, an entry of any other type is read alike.
 */
const TYPES = new Set(["ui", "search", "count", "auth", "security", "acl", "dev"]);
/** Types whose names few other logs have. */
const TELLING_TYPES = new Set([
  "savedObject",
  "dataExport",
  "systemSearch",
  "globalSearch",
  "globalSearchCount",
  "globalSearchRaw",
  "collectionsSearch",
  "llmPrompt",
  "reportExportToDoc",
]);
/** Names of an entry that say whose it is: the one documented field, and the headers that are always logged. */
const OWN = ["instanceName", "headers.siren-session-id"] as const;
const USUAL = [
  ["user", "username"],
  ["sessionId", "session_id", "sid"],
  ["remoteIp", "clientIp", "ip"],
  ["action", "operation"],
  ["target", "target.id", "savedObjectType"],
  ["request", "request.index"],
  ["response", "response.status"],
] as const;
/** The prefix of the indices, unless it was changed in the settings. */
const INDEX = /^siren-audit-/;

export function recognise(records: readonly CarriedRecord[]): Recognition {
  const kinds = records.map(kindOf);
  const fitting = kinds.filter((kind) => kind !== "other").length;
  const telling = kinds.filter((kind) => kind === "telling").length;
  if (telling === 0) return { confidence: 0, reasons: ["no record has a type of Siren Investigate and a name of it"] };
  const share = fitting / records.length;
  return {
    confidence: share < 0.5 ? 0.98 * share : 0.9 + 0.08 * share,
    reasons: [`${fitting} of ${records.length} records have time, type and other fields of Siren Investigate`],
  };
}

/** "plain": an entry by its type, which is a word that many logs use; one that is telling must be there as well. */
function kindOf({ body, wrap }: CarriedRecord): "telling" | "plain" | "other" {
  if (body.kind !== "object") return "other";
  const mapping = new Mapping(body.value, () => {});
  const type = mapping.find(TYPE);
  if (type === undefined) return "other";
  const index = wrap?.fields.find(([name]) => name === "_index")?.[1] ?? body.value["_index"];
  if (typeof index === "string" && INDEX.test(index)) return "telling";
  const name = jsonText(type.value);
  const isKnown = TYPES.has(name) || TELLING_TYPES.has(name);
  const usual = USUAL.filter((paths) => mapping.find(paths, true) !== undefined).length;
  const hasTime = mapping.find(TABLE.time) !== undefined;
  if (!isKnown || usual < 2 || !hasTime) return "other";
  return TELLING_TYPES.has(name) || mapping.find(OWN) !== undefined ? "telling" : "plain";
}
