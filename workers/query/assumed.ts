/** The query field `assumed`: what Exhibit had to assume of an entry, told by its flags. */
import { FLAG } from "../contract.ts";

const BITS: readonly (readonly [name: string, bit: number])[] = [
  ["zone", FLAG.zoneAssumed],
  ["year", FLAG.yearInferred],
  ["clock", FLAG.clockCorrected],
];
export const ASSUMPTIONS = BITS.map(([name]) => name);
export const ASSUMED_FLAGS = BITS.reduce((bits, [, bit]) => bits | bit, 0);

export function assumptionNames(flags: number): readonly string[] {
  return BITS.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name);
}
