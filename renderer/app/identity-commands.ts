import type {
  GrantId,
  IdentityInfo,
  IdentityPolicy,
  LedgerKind,
  MatchRole,
  MatchState,
  Result,
} from "../../workers/contract.ts";
import type { Grant } from "../engine/bridge.ts";
import type { CommandParts } from "./command-parts.ts";

export interface IdentityCommands {
  /** Asks for tables of an identity ledger; `kind` where the name of the file does not tell it. */
  addLedgerTables(kind?: LedgerKind): void;
  removeLedgerTable(table: number): void;
  /** Asks for a policy file. */
  choosePolicy(): void;
  setPolicy(policy: IdentityPolicy): void;
  undoIdentities(): void;
  redoIdentities(): void;
  /** The worklist of a role and state, from its start or at a pair of it. */
  chooseWorklist(role: MatchRole, state: MatchState, at?: number): void;
  /** Only the entries whose actor or target ended so, or was found by that rule. */
  showMatched(role: MatchRole, part: "match" | "rule", value: string): void;
  /** The entries of a worklist's pair, by its query. */
  showPair(query: string): void;
  /** The entries of the pair that many places on in the worklist; stays where there is none. */
  stepWorklist(by: 1 | -1): void;
}

/** The column that says who is behind the actor. */
const COLUMN = "actor.identity";

export function createIdentityCommands(parts: CommandParts, showColumn: (name: string) => void): IdentityCommands {
  const { bridge, engine, view, trouble, fail } = parts;
  const run = (work: () => Promise<Result<unknown> | undefined>): void => {
    trouble.set(undefined);
    work().then((answer) => {
      if (answer?.ok === false) trouble.set(answer.fault);
    }, fail);
  };
  const chosen = async (): Promise<readonly Grant[]> => {
    const grants = await bridge.chooseEvidence("files");
    return grants.filter((grant) => grant.kind !== "case");
  };
  const add = async (kind: LedgerKind | undefined): Promise<Result<IdentityInfo> | undefined> => {
    const files = await chosen();
    if (files.length === 0) return undefined;
    const tables = files.map(({ grant }) => ({ grant: grant as GrantId, ...(kind === undefined ? {} : { kind }) }));
    const answer = await engine.api.addLedgerTables(tables);
    if (answer.ok) showColumn(COLUMN);
    return answer;
  };
  const usePolicyFile = async (): Promise<Result<IdentityInfo> | undefined> => {
    const [file] = await chosen();
    return file === undefined ? undefined : await engine.api.setIdentityPolicy(file.grant as GrantId);
  };
  const showPair = (text: string): void => {
    view.patch({ view: "entries", dialog: undefined });
    view.setQuery({ clauses: [], text, range: {} });
  };
  const step = async (by: 1 | -1): Promise<Result<unknown>> => {
    const { role, state, at } = view.get().worklist;
    let to = Math.max(0, at + by);
    let page = await engine.api.worklist(role, state, to, 1);
    if (by === -1 && page.ok && page.value.total > 0 && to >= page.value.total) {
      // The list has become shorter since.
      to = page.value.total - 1;
      page = await engine.api.worklist(role, state, to, 1);
    }
    const [pair] = page.ok ? page.value.rows : [];
    if (pair === undefined) return page;
    view.patch({ worklist: { role, state, at: to } });
    showPair(pair.query);
    return page;
  };
  return {
    addLedgerTables: (kind) => run(() => add(kind)),
    removeLedgerTable: (table) => run(() => engine.api.removeLedgerTable(table)),
    choosePolicy: () => run(usePolicyFile),
    setPolicy: (policy) => run(() => engine.api.setIdentityPolicy(policy)),
    undoIdentities: () => run(() => engine.api.undoIdentities()),
    redoIdentities: () => run(() => engine.api.redoIdentities()),
    chooseWorklist: (role, state, at = 0) => view.patch({ view: "identities", worklist: { role, state, at } }),
    showMatched: (role, part, value) => {
      view.patch({ view: "entries", dialog: undefined });
      const clause = { field: `${role}.${part}`, not: false, values: [value], enabled: true };
      view.setQuery({ clauses: [clause], text: "", range: {} });
    },
    showPair,
    stepWorklist: (by) => run(() => step(by)),
  };
}
