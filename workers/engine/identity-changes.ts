/** Changes of the identity ledger and its policy: each is stored, logged and followed by matching, and can be undone. */
import type { IdentityInfo, IdentityPolicy } from "../contract.ts";
import { raise } from "../base/fault.ts";
import { printPolicy } from "../identity/policy.ts";
import type { CaseWriter } from "../store/case-writer.ts";
import type { LedgerFile } from "../store/identity-store.ts";
import type { QueryThreadApi } from "./query-protocol.ts";

interface ChangeContext {
  readonly ask: <T>(question: (query: QueryThreadApi) => Promise<T>) => Promise<T>;
  readonly onChange: () => void;
}

export class IdentityChanges {
  readonly #writer: CaseWriter;
  readonly #context: ChangeContext;
  /** One change after another: each rests on the one before. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(writer: CaseWriter, context: ChangeContext) {
    this.#writer = writer;
    this.#context = context;
  }

  /** A table of the same kind and name takes the place of the one before. */
  add(files: readonly Omit<LedgerFile, "id">[]): Promise<IdentityInfo> {
    return this.#inTurn(async () => {
      const { tables } = await this.#info();
      const { policy } = this.#writer.identities.state().setup;
      const isReplaced = (id: number): boolean => {
        const old = tables.find((table) => table.id === id);
        return files.some(({ kind, name }) => kind === old?.kind && name === old.name);
      };
      const kept = tables.map(({ id }) => id).filter((id) => !isReplaced(id));
      const change = files.length === 1 ? `${files[0]?.name ?? ""} was added` : `${files.length} tables were added`;
      const told = files.map(({ kind, name, sha256, bytes }) => ({ kind, name, sha256, bytes: bytes.length }));
      this.#writer.identities.set({ tables: kept, policy, change }, files, { added: told });
    });
  }

  /** Fault: request.stale. */
  remove(table: number): Promise<IdentityInfo> {
    return this.#inTurn(async () => {
      const { setup } = this.#writer.identities.state();
      const removed = (await this.#info()).tables.find(({ id }) => id === table);
      if (removed === undefined) raise("request.stale", "This table is not in use.", "Look at the list again.");
      const { kind, name, sha256 } = removed;
      const tables = setup.tables.filter((id) => id !== table);
      const change = `${name} was removed`;
      this.#writer.identities.set({ tables, policy: setup.policy, change }, [], { removed: { kind, name, sha256 } });
    });
  }

  usePolicy(policy: IdentityPolicy): Promise<IdentityInfo> {
    return this.#inTurn(async () => {
      const { tables } = this.#writer.identities.state().setup;
      const text = printPolicy(policy);
      const change = `the policy became ${policy.name} with ${policy.rules.length} rules`;
      this.#writer.identities.set({ tables, policy: text, change }, [], { policy: JSON.parse(text) as unknown });
    });
  }

  /** Fault: request.stale where nothing was changed. */
  undo(): Promise<IdentityInfo> {
    return this.#inTurn(async () => {
      const { id, before, change } = this.#writer.identities.state().setup;
      if (id === 0) raise("request.stale", "There is no change to undo.", "Look at the list again.");
      this.#writer.identities.returnTo(before, "undo", { change });
    });
  }

  /** Fault: request.stale where nothing was undone. */
  redo(): Promise<IdentityInfo> {
    return this.#inTurn(async () => {
      const { undone } = this.#writer.identities.state().setup;
      if (undone === undefined) raise("request.stale", "There is no change to redo.", "Look at the list again.");
      this.#writer.identities.returnTo(undone.id, "redo", { change: undone.change });
    });
  }

  /** Matches anew where entries or ledger are not those that were matched last. */
  catchUp(): Promise<void> {
    return this.#queued(async () => {
      const members = this.#writer.info().sources.flatMap((source) => source.members);
      // Also those of sources that were removed: they are still in the columns.
      const entries = members.reduce((sum, member) => sum + member.entries, 0);
      const { setup, run } = this.#writer.identities.state();
      const isCurrent = (run?.setup ?? 0) === setup.id && (setup.id === 0 || run?.entries === entries);
      if (!isCurrent) await this.#match();
    });
  }

  #info(): Promise<IdentityInfo> {
    return this.#context.ask((query) => query.identities());
  }

  #inTurn(change: () => Promise<void>): Promise<IdentityInfo> {
    return this.#queued(async () => {
      await change();
      await this.#match();
      return await this.#info();
    });
  }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #match(): Promise<void> {
    const { run, pairs, found } = await this.#context.ask((query) => query.matchIdentities());
    this.#writer.identities.storeMatches(run, found, { setup: run.setup, pairs, found: found.length });
    this.#context.onChange();
  }
}
