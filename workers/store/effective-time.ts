/**
 * The times of a case as the assumptions in force have them. Columns keep what the import read; this is a pure function of
 * them and of the changes, so undoing a change gives back exactly what was. The work comes in steps, as in time-order.ts.
 */
import { correctedAt } from "../base/clock.ts";
import { WallClock } from "../base/wall-clock.ts";
import { inYear, withoutYear, YearWalk } from "../base/year-walk.ts";
import { type ClockCorrection, FLAG } from "../contract.ts";
import type { MemberChange } from "./time-in-force.ts";

/** Entries handled between two yields. */
const STEP = 65_536;
const LOCAL = FLAG.timeTwice | FLAG.timeSkipped;
const BY_ZONE = { unique: 0, overlap: FLAG.timeTwice, gap: FLAG.timeSkipped } as const;

export interface TimeColumns {
  /** µs; NaN = undated. */
  readonly time: Float64Array;
  readonly flags: Uint32Array;
}
export interface TimeView extends TimeColumns {
  /** Before clocks were corrected. */
  readonly uncorrected: Float64Array;
}

/** Entries `first … end` of a member, the zone they were imported with, and what was changed since. */
export interface ChangedMember {
  readonly first: number;
  readonly end: number;
  readonly importedZone: string | undefined;
  readonly change: MemberChange;
  /** Month, day and clock, as `withoutYear` gives them, of entries without a time because their year was not known. */
  readonly written: ReadonlyMap<number, number>;
}
/** Which correction an entry's host has. */
export type HostClock = (entry: number) => ClockCorrection | undefined;

export function* effectiveTimes(
  recorded: TimeColumns,
  members: readonly ChangedMember[],
  hostClock: HostClock | undefined,
): Generator<undefined, TimeView> {
  const time = recorded.time.slice();
  const flags = recorded.flags.slice();
  for (const member of members) {
    const { zone, year } = member.change;
    if (year !== undefined) yield* withNewYear({ time, flags }, recorded, member, year);
    else if (zone !== undefined) yield* inNewZone({ time, flags }, recorded, member, zone);
  }
  const own = members.filter(({ change }) => change.clock !== undefined);
  if (own.length === 0 && hostClock === undefined) return { time, flags, uncorrected: time };
  const corrected = { time: time.slice(), flags };
  if (hostClock !== undefined) yield* correct(corrected, time, 0, time.length, hostClock);
  for (const { first, end, change } of own) yield* correct(corrected, time, first, end, () => change.clock);
  return { ...corrected, uncorrected: time };
}

function* inNewZone(
  { time, flags }: TimeColumns,
  recorded: TimeColumns,
  { first, end, importedZone }: ChangedMember,
  zone: string,
): Generator<undefined, void> {
  const written = new WallClock(importedZone);
  const read = new WallClock(zone);
  for (let entry = first; entry < end; entry++) {
    if (entry % STEP === 0) yield;
    const was = recorded.flags[entry] as number;
    if ((was & FLAG.zoneAssumed) === 0) continue;
    const at = read.instant(written.wall(recorded.time[entry] as number, (was & FLAG.timeSkipped) !== 0));
    time[entry] = at;
    flags[entry] = (was & ~LOCAL) | BY_ZONE[read.kind];
  }
}

/** The times that are written without a year, one after the other from the first; those with one help to follow them. */
function* withNewYear(
  view: TimeColumns,
  recorded: TimeColumns,
  { first, end, importedZone, change, written }: ChangedMember,
  year: number,
): Generator<undefined, void> {
  const wallClock = new WallClock(importedZone);
  const read = new WallClock(change.zone ?? importedZone);
  const walk = new YearWalk(year, inYear);
  for (let entry = first; entry < end; entry++) {
    if (entry % STEP === 0) yield;
    const was = recorded.flags[entry] as number;
    const isZoneless = (was & FLAG.zoneAssumed) !== 0;
    const at = recorded.time[entry] as number;
    const wall = isZoneless ? wallClock.wall(at, (was & FLAG.timeSkipped) !== 0) : at;
    if ((was & FLAG.yearInferred) !== 0) {
      const day = written.get(entry) ?? withoutYear(wall);
      const isUndated = Number.isNaN(at);
      const found = inKnownYear(walk, day);
      put(view, entry, was, isZoneless || isUndated ? read : undefined, found);
    } else if (!Number.isNaN(wall)) {
      walk.note(wall);
      if (isZoneless) put(view, entry, was, read, wall);
    }
  }
}

/** NaN: the year that it falls in has no such day, or the day is not known. */
function inKnownYear(walk: YearWalk<number>, written: number): number {
  if (Number.isNaN(written)) return written;
  const year = walk.yearOf(written);
  return year === undefined ? Number.NaN : (inYear(written, year) ?? Number.NaN);
}

/** As the import would have written it: a time without a zone is flagged so, one that cannot be is unusable. */
function put(
  { time, flags }: TimeColumns,
  entry: number,
  was: number,
  read: WallClock | undefined,
  wall: number,
): void {
  const at = read === undefined ? wall : read.instant(wall);
  const others = was & ~(LOCAL | FLAG.zoneAssumed | FLAG.timeUnusable);
  time[entry] = at;
  if (Number.isNaN(at)) flags[entry] = others | FLAG.timeUnusable;
  else flags[entry] = others | (read === undefined ? 0 : FLAG.zoneAssumed | BY_ZONE[read.kind]);
}

function* correct(
  { time, flags }: TimeColumns,
  uncorrected: Float64Array,
  first: number,
  end: number,
  clockOf: HostClock,
): Generator<undefined, void> {
  for (let entry = first; entry < end; entry++) {
    if (entry % STEP === 0) yield;
    const at = uncorrected[entry] as number;
    const clock = Number.isNaN(at) ? undefined : clockOf(entry);
    if (clock === undefined) continue;
    const corrected = correctedAt(clock, at);
    time[entry] = corrected;
    const bits = Number.isNaN(corrected) ? FLAG.clockCorrected | FLAG.timeUnusable : FLAG.clockCorrected;
    flags[entry] = ((flags[entry] as number) & ~FLAG.timeUnusable) | bits;
  }
}
