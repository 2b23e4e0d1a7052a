/**
 * The time order of a case: entry numbers by ascending time, undated ones last, ties by entry number. The work comes as
 * a generator that yields every few thousand steps, so that the writer can let other requests in between; the reader
 * runs it in one go.
 */

/** Entries handled between two yields: about a millisecond. */
const STEP = 65_536;
const DIGIT = 65_536;
const SMALL = 2_048;

/** Import order is time order, undated entries at the end. `before`: the time of the entry before the first. */
export function isInTimeOrder(time: Float64Array, before = Number.NEGATIVE_INFINITY): boolean {
  let last = before;
  for (let i = 0; i < time.length; i++) {
    const at = time[i] as number;
    if (at < last || (last !== last && at === at)) return false;
    last = at;
  }
  return true;
}

/**
 * The order of all of `time`. `known`: the order of its first `known.length` entries, as it was before the rest came;
 * with none, all is sorted.
 */
export function* timeOrder(time: Float64Array, known: Uint32Array): Generator<undefined, Uint32Array> {
  const tail = yield* sorted(time, known.length);
  return known.length === 0 ? tail : yield* merged(time, known, tail);
}

export function finish<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Entries from `first` on, sorted. Most logs are nearly in order: entries that are earlier than one before them are sorted
 * by themselves and merged into the others, which are not copied for it.
 */
function* sorted(time: Float64Array, first: number): Generator<undefined, Uint32Array> {
  const { late, undated, from, to } = yield* partitioned(time, first);
  const order = late.length <= SMALL ? compared(time, late) : yield* radixSorted(time, late, from, to - from);
  const all = new Uint32Array(time.length - first);
  let place = 0;
  let next = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (let entry = first; entry < time.length; entry++) {
    if (entry % STEP === 0) yield;
    const at = time[entry] as number;
    if (!(at >= latest)) continue;
    latest = at;
    // Entries on time that equal a late one came before it.
    while (next < order.length && (time[order[next] as number] as number) < at) all[place++] = order[next++] as number;
    all[place++] = entry;
  }
  all.set(order.subarray(next), place);
  all.set(undated, all.length - undated.length);
  return all;
}

function compared(time: Float64Array, entries: Uint32Array): Uint32Array {
  return entries.sort((a, b) => (time[a] as number) - (time[b] as number) || a - b);
}

function* radixSorted(
  time: Float64Array,
  entries: Uint32Array,
  base: number,
  range: number,
): Generator<undefined, Uint32Array> {
  let from: Uint32Array = entries;
  let to: Uint32Array = new Uint32Array(entries.length);
  for (let unit = 1; unit <= range; unit *= DIGIT) {
    const starts = yield* digitStarts(time, from, base, unit);
    for (let i = 0; i < from.length; i++) {
      const entry = from[i] as number;
      const digit = digitOf(time[entry] as number, base, unit);
      const place = starts[digit] as number;
      starts[digit] = place + 1;
      to[place] = entry;
      if (i % STEP === 0) yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

function* digitStarts(
  time: Float64Array,
  entries: Uint32Array,
  base: number,
  unit: number,
): Generator<undefined, Uint32Array> {
  const starts = new Uint32Array(DIGIT + 1);
  for (let i = 0; i < entries.length; i++) {
    const next = digitOf(time[entries[i] as number] as number, base, unit) + 1;
    starts[next] = (starts[next] as number) + 1;
    if (i % STEP === 0) yield;
  }
  for (let digit = 1; digit <= DIGIT; digit++) {
    starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  }
  return starts;
}

function digitOf(at: number, base: number, unit: number): number {
  return Math.floor((at - base) / unit) % DIGIT;
}

interface Partition {
  /** Dated, and earlier than an entry before them. */
  readonly late: Uint32Array;
  readonly undated: Uint32Array;
  /** Earliest and latest time of the late ones. */
  readonly from: number;
  readonly to: number;
}

function* partitioned(time: Float64Array, first: number): Generator<undefined, Partition> {
  const { lateCount, undatedCount } = yield* counted(time, first);
  const late = new Uint32Array(lateCount);
  const undated = new Uint32Array(undatedCount);
  let lates = 0;
  let undateds = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let entry = first; entry < time.length; entry++) {
    if (entry % STEP === 0) yield;
    const at = time[entry] as number;
    if (at >= latest) latest = at;
    else if (at !== at) undated[undateds++] = entry;
    else {
      late[lates++] = entry;
      if (at < from) from = at;
      if (at > to) to = at;
    }
  }
  return { late, undated, from, to };
}

function* counted(
  time: Float64Array,
  first: number,
): Generator<undefined, { readonly lateCount: number; readonly undatedCount: number }> {
  let lateCount = 0;
  let undatedCount = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (let entry = first; entry < time.length; entry++) {
    if (entry % STEP === 0) yield;
    const at = time[entry] as number;
    if (at >= latest) latest = at;
    else if (at !== at) undatedCount++;
    else lateCount++;
  }
  return { lateCount, undatedCount };
}

/** `early` holds the lower entry numbers, so it goes first where times are equal. */
function* merged(time: Float64Array, early: Uint32Array, late: Uint32Array): Generator<undefined, Uint32Array> {
  const all = new Uint32Array(early.length + late.length);
  let a = 0;
  let b = 0;
  for (let i = 0; i < all.length; i++) {
    const takesLate = a >= early.length || (b < late.length && isBefore(time, late[b] as number, early[a] as number));
    all[i] = (takesLate ? late[b++] : early[a++]) as number;
    if (i % STEP === 0) yield;
  }
  return all;
}

function isBefore(time: Float64Array, one: number, other: number): boolean {
  const at = time[one] as number;
  const than = time[other] as number;
  return at < than || (at === at && than !== than);
}
