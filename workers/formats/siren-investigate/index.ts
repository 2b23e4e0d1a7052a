/** Siren Investigate: session audit entries, as documents of an index in every dump of it, and as the table of Discover. */
import { jsonText } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type Wrap } from "../format.ts";
import type { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { emptyCells } from "../table-row.ts";
import { studyTimes, timeOf, timeQuestions } from "../time-column.ts";
import { inWords } from "../words.ts";
import { exactly, expandEntry, hitsIn } from "./entry.ts";
import { recognise } from "./recognise.ts";
import { ERROR, STATUS, TABLE, TARGET, TARGET_ID, TYPE } from "./table.ts";

const TITLE = "Siren Investigate session audit";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const CODE: MeaningOrigin = { kind: "computed", text: "type and action" };
const PREFIX: MeaningOrigin = { kind: "inferred", text: "what stands before the colon of the target's id" };
const FROM_STATUS: MeaningOrigin = { kind: "computed", text: "a status of 400 or more is a failure" };
const FROM_ERROR: MeaningOrigin = { kind: "computed", text: "an error is a failure" };
const HITS: MeaningOrigin = { kind: "computed", text: "number of hits in the body of the answer" };
const SENTENCE: MeaningOrigin = { kind: "computed", text: "type, action and target" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from outcome and type" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };
/** A label is for lists; what it cuts stays whole in target and data. */
const LONGEST_LABEL = 200;

export const sirenInvestigate = defineFormat<ObjectEntry>({
  id: "siren-investigate",
  title: TITLE,
  version: "1",
  accepts: "object",
  samples: [
    '{"_index":"siren-audit-2025.03","_id":"5f0c","_source":{"@timestamp":"2025-03-03T10:00:00.123Z","type":"savedObject","user":"eva","sessionId":"s-1","instanceName":"siren-1","remoteIp":"192.0.2.10","action":"update","target":{"type":"visualization","id":"vis:3"},"bodyBefore":{"title":"a"},"bodyAfter":{"title":"b"}}}',
    '{"@timestamp":"2025-03-03T10:00:05.000Z","type":"auth","user":"eva","sessionId":"s-1","instanceName":"siren-1","remoteIp":"192.0.2.10","action":"login","response":{"status":401}}',
  ],
  takesSettings: true,
  // Two indices may hold documents of one id; `custom1` is the index.
  refWithin: "custom1",
  recognise,
  describe: () => TITLE,
  study: (records, reading) => studyTimes(records, TABLE.time, reading),
  questions: (records, reading) => timeQuestions(records, TABLE.time, reading),
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read: (entry, context, sink) => readObject(expandEntry(entry), meaningOf(entry.record), context, sink),
  explain: (_records, entry, context) =>
    explainObject(expandEntry(entry), meaningOf(entry.record), context, "Session audit entry"),
});

const meaningOf =
  (record: CarriedRecord): Meaning =>
  (mapping, writer, context) => {
    const time = timeOf(mapping, TABLE.time, context);
    if (time !== undefined) writer.time(time.found, time.time);
    mapping.run(TABLE.rules);
    mapping.run(TARGET);
    writeKept(mapping, record.wrap);
    mapping.write("datasource", context.memberName, undefined, FILE_NAME);
    writeCode(mapping);
    writeTargetType(mapping);
    writeOutcome(mapping);
    writeHits(mapping);
    writeLabel(mapping);
    writer.complete();
    if (!mapping.has("level")) {
      mapping.write("level", levelOf(mapping), undefined, FROM_OUTCOME);
      writer.flag("levelDerived");
    }
    const rest = writer.wants("data") ? mapping.rest(emptyCells(mapping.object)) : undefined;
    if (rest !== undefined) mapping.write("data", rest, undefined, REST);
  };

/** Where the entry is kept: id and index of the document; an entry without other target is about an index. */
function writeKept(mapping: Mapping, wrap: Wrap | undefined): void {
  const id = exactly(mapping, wrap, "_id");
  if (id !== undefined) mapping.write("ref", jsonText(id.value), id);
  const keptIn = exactly(mapping, wrap, "_index");
  if (keptIn !== undefined) {
    mapping.write("custom1", jsonText(keptIn.value), keptIn);
    mapping.write("datasource", jsonText(keptIn.value), keptIn);
  }
  const about = exactly(mapping, undefined, "index");
  if (about === undefined) return;
  mapping.write("target", jsonText(about.value), about);
  mapping.write("target.type", "application");
}

function writeCode(mapping: Mapping): void {
  const type = mapping.find(TYPE);
  if (type === undefined) return;
  const name = jsonText(type.value);
  const action = mapping.written("action");
  const code = action === undefined || action === name ? name : `${name}.${action}`;
  mapping.write("code", code, type, CODE);
  mapping.write("event", inWords(code), type, CODE);
}

/** Ids of saved objects begin with their type ("vis:3"). */
function writeTargetType(mapping: Mapping): void {
  const id = mapping.find(TARGET_ID);
  const prefix = id === undefined ? undefined : /^([A-Za-z][\w-]*):/.exec(jsonText(id.value))?.[1];
  if (prefix !== undefined) mapping.write("custom2", prefix, id, PREFIX);
}

function writeOutcome(mapping: Mapping): void {
  const error = mapping.find(ERROR, true);
  if (error !== undefined) mapping.write("outcome", "fail", error, FROM_ERROR);
  const status = mapping.find(STATUS);
  const text = status === undefined ? "" : jsonText(status.value);
  if (/^\d+$/.test(text)) mapping.write("outcome", Number(text) >= 400 ? "fail" : "success", status, FROM_STATUS);
}

/** How much left the system is what an export is looked at for. */
function writeHits(mapping: Mapping): void {
  if (mapping.written("category") !== "dataExport") return;
  const hits = hitsIn(mapping.object);
  if (hits !== undefined) mapping.write("payload", String(hits), undefined, HITS);
}

function writeLabel(mapping: Mapping): void {
  const type = mapping.written("category");
  const action = mapping.written("action");
  const parts = [type, action === type ? undefined : action, mapping.written("target")];
  const text = parts.filter((part) => part !== undefined).join(" ");
  if (text === "") return;
  const label = text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
  mapping.write("label", label, undefined, SENTENCE);
}

function levelOf(mapping: Mapping): string {
  if (mapping.written("outcome") === "fail") return "warning";
  return mapping.written("category") === "systemSearch" ? "debug" : "info";
}
