/** The transactions of a case's one writer: what fails takes back all since the last commit. */
import { basename } from "node:path";
import { raise } from "../base/fault.ts";
import type { WriteDb } from "./connection.ts";
import { storeFault } from "./sqlite-fault.ts";
import { insertAction } from "./statements/actions.ts";
import { readSetting, writeSetting } from "./statements/settings.ts";

export interface TransactionOptions {
  /** Whose name stands in the examiner log. */
  readonly examiner?: string;
  /** Milliseconds since 1970 UTC. */
  readonly now?: () => number;
  /** Called after every commit with the new revision. */
  readonly committed?: (revision: number) => void;
}

/** What the writer holds in memory, as far as it goes with a transaction. */
export interface TransactionParts {
  /** Writes what is held back. */
  beforeCommit(): void;
  /** The file holds what it held at the last commit. */
  takenBack(): void;
}

export class CaseTransactions {
  readonly db: WriteDb;
  readonly file: string;
  readonly #options: TransactionOptions;
  readonly #parts: TransactionParts;
  #revision: number;
  #lastCommit: number;

  constructor(db: WriteDb, options: TransactionOptions, parts: TransactionParts) {
    this.db = db;
    this.file = db.name;
    this.#options = options;
    this.#parts = parts;
    this.#revision = storedRevision(db);
    this.#lastCommit = this.now();
  }

  /** Grows with every commit. */
  get revision(): number {
    return this.#revision;
  }

  get examiner(): string {
    return this.#options.examiner ?? "";
  }

  /** Milliseconds. */
  get sinceCommit(): number {
    return this.now() - this.#lastCommit;
  }

  /** Milliseconds since 1970 UTC. */
  now(): number {
    return (this.#options.now ?? Date.now)();
  }

  /**
   * Does some work inside the open transaction, or in a new one. Faults: disk.full, target.unwritable, store.locked; all
   * since the last commit is taken back then.
   */
  step<T>(work: () => T): T {
    try {
      if (!this.db.inTransaction) this.#begin();
      return work();
    } catch (error) {
      if (this.db.inTransaction) this.db.exec("ROLLBACK");
      this.#parts.takenBack();
      throw storeFault(error, this.file);
    }
  }

  /** A step that is a transaction of its own with whatever is open. */
  write<T>(work: () => T): T {
    return this.step(() => {
      const done = work();
      this.commit();
      return done;
    });
  }

  /** Reads, with the faults of a store. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeFault(error, this.file);
    }
  }

  /** To be called in a step. */
  commit(): void {
    this.#parts.beforeCommit();
    writeSetting(this.db, "revision", String(this.#revision + 1));
    this.db.exec("COMMIT");
    this.#revision++;
    this.#lastCommit = this.now();
    this.#options.committed?.(this.#revision);
  }

  /** A line of the examiner log; `payload` is kept as JSON. To be called in a step. */
  log(kind: string, payload: unknown): void {
    insertAction(this.db, { at: this.now(), examiner: this.examiner, kind, payload: JSON.stringify(payload) });
  }

  #begin(): void {
    this.db.exec("BEGIN IMMEDIATE");
    if (storedRevision(this.db) === this.#revision) return;
    raise(
      "store.locked",
      `${basename(this.file)} was changed by another program since it was opened.`,
      "Close the other Exhibit that has this case open, then open the case again.",
    );
  }
}

function storedRevision(db: WriteDb): number {
  return Number(readSetting(db, "revision") ?? 0);
}
