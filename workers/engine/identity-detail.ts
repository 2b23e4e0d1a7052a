/** What identity matching says of one entry, as fields of the detail view that stand beside what was recorded. */
import { type DetailField, type EntryId, MATCH_ROLES, type MatchRole, type MeaningOrigin } from "../contract.ts";
import { stateOf } from "../query/identities.ts";
import { matchOf, missState } from "../query/identity-fields.ts";
import { pairsOf } from "../query/pairs.ts";
import type { CaseReader } from "../store/case-reader.ts";

export function identityDetails(reader: CaseReader, entry: EntryId): readonly DetailField[] {
  return reader.identities === undefined ? [] : MATCH_ROLES.flatMap((role) => detailsOf(reader, role, entry));
}

function detailsOf(reader: CaseReader, role: MatchRole, entry: EntryId): readonly DetailField[] {
  const pairs = pairsOf(reader, role);
  const pair = pairs.codes[entry];
  if (reader.identities === undefined || pair === undefined) return [];
  const found = matchOf(pairs, reader.identities, pair);
  if (found === undefined) {
    const state = missState(pairs, reader.identities, pair);
    if (state === "empty") return [];
    return [field(role, "match", [state], inferred(state === "no-rule" ? "no rule for it" : "no rule found it"))];
  }
  const origin = inferred(`rule ${found.rule}`);
  if (stateOf(found) === "ambiguous") {
    return [
      field(role, "match", ["ambiguous"], origin),
      { ...field(role, "match", found.candidates, origin), name: `${role} candidates` },
    ];
  }
  const { shown, person, kind, status } = found;
  const isTyped = role !== "actor" && (pairs.entity(pair) === "undetermined" || kind !== pairs.entity(pair));
  return [
    field(role, "identity", [shown === "" ? (pairs.name(pair) ?? "") : shown], origin),
    ...(person === "" ? [] : [field(role, "person", [person], origin)]),
    ...(isTyped ? [field(role, "kind", [kind], origin)] : []),
    ...(status === "" ? [] : [field(role, "status", [status], origin)]),
  ];
}

function inferred(how: string): MeaningOrigin {
  return { kind: "inferred", text: `identity ledger, ${how}` };
}

function field(role: MatchRole, part: string, values: readonly string[], origin: MeaningOrigin): DetailField {
  const group = role === "actor" ? "who" : "what";
  return { group, name: `${role}.${part}`, values, origin, mark: undefined, masked: false };
}
