import fc from "fast-check";
import { expect, test } from "vitest";
import { WallClock } from "../../workers/base/wall-clock.ts";
import { instantOfWall } from "../../workers/base/zone.ts";
import type { EpochMicros } from "../../workers/contract.ts";

const HOUR = 3_600_000_000;
const ZONES = [
  "UTC",
  "+05:45",
  "Europe/Paris",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Apia",
  "America/Caracas",
  "Asia/Pyongyang",
];
const zone = fc.constantFrom(...ZONES);
/** Any time, and many about the changes of the clocks in those zones. */
const wall = fc.oneof(
  fc.integer({ min: Date.UTC(1900, 0) * 1000, max: Date.UTC(2100, 0) * 1000 }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2024, 2, 31, 2),
        Date.UTC(2024, 9, 27, 2),
        Date.UTC(2024, 10, 3, 1),
        Date.UTC(2024, 2, 10, 2),
        Date.UTC(2011, 11, 30),
        Date.UTC(2024, 3, 7, 2),
        Date.UTC(2007, 11, 9, 3),
        Date.UTC(2018, 4, 5),
      ),
      fc.integer({ min: -40 * HOUR, max: 40 * HOUR }),
    )
    .map(([at, shift]) => at * 1000 + shift),
);

test("the instant and its kind are those of a look at each time alone", () => {
  const property = fc.property(zone, fc.array(wall, { maxLength: 30 }), (name, walls) => {
    const clock = new WallClock(name);
    for (const each of walls) {
      const { at, kind } = instantOfWall(name, each as EpochMicros);
      expect({ at: clock.instant(each), kind: clock.kind }).toEqual({ at: Math.round(at), kind });
    }
  });
  fc.assert(property, { numRuns: 300 });
});

test("what was written comes out of the instant again, told once, twice or never", () => {
  const property = fc.property(zone, fc.array(wall, { maxLength: 30 }), (name, walls) => {
    const clock = new WallClock(name);
    for (const each of walls) {
      const at = clock.instant(each);
      expect(clock.wall(at, clock.kind === "gap")).toBe(each);
    }
  });
  fc.assert(property, { numRuns: 300 });
});

test("no time stays none", () => {
  const clock = new WallClock("Europe/Paris");
  expect([clock.instant(Number.NaN), clock.wall(Number.NaN, false), clock.kind]).toEqual([
    Number.NaN,
    Number.NaN,
    "unique",
  ]);
  expect(() => new WallClock("Mars/Olympus").instant(0)).toThrow(RangeError);
});
