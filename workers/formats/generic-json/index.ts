/** Objects and rows of no known system: fields are found by the names that many logs use, the time by name and value. */
import type { JsonObject } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { COMMON_TABLE as TABLE } from "../common-table.ts";
import { type CarriedRecord, defineFormat, type Recognition } from "../format.ts";
import { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { emptyCells, isRow } from "../table-row.ts";
import { studyTimes, timeOf, timeQuestions } from "../time-column.ts";

const TITLE = "JSON records of an unknown system";
const TABLE_TITLE = "Table of an unknown system (CSV)";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };

export const genericJson = defineFormat<ObjectEntry>({
  id: "generic-json",
  title: TITLE,
  version: "1",
  accepts: "object",
  samples: [
    '{"timestamp":"2025-01-10T12:00:00.123Z","user":{"name":"eva"},"action":"file-deleted","outcome":"success"}',
    '{"ts":1736510400.5,"level":"warn","msg":"disk almost full","host":"db-1"}',
    '{"colour":"blue","size":3}',
  ],
  recognise,
  describe: (records) => (records.some(isRow) ? TABLE_TITLE : TITLE),
  study: (records, reading) => studyTimes(records, TABLE.time, reading),
  questions: (records, reading) => timeQuestions(records, TABLE.time, reading),
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read: (entry, context, sink) => readObject(entry, meaning, context, sink),
  explain: (_records, entry, context) =>
    explainObject(entry, meaning, context, isRow(entry.record) ? "Row" : "JSON object"),
});

const meaning: Meaning = (mapping, writer, context) => {
  // That of a field which a person or the study of the records named is written before.
  const time = context.timeField === undefined ? timeOf(mapping, TABLE.time, context) : undefined;
  if (time !== undefined) writer.time(time.found, time.time);
  mapping.run(TABLE.rules);
  writer.complete();
  const hasMeaning = mapping.has("actor") || mapping.has("code") || mapping.has("label");
  if (!hasMeaning) writer.flag("unmapped");
  mapping.write("datasource", context.memberName, undefined, FILE_NAME);
  mapping.write("family", "generic-json");
  if (!mapping.has("level")) {
    mapping.write("level", mapping.written("outcome") === "fail" ? "warning" : "info", undefined, FROM_OUTCOME);
    writer.flag("levelDerived");
  }
  const rest = writer.wants("data") ? mapping.rest(emptyCells(mapping.object)) : undefined;
  if (rest !== undefined) mapping.write("data", rest, undefined, REST);
};

function recognise(records: readonly CarriedRecord[]): Recognition {
  const objects = records.flatMap(({ body }) => (body.kind === "object" ? [body.value] : []));
  if (objects.length === 0) return { confidence: 0, reasons: ["no JSON object"] };
  const { timeField, dateOrder } = studyTimes(records, TABLE.time, {});
  const context = {
    ...(timeField === undefined ? {} : { timeField }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  };
  const columns = new Map<string, number>();
  for (const object of objects) {
    const path = timeColumn(object, context);
    if (path !== undefined) columns.set(path, (columns.get(path) ?? 0) + 1);
  }
  const reasons = [...columns].map(
    ([path, count]) => `time from ${path}: ${count} of ${objects.length} records read as times`,
  );
  // Where most messages are text, the few objects are no reason to read them all as objects.
  const share = objects.length * 2 < records.length ? objects.length / records.length : 1;
  const asked = timeQuestions(records, TABLE.time, {}).map(({ kind }) => kind);
  if (reasons.length === 0 && asked.includes("date-order")) {
    return {
      confidence: 0.6 * share,
      reasons: ["its dates may be day-first or month-first: undated until that is said"],
    };
  }
  if (reasons.length === 0 && asked.includes("time-field") && records.every(isRow)) {
    return { confidence: 0.55, reasons: ["rows of a table; which column holds the time is not known"] };
  }
  if (reasons.length === 0) {
    return { confidence: 0.4 * share, reasons: ["no column reads as a time: entries will be undated"] };
  }
  const dated = [...columns.values()].reduce((sum, count) => sum + count, 0);
  return { confidence: (dated * 2 >= objects.length ? 0.6 : 0.5) * share, reasons };
}

function timeColumn(object: JsonObject, context: Parameters<typeof timeOf>[2]): string | undefined {
  const time = timeOf(new Mapping(object, () => {}), TABLE.time, context);
  return time?.time === undefined ? undefined : time.found.path;
}
