/** Matching in the query thread, which has the columns: what is in force is read from the case, what is found goes back. */
import { type IdentityInfo, type LedgerTableInfo, MATCH_ROLES, type RoleReport } from "../contract.ts";
import { folded } from "../base/identity-pair.ts";
import { IdentityLedger } from "../identity/ledger.ts";
import { Matcher, ruleProblems } from "../identity/match.ts";
import { DEFAULT_POLICY, parsePolicy } from "../identity/policy.ts";
import { type LedgerTable, readTable } from "../identity/table.ts";
import type { PairMatch } from "../query/identities.ts";
import { pairsToMatch, roleReport } from "../query/worklist.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { IdentitySetup, MatchRun } from "../store/identity-store.ts";

export interface MatchOutcome {
  readonly run: Omit<MatchRun, "at">;
  /** Distinct pairs that were looked up. */
  readonly pairs: number;
  readonly found: readonly PairMatch[];
}

/** Rejects of a table that are listed. */
const MOST_REJECTS = 100;

interface ReadFile {
  readonly table: LedgerTable;
  readonly info: LedgerTableInfo;
}

export class IdentityMatching {
  /** By id: a table of the case never changes. */
  readonly #files = new Map<number, ReadFile>();

  match(reader: CaseReader): MatchOutcome {
    const { setup } = reader.identityState();
    const { entries } = reader;
    if (setup.id === 0) return { run: { setup: 0, entries, entities: [] }, pairs: 0, found: [] };
    const matcher = new Matcher(this.#ledger(reader, setup), policyOf(setup));
    const pairs = pairsToMatch(reader, new Set(matcher.entities));
    const found: PairMatch[] = [];
    for (const { entity, name, parent } of pairs) {
      const match = matcher.match(entity, name, parent);
      if (match !== undefined) found.push({ ...match, entity, name: folded(name), parent: folded(parent) });
    }
    return { run: { setup: setup.id, entries, entities: matcher.entities }, pairs: pairs.length, found };
  }

  info(reader: CaseReader): IdentityInfo {
    const { setup, run } = reader.identityState();
    const policy = policyOf(setup);
    return {
      tables: setup.tables.map((id) => this.#file(reader, id).info),
      policy,
      isDefaultPolicy: setup.policy === undefined,
      lastChange: setup.id === 0 ? undefined : setup.change,
      undone: setup.undone?.change,
      matchedAt: run === undefined || run.setup === 0 ? undefined : run.at,
      problems: setup.id === 0 ? [] : ruleProblems(this.#ledger(reader, setup), policy),
      roles: MATCH_ROLES.map((role): RoleReport => roleReport(reader, role)),
    };
  }

  #ledger(reader: CaseReader, { tables }: IdentitySetup): IdentityLedger {
    return new IdentityLedger(tables.map((id) => this.#file(reader, id).table));
  }

  #file(reader: CaseReader, id: number): ReadFile {
    let file = this.#files.get(id);
    if (file === undefined) {
      const { kind, name, sha256, bytes } = reader.ledgerFile(id);
      const table = readTable(kind, name, bytes);
      file = { table, info: infoOf(id, table, sha256, bytes.length) };
      this.#files.set(id, file);
    }
    return file;
  }
}

function infoOf(id: number, table: LedgerTable, sha256: string, bytes: number): LedgerTableInfo {
  const { kind, name, columns, rows, rejects } = table;
  return {
    id,
    kind,
    name,
    sha256,
    bytes,
    columns,
    rows: rows.length,
    rejected: rejects.length,
    rejects: rejects.slice(0, MOST_REJECTS),
  };
}

function policyOf({ policy }: IdentitySetup): IdentityInfo["policy"] {
  return policy === undefined ? DEFAULT_POLICY : parsePolicy(policy, "The policy of the case");
}
