/** Counts of entries in equal stretches of time. */
import type { CaseColumns } from "./columns.ts";
import type { EpochMicros, Histogram, SourceInfo, TimeRange } from "../contract.ts";
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
  /** Matching entries, ascending. */
  readonly ids: Uint32Array;
  /** First and last time of all dated entries that are shown. */
  readonly extent: { readonly first: number; readonly last: number } | undefined;
  readonly undatedTotal: number;
  readonly isAll: boolean;
}

export function histogram(input: HistogramInput, buckets: number, range: TimeRange): Histogram {
  const { columns, ids, extent, undatedTotal, isAll } = input;
  const from = range.from ?? extent?.first;
  const to = range.to ?? (extent === undefined ? undefined : extent.last + 1);
  const most = Math.max(1, Math.min(100_000, Math.floor(buckets)));
  const axis =
    from === undefined || to === undefined
      ? { from: 0, width: SECOND, count: 0 }
      : axisFor(from, Math.max(to, from + 1), most);
  const sources = shownSources(columns);
  const totals = countAll(columns, axis);
  const isTotal = isAll && sources.length === 1;
  const { counts, undated, outside } = isTotal
    ? { counts: totals, undated: undatedTotal, outside: ids.length - undatedTotal - sum(totals) }
    : countLanes(columns, ids, axis, sources);
  return {
    from: axis.from as EpochMicros,
    to: (axis.from + axis.count * axis.width) as EpochMicros,
    width: axis.width,
    series: sources.map(({ id }, lane) => ({
      source: id,
      counts: counts.slice(lane * axis.count, (lane + 1) * axis.count),
    })),
    totals,
    undatedMatched: undated,
    undatedTotal,
    matchedOutside: outside,
  };
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Counts entries by source, then bucket; those outside the axis apart. */
function countLanes(
  { time, member, members }: CaseColumns,
  ids: Uint32Array,
  { from, width, count }: Axis,
  sources: readonly SourceInfo[],
): { readonly counts: Uint32Array; readonly undated: number; readonly outside: number } {
  const counts = new Uint32Array(sources.length * count);
  const firstPlaces = Uint32Array.from(members, ({ source }) => count * sources.findIndex(({ id }) => id === source));
  const to = from + width * count;
  let undated = 0;
  let outside = 0;
  for (let i = 0; i < ids.length; i++) {
    const entry = ids[i] as number;
    const t = time[entry] as number;
    if (t >= from && t < to) {
      const place = (firstPlaces[member[entry] as number] as number) + Math.floor((t - from) / width);
      counts[place] = (counts[place] as number) + 1;
    } else if (Number.isNaN(t)) undated++;
    else outside++;
  }
  return { counts, undated, outside };
}

/** All shown entries by bucket. Where they stand in order of time, the edges of the buckets are looked up. */
function countAll(columns: CaseColumns, axis: Axis): Uint32Array {
  const { from, width, count } = axis;
  const totals = new Uint32Array(count);
  const rowAt = columns.removed.length === 0 ? firstRowAt(columns) : undefined;
  if (rowAt !== undefined) {
    for (let bucket = 0, first = rowAt(from); bucket < count; bucket++) {
      const end = rowAt(from + (bucket + 1) * width);
      totals[bucket] = end - first;
      first = end;
    }
    return totals;
  }
  const { time } = columns;
  const to = from + width * count;
  for (const { first, end } of shownStretches(columns)) {
    for (let entry = first; entry < end; entry++) {
      const t = time[entry] as number;
      if (!(t >= from && t < to)) continue;
      const bucket = Math.floor((t - from) / width);
      totals[bucket] = (totals[bucket] as number) + 1;
    }
  }
  return totals;
}

/** How many entries of the case are earlier than a time, by halving the order of time. */
function firstRowAt({ entries, time, timeOrder }: CaseColumns): (at: number) => number {
  return (at) => {
    let low = 0;
    let high = entries;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = timeOrder === undefined ? middle : (timeOrder[middle] as number);
      // Undated entries come last: whatever is not earlier counts as later.
      if ((time[entry] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
