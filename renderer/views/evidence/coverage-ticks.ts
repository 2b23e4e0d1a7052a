/** Ticks of a time axis at whole steps of the zone's clock. */
import type { EpochMicros } from "../../../workers/contract.ts";
import { zoneOffset } from "../../app/time-format.ts";

const MINUTE = 60e6;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  1e6,
  5e6,
  15e6,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
];

export interface Ticks {
  readonly every: number;
  readonly at: readonly number[];
}

/** At most `most` ticks from `from` to `to`. */
export function ticksOf(from: number, to: number, most: number, zone: string): Ticks {
  const span = Math.max(1, to - from);
  const every = STEPS.find((step) => span / step <= most) ?? Math.ceil(span / most / DAY) * DAY;
  const shift = zoneOffset(from as EpochMicros, zone) * 1e6;
  const first = Math.ceil((from + shift) / every) * every - shift;
  const at: number[] = [];
  for (let tick = first; tick <= to && at.length <= most; tick += every) at.push(tick);
  return { every, at };
}
