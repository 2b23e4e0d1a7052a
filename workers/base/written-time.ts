/**
 * Times as people and tables write them, beyond ISO: 31/01/2025 10:00, Jan 31, 2025 @ 10:00:00.123, 31/Jan/2025:10:00:00
 * +0000. Each is put into ISO form, so that one parser decides what exists. 01/02/2025 is read
 * only where it is known which number is the month; 01/02/25, as `%x` of C writes it, only there and with a clock.
 */
import { parseEpoch, parseIso, type ParsedTime } from "./time.ts";

export type DateOrder = "day-first" | "month-first";

const CLOCK = String.raw`(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?([AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`(?: ?\(?(Z|UTC|GMT|[+-]\d\d:?\d\d)\)?)?`;
const REST = String.raw`(?:(?:,? +(?:at +|@ +)?|T|:)${CLOCK}${ZONE})?`;
const MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const WEEKDAY = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +)?";

const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})${REST}$`);
const NUMBERS = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d(?=[ ,T]))${REST}$`);
/** 20250131100000 and LDAP's 20250131100000.5Z (RFC 4517, 3.3.13). */
const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const DAY_MONTH = new RegExp(String.raw`^${WEEKDAY}(\d{1,2})[ /-]${MONTH}\.?[ /-](\d{4})${REST}$`, "i");
const MONTH_DAY = new RegExp(String.raw`^${WEEKDAY}${MONTH}\.? +(\d{1,2}),? +(\d{4})${REST}$`, "i");
/** asctime and date(1). */
const YEAR_LAST = new RegExp(String.raw`^${WEEKDAY}${MONTH} +(\d{1,2}) +${CLOCK}(?: +(UTC|GMT))? +(\d{4})$`, "i");
const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
/** Seconds, milliseconds, microseconds or nanoseconds of this century, or seconds with decimals. */
const EPOCH = /^(?:\d{10}|\d{13}|\d{16}|\d{19})(?:\.\d+)?$/;

/** ISO, a number of full length since 1970, or a date as people write it; undefined: none, or not known which. */
export function parseWritten(text: string, order: DateOrder | undefined): ParsedTime | undefined {
  const trimmed = text.trim();
  const iso = parseIso(trimmed);
  if (iso !== undefined) return iso;
  if (EPOCH.test(trimmed)) return parseEpoch(trimmed);
  return parseYearFirst(trimmed) ?? parseCompact(trimmed) ?? parseNumbers(trimmed, order) ?? parseNamed(trimmed);
}

const LEADING_NUMBERS = new RegExp(
  String.raw`\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d),? +\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\b\.?)?(?: (?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?(?!\w|:\d)`,
  "y",
);

/** The date of numbers with a clock that starts at this char of a line; `parsed` undefined: none, or not known which. */
export function numbersAt(
  line: string,
  at: number,
  order: DateOrder | undefined,
): { readonly text: string; readonly parsed: ParsedTime | undefined } | undefined {
  LEADING_NUMBERS.lastIndex = at;
  const text = LEADING_NUMBERS.exec(line)?.[0];
  return text === undefined ? undefined : { text, parsed: parseWritten(text, order) };
}

/** Whether a text is a date whose first two numbers may be day and month or the reverse. */
export function isEitherOrder(text: string): boolean {
  const found = NUMBERS.exec(text.trim());
  return found !== null && found[2] !== ".";
}

/** What texts tell of the order of their dates: a number above 12 is a day. undefined: nothing, or contradictions. */
export function orderOf(texts: readonly string[]): DateOrder | undefined {
  let first = 0;
  let second = 0;
  for (const text of texts) {
    const found = NUMBERS.exec(text.trim());
    if (found === null || found[2] === ".") continue;
    // 25/01/02 may begin with its year.
    if (Number(found[1]) > 12 && found[4]?.length === 4) first++;
    if (Number(found[3]) > 12) second++;
  }
  if (first > 0 === second > 0) return undefined;
  return first > 0 ? "day-first" : "month-first";
}

function parseYearFirst(text: string): ParsedTime | undefined {
  const found = YEAR_FIRST.exec(text);
  return found === null ? undefined : isoOf(found[1], found[2], found[3], found.slice(4));
}

function parseCompact(text: string): ParsedTime | undefined {
  const found = COMPACT.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone = ""] = found;
  const clock = `${hour}:${minute}:${second}${fraction === undefined ? "" : `.${fraction}`}`;
  return parseIso(`${year}-${month}-${day}T${clock}${zone}`);
}

function parseNumbers(text: string, order: DateOrder | undefined): ParsedTime | undefined {
  const found = NUMBERS.exec(text);
  if (found === null) return undefined;
  // With dots only the day is ever written first.
  const known = found[2] === "." ? "day-first" : order;
  if (known === undefined) return undefined;
  const [day, month] = known === "day-first" ? [found[1], found[3]] : [found[3], found[1]];
  return isoOf(fullYear(found[4]), month, day, found.slice(5));
}

/** Two digits as POSIX reads them (strptime, %y). */
function fullYear(year = ""): string {
  if (year.length === 4) return year;
  return Number(year) < 69 ? `20${year}` : `19${year}`;
}

function parseNamed(text: string): ParsedTime | undefined {
  const dayFirst = DAY_MONTH.exec(text);
  if (dayFirst !== null) return isoOf(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1], dayFirst.slice(4));
  const monthFirst = MONTH_DAY.exec(text);
  if (monthFirst !== null) return isoOf(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2], monthFirst.slice(4));
  const last = YEAR_LAST.exec(text);
  return last === null ? undefined : isoOf(last[9], monthOf(last[1]), last[2], last.slice(3, 9));
}

function monthOf(name = ""): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1);
}

/** `rest`: hour, minute, second, fraction, a or p, zone. */
function isoOf(year = "", month = "", day = "", rest: readonly (string | undefined)[] = []): ParsedTime | undefined {
  const [hour, minute, second, fraction, half, zone] = rest;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (hour === undefined || minute === undefined) return parseIso(date);
  const hours = half === undefined ? hour : fullHour(Number(hour), half.toLowerCase() === "p");
  if (hours === undefined) return undefined;
  const clock = `${hours.padStart(2, "0")}:${minute}${second === undefined ? "" : `:${second}`}`;
  return parseIso(`${date}T${clock}${fraction === undefined ? "" : `.${fraction}`}${zone?.toUpperCase() ?? ""}`);
}

function fullHour(hour: number, isAfternoon: boolean): string | undefined {
  return hour < 1 || hour > 12 ? undefined : String((hour % 12) + (isAfternoon ? 12 : 0));
}
