/** Binalyze AIR: documents of the audit log and of the case activity, however they were carried. */
import { isJsonObject, type JsonObject } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type Recognition } from "../format.ts";
import type { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { writeInteract } from "./interact.ts";
import { TABLE } from "./table.ts";

const TITLE = "Binalyze AIR audit log";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };
const NOT_A_LEVEL: MeaningOrigin = { kind: "table", text: "not a level that is known" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };

export const binalyzeAir = defineFormat<ObjectEntry>({
  id: "binalyze-air",
  title: TITLE,
  version: "1",
  accepts: "object",
  samples: [
    '{"_id":{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"},"createdAt":{"$date":"2024-11-04T08:01:02.345Z"},"type":"user-login-success","description":"User eva logged in","performedBy":"eva","organizationIds":[1],"eventSource":"console","ipAddress":"192.0.2.10","success":true,"data":{}}',
    '{"_id":7,"createdAt":"2025-03-01T09:01:27.789Z","type":"interact-command-executed","performedBy":"eva","endpointName":"WKS-0142","organizationId":1,"details":{"command":"netstat -an"}}',
  ],
  recognise,
  describe: () => TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read: (entry, context, sink) => readObject(entry, meaning, context, sink),
  explain: (_records, entry, context) => explainObject(entry, meaning, context, "Audit document"),
});

const meaning: Meaning = (mapping, writer, context) => {
  const time = mapping.time(TABLE.time);
  if (time !== undefined) writer.time(time.found, time.time);
  mapping.write("datasource", context.memberName, undefined, FILE_NAME);
  writeInteract(mapping);
  mapping.run(TABLE.rules);
  writer.complete();
  if (writeLevel(mapping)) writer.flag("levelDerived");
  const rest = writer.wants("data") ? mapping.rest() : undefined;
  if (rest !== undefined) mapping.write("data", rest, undefined, REST);
};

const LEVEL = ["level"] as const;

/** True when the level had to be derived: a failure is a warning, everything else is information. */
function writeLevel(mapping: Mapping): boolean {
  if (mapping.has("level")) return false;
  const odd = mapping.find(LEVEL);
  if (odd !== undefined) {
    mapping.write("level", "unknown", odd, NOT_A_LEVEL);
    return false;
  }
  mapping.write("level", mapping.written("outcome") === "fail" ? "warning" : "info", undefined, FROM_OUTCOME);
  return true;
}

const TYPICAL = [
  "performedBy",
  "createdAt",
  "type",
  "organizationId",
  "organizationIds",
  "eventSource",
  "ipAddress",
  "userAgent",
] as const;
/** Names that few other collections have; without one of them a document could be anybody's. */
const TELLING = ["performedBy", "organizationId", "organizationIds", "eventSource"] as const;

function recognise(records: readonly CarriedRecord[]): Recognition {
  const objects = records.flatMap(({ body }) =>
    body.kind === "object" && isJsonObject(body.value) ? [body.value] : [],
  );
  const fitting = objects.filter(isDocument);
  if (fitting.length === 0) return { confidence: 0, reasons: ["no record has _id and two fields of AIR"] };
  const telling = fitting.filter((object) => TELLING.some((name) => name in object)).length;
  const share = fitting.length / records.length;
  const names = TYPICAL.filter((name) => fitting.some((object) => name in object)).join(", ");
  return {
    confidence: telling > fitting.length / 2 ? 0.98 * share : 0.6 * share,
    reasons: [`${fitting.length} of ${records.length} records have _id and two or more fields of AIR (${names})`],
  };
}

function isDocument(object: JsonObject): boolean {
  return "_id" in object && TYPICAL.filter((name) => name in object).length >= 2;
}
