/** What a row names that other logs may name, too: addresses, hosts and users, by what the schema says of its fields. */
import { SCHEMA_FIELDS } from "../../../base/linux-auditd.ts";
import { isIpAddress } from "../../../base/ip.ts";
import type { Leaf, Leaves } from "../events/leaves.ts";
import { isUnset } from "../identity.ts";

export interface Indicator {
  readonly kind: "ip" | "hostname" | "actor_id";
  readonly value: string;
  readonly leaf: Leaf;
}

/** The lists in which Panther gathers the indicators of a row (Panther documentation, "Panther standard fields"). */
const GATHERED: readonly (readonly [string, Indicator["kind"]])[] = [
  ["p_any_ip_addresses", "ip"],
  ["p_any_domain_names", "hostname"],
  ["p_any_actor_ids", "actor_id"],
];

/** `ip` is left out: the schema declares it, but it is the address of an instruction (`indicatorHonoured`). */
const DECLARED = SCHEMA_FIELDS.filter(({ indicatorHonoured }) => indicatorHonoured !== false).flatMap(
  ({ name, indicators }) => indicators.flatMap((kind) => (isKind(kind) ? [[name, kind] as const] : [])),
);

function isKind(kind: string): kind is Indicator["kind"] {
  return kind === "ip" || kind === "hostname" || kind === "actor_id";
}

export function indicatorsOf(leaves: Leaves): readonly Indicator[] {
  return [...DECLARED, ...GATHERED].flatMap(([name, declared]) =>
    leaves.list(name).flatMap((leaf) => {
      const { text } = leaf;
      if (leaf.value === null || isUnset(text) || text.startsWith("[")) return [];
      const isAddress = isIpAddress(text);
      // Programs write an address where a host's name is asked for, and the reverse.
      const kind = declared === "actor_id" ? declared : isAddress ? "ip" : "hostname";
      return [{ kind, value: text, leaf }];
    }),
  );
}
