/**
 * Instants as people read them, in the one zone of the window. The machine's own zone is used only when a person chose
 * it. Names of zones are resolved by the tables of Intl; fixed offsets by arithmetic alone.
 */
import type { EpochMicros } from "../../workers/contract.ts";

export interface TimeParts {
  /** 2026-08-12 */
  readonly date: string;
  /** 08-12 */
  readonly monthDay: string;
  /** 03:12:44 */
  readonly clock: string;
  /** .118, or nothing: as many digits as the source wrote, six at most. */
  readonly fraction: string;
  /** +00:00 */
  readonly offset: string;
}

const SECOND = 1_000_000;
const QUARTER_HOUR = 900 * SECOND;
const FINEST = 6;

/** The zone to use for a setting: "local" becomes the name this computer goes by. */
export function resolveZone(zone: string): string {
  return zone === "local" ? new Intl.DateTimeFormat("en").resolvedOptions().timeZone : zone;
}

/** Seconds east of UTC at an instant. */
export function zoneOffset(at: EpochMicros, zone: string): number {
  if (zone === "UTC") return 0;
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  return namedOffset(at, resolveZone(zone));
}

export function timeParts(at: EpochMicros, precision: number, zone: string): TimeParts {
  const offset = zoneOffset(at, zone);
  const seconds = Math.floor(at / SECOND);
  const micros = at - seconds * SECOND;
  const wall = new Date((seconds + offset) * 1000).toISOString();
  const digits = Math.min(precision, FINEST);
  return {
    date: wall.slice(0, 10),
    monthDay: wall.slice(5, 10),
    clock: wall.slice(11, 19),
    fraction: digits > 0 ? `.${String(micros).padStart(6, "0").slice(0, digits)}` : "",
    offset: offsetText(offset),
  };
}

/** 2026-08-12 03:12:44.118 +00:00 */
export function formatTime(at: EpochMicros, precision: number, zone: string): string {
  const parts = timeParts(at, precision, zone);
  return `${parts.date} ${parts.clock}${parts.fraction} ${parts.offset}`;
}

/** +02:00; with seconds only where a zone has them. */
export function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  const rest = size % 60 === 0 ? "" : `:${two(size % 60)}`;
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${rest}`;
}

/** UTC+02:00 as it holds at an instant. */
export function zoneText(at: EpochMicros, zone: string): string {
  return `UTC${offsetText(zoneOffset(at, zone))}`;
}

/** What a wall time means in a zone. Of a time that comes twice the first is taken; one that is skipped moves on. */
export interface WallReading {
  readonly at: EpochMicros;
  readonly note: "twice" | "skipped" | undefined;
}

/** Reads "2026-08-12", "2026-08-12 03:12", with seconds and up to six digits of them; undefined = not a time. */
export function readWallTime(text: string, zone: string): WallReading | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?$/.exec(text.trim());
  if (found === null) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = ""] = found;
  const stamp = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const wall = Date.parse(stamp);
  // Date.parse moves 31 February on to March; such a date is none.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 19) !== stamp.slice(0, 19)) return undefined;
  return atWall(wall * 1000 + Number(fraction.padEnd(6, "0")), zone);
}

/** The instant at which clocks of a zone show `wall`, given as µs as if it were UTC. */
export function atWall(wall: number, zone: string): WallReading {
  const day = 86_400 * SECOND;
  const before = zoneOffset((wall - day) as EpochMicros, zone);
  const after = zoneOffset((wall + day) as EpochMicros, zone);
  const fits = [before, after]
    .map((offset) => (wall - offset * SECOND) as EpochMicros)
    .filter((at) => at + zoneOffset(at, zone) * SECOND === wall);
  const [first, last] = [Math.min(...fits), Math.max(...fits)];
  if (fits.length === 0) return { at: (wall - before * SECOND) as EpochMicros, note: "skipped" };
  return { at: first as EpochMicros, note: first === last ? undefined : "twice" };
}

function fixedOffset(zone: string): number | undefined {
  const found = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (found === null) return undefined;
  const size = Number(found[2]) * 3600 + Number(found[3]) * 60;
  return found[1] === "-" ? -size : size;
}

interface ZoneReader {
  readonly format: Intl.DateTimeFormat;
  /** Offset by quarter of an hour; NaN where it changes inside. */
  readonly quarters: Map<number, number>;
}
const readers = new Map<string, ZoneReader>();

function readerOf(zone: string): ZoneReader {
  const known = readers.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const reader = { format, quarters: new Map<number, number>() };
  readers.set(zone, reader);
  return reader;
}

/** Offsets change on quarters of an hour, but for some before 1950: those are asked one by one. */
function namedOffset(at: number, zone: string): number {
  const reader = readerOf(zone);
  const quarter = Math.floor(at / QUARTER_HOUR);
  let offset = reader.quarters.get(quarter);
  if (offset === undefined) {
    const first = measuredOffset(quarter * QUARTER_HOUR, reader.format);
    const last = measuredOffset((quarter + 1) * QUARTER_HOUR - SECOND, reader.format);
    offset = first === last ? first : Number.NaN;
    if (reader.quarters.size > 50_000) reader.quarters.clear();
    reader.quarters.set(quarter, offset);
  }
  return Number.isNaN(offset) ? measuredOffset(at, reader.format) : offset;
}

function measuredOffset(at: number, format: Intl.DateTimeFormat): number {
  const seconds = Math.floor(at / SECOND);
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(seconds * 1000)) part[type] = Number(value);
  const wall = Date.UTC(
    part["year"] ?? 0,
    (part["month"] ?? 1) - 1,
    part["day"] ?? 1,
    part["hour"] ?? 0,
    part["minute"] ?? 0,
    part["second"] ?? 0,
  );
  return wall / 1000 - seconds;
}
