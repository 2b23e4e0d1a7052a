/** Corrections of a clock in words, the same on screen, in the log and on the command line. */
import type { ClockCorrection } from "../contract.ts";
import { printUtc } from "./time.ts";

/** `+00:03:20`, `-2d 00:00:00.500000`: days where there are any, a fraction where it is not whole. */
export function shiftText(micros: number): string {
  const size = Math.abs(micros);
  const seconds = Math.floor(size / 1_000_000);
  const fraction = size % 1_000_000;
  const days = Math.floor(seconds / 86_400);
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  const part = fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`;
  return `${micros < 0 ? "-" : "+"}${days === 0 ? "" : `${days}d `}${clock}${part}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

export function clockText(clock: ClockCorrection): string {
  if (clock.kind === "fixed") return `fixed, ${shiftText(clock.micros)}`;
  const points = clock.points.map(({ shown, actual }) => `${printUtc(shown)} was ${printUtc(actual)}`);
  return `by ${points.length} points: ${points.join(", ")}`;
}
