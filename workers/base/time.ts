/**
 * Times as sources write them, to exact microseconds. Never the machine's zone: no Date is ever made from a text, and no
 * local getter is called. Finer than a microsecond is cut off towards the past; the source's own text keeps it.
 */
import type { EpochMicros } from "../contract.ts";

export interface ParsedTime {
  /**
   * The instant, with the offset applied; of a zone-less time, the instant at which clocks in UTC showed it. undefined:
   * written as a time, but outside the exact range (1684 … 2255).
   */
  readonly at: EpochMicros | undefined;
  /** Digits after the second as written, 0 … 9. */
  readonly precision: number;
  /** No offset is written. */
  readonly zoneless: boolean;
  /** Minutes east of UTC as written; undefined when none is. */
  readonly offsetMinutes: number | undefined;
}

const SECOND = 1_000_000;
const DAY_SECONDS = 86_400;

/** `seconds` since 1970 and millionths; undefined where a double would no longer be exact. */
export function epochMicros(seconds: number, micros: number): EpochMicros | undefined {
  const at = seconds * SECOND + micros;
  return Number.isSafeInteger(at) && Number.isSafeInteger(seconds) ? (at as EpochMicros) : undefined;
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar (H. Hinnant, chrono-compatible date algorithms). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 … 999,999 */
  readonly micro: number;
}

/** What a clock so many whole minutes east of UTC showed at an instant. */
export function civilOf(at: EpochMicros, offsetMinutes = 0): Civil {
  const utcSeconds = Math.floor(at / SECOND);
  const seconds = utcSeconds + offsetMinutes * 60;
  const days = Math.floor(seconds / DAY_SECONDS);
  const ofDay = seconds - days * DAY_SECONDS;
  return {
    ...dateOf(days),
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
    micro: at - utcSeconds * SECOND,
  };
}

function dateOf(days: number): Pick<Civil, "year" | "month" | "day"> {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

const DATE = String.raw`([+-]\d{6}|\d{4})(-?)(\d\d)\2(\d\d)`;
const CLOCK = String.raw`(\d\d)(?:(:?)(\d\d)(?:\6(\d\d)(?:[.,](\d+))?)?)?`;
const OFFSET = String.raw`(?: ?(Z|z|UTC|GMT)|([+-])(\d\d)(?::?(\d\d))?| ([+-])(\d\d):?(\d\d))?`;
const ISO = new RegExp(`^${DATE}(?:(?:[Tt]| {1,2})${CLOCK}${OFFSET})?$`);
const LEADING = new RegExp(
  String.raw`^${DATE}(?:[Tt]| )\d\d:?\d\d:?\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?(?!\w|:\S)`,
);

/**
 * RFC 3339 and the ISO 8601 forms found in logs: `T`, `t` or blanks between date and clock, extended or basic writing,
 * seconds and fraction optional, fraction after `.` or `,`, offset `Z`, `UTC`, `+02`, `+0200`, `+02:00` or none, signed
 * six-digit years, a date alone (00:00:00). 24:00 ends a day; a leap second counts as the second after it.
 * undefined: not written as such a time, or no such date or clock (month 13, 25:00).
 */
export function parseIso(text: string): ParsedTime | undefined {
  return parseCommonIso(text) ?? parseAnyIso(text);
}

/** `2024-11-04T08:01:02.345Z`, which most programs write, without a pattern; undefined: invalid, or written otherwise. */
function parseCommonIso(text: string): ParsedTime | undefined {
  const end = text.length - 1;
  if (end < 19 || end > 29 || !hasCommonMarks(text, end)) return undefined;
  const days = checkedDays(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
  const clock = checkedClock(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19));
  const precision = Math.max(0, end - 20);
  const micros = digits(text, 20, Math.min(end, 26)) * 10 ** Math.max(0, 6 - precision);
  const finer = digits(text, 26, end);
  if (days === undefined || clock === undefined || Number.isNaN(days + clock + micros + finer)) return undefined;
  return { at: epochMicros(days * DAY_SECONDS + clock, micros), precision, zoneless: false, offsetMinutes: 0 };
}

function hasCommonMarks(text: string, end: number): boolean {
  return (
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a &&
    text.charCodeAt(end) === 0x5a &&
    (end === 19 || (end > 20 && text.charCodeAt(19) === 0x2e))
  );
}

/** NaN where some character is no digit; 0 for none at all. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return Number.NaN;
    value = value * 10 + unit - 0x30;
  }
  return value;
}

function parseAnyIso(text: string): ParsedTime | undefined {
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const days = checkedDays(Number(found[1]), Number(found[3]), Number(found[4]));
  const clock = checkedClock(Number(found[5] ?? 0), Number(found[7] ?? 0), Number(found[8] ?? 0));
  if (days === undefined || clock === undefined) return undefined;
  const offsetMinutes = offsetOf(found);
  if (Number.isNaN(offsetMinutes)) return undefined;
  const fraction = found[9] ?? "";
  const seconds = days * DAY_SECONDS + clock - (offsetMinutes ?? 0) * 60;
  return {
    at: epochMicros(seconds, Number(fraction.slice(0, 6).padEnd(6, "0"))),
    precision: Math.min(fraction.length, 9),
    zoneless: offsetMinutes === undefined,
    offsetMinutes,
  };
}

/** The ISO time at the start of a line, date and clock to the second at least; undefined when there is none. */
export function leadingIso(line: string): string | undefined {
  return LEADING.exec(line)?.[0];
}

function checkedDays(year: number, month: number, day: number): number | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined;
  return daysFromCivil(year, month, day);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function checkedClock(hour: number, minute: number, second: number): number | undefined {
  const seconds = hour * 3600 + minute * 60 + second;
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && seconds > DAY_SECONDS)) return undefined;
  return seconds;
}

/** NaN: written, but no offset that exists (RFC 3339 allows up to 23:59). */
function offsetOf(found: RegExpExecArray): number | undefined {
  if (found[10] !== undefined) return 0;
  const sign = found[11] ?? found[14];
  if (sign === undefined) return undefined;
  const hours = Number(found[12] ?? found[15]);
  const minutes = Number(found[13] ?? found[16] ?? 0);
  if (hours > 23 || minutes > 59) return Number.NaN;
  const total = hours * 60 + minutes;
  return sign === "-" && total > 0 ? -total : total;
}

const EPOCH = /^(-?)(\d{1,19})(?:\.(\d+))?$/;

/**
 * A number since 1970 UTC, its unit by magnitude: below 10^11 seconds (to the year 5138), below 10^14 milliseconds, below
 * 10^17 microseconds, else nanoseconds. A fraction belongs to that unit.
 */
export function parseEpoch(text: string): ParsedTime | undefined {
  const found = EPOCH.exec(text);
  if (found === null) return undefined;
  const whole = found[2] as string;
  const size = whole.replace(/^0+(?=\d)/, "").length;
  const power = size <= 11 ? 0 : size <= 14 ? 3 : size <= 17 ? 6 : 9;
  return scaled(found[1] === "-", whole, found[3] ?? "", power);
}

/** Seconds since 1970 UTC as text, whatever their size. */
export function parseEpochSeconds(text: string): ParsedTime | undefined {
  const found = EPOCH.exec(text);
  return found === null ? undefined : scaled(found[1] === "-", found[2] as string, found[3] ?? "", 0);
}

/** `whole.fraction` in units of 10^-power seconds. Works on the digits: a double holds no nanoseconds of today. */
function scaled(negative: boolean, whole: string, fraction: string, power: number): ParsedTime {
  const padded = whole.padStart(power + 1, "0");
  const seconds = Number(padded.slice(0, padded.length - power));
  const below = padded.slice(padded.length - power) + fraction;
  const micros = Number(below.slice(0, 6).padEnd(6, "0"));
  const finer = /[1-9]/.test(below.slice(6));
  const at = negative ? epochMicros(-seconds, -(micros + (finer ? 1 : 0))) : epochMicros(seconds, micros);
  return { at, precision: Math.min(below.length, 9), zoneless: false, offsetMinutes: 0 };
}

/** An ISO time or a number since 1970. */
export function parseTime(text: string): ParsedTime | undefined {
  return parseIso(text) ?? parseEpoch(text);
}

/** RFC 3339 in UTC, always six fraction digits. */
export function printUtc(at: EpochMicros): string {
  return printAt(at, 0, 6);
}

/** RFC 3339 with an offset in whole minutes east of UTC, `digits` (0 … 9) after the second; `Z` for offset 0. */
export function printAt(at: EpochMicros, offsetMinutes: number, digits: number): string {
  const civil = civilOf(at, offsetMinutes);
  const date = `${pad(civil.year, 4)}-${pad(civil.month, 2)}-${pad(civil.day, 2)}`;
  const clock = `${pad(civil.hour, 2)}:${pad(civil.minute, 2)}:${pad(civil.second, 2)}`;
  const fraction = digits === 0 ? "" : `.${pad(civil.micro, 6).padEnd(9, "0").slice(0, digits)}`;
  return `${date}T${clock}${fraction}${printOffset(offsetMinutes)}`;
}

/** `Z` or `+02:00`. */
function printOffset(offsetMinutes: number): string {
  if (offsetMinutes === 0) return "Z";
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60), 2)}:${pad(size % 60, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
