/** Which year each of the times of a log is in that are written without one: it rises over New Year. */
import { civilOf, daysFromCivil } from "./time.ts";
import type { EpochMicros } from "../contract.ts";

const DAY = 86_400_000_000;
/** A log that goes on after so long a pause is rarer than one that passes New Year. */
const HALF_A_YEAR = 183 * DAY;
/** How much later than its time a line may be written. */
const LATE = 31 * DAY;

/** `dated` gives the instant, µs, of a time in a year; undefined where that year has no such day. */
export class YearWalk<Time> {
  readonly #first: number | undefined;
  readonly #dated: (time: Time, year: number) => number | undefined;
  #last: number | undefined;
  #isStarted = false;

  /** `first`: year of the first time that is written without one. */
  constructor(first: number | undefined, dated: (time: Time, year: number) => number | undefined) {
    this.#first = first;
    this.#dated = dated;
  }

  /** The year of the next time. undefined: nothing is known of it, or no year near has such a day. */
  yearOf(time: Time): number | undefined {
    const year = this.#found(time);
    this.#isStarted = true;
    const at = year === undefined ? undefined : this.#dated(time, year);
    if (at !== undefined) this.#last = at;
    return at === undefined ? undefined : year;
  }

  /** A time that is written with its year. */
  note(at: number): void {
    this.#last = at;
  }

  #found(time: Time): number | undefined {
    const last = this.#last;
    if (!this.#isStarted && this.#first !== undefined) return this.#first;
    if (last === undefined) return undefined;
    const { year } = civilOf(last as EpochMicros);
    const same = this.#dated(time, year);
    const at = same ?? last;
    if (at < last - HALF_A_YEAR) return this.#dated(time, year + 1) === undefined ? year : year + 1;
    const before = at > last + HALF_A_YEAR ? this.#dated(time, year - 1) : undefined;
    if (before !== undefined && before >= last - LATE) return year - 1;
    if (same !== undefined) return year;
    // A day that this year has not is that of the next where New Year was passed (February 29); else nothing tells.
    const next = this.#dated(time, year + 1);
    return next !== undefined && next <= last + HALF_A_YEAR ? year + 1 : undefined;
  }
}

/** The year that month, day and clock are kept in where theirs is not known: it has every day. */
export const LEAP_YEAR = 2000;
const FEBRUARY_29 = 59;

/** The same month, day and clock in a leap year; NaN stays NaN. */
export function withoutYear(at: number): number {
  if (Number.isNaN(at)) return at;
  const { year, month, day } = civilOf(at as EpochMicros);
  const moved = daysFromCivil(LEAP_YEAR, month, day) - daysFromCivil(year, month, day);
  return at + moved * DAY;
}

/** What `withoutYear` gave, in a year; undefined where that year has no such day. */
export function inYear(written: number, year: number): number | undefined {
  const start = daysFromCivil(LEAP_YEAR, 1, 1);
  const day = Math.floor(written / DAY) - start;
  const isLeap = daysFromCivil(year + 1, 1, 1) - daysFromCivil(year, 1, 1) === 366;
  if (Number.isNaN(day) || (day === FEBRUARY_29 && !isLeap)) return undefined;
  const moved = daysFromCivil(year, 1, 1) - start - (isLeap || day < FEBRUARY_29 ? 0 : 1);
  const at = written + moved * DAY;
  return Number.isSafeInteger(at) ? at : undefined;
}
