/** The year of times that are written without one. */
import { type LogTime, timeAt, withYear, type YearlessTime } from "../base/log-time.ts";
import { type Civil, civilOf, parseEpoch, type ParsedTime } from "../base/time.ts";
import { YearWalk } from "../base/year-walk.ts";
import type { EpochMicros, Reading } from "../contract.ts";

const DAY = 86_400_000_000;

/** Follows the times of one log: the year rises over New Year. */
export class YearTracker {
  readonly #walk: YearWalk<YearlessTime>;

  /** `first`: year of the first time that is written without one. */
  constructor(first: number | undefined) {
    this.#walk = new YearWalk(first, (time, year) => withYear(time, year)?.at);
  }

  /** undefined: nothing is known of the year, or it has no such day. */
  resolve(time: YearlessTime): ParsedTime | undefined {
    const year = this.#walk.yearOf(time);
    return year === undefined ? undefined : withYear(time, year);
  }
  /** A time that is written with its year. */
  note(time: ParsedTime): void {
    if (time.at !== undefined) this.#walk.note(time.at);
  }
}

/** The time in the year that brings it nearest to an instant. */
export function nearest(time: YearlessTime, near: number): ParsedTime | undefined {
  const { year } = civilOf(near as EpochMicros);
  let best: ParsedTime | undefined;
  for (const each of [year, year - 1, year + 1]) {
    const found = withYear(time, each);
    const isNearer =
      Math.abs((found?.at ?? Number.NaN) - near) < Math.abs((best?.at ?? Number.POSITIVE_INFINITY) - near);
    if (isNearer) best = found;
  }
  return best;
}

/** A header's time and the text that it stands before. */
export interface Stamped {
  readonly time: LogTime;
  readonly message: string;
}

/**
 * The year of the first time without one: as a person said, else from dates with a year in the messages of the same day,
 * else the latest that does not lie after the file's own time. `modified`: µs since 1970.
 */
export function studyYear(
  lines: readonly Stamped[],
  asked: Reading,
  modified: number | undefined,
): Pick<Reading, "year" | "yearFrom"> {
  const first = lines.find(({ time }) => time.yearless !== undefined)?.time.yearless;
  if (first === undefined) return {};
  if (asked.year !== undefined) return { year: asked.year, yearFrom: "person" };
  const known = yearFromRecords(lines);
  if (known !== undefined) return { year: known, yearFrom: "records" };
  const latest = modified === undefined ? undefined : latestYear(first, modified);
  return latest === undefined ? {} : { year: latest, yearFrom: "file time" };
}

/** Every date votes for a first year, reckoned back by the New Years between. */
function yearFromRecords(lines: readonly Stamped[]): number | undefined {
  const votes = new Map<number, number>();
  const start = 2000;
  const tracker = new YearTracker(start);
  for (const { time, message } of lines) {
    // Before the first time without a year, dates with one have nothing to be reckoned from.
    const yearless = time.yearless ?? withoutYear(time);
    const reckoned = yearless === undefined ? undefined : tracker.resolve(yearless);
    if (reckoned?.at === undefined) continue;
    const years = time.yearless === undefined ? [yearOf(time)] : [...yearsIn(message, reckoned.at)];
    const passed = civilOf(reckoned.at).year - start;
    for (const year of years) if (year !== undefined) votes.set(year - passed, (votes.get(year - passed) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function withoutYear(time: LogTime): YearlessTime | undefined {
  if (time.parsed?.at === undefined) return undefined;
  const { month, day, hour, minute, second } = civilOf(time.parsed.at, time.parsed.offsetMinutes ?? 0);
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
  return { month, day, clock };
}
function yearOf(time: LogTime): number | undefined {
  return time.parsed?.at === undefined ? undefined : civilOf(time.parsed.at, time.parsed.offsetMinutes ?? 0).year;
}

/** ISO dates, CEF's `Jun 15 2025`, the seconds of an audit stamp, milliseconds since 1970. */
const DATES =
  /\b(\d{4})-(\d\d)-(\d\d)(?=[T\s"])|\b([A-Z][a-z]{2} +\d{1,2} \d{4} \d\d:\d\d:\d\d)|\baudit\((\d{9,10})[.:]|=(1\d{12})\b/g;

/** Years of the dates in a message that fall, but for the year, within a day of a time. */
function* yearsIn(message: string, at: EpochMicros): Generator<number> {
  for (const found of message.matchAll(DATES)) {
    const date = dateOf(found);
    if (date === undefined) continue;
    const when = withYear({ month: date.month, day: date.day, clock: "12:00:00" }, civilOf(at).year);
    if (when?.at !== undefined && Math.abs(when.at - at) < 2 * DAY) yield date.year;
  }
}

type CalendarDate = Pick<Civil, "year" | "month" | "day">;

function dateOf([, year, month, day, written, seconds, millis]: RegExpExecArray): CalendarDate | undefined {
  if (year !== undefined) return { year: Number(year), month: Number(month), day: Number(day) };
  const time = written === undefined ? parseEpoch(seconds ?? millis ?? "") : timeAt(written, 0)?.parsed;
  return time?.at === undefined ? undefined : civilOf(time.at);
}

function latestYear(time: YearlessTime, modified: number): number | undefined {
  const { year } = civilOf(modified as EpochMicros);
  // A zone may put the line up to a day after the file's time; February 29 comes at most every eight years.
  for (let each = year; each > year - 9; each--) {
    const found = withYear(time, each);
    if (found?.at !== undefined && found.at <= modified + DAY) return each;
  }
  return undefined;
}
