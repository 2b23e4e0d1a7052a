/** Counts of entries in equal stretches of time. */
import type { CaseColumns } from "./columns.ts";
import type { EpochMicros, Histogram, TimeRange } from "../contract.ts";
import { shownSources, shownStretches } from "./shown.ts";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 364 * DAY;

/** Widths that a person can read off an axis; beyond the last, its doubles. */
const WIDTHS: readonly number[] = [
  ...[1, 10, 100, 1000, 10_000, 100_000].flatMap((unit) => [unit, 2 * unit, 5 * unit]),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182].map((n) => n * DAY),
  YEAR,
];

export interface Axis {
  readonly from: number;
  readonly width: number;
  readonly count: number;
}

/** The narrowest readable buckets, at most `most`, that cover `from … to`; they begin at multiples of their width. */
export function axisFor(from: number, to: number, most: number): Axis {
  for (let step = 0; ; step++) {
    const width = WIDTHS[step] ?? YEAR * 2 ** (step - WIDTHS.length + 1);
    const first = Math.floor(from / width);
    const count = Math.max(1, Math.ceil(to / width) - first);
    if (count <= most) return { from: first * width, width, count };
  }
}

export interface HistogramInput {
  readonly columns: CaseColumns;
  /** Matching entries, in any order. */
  readonly ids: Uint32Array;
  /** First and last time of all dated entries that are shown. */
  readonly extent: { readonly first: number; readonly last: number } | undefined;
}

export function histogram({ columns, ids, extent }: HistogramInput, buckets: number, range: TimeRange): Histogram {
  const from = range.from ?? extent?.first;
  const to = range.to ?? (extent === undefined ? undefined : extent.last + 1);
  const most = Math.max(1, Math.min(100_000, Math.floor(buckets)));
  const axis =
    from === undefined || to === undefined
      ? { from: 0, width: SECOND, count: 0 }
      : axisFor(from, Math.max(to, from + 1), most);
  const sources = shownSources(columns);
  const lanes = columns.members.map(({ source }) => sources.findIndex(({ id }) => id === source));
  const counts = sources.map(() => new Uint32Array(axis.count));
  const matched = countInto(columns, ids, axis, (entry) => counts[lanes[columns.member[entry] as number] as number]);
  const totals = new Uint32Array(axis.count);
  let undatedTotal = 0;
  for (const { first, end } of shownStretches(columns)) undatedTotal += countStretch(columns, first, end, axis, totals);
  return {
    from: axis.from as EpochMicros,
    to: (axis.from + axis.count * axis.width) as EpochMicros,
    width: axis.width,
    series: sources.map(({ id }, i) => ({ source: id, counts: counts[i] as Uint32Array })),
    totals,
    undatedMatched: matched.undated,
    undatedTotal,
    matchedOutside: matched.outside,
  };
}

function countInto(
  { time }: CaseColumns,
  ids: Uint32Array,
  { from, width, count }: Axis,
  lane: (entry: number) => Uint32Array | undefined,
): { readonly undated: number; readonly outside: number } {
  let undated = 0;
  let outside = 0;
  for (let i = 0; i < ids.length; i++) {
    const entry = ids[i] as number;
    const t = time[entry] as number;
    const bucket = Math.floor((t - from) / width);
    if (bucket >= 0 && bucket < count) {
      const counts = lane(entry) as Uint32Array;
      counts[bucket] = (counts[bucket] as number) + 1;
    } else if (Number.isNaN(t)) undated++;
    else outside++;
  }
  return { undated, outside };
}

/** Counts every entry of a stretch; gives the undated ones. */
function countStretch({ time }: CaseColumns, first: number, end: number, axis: Axis, totals: Uint32Array): number {
  const { from, width, count } = axis;
  let undated = 0;
  for (let entry = first; entry < end; entry++) {
    const t = time[entry] as number;
    const bucket = Math.floor((t - from) / width);
    if (bucket >= 0 && bucket < count) totals[bucket] = (totals[bucket] as number) + 1;
    else if (Number.isNaN(t)) undated++;
  }
  return undated;
}
