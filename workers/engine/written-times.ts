import { FLAG, type MemberId } from "../contract.ts";
import { LEAP_YEAR, withoutYear } from "../base/year-walk.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { parseAgain } from "./case-reread.ts";

/** The middle of the leap year: every day of it is nearer than the same day of another. */
const LEAP = { year: LEAP_YEAR, near: Date.UTC(LEAP_YEAR, 6, 2) * 1000 };

/**
 * Month, day and clock of the entries of a member that are undated because their year was not known or has no such day,
 * read from their bytes: pairs of entry number and the µs of that time in the year 2000.
 */
export function writtenTimes(reader: CaseReader, id: MemberId): Float64Array {
  const { firstEntry, entries } = reader.memberInfo(id);
  const pairs: number[] = [];
  for (let entry = firstEntry; entry < firstEntry + entries; entry++) {
    const isYearless = ((reader.flags[entry] as number) & FLAG.yearInferred) !== 0;
    if (!isYearless || !Number.isNaN(reader.recordedTime[entry])) continue;
    const at = parseAgain(reader, entry, { inYear: LEAP }).entry?.fields.when.at;
    if (at !== undefined) pairs.push(entry, withoutYear(at));
  }
  return Float64Array.from(pairs);
}
