/** Corrections of a clock that was wrong: a fixed shift, or known points with straight lines between them. */
import type { ClockCorrection, ClockPoint } from "../contract.ts";

/** A clock that is wrong by more than this was not a clock: a hundred years, in µs. */
export const MAX_SHIFT = 100 * 366 * 86_400_000_000;
/** Points that one correction may have. */
export const MAX_POINTS = 1_000;

/**
 * The time that it was when the clock showed `at`, in whole µs. Before the first point and after the last one the shift of
 * that point holds. NaN stays NaN; a result that a double does not hold exactly becomes NaN.
 */
export function correctedAt(clock: ClockCorrection, at: number): number {
  const corrected = at + Math.round(shiftAt(clock, at));
  return Number.isSafeInteger(corrected) ? corrected : Number.NaN;
}

/** How much later than shown it was, in µs: below 0 where the clock was fast. */
export function shiftAt(clock: ClockCorrection, at: number): number {
  if (clock.kind === "fixed") return clock.micros;
  const { points } = clock;
  const next = points.findIndex(({ shown }) => shown >= at);
  const after = points[next === -1 ? points.length - 1 : next];
  if (after === undefined) return 0;
  const before = points[next - 1];
  if (next <= 0 || before === undefined) return shiftOf(after);
  // Shifts are small numbers: what is between them stays exact to far below a microsecond.
  const part = (at - before.shown) / (after.shown - before.shown);
  return shiftOf(before) + part * (shiftOf(after) - shiftOf(before));
}

function shiftOf({ shown, actual }: ClockPoint): number {
  return actual - shown;
}

/** Why a correction cannot be one, as one sentence; undefined where it can. */
export function clockTrouble(clock: ClockCorrection): string | undefined {
  if (clock.kind === "fixed") return isShift(clock.micros) ? undefined : TOO_FAR;
  const { points } = clock;
  if (points.length < 2) return "A piecewise correction needs two points or more.";
  if (points.length > MAX_POINTS) return `A correction has at most ${MAX_POINTS} points.`;
  if (!points.every((point) => isShift(shiftOf(point)))) return TOO_FAR;
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (before === undefined) continue;
    if (point.shown <= before.shown) return "The points do not stand in the order of the times that the clock showed.";
    if (point.actual <= before.actual) {
      return "Between two of the points time would stand still or go back: the clock was set there, which needs two corrections.";
    }
  }
  return undefined;
}

const TOO_FAR = "A clock is not corrected by more than a hundred years.";

function isShift(micros: number): boolean {
  return Number.isSafeInteger(micros) && Math.abs(micros) <= MAX_SHIFT;
}
