/**
 * Any text: one line, one entry, dated where it starts with a time. Never chosen by itself, because a line without a
 * known form has no actor and no action; a person may choose it to search a log that no format knows.
 */
import { utf8Text } from "../../base/bytes.ts";
import { leadingIso, parseEpoch, parseIso, type ParsedTime, printUtc } from "../../base/time.ts";
import { instantOf } from "../../base/zone.ts";
import type { ByteMark, EpochMicros, MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type EntrySink, type Explanation, type ReadContext } from "../format.ts";

interface TextLine {
  readonly line: string;
  /** `parsed` is undefined for what is written as a time and is none (month 13). */
  readonly time: { readonly text: string; readonly parsed: ParsedTime | undefined } | undefined;
}

const TITLE = "Plain text, one entry a line";
const WHOLE_LINE: MeaningOrigin = { kind: "record", text: "the line" };
const LINE_START: MeaningOrigin = { kind: "record", text: "start of the line" };
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const CONSTANT: MeaningOrigin = { kind: "table", text: "the same for every line" };
/** Ten digits and more at the start, as tools print seconds, milliseconds … since 1970. */
const LEADING_EPOCH = /^\d{10,19}(?:\.\d{1,9})?(?=[\s,;|\]:]|$)/;

export const textLines = defineFormat<TextLine>({
  id: "text-lines",
  title: TITLE,
  version: "1",
  accepts: "text",
  samples: ["2025-01-10T12:00:00Z service restarted by operator", "an unknown line of text"],
  recognise: (records) => ({
    confidence: records.length === 0 ? 0 : 0.1,
    reasons: [records.length === 0 ? "no line of text" : "readable text; no known format claims it"],
  }),
  describe: () => TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => ({
    push(record) {
      if (record.body.kind === "text") output.entry([record], parse(record.body.text), 0);
      else output.reject(record, "format.unfit", "an object where text was expected");
    },
    finish() {},
  }),
  read,
  explain,
});

function parse(line: string): TextLine {
  const iso = leadingIso(line);
  const text = iso ?? LEADING_EPOCH.exec(line)?.[0];
  if (text === undefined) return { line, time: undefined };
  return { line, time: { text, parsed: iso === undefined ? parseEpoch(text) : parseIso(text) } };
}

function read({ line, time }: TextLine, context: ReadContext, sink: EntrySink): void {
  if (time !== undefined) {
    const at = instantAt(time.parsed, context);
    sink.time(at, time.parsed?.precision ?? 0, time.text, LINE_START, markTo(time.text.length));
    if (at === undefined) sink.flag("timeUnusable");
    else if (time.parsed?.zoneless === true) sink.flag("zoneAssumed");
  }
  sink.text("datasource", context.memberName, FILE_NAME);
  sink.text("family", "text", CONSTANT);
  sink.text("label", utf8Text(line), WHOLE_LINE, markTo(line.length));
  sink.flag("mandatoryMissing");
  sink.flag("unmapped");
}

function instantAt(time: ParsedTime | undefined, context: ReadContext): EpochMicros | undefined {
  return time === undefined ? undefined : instantOf(time, context.zone);
}

function explain(_records: readonly CarriedRecord[], { line, time }: TextLine, context: ReadContext): Explanation {
  const at = instantAt(time?.parsed, context);
  const start = time?.text.length ?? 0;
  const rest = { start, end: line.length, kind: "value" } as const;
  const tokens = start === 0 ? [rest] : [{ start: 0, end: start, kind: "value", field: "time" } as const, rest];
  const meaning = at === undefined ? "no usable time: the entry is undated" : `Time: ${printUtc(at)}`;
  const row = { field: "time", recorded: time?.text ?? "", meaning, origin: LINE_START, mark: markTo(start) };
  return {
    sentence: `The line reads: ${utf8Text(line).slice(0, 200)}`,
    records: [{ title: "Line", tokens }],
    interpretations: time === undefined ? [] : [row],
  };
}

function markTo(end: number): ByteMark {
  return { record: 0, start: 0, end };
}
