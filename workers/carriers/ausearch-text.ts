/**
 * The text of `ausearch -i`: lines, of which the first ones show how their dates are meant. The order of day and month
 * is a matter of the whole file, and is kept with it so that one line can be read again alone.
 */
import { latin1Of } from "../base/bytes.ts";
import type { Reading } from "../contract.ts";
import type { Recognition } from "../formats/format.ts";
import type { Carrier } from "./carrier.ts";
import { lines } from "./lines.ts";

/** The two numbers in front of a date that has its year at the end. */
const DATE = /^(?:node=\S+ )?type=\S+ msg=audit\((\d{1,2})([/.-])(\d{1,2})\2\d{2,4} \d\d:\d\d:\d\d/;
const HEAD = /^(?:node=\S+ )?type=\S+ msg=audit\(\d{1,4}[^\d.()]/;
const DOTTED = /^(?:node=\S+ )?type=\S+ msg=audit\(\d{1,2}\.\d{1,2}\.\d/;

export const ausearchText: Carrier = {
  ...lines,
  id: "ausearch-text",
  title: "Text of ausearch -i",
  version: "1",
  recognise,
  study: (head, _whole, asked) => ({ ...asked, ...orderIn(linesOf(head), asked) }),
};

function linesOf(head: Uint8Array): readonly string[] {
  return latin1Of(head).split(/\r?\n/);
}

function recognise(head: Uint8Array, whole: boolean): Recognition {
  const text = lines.recognise(head, whole);
  if (text.confidence === 0) return text;
  const own = linesOf(head).filter((line) => /\bmsg=audit\(/.test(line.slice(0, 200)));
  const dated = own.filter((line) => HEAD.test(line) || DOTTED.test(line)).length;
  if (dated * 2 <= own.length) return { confidence: 0, reasons: ["its stamps are no dates"] };
  return { confidence: text.confidence, reasons: ["stamps written as dates"] };
}

/** One date whose first number is no month, or whose second is none, decides for all; two that differ decide nothing. */
function orderIn(texts: readonly string[], asked: Reading): Pick<Reading, "dateOrder"> {
  if (asked.dateOrder !== undefined) return {};
  const seen = new Set<"day-first" | "month-first">();
  for (const text of texts) {
    const date = DATE.exec(text);
    if (date === null || date[2] === ".") continue;
    if (Number(date[1]) > 12) seen.add("day-first");
    else if (Number(date[3]) > 12) seen.add("month-first");
  }
  const [only] = seen;
  return seen.size === 1 && only !== undefined ? { dateOrder: only } : {};
}
