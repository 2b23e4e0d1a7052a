/**
 * Identity matching as the window and the engine share it (contract.ts hands it on). The *identity ledger* is a
 * customer's own list of accounts, people, groups and things, given as CSV tables; an ordered *policy* says how the actors
 * and targets of entries are looked up in it. Nothing here changes what a log recorded.
 */
import type { GrantId } from "./base.ts";

/** Types of targets of the canonical model (RadiantOne, log target definition); each is also a kind of ledger table. */
export const LEDGER_KINDS = [
  "account",
  "identity",
  "group",
  "permission",
  "application",
  "organisation",
  "asset",
  "repository",
  "perimeter",
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** undetermined: targets whose type is empty or outside the list. */
export const RULED_ENTITIES = ["actor", ...LEDGER_KINDS, "undetermined"] as const;
export type RuledEntity = (typeof RULED_ENTITIES)[number];

/** What of an entry is matched; both targets on their own. */
export const MATCH_ROLES = ["actor", "target", "target2"] as const;
export type MatchRole = (typeof MATCH_ROLES)[number];

/** no-rule: no rule is for this type of target. empty: there is no name to look up. */
export const MATCH_STATES = ["matched", "ambiguous", "unmatched", "empty", "no-rule"] as const;
export type MatchState = (typeof MATCH_STATES)[number];

export interface MatchRule {
  readonly entity: RuledEntity;
  /** The kind of table that is looked in. */
  readonly match: LedgerKind;
  /** Column, or `identity.COLUMN`, that the login or the name of the target must equal. */
  readonly param1: string;
  /** The same for the repository or the parent of the target; null ignores it. */
  readonly param2: string | null;
  /** Display method: text with `{column}` and `{identity.column}`; an empty result shows the recorded value. */
  readonly display: string;
  readonly isOff: boolean;
}
export interface IdentityPolicy {
  readonly name: string;
  /** In the order in which they are tried. */
  readonly rules: readonly MatchRule[];
}

export interface LedgerTableInfo {
  readonly id: number;
  readonly kind: LedgerKind;
  readonly name: string;
  /** 64 lower-case hex digits, of the file's bytes. */
  readonly sha256: string;
  readonly bytes: number;
  /** Columns under the names that rules and display methods use. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly rejected: number;
  /** The first of them; `row` counts the lines of the table from 1, its header being 1. */
  readonly rejects: readonly { readonly row: number; readonly reason: string }[];
}

export type MatchCounts = Readonly<Record<MatchState, number>>;
export interface RoleReport {
  readonly role: MatchRole;
  readonly entries: MatchCounts;
  /** Distinct pairs of login and repository, or name and parent, without case. */
  readonly distinct: MatchCounts;
  /** Entries found by each rule that found any, matched or ambiguous; rules count from 1. */
  readonly byRule: readonly { readonly rule: number; readonly entries: number }[];
}
/** What is in force, and what came of it. */
export interface IdentityInfo {
  readonly tables: readonly LedgerTableInfo[];
  readonly policy: IdentityPolicy;
  /** No policy was given: the one that every case starts with. */
  readonly isDefaultPolicy: boolean;
  /** What was changed last, and can be undone; undefined = nothing was changed. */
  readonly lastChange: string | undefined;
  /** What was undone last, and can be redone until another change is made. */
  readonly undone: string | undefined;
  /** Milliseconds since 1970 UTC; undefined = never matched. */
  readonly matchedAt: number | undefined;
  /** Rules that can find nothing, and why. */
  readonly problems: readonly { readonly rule: number; readonly text: string }[];
  readonly roles: readonly RoleReport[];
}

/** One distinct pair of a worklist. */
export interface WorklistPair {
  /** As first recorded. */
  readonly name: string;
  readonly parent: string;
  /** Of a target, as recorded. */
  readonly type: string;
  readonly entries: number;
  /** The query that finds exactly these entries. */
  readonly query: string;
  /** Of an ambiguous pair: the rule that found them, and what it found. */
  readonly rule: number | undefined;
  readonly candidates: readonly string[];
}
export interface WorklistPage {
  readonly total: number;
  readonly first: number;
  /** Most entries first. */
  readonly rows: readonly WorklistPair[];
}

/** Without `kind` the name of the file tells it. */
export interface LedgerTableChoice {
  readonly grant: GrantId;
  readonly kind?: LedgerKind;
}
