/** What tells documents of Binalyze AIR from others, as objects and as rows of a table. */
import type { JsonObject } from "../../base/json.ts";
import type { CarriedRecord, Recognition } from "../format.ts";
import { Mapping } from "../mapper.ts";
import { TABLE } from "./table.ts";

const ID = ["_id"] as const;
const TYPICAL = [
  ["performedBy"],
  ["createdAt"],
  ["type"],
  ["organizationId"],
  ["organizationIds"],
  ["eventSource"],
  ["ipAddress"],
  ["userAgent"],
] as const;
/** Names that few other collections have; without one of them a document could be anybody's. */
const TELLING = ["performedBy", "organizationId", "organizationIds", "eventSource"] as const;
const ACTOR = ["performedBy", "userName", "userId"] as const;
const CODE = ["type", "action"] as const;

export function recognise(records: readonly CarriedRecord[]): Recognition {
  const mappings = records.flatMap(({ body }) => (body.kind === "object" ? [new Mapping(body.value, () => {})] : []));
  const documents = mappings.filter(isDocument);
  const rows = mappings.filter(({ object }) => isRow(object));
  const fitting = documents.length >= rows.length ? documents : rows;
  if (fitting.length === 0) return { confidence: 0, reasons: ["no record has _id and two fields of AIR"] };
  const telling = fitting.filter((mapping) => mapping.find(TELLING) !== undefined).length;
  const share = fitting.length / records.length;
  const names = TYPICAL.filter((paths) => fitting.some((mapping) => mapping.find(paths) !== undefined)).join(", ");
  const what = fitting === rows ? "columns for time, actor and type" : "_id and two or more fields of AIR";
  return {
    confidence: (telling > fitting.length / 2 ? 0.98 : 0.6) * share,
    reasons: [`${fitting.length} of ${records.length} records have ${what} (${names})`],
  };
}

function isDocument(mapping: Mapping): boolean {
  return mapping.find(ID) !== undefined && TYPICAL.filter((paths) => mapping.find(paths) !== undefined).length >= 2;
}

/** A table of the console has no _id: its header must name time, actor and type, and more that AIR has and few others. */
function isRow(object: JsonObject): boolean {
  const names = new Set(Object.keys(object).map(folded));
  const has = (paths: readonly string[]): boolean => paths.some((path) => names.has(folded(path)));
  const others = OTHERS.filter((name) => names.has(folded(name))).length;
  return has(TABLE.time) && has(ACTOR) && has(CODE) && names.has("performedby") && others >= 2;
}
const OTHERS = [
  "organization",
  "organizationName",
  "organizationId",
  "organizationIds",
  "eventSource",
  "endpoint",
  "endpointName",
  "ipAddress",
  "details",
  "description",
] as const;

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_\-.]/g, "");
}
