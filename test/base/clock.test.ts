import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockText, shiftText } from "../../workers/base/clock-text.ts";
import { clockTrouble, correctedAt, MAX_SHIFT } from "../../workers/base/clock.ts";
import type { ClockCorrection, EpochMicros } from "../../workers/contract.ts";

const SECOND = 1_000_000;
const START = Date.UTC(2025, 0, 1) * 1000;

function points(...pairs: readonly (readonly [shown: number, actual: number])[]): ClockCorrection {
  const at = (seconds: number): EpochMicros => (START + seconds * SECOND) as EpochMicros;
  return { kind: "points", points: pairs.map(([shown, actual]) => ({ shown: at(shown), actual: at(actual) })) };
}

test.each([
  [-100, -90],
  [0, 10],
  [50, 65],
  [100, 120],
  [150, 155],
  [200, 190],
  [1_000, 990],
])("the clock showed %d s when it was %d s", (shown, actual) => {
  const clock = points([0, 10], [100, 120], [200, 190]);
  expect(correctedAt(clock, START + shown * SECOND)).toBe(START + actual * SECOND);
});

test("a fixed shift is added, and no time stays none", () => {
  const clock: ClockCorrection = { kind: "fixed", micros: -90 * SECOND };
  expect(correctedAt(clock, START)).toBe(START - 90 * SECOND);
  expect(correctedAt(clock, Number.NaN)).toBeNaN();
  expect(correctedAt({ kind: "fixed", micros: MAX_SHIFT }, Number.MAX_SAFE_INTEGER - 1)).toBeNaN();
});

test("order is kept and every result is whole", () => {
  const gap = fc.integer({ min: 1, max: 1e12 });
  const property = fc.property(
    fc.array(fc.tuple(gap, gap), { minLength: 2, maxLength: 8 }),
    fc.array(fc.integer({ min: -2e12, max: 9e12 }), { minLength: 2 }),
    (steps, shown) => {
      let [s, a] = [START, START];
      const clock: ClockCorrection = {
        kind: "points",
        points: steps.map(([ds, da]) => ({ shown: (s += ds) as EpochMicros, actual: (a += da) as EpochMicros })),
      };
      expect(clockTrouble(clock)).toBeUndefined();
      for (const { shown: at, actual } of clock.points) expect(correctedAt(clock, at)).toBe(actual);
      const corrected = shown.toSorted((x, y) => x - y).map((at) => correctedAt(clock, START + at));
      for (const at of corrected) expect(Number.isSafeInteger(at)).toBe(true);
      expect(corrected).toEqual(corrected.toSorted((x, y) => x - y));
    },
  );
  fc.assert(property);
});

describe("what is no correction", () => {
  test.each<[ClockCorrection, RegExp]>([
    [points([0, 1]), /two points/],
    [points([10, 1], [5, 20]), /order/],
    [points([0, 1], [0, 2]), /order/],
    [points([0, 10], [5, 10]), /stand still/],
    [{ kind: "fixed", micros: 1.5 }, /hundred years/],
    [{ kind: "fixed", micros: MAX_SHIFT + 1 }, /hundred years/],
    [points([0, MAX_SHIFT], [1, MAX_SHIFT + 1]), /hundred years/],
  ])("%j", (clock, reason) => {
    expect(clockTrouble(clock)).toMatch(reason);
  });
});

test("shifts and corrections in words", () => {
  expect(shiftText(200 * SECOND)).toBe("+00:03:20");
  expect(shiftText(-(2 * 86_400 + 1) * SECOND - 500_000)).toBe("-2d 00:00:01.500000");
  expect(clockText(points([0, 10], [100, 120]))).toBe(
    "by 2 points: 2025-01-01T00:00:00.000000Z was 2025-01-01T00:00:10.000000Z, " +
      "2025-01-01T00:01:40.000000Z was 2025-01-01T00:02:00.000000Z",
  );
});
