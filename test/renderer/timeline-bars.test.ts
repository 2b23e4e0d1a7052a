import { describe, expect, it } from "vitest";
import type { EpochMicros, Histogram, SourceId } from "../../workers/contract.ts";
import { barsOf, bucketOf, matchedIn, rangeOf, widthText } from "../../renderer/views/timeline/bars.ts";
import { stretchesOf } from "../../renderer/views/timeline/coverage.ts";
import { tickText } from "../../renderer/views/timeline/tick-text.ts";
import { timelineAct } from "../../renderer/views/timeline/timeline-keys.ts";

const histogram: Histogram = {
  from: 0 as EpochMicros,
  to: 4_000_000 as EpochMicros,
  width: 1_000_000,
  series: [
    { source: 1 as SourceId, counts: Uint32Array.of(1, 0, 2, 0) },
    { source: 2 as SourceId, counts: Uint32Array.of(3, 0, 0, 1) },
  ],
  totals: Uint32Array.of(9, 1, 2, 5),
  undatedMatched: 0,
  undatedTotal: 2,
  matchedOutside: 0,
};

describe("bars of the time line", () => {
  it("stacks sources on one another and keeps both maxima", () => {
    const bars = barsOf(histogram);
    expect(bars.stacks.map((stack) => [...stack])).toEqual([
      [1, 0, 2, 0],
      [4, 0, 2, 1],
    ]);
    expect([bars.maxMatched, bars.maxTotal]).toEqual([4, 9]);
    expect(matchedIn(histogram, 0)).toBe(4);
  });

  it("turns buckets into a range in either order, and instants into buckets on the axis", () => {
    expect(rangeOf(histogram, 2, 1)).toEqual({ from: 1_000_000, to: 3_000_000 });
    expect([bucketOf(histogram, -5), bucketOf(histogram, 3_999_999), bucketOf(histogram, 9e9)]).toEqual([0, 3, 3]);
  });

  it("names the width of a bucket", () => {
    expect([300e6, 86_400e6, 1e6, 250e3].map(widthText)).toEqual(["5 min", "1 d", "1 s", "250 ms"]);
  });

  it("joins neighbouring buckets into one stretch of coverage", () => {
    const axis = { from: 0 as EpochMicros, to: 50 as EpochMicros };
    expect(stretchesOf(Uint32Array.of(1, 2, 0, 0, 7), axis)).toEqual([
      [0, 20],
      [40, 50],
    ]);
  });

  it("names midnight by its day in the zone on screen, and says no more than the step tells apart", () => {
    const midnight = Date.UTC(2026, 7, 12) * 1000;
    expect(tickText(midnight, 3_600e6, "UTC")).toBe("12 Aug");
    expect(tickText(midnight, 3_600e6, "+05:30")).toBe("05:30");
    expect(tickText(midnight + 5e6, 1e6, "UTC")).toBe("00:00:05");
    expect(tickText(midnight, 31 * 86_400e6, "UTC")).toBe("Aug 2026");
  });
});

describe("keys of the time line", () => {
  it("moves a cursor inside the axis, extends it with Shift, zooms with Enter", () => {
    expect(timelineAct("ArrowLeft", false, { at: 0, from: 0 }, 4)).toEqual({
      kind: "move",
      cursor: { at: 0, from: 0 },
    });
    expect(timelineAct("ArrowRight", true, { at: 1, from: 1 }, 4)).toEqual({
      kind: "move",
      cursor: { at: 2, from: 1 },
    });
    expect(timelineAct("Enter", false, { at: 2, from: 1 }, 4)).toEqual({ kind: "zoom", cursor: { at: 2, from: 1 } });
    expect(timelineAct("Enter", false, undefined, 4)).toBeUndefined();
    expect(timelineAct("0", false, undefined, 4)).toEqual({ kind: "fit" });
  });
});
