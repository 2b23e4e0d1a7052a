/**
 * JSON objects of no known system. The time column is found by name and by whether its values read as times; the choice
 * is made for each record alone, by one fixed ranking, so that an entry read again for the detail view has the time that
 * the import gave it, wherever it stands in the member.
 */
import { eachLeaf } from "../../base/json-leaves.ts";
import { jsonText, type JsonObject } from "../../base/json.ts";
import { parseIso, parseTime } from "../../base/time.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type Recognition } from "../format.ts";
import { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { isTimeName, TABLE } from "./table.ts";

const TITLE = "JSON records of an unknown system";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };

export const genericJson = defineFormat<ObjectEntry>({
  id: "generic-json",
  title: TITLE,
  version: "1",
  accepts: "object",
  samples: [
    '{"@timestamp":"2025-01-10T12:00:00.123Z","user":{"name":"eva"},"event":{"action":"file-deleted","outcome":"success"}}',
    '{"ts":1736510400.5,"level":"warn","msg":"disk almost full","host":"db-1"}',
    '{"colour":"blue","size":3}',
  ],
  recognise,
  describe: () => TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read: (entry, context, sink) => readObject(entry, meaning, context, sink),
  explain: (_records, entry, context) => explainObject(entry, meaning, context, "JSON object"),
});

const meaning: Meaning = (mapping, writer, context) => {
  const time = mapping.time(TABLE.time) ?? mapping.time(otherTimes(mapping.object));
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
  const rest = writer.wants("data") ? mapping.rest() : undefined;
  if (rest !== undefined) mapping.write("data", rest, undefined, REST);
};

/** Leaves whose names speak of the event's time and whose values are whole ISO times or full-length numbers since 1970. */
function otherTimes(object: JsonObject): readonly string[] {
  const paths: string[] = [];
  eachLeaf(object, (path, text) => {
    if (isPlausible(text) && isTimeName(path)) paths.push(path);
  });
  return sameList(paths);
}

const MOST_LISTS = 1_000;
const lists = new Map<string, readonly string[]>();

/** One list for the same paths, because shapes keep their lookups by the list. */
function sameList(paths: readonly string[]): readonly string[] {
  const key = JSON.stringify(paths);
  const known = lists.get(key);
  if (known !== undefined) return known;
  if (lists.size >= MOST_LISTS) lists.clear();
  lists.set(key, paths);
  return paths;
}

function isPlausible(text: string): boolean {
  const first = text.charCodeAt(0);
  // A digit, + or -: nothing else begins a time.
  if (!(first >= 0x30 && first <= 0x39) && first !== 0x2b && first !== 0x2d) return false;
  return text.length >= 10 && (parseIso(text) !== undefined || /^\d{10}(?:\.\d+|\d{3}|\d{6}|\d{9})?$/.test(text));
}

function recognise(records: readonly CarriedRecord[]): Recognition {
  const objects = records.flatMap(({ body }) => (body.kind === "object" ? [body.value] : []));
  if (objects.length === 0) return { confidence: 0, reasons: ["no JSON object"] };
  const columns = new Map<string, number>();
  for (const object of objects) {
    const path = timeColumn(object);
    if (path !== undefined) columns.set(path, (columns.get(path) ?? 0) + 1);
  }
  const reasons = [...columns].map(
    ([path, count]) => `time from ${path}: ${count} of ${objects.length} records read as times`,
  );
  if (reasons.length === 0) return { confidence: 0.4, reasons: ["no column reads as a time: entries will be undated"] };
  return { confidence: 0.5, reasons };
}

function timeColumn(object: JsonObject): string | undefined {
  const mapping = new Mapping(object, () => {});
  const time = mapping.time(TABLE.time) ?? mapping.time(otherTimes(object));
  const isTime = time !== undefined && parseTime(jsonText(time.found.value)) !== undefined;
  return isTime ? time.found.path : undefined;
}
