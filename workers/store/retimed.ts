/** The effective times of a case as its writer needs them, for the order of the entries and the extents of the members. */
import type { WriteDb } from "./connection.ts";
import type { EntryWriter } from "./entry-writer.ts";
import { LoadedField } from "./loaded-field.ts";
import { hostField } from "./loaded-times.ts";
import { checkedSegment, decodeCodes, decodeTimes } from "./segment-codec.ts";
import { segmentsFrom } from "./statements/columns.ts";
import { allMembers, setMemberTimes } from "./statements/members.ts";
import { systemFieldIds } from "./system-columns.ts";
import { isInTimeOrder } from "./time-order.ts";
import { timeChanges, type TimeInForce, timeInForce } from "./time-in-force.ts";
import { timeView } from "./time-view.ts";

/** Longest stretch of work between two looks at other requests. */
const SLICE_MS = 20;

/** By the assumptions in force, unless others are given. */
export async function effectiveTime(db: WriteDb, entries: EntryWriter, inForce?: TimeInForce): Promise<Float64Array> {
  const assumed = inForce ?? timeInForce(timeChanges(db));
  const time = loadTimes(db, entries);
  if (isUnchanged(assumed)) return time;
  const recorded = { time, flags: loadFlags(db, entries) };
  const load = (field: number) => new LoadedField(db, field, entries.capacity).load(entries.entries);
  const view = await inSlices(timeView(db, recorded, assumed, (field) => hostField(db, field, load)));
  return view?.time ?? time;
}

/**
 * Import order is time order, as the import read the times, and nothing was changed since. Most logs are so: looked at a
 * segment at a time, as all times of a large case at once are much to hold.
 */
export function isImportedInTimeOrder(db: WriteDb, entries: EntryWriter): boolean {
  if (!isUnchanged(timeInForce(timeChanges(db)))) return false;
  let last = Number.NEGATIVE_INFINITY;
  for (const { time } of timeSegments(db, entries)) {
    if (!isInTimeOrder(time, last)) return false;
    last = time.at(-1) ?? last;
  }
  return true;
}

function isUnchanged({ members, hosts }: TimeInForce): boolean {
  return members.size === 0 && hosts.length === 0;
}

function loadTimes(db: WriteDb, entries: EntryWriter): Float64Array {
  const all = new Float64Array(entries.entries);
  for (const { from, time } of timeSegments(db, entries)) all.set(time, from);
  return all;
}

interface TimeSegment {
  /** Number of its first entry. */
  readonly from: number;
  readonly time: Float64Array;
}

function* timeSegments(db: WriteDb, { capacity }: EntryWriter): IterableIterator<TimeSegment> {
  const id = systemFieldIds(db).get("time") as number;
  for (const row of segmentsFrom(db, id, 0)) {
    yield { from: row.seg * capacity, time: decodeTimes(checkedSegment(row, capacity)) };
  }
}

function loadFlags(db: WriteDb, entries: EntryWriter): Uint32Array {
  const flags = new Uint32Array(entries.entries);
  const id = systemFieldIds(db).get("flags") as number;
  for (const row of segmentsFrom(db, id, 0)) {
    flags.set(decodeCodes(checkedSegment(row, entries.capacity)), row.seg * entries.capacity);
  }
  return flags;
}

interface Extent {
  readonly first: number | null;
  readonly last: number | null;
  readonly undated: number;
}

export type MemberExtent = Extent & { readonly member: number };

/** First, last and undated of the members of which their rows say others. */
export function changedExtents(db: WriteDb, time: Float64Array): readonly MemberExtent[] {
  return allMembers(db).flatMap(({ id, first_entry, entries, first_time, last_time, undated }) => {
    if (entries === 0) return [];
    const found = extentOf(time, first_entry, first_entry + entries);
    const isSame = found.first === first_time && found.last === last_time && found.undated === undated;
    return isSame ? [] : [{ member: id, ...found }];
  });
}

export function writeExtents(db: WriteDb, extents: readonly MemberExtent[]): void {
  for (const { member, first, last, undated } of extents) setMemberTimes(db, member, first, last, undated);
}

function extentOf(time: Float64Array, from: number, end: number): Extent {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let undated = 0;
  for (let entry = from; entry < end; entry++) {
    const at = time[entry] as number;
    if (Number.isNaN(at)) undated++;
    if (at < first) first = at;
    if (at > last) last = at;
  }
  return first <= last ? { first, last, undated } : { first: null, last: null, undated };
}

export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  let end = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() > end) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      end = performance.now() + SLICE_MS;
    }
  }
}
