/** Binalyze AIR: documents of the audit log and of the case activity, however they were carried. */
import { jsonText } from "../../base/json.ts";
import { epochMicros, printUtc } from "../../base/time.ts";
import type { Interpretation, MeaningOrigin } from "../../contract.ts";
import { defineFormat, type Explanation, type ReadContext } from "../format.ts";
import { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { emptyCells } from "../table-row.ts";
import { studyTimes, timeOf, timeQuestions } from "../time-column.ts";
import { expandCells } from "./cells.ts";
import { writeInteract } from "./interact.ts";
import { recognise } from "./recognise.ts";
import { TABLE } from "./table.ts";

const TITLE = "Binalyze AIR audit log";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };
const NOT_A_LEVEL: MeaningOrigin = { kind: "table", text: "not a level that is known" };
const ESTIMATE: MeaningOrigin = { kind: "inferred", text: "first four bytes of an ObjectId" };
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
  study: (records, reading) => studyTimes(records, TABLE.time, reading),
  questions: (records, reading) => timeQuestions(records, TABLE.time, reading),
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read: (entry, context, sink) => readObject(expandCells(entry), meaning, context, sink),
  explain: (_records, entry, context) => explainDocument(expandCells(entry), context),
});

const meaning: Meaning = (mapping, writer, context) => {
  const time = timeOf(mapping, TABLE.time, context);
  if (time !== undefined) writer.time(time.found, time.time);
  mapping.write("datasource", context.memberName, undefined, FILE_NAME);
  writeInteract(mapping);
  mapping.run(TABLE.rules);
  writer.complete();
  if (writeLevel(mapping)) writer.flag("levelDerived");
  const rest = writer.wants("data") ? mapping.rest(emptyCells(mapping.object)) : undefined;
  if (rest !== undefined) mapping.write("data", rest, undefined, REST);
};

const LEVEL = ["level"] as const;
const REF = ["_id", "id"] as const;

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

function explainDocument(entry: ObjectEntry, context: ReadContext): Explanation {
  const explanation = explainObject(entry, meaning, context, "Audit document");
  const estimate = estimateOf(entry, context);
  if (estimate === undefined) return explanation;
  return { ...explanation, interpretations: [...explanation.interpretations, estimate] };
}

/** An ObjectId begins with the second of its making. Of a document without a time that is said, and never used. */
function estimateOf({ value }: ObjectEntry, context: ReadContext): Interpretation | undefined {
  const mapping = new Mapping(value, () => {});
  const id = mapping.find(REF);
  if (id === undefined || timeOf(mapping, TABLE.time, context)?.time !== undefined) return undefined;
  const hex = /^([0-9a-f]{8})[0-9a-f]{16}$/i.exec(jsonText(id.value))?.[1];
  const at = hex === undefined ? undefined : epochMicros(Number.parseInt(hex, 16), 0);
  if (at === undefined) return undefined;
  return {
    field: id.path,
    recorded: jsonText(id.value),
    meaning: `The id was made about ${printUtc(at)}: an estimate, which is not used as the time`,
    origin: ESTIMATE,
    mark: undefined,
  };
}
