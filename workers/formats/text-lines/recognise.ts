/** A log of no known form is told from other text by the times that its lines begin with. */
import type { CarriedRecord, Recognition } from "../format.ts";
import { lineOf } from "./line.ts";

/** Above what a table or JSON of no known system gets, below every format that knows its records. */
const CARRIED = 0.7;
const DATED = 0.5;
const READABLE = 0.1;

export function recogniseTimes(records: readonly CarriedRecord[]): Recognition {
  const texts = records.filter(({ body }) => body.kind === "text");
  if (texts.length === 0) return { confidence: 0, reasons: ["no line of text"] };
  const wrapped = texts.filter(({ wrap }) => wrap !== undefined).length;
  if (wrapped * 2 >= texts.length) {
    const reasons = [`${wrapped} of ${records.length} records have a header and a message of text`];
    const share = texts.length / records.length;
    return { confidence: share > 0.5 ? CARRIED : CARRIED * share, reasons };
  }
  return ofLines(texts);
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
