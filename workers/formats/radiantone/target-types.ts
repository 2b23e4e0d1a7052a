import { type FlagName, LEDGER_KINDS } from "../../contract.ts";
import type { Mapping } from "../mapper.ts";

const TARGET_TYPES: ReadonlySet<string> = new Set(LEDGER_KINDS);
const FIELDS = ["target.type", "target2.type"] as const;

/** A type outside the list stays as it is written, and the entry says so. */
export function flagOddTypes(mapping: Mapping, flag: (flag: FlagName) => void): void {
  for (const field of FIELDS) {
    const type = mapping.written(field);
    if (type !== undefined && !TARGET_TYPES.has(type.toLowerCase())) flag("valueUnfit");
  }
}
