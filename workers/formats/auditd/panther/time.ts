/** When the event of a row happened, by the best of its times. */
import { parseTime, type ParsedTime } from "../../../base/time.ts";
import type { EpochMicros, FlagName } from "../../../contract.ts";
import type { Leaf, Leaves } from "../events/leaves.ts";

export interface RowTime {
  readonly at: EpochMicros | undefined;
  readonly precision: number;
  /** As written; "" where the row has no time at all. */
  readonly text: string;
  readonly leaf: Leaf | undefined;
  readonly flags: readonly FlagName[];
}

/**
 * The record's own stamp; else the time that Panther gave the event; else, rather than none, when Panther read it. Only
 * the first is what the record says, so the others are flagged, and so is a time of the event that is that of reading to
 * the digit: Panther writes it where it found none.
 */
export function rowTime(leaves: Leaves): RowTime {
  const [own, event, arrival] = ["timestamp", "p_event_time", "p_parse_time"].map((name) => leaves.find(name));
  const flags: FlagName[] = [];
  if (own === undefined) flags.push("mandatoryMissing");
  if (event !== undefined && event.text === arrival?.text) flags.push("arrivalTime");
  const found = [own, event, arrival].find((leaf) => leaf !== undefined && pantherTime(leaf.text)?.at !== undefined);
  if (found === undefined || (own !== undefined && found !== own)) {
    if ([own, event, arrival].some((leaf) => leaf !== undefined)) flags.push("timeUnusable");
  }
  if (found !== undefined && found === arrival && !flags.includes("arrivalTime")) flags.push("arrivalTime");
  const leaf = found ?? own ?? event ?? arrival;
  const time = leaf === undefined ? undefined : pantherTime(leaf.text);
  return { at: time?.at, precision: time?.precision ?? 0, text: leaf?.text ?? "", leaf, flags };
}

/**
 * Unix seconds, or `YYYY-MM-DD HH:MM:SS` with up to nine further digits: without a zone it is UTC (Panther documentation,
 * "Panther standard fields"). A JSON number drops the zeros at its end, so that a stamp of .110 is .11: what has a fraction
 * has milliseconds at least.
 */
export function pantherTime(text: string): ParsedTime | undefined {
  const time = parseTime(text);
  if (time === undefined || !/^\d+\.\d+$/.test(text)) return time;
  return { ...time, precision: Math.max(3, time.precision) };
}
