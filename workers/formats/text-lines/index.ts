/**
 * Any text: a line that begins with a time begins an entry, and the lines without one that follow (a stack trace, a
 * message over several lines) belong to it. Records with a header of their own (syslog, the journal) are an entry each.
 */
import { utf8Text } from "../../base/bytes.ts";
import { printJson } from "../../base/json.ts";
import { eachLeaf } from "../../base/json-leaves.ts";
import { printUtc } from "../../base/time.ts";
import { instantOf } from "../../base/zone.ts";
import type { ByteMark, EpochMicros, Interpretation, MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type EntrySink, type Explanation, type ReadContext } from "../format.ts";
import { fillFromWrap, HEADER, writeWrapFields, writeWrapTime } from "../wrap.ts";
import { flagZone } from "../zone-flags.ts";
import { ACCESS, accessFields, markOf, outcomeOf, STATUS } from "./access.ts";
import { assembleText, type TextEntry } from "./assembly.ts";
import { dateQuestions, hasHeader, recogniseTimes, studyDates } from "./recognise.ts";

const TITLE = "Plain text, one entry a line";
const DATED = "Text log with times";
const ACCESS_LOG = "Access log of a web server";
const CARRIED = "Messages of an unknown form";
const WHOLE_LINE: MeaningOrigin = { kind: "record", text: "the line" };
const MORE_LINES: MeaningOrigin = { kind: "record", text: "the lines without a time that follow" };
const LINE_START: MeaningOrigin = { kind: "record", text: "time of the line" };
const LEVEL_WORD: MeaningOrigin = { kind: "table", text: "level word of the line" };
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const CONSTANT: MeaningOrigin = { kind: "table", text: "the same for every line" };

export const textLines = defineFormat<TextEntry>({
  id: "text-lines",
  title: TITLE,
  version: "3",
  accepts: "text",
  samples: [
    "2025-01-10T12:00:00Z service restarted by operator",
    "2025/01/10 12:00:00 [warn] upstream timed out",
    "an unknown line of text",
  ],
  recognise: recogniseTimes,
  describe(records) {
    if (records.some(hasHeader)) return CARRIED;
    if (records.length > 0 && records.every(isAccess)) return ACCESS_LOG;
    return recogniseTimes(records).confidence > 0.2 ? DATED : TITLE;
  },
  recordsIn: () => 1,
  study: studyDates,
  questions: dateQuestions,
  assemble: (context, output) => assembleText(output, context.dateOrder),
  read,
  explain,
});

function read(entry: TextEntry, context: ReadContext, sink: EntrySink): void {
  const { head, more, isTorn } = entry;
  writeTime(entry, context, sink);
  sink.text("datasource", context.memberName, FILE_NAME);
  sink.text("family", "text", CONSTANT);
  const done = new Set<string>();
  const text = headText(head.record);
  if (head.record.body.kind === "object") sink.text("label", text, WHOLE_LINE);
  else if (!hasHeader(head.record)) sink.text("label", text, WHOLE_LINE, wholeOf(head.line.text));
  if (head.record.body.kind === "object" || !hasHeader(head.record)) done.add("label");
  writeAccess(head.line.text, sink, done);
  if (head.line.level !== undefined && head.record.wrap?.level === undefined) {
    const { value, start, end } = head.line.level;
    sink.text("level", value, LEVEL_WORD, { record: 0, start, end });
    done.add("level");
  }
  fillFromWrap(head.record, (field, value, origin, mark) => {
    if (!done.has(field)) sink.text(field, value, origin, mark);
    done.add(field);
  });
  if (more.length > 0) sink.text("data", [head.record, ...more].map(headText).join("\n"), MORE_LINES);
  if (head.record.body.kind === "object") eachLeaf(head.record.body.value, (path, leaf) => sink.original(path, leaf));
  writeWrapFields(head.record, sink);
  if (isTorn) sink.flag("incomplete");
  sink.flag("mandatoryMissing");
  sink.flag("unmapped");
}

function isAccess({ body }: CarriedRecord): boolean {
  return body.kind === "text" && accessFields(body.text) !== undefined;
}

function writeAccess(line: string, sink: EntrySink, done: Set<string>): void {
  for (const field of accessFields(line) ?? []) {
    const { name, canonical, start, end } = field;
    const value = utf8Text(line.slice(start, end));
    if (canonical !== undefined) {
      sink.text(canonical, value, ACCESS, markOf(field));
      done.add(canonical);
    }
    const outcome = name === "status" ? outcomeOf(value) : undefined;
    if (outcome !== undefined) sink.text("outcome", outcome, STATUS, markOf(field));
    sink.original(name, value, markOf(field));
  }
}

function writeTime({ head }: TextEntry, context: ReadContext, sink: EntrySink): void {
  const { time } = head.line;
  const header = head.record.wrap?.time;
  const isUsable = time?.parsed !== undefined;
  if (header !== undefined && !isUsable && hasHeader(head.record)) return writeWrapTime(header, context, sink);
  if (time === undefined) return;
  const parsed = time.parsed ?? header?.parsed;
  const at = instantAt(parsed, context);
  sink.time(at, parsed?.precision ?? 0, time.text, LINE_START, timeMark(time));
  if (at === undefined) sink.flag("timeUnusable");
  else flagZone(parsed, context.zone, sink);
  if (!isUsable && (at !== undefined || time.yearless !== undefined)) sink.flag("yearInferred");
}

function timeMark({ start, text }: NonNullable<TextEntry["head"]["line"]["time"]>): ByteMark {
  return { record: 0, start, end: start + text.length };
}

function instantAt(time: Parameters<typeof instantOf>[0] | undefined, context: ReadContext): EpochMicros | undefined {
  return time === undefined ? undefined : instantOf(time, context.zone);
}

function headText({ body }: CarriedRecord): string {
  return body.kind === "text" ? utf8Text(body.text) : printJson(body.value);
}

function explain(records: readonly CarriedRecord[], entry: TextEntry, context: ReadContext): Explanation {
  const { head } = entry;
  return {
    sentence: `The line reads: ${headText(head.record).slice(0, 200)}`,
    records: records.map((_, at) => ({
      title: at === 0 ? "Line" : "Line without a time",
      tokens: tokensOf(entry, at),
    })),
    interpretations: meanings(entry, context),
  };
}

function tokensOf({ head, more }: TextEntry, at: number): Explanation["records"][number]["tokens"] {
  const record = at === 0 ? head.record : more[at - 1];
  if (record?.body.kind !== "text") return [];
  const end = record.body.text.length;
  const time = at === 0 ? head.line.time : undefined;
  if (time === undefined) return [{ start: 0, end, kind: "value" }];
  const timeEnd = time.start + time.text.length;
  const before = time.start === 0 ? [] : [{ start: 0, end: time.start, kind: "separator" } as const];
  return [
    ...before,
    { start: time.start, end: timeEnd, kind: "value", field: "time" },
    { start: timeEnd, end, kind: "value" },
  ];
}

function meanings({ head }: TextEntry, context: ReadContext): readonly Interpretation[] {
  const { time } = head.line;
  const header = head.record.wrap?.time;
  if (header !== undefined && time?.parsed === undefined && hasHeader(head.record)) {
    return [timeRow(header.text, instantAt(header.parsed, context), HEADER, undefined)];
  }
  if (time === undefined) return [];
  const at = instantAt(time.parsed ?? header?.parsed, context);
  return [timeRow(time.text, at, LINE_START, timeMark(time))];
}

function timeRow(
  recorded: string,
  at: EpochMicros | undefined,
  origin: MeaningOrigin,
  mark: ByteMark | undefined,
): Interpretation {
  const meaning = at === undefined ? "no usable time: the entry is undated" : `Time: ${printUtc(at)}`;
  return { field: "time", recorded, meaning, origin, mark };
}

function wholeOf(text: string): ByteMark | undefined {
  return text === "" ? undefined : { record: 0, start: 0, end: text.length };
}
