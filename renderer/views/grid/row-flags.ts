import { FLAG, type FlagName } from "../../../workers/contract.ts";

const REASONS: readonly (readonly [FlagName, string])[] = [
  ["zoneAssumed", "zone assumed"],
  ["yearInferred", "year inferred"],
  ["clockCorrected", "time of a corrected clock"],
  ["timeTwice", "clocks in the assumed zone showed this time twice"],
  ["timeSkipped", "clocks in the assumed zone never showed this time"],
  ["timeUnusable", "the time that is written cannot be used"],
  ["arrivalTime", "the time may be only that of its arrival"],
  ["incomplete", "parts of the entry are missing"],
  ["encoding", "some bytes are not valid in their encoding"],
  ["integrity", "the archive's checksum does not fit"],
];

/** What Exhibit assumed or found wanting about an entry, in words; empty = nothing. */
export function assumptionsOf(flags: number): string {
  return REASONS.filter(([name]) => (flags & FLAG[name]) !== 0)
    .map(([, reason]) => reason)
    .join(", ");
}

export function isDuplicate(flags: number): boolean {
  return (flags & FLAG.duplicate) !== 0;
}
