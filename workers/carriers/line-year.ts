/** Lines of logs that are no syslog and write their times without a year as well: `[Jan 10 12:00:00] …`, `I0302 15:04:05.1…`. */
import { lineTime } from "../base/line-time.ts";
import type { Reading } from "../contract.ts";
import type { Wrap } from "../formats/format.ts";
import { nearest, type Stamped, studyYear, YearTracker } from "./syslog-year.ts";

/** A stray time without a year says nothing of the log. */
const LEAST_SHARE = 0.1;

/** The year of the first such time, where they are what the log tells its times by. */
export function studyLineYear(
  lines: readonly string[],
  asked: Reading,
  modified: number | undefined,
): Pick<Reading, "year" | "yearFrom"> {
  const stamped = lines.flatMap((line): readonly Stamped[] => {
    const time = lineTime(line, false, undefined);
    return time === undefined ? [] : [{ time, message: line.slice(time.start + time.text.length) }];
  });
  const yearless = stamped.filter(({ time }) => time.yearless !== undefined).length;
  if (yearless * 2 < stamped.length || yearless < lines.length * LEAST_SHARE) return {};
  return studyYear(stamped, asked, modified);
}

/** Follows the lines of a member in order. What it gives is the time that the line itself writes, with its year. */
export class LineYears {
  readonly #tracker: YearTracker;

  constructor(year: number) {
    this.#tracker = new YearTracker(year);
  }

  wrapOf(line: string): Wrap | undefined {
    const time = lineTime(line, false, undefined);
    if (time?.parsed !== undefined) this.#tracker.note(time.parsed);
    if (time?.yearless === undefined) return undefined;
    return { fields: [], time: { parsed: this.#tracker.resolve(time.yearless), text: time.text, yearInferred: true } };
  }
}

/** The same of a line that is read again alone. */
export function wrapNear(line: string, year: number, near: number | undefined): Wrap | undefined {
  const time = lineTime(line, false, undefined);
  if (time?.yearless === undefined) return undefined;
  const parsed = near === undefined ? new YearTracker(year).resolve(time.yearless) : nearest(time.yearless, near);
  return { fields: [], time: { parsed, text: time.text, yearInferred: true } };
}
