/** A time range in words, in one zone: "12 Aug 2026, 00:00 – 24:00". */
import type { EpochMicros, TimeRange } from "../../workers/contract.ts";
import { timeParts } from "./time-format.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const HOUR = 3_600_000_000;

export function rangeText({ from, to }: TimeRange, zone: string, short: boolean): string {
  if (from === undefined && to === undefined) return "All times";
  if (from === undefined) return `until ${endText(to as EpochMicros, zone, short)}`;
  if (to === undefined) return `from ${endText(from, zone, short)}`;
  const [start, end] = [partsOf(from, zone), partsOf(to, zone)];
  const lastDay = partsOf((to - 1) as EpochMicros, zone).date;
  if (lastDay === start.date) return sameDay(from, to, zone, short);
  return `${dayText(start.date, short)}, ${start.clock} – ${dayText(end.date, short)}, ${end.clock}`;
}

function sameDay(from: EpochMicros, to: EpochMicros, zone: string, short: boolean): string {
  const start = partsOf(from, zone);
  const end = partsOf(to, zone);
  const clock = end.date === start.date ? end.clock : "24:00";
  if (short && start.clock === "00:00" && clock === "24:00")
    return `${dayText(start.date, true)}, ${Math.round((to - from) / HOUR)} h`;
  return `${dayText(start.date, short)}, ${start.clock} – ${clock}`;
}

const endText = (at: EpochMicros, zone: string, short: boolean): string => {
  const { date, clock } = partsOf(at, zone);
  return `${dayText(date, short)}, ${clock}`;
};

function dayText(date: string, short: boolean): string {
  const [year, month, day] = date.split("-").map(Number);
  const words = `${day} ${MONTHS[(month ?? 1) - 1]}`;
  return short ? words : `${words} ${year}`;
}

/** Seconds and fractions only where there are some. */
function partsOf(at: EpochMicros, zone: string): { readonly date: string; readonly clock: string } {
  const { date, clock, fraction } = timeParts(at, 6, zone);
  if (fraction !== ".000000") return { date, clock: `${clock}${fraction.replace(/0+$/, "")}` };
  return { date, clock: clock.endsWith(":00") ? clock.slice(0, 5) : clock };
}
