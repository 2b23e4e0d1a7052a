import type { LedgerKind, MatchRole, MatchRule, MatchState, RuledEntity } from "../../../workers/contract.ts";

export const ROLE_WORDS: Readonly<Record<MatchRole, string>> = {
  actor: "Actors",
  target: "Targets",
  target2: "Second targets",
};
export const STATE_WORDS: Readonly<Record<MatchState, string>> = {
  matched: "matched",
  ambiguous: "ambiguous",
  unmatched: "unmatched",
  empty: "empty",
  "no-rule": "no rule",
};
/** Why a name is in a worklist. */
export const STATE_REASONS: Readonly<Record<MatchState, string>> = {
  matched: "found in the ledger",
  ambiguous: "several candidates, none is chosen",
  unmatched: "no rule found it in the ledger",
  empty: "there is no name to look up",
  "no-rule": "no rule is for this type",
};
export const KIND_WORDS: Readonly<Record<LedgerKind, string>> = {
  account: "Accounts",
  identity: "Identities",
  group: "Groups",
  permission: "Permissions",
  application: "Applications",
  organisation: "Organisations",
  asset: "Assets",
  repository: "Repositories",
  perimeter: "Perimeters",
};

function entityWords(entity: RuledEntity): string {
  if (entity === "actor") return "Actor";
  return entity === "undetermined" ? "Target of no known type" : `Target of type ${entity}`;
}

/** "Actor: account by login and repository". */
export function ruleWords({ entity, match, param1, param2 }: MatchRule): string {
  return `${entityWords(entity)}: ${match} by ${param1}${param2 === null ? "" : ` and ${param2}`}`;
}
