/**
 * One line of `ausearch -i`: `node=… type=SYSCALL msg=audit(04/12/17 22:48:09.295:58) : arch=x86_64 …`. The date is that
 * of the locale (strftime `%x %T`) in the zone of the machine that ran ausearch. Values are interpreted and stand
 * without quotes, so one may hold a whole other record: only the stamp at the start of the line counts.
 */
import { daysFromCivil, epochMicros, type ParsedTime } from "../../../base/time.ts";

export interface LineHead {
  readonly node: string;
  readonly type: string;
  readonly typeAt: number;
  /** Of `audit(`. */
  readonly stampAt: number;
  /** Date, clock and milliseconds as written. */
  readonly timeText: string;
  readonly serial: string;
  /** Behind `) :`. */
  readonly bodyAt: number;
}

/** A date begins with digits and has more digits behind something that is none; a raw stamp has digits and a dot. */
const HEAD =
  /^(node=(\S+) )?(type=)(\S+) msg=(audit\()((?:\d{1,4}[^\d()]{1,4}){2}\d{1,4}[^\d()]{0,3} \d\d:\d\d:\d\d(?: ?[AP]M)?\.\d{3}):(\d+)\)(?: ?:)?/;

export function readHead(text: string): LineHead | undefined {
  const found = HEAD.exec(text);
  if (found === null) return undefined;
  const typeAt = (found[1] ?? "").length + "type=".length;
  const type = found[4] as string;
  return {
    node: found[2] ?? "",
    type,
    typeAt,
    stampAt: typeAt + type.length + " msg=".length,
    timeText: found[6] as string,
    serial: found[7] as string,
    bodyAt: found[0].length,
  };
}

export type DateOrder = "day-first" | "month-first";
interface Written {
  readonly numbers: readonly [number, number, number];
  readonly first: string;
  readonly separator: string;
  readonly clock: readonly [number, number, number, number];
}

function written(timeText: string): Written | undefined {
  const found = /^(\d+)([^\d]+)(\d+)[^\d]+(\d+)[^\d]* (\d\d):(\d\d):(\d\d)(?: ?([AP])M)?\.(\d{3})$/.exec(timeText);
  if (found === null) return undefined;
  const part = (at: number): number => Number(found[at]);
  const noon = found[8] === undefined ? part(5) : (part(5) % 12) + (found[8] === "P" ? 12 : 0);
  return {
    numbers: [part(1), part(3), part(4)],
    first: found[1] as string,
    separator: (found[2] as string).trim(),
    clock: [noon, part(6), part(7), part(9)],
  };
}

/**
 * How a date must be meant; undefined = it may be either. A year in front is followed by the month in every locale, and
 * dots are only in locales that write the day first (glibc's `d_fmt`).
 */
export function orderOf(timeText: string): DateOrder | "year-first" | undefined {
  const date = written(timeText);
  if (date === undefined) return undefined;
  const [a, b] = date.numbers;
  if (date.first.length === 4) return "year-first";
  if (date.separator === "." || a > 12) return "day-first";
  return b > 12 ? "month-first" : undefined;
}

/** undefined: no date, or one that may be meant in two ways and nobody said which. */
export function readTime(timeText: string, order: DateOrder | undefined): ParsedTime | undefined {
  const date = written(timeText);
  const known = orderOf(timeText) ?? order;
  if (date === undefined || known === undefined) return undefined;
  const [a, b, c] = date.numbers;
  const [year, month, day] = known === "year-first" ? [a, b, c] : known === "day-first" ? [c, b, a] : [c, a, b];
  const [hour, minute, second, millis] = date.clock;
  // The audit system is younger than 2000, so two digits have one meaning.
  const full = year < 100 ? 2000 + year : year;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(full, month) || hour > 23 || minute > 59 || second > 60)
    return undefined;
  const seconds = daysFromCivil(full, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return {
    at: epochMicros(seconds, millis * 1000),
    precision: 3,
    zoneless: true,
    offsetMinutes: undefined,
  };
}

function daysIn(year: number, month: number): number {
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  return next - daysFromCivil(year, month, 1);
}
