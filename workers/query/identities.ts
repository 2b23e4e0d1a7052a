/** What identity matching found, as the queries read it. The matching itself is done elsewhere (workers/identity). */
import { folded, pairKey } from "../base/identity-pair.ts";
import type { LedgerKind, MatchState, RuledEntity } from "../contract.ts";

/** What stands behind one distinct pair, or may. */
export interface IdentityMatch {
  readonly rule: number;
  readonly kind: LedgerKind;
  /** "" = the recorded value is shown. */
  readonly shown: string;
  /** "" = none, or not known which. */
  readonly person: string;
  readonly status: string;
  /** More than one: ambiguous. */
  readonly candidates: readonly string[];
}
/** A pair as it is stored: folded. */
export interface PairMatch extends IdentityMatch {
  readonly entity: RuledEntity;
  readonly name: string;
  readonly parent: string;
}

/** All matches of one run; the pairs that are not among them were not found. */
export class IdentityMatches {
  /** What a rule is for. */
  readonly entities: ReadonlySet<RuledEntity>;
  readonly #found = new Map<RuledEntity, Map<string, IdentityMatch>>();

  constructor(entities: Iterable<RuledEntity>, found: Iterable<PairMatch>) {
    this.entities = new Set(entities);
    for (const match of found) {
      const own = this.#found.get(match.entity) ?? new Map<string, IdentityMatch>();
      own.set(pairKey(match.name, match.parent), match);
      this.#found.set(match.entity, own);
    }
  }

  /** Whether any pair was found for it at all. */
  hasAny(entity: RuledEntity): boolean {
    return this.#found.has(entity);
  }

  find(entity: RuledEntity, name: string, parent: string): IdentityMatch | undefined {
    return this.#found.get(entity)?.get(pairKey(folded(name), folded(parent)));
  }
}

export function stateOf(match: IdentityMatch): MatchState {
  return match.candidates.length > 1 ? "ambiguous" : "matched";
}
