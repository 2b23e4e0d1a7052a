/** `--clock`: a shift, or points at which the clock is known. */
import { clockTrouble } from "../base/clock.ts";
import { parseIso } from "../base/time.ts";
import type { ClockCorrection, ClockPoint, EpochMicros } from "../contract.ts";
import { UsageError } from "./arguments.ts";

const SHIFT = /^([+-])(?:(\d{1,5})d ?)?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/;

/** undefined: `none`. Throws a UsageError. */
export function clockArgument(text: string): ClockCorrection | undefined {
  if (text === "none") return undefined;
  const clock = fixedShift(text) ?? points(text);
  const trouble = clockTrouble(clock);
  if (trouble !== undefined) throw new UsageError(`--clock: ${trouble}`);
  return clock;
}

function fixedShift(text: string): ClockCorrection | undefined {
  const found = SHIFT.exec(text);
  if (found === null) return undefined;
  const [, sign, days = "0", hours, minutes, seconds = "0", fraction = ""] = found;
  const whole = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const micros = whole * 1_000_000 + Number(fraction.padEnd(6, "0"));
  return { kind: "fixed", micros: sign === "-" ? -micros : micros };
}

function points(text: string): ClockCorrection {
  return { kind: "points", points: text.split(",").map((pair) => point(pair.trim())) };
}

function point(pair: string): ClockPoint {
  const [shown, actual, ...more] = pair.split("=").map((side) => instant(side.trim()));
  if (shown !== undefined && actual !== undefined && more.length === 0) return { shown, actual };
  throw new UsageError(
    `--clock: ${JSON.stringify(pair)} is neither a shift such as -00:03:20 nor SHOWN=ACTUAL, two times with their offsets`,
  );
}

/** A time without an offset would be read in some zone. */
function instant(text: string): EpochMicros | undefined {
  const parsed = parseIso(text);
  return parsed?.zoneless === false ? parsed.at : undefined;
}
