import fc from "fast-check";
import { expect, test } from "vitest";
import { parseIso, printUtc } from "../../workers/base/time.ts";
import { inYear, withoutYear, YearWalk } from "../../workers/base/year-walk.ts";
import type { EpochMicros } from "../../workers/contract.ts";

const at = (text: string): number => parseIso(text)?.at ?? Number.NaN;
const written = (text: string): number => at(`2000-${text}`);

function walked(first: number | undefined, ...times: readonly string[]): readonly string[] {
  const walk = new YearWalk(first, inYear);
  return times.map((text) => {
    const year = walk.yearOf(written(text));
    return year === undefined ? "none" : printUtc(inYear(written(text), year) as EpochMicros).slice(0, 10);
  });
}

test("a time keeps month, day and clock in every year that has the day", () => {
  const time = fc.integer({ min: at("1700-01-01"), max: at("2200-01-01") });
  const year = fc.integer({ min: 1700, max: 2200 });
  const property = fc.property(time, year, (micros, to) => {
    const text = printUtc(micros as EpochMicros);
    const expected = parseIso(`${to}${text.slice(4)}`)?.at;
    expect(inYear(withoutYear(micros), to)).toBe(expected);
  });
  fc.assert(property, { numRuns: 500 });
});

test("the year rises over New Year, and a line that comes late does not make it fall for the others", () => {
  expect(walked(2024, "12-30T10:00", "12-31T23:59", "01-01T00:00", "12-31T23:58", "01-02T10:00")).toEqual([
    "2024-12-30",
    "2024-12-31",
    "2025-01-01",
    "2024-12-31",
    "2025-01-02",
  ]);
});

test("February 29 is in the years that have it", () => {
  expect(walked(2024, "02-28T10:00", "02-29T10:00", "03-01T10:00")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
  expect(walked(2023, "02-28T10:00", "02-29T10:00", "03-01T10:00")).toEqual(["2023-02-28", "none", "2023-03-01"]);
  expect(walked(2023, "12-28T10:00", "02-29T10:00")).toEqual(["2023-12-28", "2024-02-29"]);
});

test("without a first year only a time with one tells", () => {
  const walk = new YearWalk(undefined, inYear);
  expect(walk.yearOf(written("03-01T10:00"))).toBeUndefined();
  walk.note(at("2024-03-01T11:00"));
  expect(walk.yearOf(written("03-01T12:00"))).toBe(2024);
});
