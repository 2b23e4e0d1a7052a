/**
 * Time zones: IANA names and fixed offsets. The zone data are the runtime's (Intl); the machine's own zone is never
 * asked for.
 */
import type { EpochMicros } from "../contract.ts";
import { type ParsedTime, daysFromCivil, printAt } from "./time.ts";

const FIXED = /^(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?$/;
const MINUTE = 60_000_000;
const QUARTER = 15 * MINUTE;
const DAY = 86_400_000_000;
/** From 1972 on every change of an offset falls on a quarter of an hour of UTC, so one answer holds for all of it. */
const REGULAR_SINCE = Date.UTC(1972, 0, 1) * 1000;
const CACHED_QUARTERS = 100_000;

interface Zone {
  readonly fixed: number | undefined;
  readonly format: Intl.DateTimeFormat | undefined;
  readonly quarters: Map<number, number>;
}
const zones = new Map<string, Zone | undefined>();

/** Whether the text names a zone: `UTC`, `Z`, `+02:00`, `-0530`, `+2`, or an IANA name that this runtime knows. */
export function isZone(zone: string): boolean {
  return zoneOf(zone) !== undefined;
}

/**
 * Minutes east of UTC in force at an instant. Fractional where local mean time was (before about 1900 … 1972).
 * Throws RangeError for what is no zone: check with `isZone` where people type.
 */
export function offsetAt(zone: string, at: EpochMicros): number {
  const known = zoneOf(zone);
  if (known === undefined) throw new RangeError(`no time zone is called ${JSON.stringify(zone)}`);
  if (known.fixed !== undefined) return known.fixed;
  if (at < REGULAR_SINCE) return asked(known, at);
  const quarter = Math.floor(at / QUARTER);
  let offset = known.quarters.get(quarter);
  if (offset === undefined) {
    offset = asked(known, (quarter * QUARTER) as EpochMicros);
    if (known.quarters.size >= CACHED_QUARTERS) known.quarters.clear();
    known.quarters.set(quarter, offset);
  }
  return offset;
}

export interface ZonedInstant {
  readonly at: EpochMicros;
  /**
   * unique: clocks showed it once. gap: never, they were put forward over it: read with the offset before the change, so
   * that it lands as far after. overlap: twice, they were put back: the earlier instant is taken.
   */
  readonly kind: "unique" | "gap" | "overlap";
}

/** The instant at which clocks in the zone showed a wall time, given as if it were UTC. */
export function instantOfWall(zone: string, wall: EpochMicros): ZonedInstant {
  // Offsets a day before and after bracket any change near the wall time; no zone changes twice within two days.
  const before = offsetAt(zone, (wall - DAY) as EpochMicros);
  const after = offsetAt(zone, (wall + DAY) as EpochMicros);
  const early = (wall - before * MINUTE) as EpochMicros;
  const late = (wall - after * MINUTE) as EpochMicros;
  if (before === after) return { at: early, kind: "unique" };
  const earlyHolds = offsetAt(zone, early) === before;
  const lateHolds = offsetAt(zone, late) === after;
  if (earlyHolds && lateHolds) return { at: early, kind: "overlap" };
  if (earlyHolds || !lateHolds) return { at: early, kind: earlyHolds ? "unique" : "gap" };
  return { at: late, kind: "unique" };
}

/** The instant of a parsed time: a zone-less one is read in `zone`, or left as UTC when no zone is assumed. */
export function instantOf(time: ParsedTime, zone: string | undefined): EpochMicros | undefined {
  if (time.at === undefined || !time.zoneless || zone === undefined) return time.at;
  const { at } = instantOfWall(zone, time.at);
  return Number.isSafeInteger(at) ? at : undefined;
}

/**
 * RFC 3339 as clocks in the zone showed it, with offset and `digits` (0 … 9) after the second. A fractional offset is
 * rounded to the minute in both parts, so the printed instant stays exact.
 */
export function printInZone(at: EpochMicros, zone: string, digits: number): string {
  return printAt(at, Math.round(offsetAt(zone, at)), digits);
}

function zoneOf(zone: string): Zone | undefined {
  if (!zones.has(zone)) {
    if (zones.size > 1000) zones.clear();
    zones.set(zone, build(zone));
  }
  return zones.get(zone);
}

function build(zone: string): Zone | undefined {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return Number.isNaN(fixed) ? undefined : { fixed, format: undefined, quarters: new Map() };
  try {
    return { fixed: undefined, format: formatFor(zone), quarters: new Map() };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** NaN: written as an offset, but none that exists. */
function fixedOffset(zone: string): number | undefined {
  if (zone === "UTC" || zone === "GMT" || zone === "Z" || zone === "z") return 0;
  const found = FIXED.exec(zone);
  if (found === null) return undefined;
  const hours = Number(found[2]);
  const minutes = Number(found[3] ?? 0);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return found[1] === "-" ? -(hours * 60 + minutes) || 0 : hours * 60 + minutes;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

function asked(zone: Zone, at: EpochMicros): number {
  const seconds = Math.floor(at / 1_000_000);
  const parts: Record<string, string> = {};
  for (const { type, value } of (zone.format as Intl.DateTimeFormat).formatToParts(seconds * 1000)) parts[type] = value;
  const days = daysFromCivil(Number(parts["year"]), Number(parts["month"]), Number(parts["day"]));
  const wall = days * 86_400 + Number(parts["hour"]) * 3600 + Number(parts["minute"]) * 60 + Number(parts["second"]);
  return (wall - seconds) / 60;
}
