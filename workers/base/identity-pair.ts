/** How names are compared when identities are matched: trimmed and without case, nothing else is folded. */
import { LEDGER_KINDS, type RuledEntity } from "../contract.ts";

export function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** One key for two folded values; the length keeps a name that holds any separator apart from two that do not. */
export function pairKey(first: string, second: string): string {
  return `${first.length}:${first}${second}`;
}

const KINDS: ReadonlySet<string> = new Set(LEDGER_KINDS);

/** Which rules are for a target of a type as recorded. */
export function entityOfType(type: string): RuledEntity {
  const known = folded(type);
  return KINDS.has(known) ? (known as RuledEntity) : "undetermined";
}
