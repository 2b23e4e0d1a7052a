/** How matching ended, counted by entry and by distinct pair, and the pairs of one state. */
import type {
  MatchCounts,
  MatchRole,
  MatchState,
  RoleReport,
  RuledEntity,
  WorklistPage,
  WorklistPair,
} from "../contract.ts";
import { MATCH_STATES } from "../contract.ts";
import { raise } from "../base/fault.ts";
import type { CaseColumns } from "./columns.ts";
import { IdentityMatches, stateOf } from "./identities.ts";
import { matchOf, missState } from "./identity-fields.ts";
import { fieldsOfRole, pairsOf, type RolePairs } from "./pairs.ts";
import { print } from "./print.ts";
import { shownStretches } from "./shown.ts";
import { and, compare, has, not, or, type QueryNode } from "./tree.ts";

/** Pairs that matching cannot tell apart, as one. */
interface Group {
  readonly state: MatchState;
  readonly rule: number | undefined;
  readonly candidates: readonly string[];
  /** Numbers of its recorded pairs, the first recorded first. */
  readonly pairs: number[];
  entries: number;
}

/** Pairs a page may have. */
const MOST_ROWS = 500;
const NOTHING = new IdentityMatches([], []);

/** Entries by the number of their pair; those of removed sources are not counted. */
function countsOf(columns: CaseColumns, { codes, count }: RolePairs): Uint32Array {
  const counts = new Uint32Array(count);
  for (const { first, end } of shownStretches(columns)) {
    for (let entry = first; entry < end; entry++) {
      const pair = codes[entry] as number;
      counts[pair] = (counts[pair] as number) + 1;
    }
  }
  return counts;
}

/**
 * Pairs that no rule is for are told apart as recorded, all others as they are compared. Whatever has no name is one
 * pair. Kept by snapshot: a report and its worklists are asked for one after another.
 */
function groupsOf(columns: CaseColumns, role: MatchRole): readonly Group[] {
  const known = groups.get(columns)?.get(role);
  if (known !== undefined) return known;
  const { identities = NOTHING } = columns;
  const pairs = pairsOf(columns, role);
  const counts = countsOf(columns, pairs);
  const byKey = new Map<string, Group>();
  for (let pair = 0; pair < pairs.count; pair++) {
    const entries = counts[pair] as number;
    if (entries === 0) continue;
    const found = matchOf(pairs, identities, pair);
    const state = found === undefined ? missState(pairs, identities, pair) : stateOf(found);
    const key = state === "no-rule" ? `#${pair}` : pairs.key(pair);
    const group = byKey.get(key);
    if (group === undefined) {
      const candidates = found?.candidates ?? [];
      byKey.set(key, { state, rule: found?.rule, candidates, pairs: [pair], entries });
    } else {
      group.pairs.push(pair);
      group.entries += entries;
    }
  }
  const all = [...byKey.values()].toSorted((a, b) => b.entries - a.entries);
  const own = groups.get(columns) ?? new Map<MatchRole, readonly Group[]>();
  groups.set(columns, own.set(role, all));
  return all;
}

const groups = new WeakMap<CaseColumns, Map<MatchRole, readonly Group[]>>();

export function roleReport(columns: CaseColumns, role: MatchRole): RoleReport {
  const zero = (): Record<MatchState, number> => ({ matched: 0, ambiguous: 0, unmatched: 0, empty: 0, "no-rule": 0 });
  const [entries, distinct] = [zero(), zero()];
  const byRule = new Map<number, number>();
  for (const group of groupsOf(columns, role)) {
    entries[group.state] += group.entries;
    distinct[group.state] += 1;
    if (group.rule !== undefined) byRule.set(group.rule, (byRule.get(group.rule) ?? 0) + group.entries);
  }
  const counted = [...byRule].toSorted(([a], [b]) => a - b).map(([rule, count]) => ({ rule, entries: count }));
  return { role, entries: ordered(entries), distinct: ordered(distinct), byRule: counted };
}

function ordered(counts: MatchCounts): MatchCounts {
  return Object.fromEntries(MATCH_STATES.map((state) => [state, counts[state]])) as MatchCounts;
}

/** Fault: request.invalid for more than 500 rows. */
export function worklistPage(
  columns: CaseColumns,
  role: MatchRole,
  state: MatchState,
  first: number,
  count: number,
): WorklistPage {
  if (count > MOST_ROWS) raise("request.invalid", `A page has at most ${MOST_ROWS} rows.`, "Ask for fewer at once.");
  const all = groupsOf(columns, role).filter((group) => group.state === state);
  const pairs = pairsOf(columns, role);
  const rows = all.slice(first, first + count).map((group) => pairRow(pairs, role, group));
  return { total: all.length, first, rows };
}

function pairRow(pairs: RolePairs, role: MatchRole, group: Group): WorklistPair {
  const { pairs: own, entries, rule, candidates, state } = group;
  const first = own[0] ?? 0;
  const query = state === "empty" ? compare(`${role}.match`, "=", state) : queryOf(pairs, role, own);
  return {
    name: pairs.name(first) ?? "",
    parent: pairs.parent(first) ?? "",
    type: pairs.type(first) ?? "",
    entries,
    query: print(query),
    rule,
    candidates,
  };
}

/**
 * Finds the entries of these pairs and no others: every spelling of one part stands for the same, so any name goes with
 * any parent.
 */
function queryOf(pairs: RolePairs, role: MatchRole, own: readonly number[]): QueryNode {
  const { type, name, parent } = fieldsOfRole(role);
  const anyOf = (field: string, valueOf: (pair: number) => string | undefined): QueryNode =>
    or(
      [...new Set(own.map(valueOf))].map((value) =>
        value === undefined ? not(has(field)) : compare(field, "=", value),
      ),
    );
  return and([
    anyOf(name, (pair) => pairs.name(pair)),
    anyOf(parent, (pair) => pairs.parent(pair)),
    ...(type === undefined ? [] : [anyOf(type, (pair) => pairs.type(pair))]),
  ]);
}

/** Every pair that could be matched, once, for those whom a rule is for. */
export function pairsToMatch(
  columns: CaseColumns,
  entities: ReadonlySet<RuledEntity>,
): readonly { readonly entity: RuledEntity; readonly name: string; readonly parent: string }[] {
  const seen = new Map<string, { entity: RuledEntity; name: string; parent: string }>();
  for (const role of ROLES) {
    const pairs = pairsOf(columns, role);
    for (let pair = 0; pair < pairs.count; pair++) {
      const entity = pairs.entity(pair);
      if (!entities.has(entity)) continue;
      const key = pairs.key(pair);
      if (key === "" || seen.has(key)) continue;
      seen.set(key, { entity, name: pairs.name(pair) ?? "", parent: pairs.parent(pair) ?? "" });
    }
  }
  return [...seen.values()];
}

const ROLES: readonly MatchRole[] = ["actor", "target", "target2"];
