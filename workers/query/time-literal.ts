/**
 * Time literals of a query. A literal stands for the stretch it names: `2024-05-01` for that day as clocks in the
 * request's zone showed it, `2024-05-01T10:00` for that minute, `@1714557600.123` for that millisecond.
 */
import type { EpochMicros } from "../contract.ts";
import { raise } from "../base/fault.ts";
import { daysFromCivil, parseEpochSeconds, parseIso } from "../base/time.ts";
import { instantOfWall, isZone } from "../base/zone.ts";

export interface TimeLiteral {
  readonly start: EpochMicros;
  /** First instant after it. */
  readonly end: EpochMicros;
  /** A date, a month or a year, without a clock. */
  readonly calendar: boolean;
  /** The zone was needed to read it, or it counts seconds: worth echoing. */
  readonly echo: boolean;
}

/** A literal as the query bar echoes it: where it stands, and the bound that it was read as. */
export interface Instant {
  readonly start: number;
  readonly text: string;
  readonly at: EpochMicros;
}

const DAY = 86_400_000_000;
const MONTHS = /^(\d{4})(?:-(\d\d))?$/u;
const CLOCK = /(?:[Tt]|\d {1,2})(\d\d)(:?\d\d)?(?::?(\d\d)(?:[.,](\d+))?)?/u;
const EXAMPLES = "Write for example 2024-05-01, 2024-05-01T10:00, 2024-05-01T10:00:00+02:00 or @1714557600.";

/** `offset` is where the literal stands in the query; faults point there. */
export function readTimeLiteral(text: string, zone: string, offset: number): TimeLiteral {
  if (/^(?:now|first|last)(?:[+-].*)?$/iu.test(text)) {
    raise("query.syntax", `Relative times (${text}) are not available yet.`, EXAMPLES, { offset });
  }
  const read = text.startsWith("@") ? readEpoch(text) : (readMonths(text, zone) ?? readInstant(text, zone));
  if (read === undefined) raise("query.syntax", `"${text}" is no time.`, EXAMPLES, { offset });
  if (!Number.isSafeInteger(read.start) || !Number.isSafeInteger(read.end)) {
    raise("query.syntax", `"${text}" lies outside the years 1684 to 2255.`, EXAMPLES, { offset });
  }
  return read;
}

function readEpoch(text: string): TimeLiteral | undefined {
  const parsed = parseEpochSeconds(text.slice(1));
  if (parsed === undefined) return undefined;
  return stretch(parsed.at, unitOf(parsed.precision), true);
}

function readMonths(text: string, zone: string): TimeLiteral | undefined {
  const found = MONTHS.exec(text);
  if (found === null) return undefined;
  const year = Number(found[1]);
  const month = found[2] === undefined ? undefined : Number(found[2]);
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  const lastMonth = month ?? 12;
  const from = daysFromCivil(year, month ?? 1, 1);
  const to = lastMonth === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, lastMonth + 1, 1);
  return calendar(from * DAY, to * DAY, zone);
}

function readInstant(text: string, zone: string): TimeLiteral | undefined {
  const parsed = parseIso(text);
  if (parsed === undefined) return undefined;
  if (parsed.at === undefined) return stretch(undefined, 0, false);
  const clock = CLOCK.exec(text);
  if (clock === null) return calendar(parsed.at, parsed.at + DAY, zone);
  const start = parsed.zoneless ? instantOfWall(checked(zone), parsed.at).at : parsed.at;
  const unit = clock[2] === undefined ? 3_600_000_000 : clock[3] === undefined ? 60_000_000 : unitOf(parsed.precision);
  return stretch(start, unit, parsed.zoneless);
}

function calendar(fromWall: number, toWall: number, zone: string): TimeLiteral {
  const start = instantOfWall(checked(zone), fromWall as EpochMicros).at;
  const end = instantOfWall(zone, toWall as EpochMicros).at;
  return { start, end, calendar: true, echo: true };
}

function stretch(start: number | undefined, unit: number, echo: boolean): TimeLiteral {
  const from = start ?? Number.NaN;
  return { start: from as EpochMicros, end: (from + unit) as EpochMicros, calendar: false, echo };
}

function unitOf(digits: number): number {
  return 10 ** Math.max(0, 6 - digits);
}

function checked(zone: string): string {
  if (!isZone(zone)) {
    raise("request.invalid", `"${zone}" is no time zone.`, 'Choose a zone such as "Europe/Paris" or "+02:00".');
  }
  return zone;
}
