/**
 * Looks up actors and targets in a ledger by an ordered policy. The first rule with at least one candidate ends the
 * search: one candidate is a match, several are ambiguous, and none of them is chosen.
 */
import { folded, pairKey } from "../base/identity-pair.ts";
import type { IdentityPolicy, LedgerKind, MatchRule, RuledEntity } from "../contract.ts";
import type { IdentityLedger, LedgerRow } from "./ledger.ts";

/** What stands behind one name, or may. */
export interface FoundMatch {
  /** Place of the rule in the policy, from 1. */
  readonly rule: number;
  readonly kind: LedgerKind;
  /** By the display method; "" = the recorded value is shown, and of several candidates. */
  readonly shown: string;
  /** The person, under one text for all their accounts; "" = none, or not known which. */
  readonly person: string;
  /** The account's own, as the ledger has it ("disabled"). */
  readonly status: string;
  /** More than one: ambiguous. */
  readonly candidates: readonly string[];
}

interface Prepared {
  readonly rule: MatchRule;
  readonly place: number;
  readonly byValues: ReadonlyMap<string, readonly LedgerRow[]>;
}

export class Matcher {
  readonly #ledger: IdentityLedger;
  readonly #prepared = new Map<RuledEntity, Prepared[]>();

  constructor(ledger: IdentityLedger, { rules }: IdentityPolicy) {
    this.#ledger = ledger;
    // Rules that look alike, whomever they are for, share what they look in.
    const indexes = new Map<string, Prepared["byValues"]>();
    rules.forEach((rule, index) => {
      if (rule.isOff) return;
      const own = this.#prepared.get(rule.entity) ?? [];
      const key = JSON.stringify([rule.match, rule.param1, rule.param2]);
      const byValues = indexes.get(key) ?? this.#index(rule);
      indexes.set(key, byValues);
      own.push({ rule, place: index + 1, byValues });
      this.#prepared.set(rule.entity, own);
    });
  }

  /** Those that a rule is for. */
  get entities(): readonly RuledEntity[] {
    return [...this.#prepared.keys()];
  }

  /** `name`: login, or name of the target; `parent`: repository, or parent of the target. undefined: nothing is found. */
  match(entity: RuledEntity, name: string, parent: string): FoundMatch | undefined {
    const wanted = folded(name);
    if (wanted === "") return undefined;
    for (const { rule, place, byValues } of this.#prepared.get(entity) ?? []) {
      if (byValues.size === 0) continue;
      const found = byValues.get(this.#key(rule, wanted, parent));
      if (found !== undefined) return this.#found(rule, place, found);
    }
    return undefined;
  }

  #index(rule: MatchRule): ReadonlyMap<string, readonly LedgerRow[]> {
    const byValues = new Map<string, LedgerRow[]>();
    for (const row of this.#ledger.rows(rule.match)) {
      const first = folded(this.#ledger.value(row, rule.param1));
      if (first === "") continue;
      const key = this.#key(rule, first, rule.param2 === null ? "" : this.#ledger.value(row, rule.param2));
      const same = byValues.get(key);
      if (same === undefined) byValues.set(key, [row]);
      else same.push(row);
    }
    return byValues;
  }

  #key({ param1, param2 }: MatchRule, first: string, second: string): string {
    const name = param1 === REPOSITORY ? this.#ledger.repository(first) : first;
    if (param2 === null) return pairKey(name, "");
    return pairKey(name, param2 === REPOSITORY ? this.#ledger.repository(second) : folded(second));
  }

  #found({ match, display }: MatchRule, rule: number, rows: readonly LedgerRow[]): FoundMatch {
    const [only, ...more] = rows;
    if (only === undefined || more.length > 0) {
      return { rule, kind: match, shown: "", person: "", status: "", candidates: rows.map((row) => this.#label(row)) };
    }
    const ledger = this.#ledger;
    const shown = displayed(display, (column) => ledger.value(only, column));
    const status = match === "account" ? ledger.value(only, "status") : "";
    return { rule, kind: match, shown, person: ledger.person(only), status, candidates: [this.#label(only)] };
  }

  /** All that the ledger says of a row, so that two of them can be told apart. */
  #label({ table, values }: LedgerRow): string {
    const told = values.flatMap((value, at) => (value === "" ? [] : [`${table.columns[at] ?? ""}: ${value}`]));
    return told.join(" · ");
  }
}

const REPOSITORY = "repository";

/** A display method with its columns filled in; blanks that an empty column leaves are one. */
function displayed(template: string, value: (column: string) => string): string {
  const filled = template.replace(/\{([^{}]*)\}/g, (_, column: string) => value(column.trim().toLowerCase()));
  return filled.replace(/\s+/g, " ").trim();
}

/** Rules that can find nothing, and why. */
export function ruleProblems(
  ledger: IdentityLedger,
  { rules }: IdentityPolicy,
): readonly { readonly rule: number; readonly text: string }[] {
  return rules.flatMap((rule, index) => {
    if (rule.isOff) return [];
    const missing = [rule.param1, rule.param2].find(
      (column) => column !== null && !ledger.hasColumn(rule.match, column),
    );
    if (ledger.rows(rule.match).length === 0) return [];
    return missing === undefined || missing === null
      ? []
      : [{ rule: index + 1, text: `the ${rule.match} table has no column ${missing}` }];
  });
}
