/** A log of no known form is told from other text by the times that its lines begin with. */
import { isEitherOrder, orderOf } from "../../base/written-time.ts";
import type { MemberQuestion, Reading } from "../../contract.ts";
import type { CarriedRecord, Recognition } from "../format.ts";
import { lineOf } from "./line.ts";

/** Above what a table or JSON of no known system gets, below every format that knows its records. */
const CARRIED = 0.7;
const DATED = 0.5;
const READABLE = 0.1;

export function recogniseTimes(records: readonly CarriedRecord[]): Recognition {
  const texts = records.filter(({ body }) => body.kind === "text");
  if (texts.length === 0) return { confidence: 0, reasons: ["no line of text"] };
  const wrapped = texts.filter(hasHeader).length;
  if (wrapped * 2 >= texts.length) {
    const reasons = [`${wrapped} of ${records.length} records have a header and a message of text`];
    const share = texts.length / records.length;
    return { confidence: share > 0.5 ? CARRIED : CARRIED * share, reasons };
  }
  return ofLines(texts);
}

/** A line whose own time was only given its year has no header. */
export function hasHeader({ wrap }: CarriedRecord): boolean {
  return wrap !== undefined && (wrap.fields.length > 0 || wrap.time?.yearInferred !== true);
}

/** The order of the dates of numbers, where lines begin with them. */
export function studyDates(records: readonly CarriedRecord[], reading: Reading): Reading {
  const dateOrder = reading.dateOrder ?? orderOf(writtenIn(records));
  return dateOrder === undefined ? reading : { ...reading, dateOrder };
}

export function dateQuestions(records: readonly CarriedRecord[], reading: Reading): readonly MemberQuestion[] {
  if (reading.dateOrder !== undefined) return [];
  const samples = [...new Set(writtenIn(records).filter(isEitherOrder))];
  return samples.length === 0 ? [] : [{ kind: "date-order", samples: samples.slice(0, 5) }];
}

function writtenIn(records: readonly CarriedRecord[]): readonly string[] {
  return records.flatMap(({ body }) => {
    const text = body.kind === "text" ? lineOf(body.text, false).time?.text : undefined;
    return text === undefined ? [] : [text];
  });
}

function ofLines(texts: readonly CarriedRecord[]): Recognition {
  let dated = 0;
  let levels = 0;
  /** Lines that may go on with a dated one: indented, or what stack traces print. */
  let going = 0;
  for (const { body } of texts) {
    const text = body.kind === "text" ? body.text : "";
    const line = lineOf(text, true);
    if (line.time !== undefined) dated++;
    else if (dated > 0 && CONTINUES.test(text)) going++;
    if (line.level !== undefined) levels++;
  }
  const own = texts.length - going;
  const reasons = [`${dated} of ${texts.length} lines begin with a time, ${levels} name a level`];
  if (dated * 2 > own) return { confidence: DATED, reasons };
  return { confidence: READABLE, reasons: ["readable text; no known format claims it", ...reasons] };
}

const CONTINUES = /^(?:\s|[})\]]|Caused by:|Traceback|\.\.\. \d+|[\w.$]+(?:Exception|Error)\b)/;
