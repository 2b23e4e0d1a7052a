/** The figures behind the bars: stacks, maxima and the words for one bucket. Pure. */
import type { EpochMicros, Histogram, TimeRange } from "../../../workers/contract.ts";

export interface Bars {
  readonly count: number;
  /** Start of each bucket, µs. */
  readonly starts: Float64Array;
  /** Running sums over the sources: `stacks[s][b]` is the top of source s in bucket b. */
  readonly stacks: readonly Float64Array[];
  readonly totals: Uint32Array;
  readonly maxMatched: number;
  readonly maxTotal: number;
}

export function barsOf(histogram: Histogram): Bars {
  const count = histogram.totals.length;
  const starts = Float64Array.from({ length: count }, (_, bucket) => histogram.from + bucket * histogram.width);
  const stacks: Float64Array[] = [];
  let below = new Float64Array(count);
  for (const { counts } of histogram.series) {
    const top = below.slice();
    for (let bucket = 0; bucket < count; bucket++) top[bucket] = (top[bucket] as number) + (counts[bucket] ?? 0);
    stacks.push(top);
    below = top;
  }
  return {
    count,
    starts,
    stacks,
    totals: histogram.totals,
    maxMatched: largest(below),
    maxTotal: largest(histogram.totals),
  };
}

function largest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

export function matchedIn(histogram: Histogram, bucket: number): number {
  return histogram.series.reduce((sum, { counts }) => sum + (counts[bucket] ?? 0), 0);
}

/** The range of buckets first … last (inclusive, either order). */
export function rangeOf(histogram: Histogram, first: number, last: number): Required<TimeRange> {
  const [low, high] = first <= last ? [first, last] : [last, first];
  return {
    from: (histogram.from + low * histogram.width) as EpochMicros,
    to: (histogram.from + (high + 1) * histogram.width) as EpochMicros,
  };
}

/** The bucket an instant lies in, held inside the axis. */
export function bucketOf(histogram: Histogram, at: number): number {
  const bucket = Math.floor((at - histogram.from) / histogram.width);
  return Math.min(Math.max(bucket, 0), Math.max(0, histogram.totals.length - 1));
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400e6, "d"],
  [3_600e6, "h"],
  [60e6, "min"],
  [1e6, "s"],
  [1e3, "ms"],
];

/** "5 min", "1 d", "250 ms". */
export function widthText(width: number): string {
  for (const [size, unit] of UNITS) if (width >= size && width % size === 0) return `${width / size} ${unit}`;
  for (const [size, unit] of UNITS) if (width >= size) return `${Number((width / size).toFixed(2))} ${unit}`;
  return `${width} µs`;
}
