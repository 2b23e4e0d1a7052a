import type { PairMatch } from "../query/identities.ts";
import type { CaseTransactions } from "./case-transactions.ts";
import {
  enforceSetup,
  type IdentitySetup,
  type LedgerFile,
  type MatchRun,
  readRun,
  readSetup,
  storeLedgerFile,
  storeMatches,
  storeSetup,
} from "./identity-store.ts";

/** Writes what identity matching of a case rests on, and what it found. `told`: what the log says of a change. */
export class IdentityWriter {
  readonly #case: CaseTransactions;

  constructor(transactions: CaseTransactions) {
    this.#case = transactions;
  }

  /** What matching rests on, and its last run. */
  state(): { readonly setup: IdentitySetup; readonly run: MatchRun | undefined } {
    const { db } = this.#case;
    return this.#case.guard(() => ({ setup: readSetup(db), run: readRun(db) }));
  }

  /** Puts another ledger or policy in force; `added` come after `tables`. */
  set(
    setup: Pick<IdentitySetup, "tables" | "policy" | "change">,
    added: readonly Omit<LedgerFile, "id">[],
    told: unknown,
  ): void {
    this.#case.write(() => {
      const { db } = this.#case;
      const tables = [...setup.tables, ...added.map((file) => storeLedgerFile(db, file))];
      storeSetup(db, { ...setup, tables }, this.#case.now());
      this.#case.log("identity.change", told);
    });
  }

  /** Puts in force again what was before, or what was undone last. `id`: of that setup, 0 = none. */
  returnTo(id: number, kind: "undo" | "redo", told: unknown): void {
    this.#case.write(() => {
      enforceSetup(this.#case.db, id);
      this.#case.log(`identity.${kind}`, told);
    });
  }

  /** In place of what the run before found. */
  storeMatches(run: Omit<MatchRun, "at">, found: readonly PairMatch[], told: unknown): void {
    this.#case.write(() => {
      storeMatches(this.#case.db, { ...run, at: this.#case.now() }, found);
      this.#case.log("identity.match", told);
    });
  }
}
