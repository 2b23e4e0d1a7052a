/** The query field `assumed`: what Exhibit had to assume of an entry, told by its flags, and by identity matching. */
import { FLAG, MATCH_ROLES } from "../contract.ts";
import type { CaseColumns } from "./columns.ts";
import { identityField } from "./identity-fields.ts";

/** Beside the stored flags, and none of them: somebody was found in the identity ledger behind a name of the entry. */
const IDENTITY = 1 << 30;

const BITS: readonly (readonly [name: string, bit: number])[] = [
  ["zone", FLAG.zoneAssumed],
  ["year", FLAG.yearInferred],
  ["clock", FLAG.clockCorrected],
  ["identity", IDENTITY],
];
export const ASSUMPTIONS = BITS.map(([name]) => name);
export const ASSUMED_FLAGS = BITS.reduce((bits, [, bit]) => bits | bit, 0);

export function assumptionNames(flags: number): readonly string[] {
  return BITS.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name);
}

const known = new WeakMap<CaseColumns, Uint32Array>();

/** The flags of each entry, with a bit for identities where any were matched. */
export function assumedFlags(columns: CaseColumns): Uint32Array {
  if (columns.identities === undefined) return columns.flags;
  let flags = known.get(columns);
  if (flags === undefined) {
    flags = Uint32Array.from(columns.flags);
    for (const role of MATCH_ROLES) {
      const codes = identityField(columns, `${role}.identity`)?.codes ?? [];
      for (let entry = 0; entry < codes.length; entry++)
        if (codes[entry] !== 0) flags[entry] = (flags[entry] as number) | IDENTITY;
    }
    known.set(columns, flags);
  }
  return flags;
}
