/** Identity matching of the fake case: a ledger of two tables, a policy of three rules, a few names not found. */
import type {
  EngineApi,
  Fault,
  IdentityInfo,
  IdentityPolicy,
  LedgerTableInfo,
  MatchCounts,
  MatchRule,
  Result,
  RoleReport,
  WorklistPair,
} from "../../workers/contract.ts";

type IdentityApi = Pick<
  EngineApi,
  | "identities"
  | "addLedgerTables"
  | "removeLedgerTable"
  | "setIdentityPolicy"
  | "undoIdentities"
  | "redoIdentities"
  | "worklist"
>;

const ok = <T>(value: T): Result<T> => ({ ok: true, value });
const STALE: Fault = { code: "request.stale", message: "Nothing was changed.", next: "Look at the list again." };

const rule = (changes: Partial<MatchRule>): MatchRule => ({
  entity: "actor",
  match: "account",
  param1: "login",
  param2: "repository",
  display: "{display_name}",
  isOff: false,
  ...changes,
});
const POLICY: IdentityPolicy = {
  name: "default",
  rules: [
    rule({}),
    rule({ param1: "native_id" }),
    rule({ entity: "group", match: "group", param1: "name", param2: null }),
  ],
};
const TABLES: readonly LedgerTableInfo[] = (["account", "identity"] as const).map((kind, at) => ({
  id: at + 1,
  kind,
  name: kind === "account" ? "accounts.csv" : "identities.csv",
  sha256: "5c".repeat(32),
  bytes: 4_096,
  columns: kind === "account" ? ["login", "repository", "display_name"] : ["hrcode", "givenname"],
  rows: 67 + at,
  rejected: at,
  rejects: at === 0 ? [] : [{ row: 9, reason: "has no hrcode" }],
}));
const NONE: MatchCounts = { matched: 0, ambiguous: 0, unmatched: 0, empty: 0, "no-rule": 0 };
const report = (
  role: RoleReport["role"],
  entries: Partial<MatchCounts>,
  distinct: Partial<MatchCounts>,
): RoleReport => ({
  role,
  entries: { ...NONE, ...entries },
  distinct: { ...NONE, ...distinct },
  byRule: entries.matched === undefined ? [] : [{ rule: 1, entries: entries.matched }],
});
const ROLES: readonly RoleReport[] = [
  report("actor", { matched: 4_000, ambiguous: 10, unmatched: 990 }, { matched: 6, ambiguous: 1, unmatched: 3 }),
  report("target", { "no-rule": 4_200, empty: 800 }, { "no-rule": 90, empty: 1 }),
  report("target2", { empty: 5_000 }, { empty: 1 }),
];
const pair = (name: string, entries: number, candidates: readonly string[] = []): WorklistPair => ({
  name,
  parent: "ACME",
  type: "",
  entries,
  query: `actor=${name} AND domain=ACME`,
  rule: candidates.length === 0 ? undefined : 1,
  candidates,
});
const PAIRS: Readonly<Record<string, readonly WorklistPair[]>> = {
  "actor unmatched": [pair("jdoe7", 900), pair("svc-backup", 60), pair("evil\u202egnp", 30)],
  "actor ambiguous": [pair("jdoe6", 10, ["login: jdoe6 · repository: ACME", "login: jdoe6 · repository: acme"])],
};

/** `hasLedger`: tables were added before. `changed`: the case has another revision now. */
export function fakeIdentities(hasLedger: boolean, changed: () => void): IdentityApi {
  const empty: IdentityInfo = {
    tables: [],
    policy: POLICY,
    isDefaultPolicy: true,
    lastChange: undefined,
    undone: undefined,
    matchedAt: undefined,
    problems: [],
    roles: ROLES.map(({ role }) => report(role, { "no-rule": 5_000 }, { "no-rule": 10 })),
  };
  const full = {
    ...empty,
    tables: TABLES,
    lastChange: "2 tables were added",
    matchedAt: 1_780_000_000_000,
    roles: ROLES,
  };
  const undone: IdentityInfo[] = [];
  const states: IdentityInfo[] = hasLedger ? [empty, full] : [empty];
  const now = (): IdentityInfo => ({ ...(states.at(-1) ?? empty), undone: undone.at(-1)?.lastChange });
  const become = (changes: Partial<IdentityInfo>): Result<IdentityInfo> => {
    undone.length = 0;
    states.push({ ...now(), ...changes });
    changed();
    return ok(now());
  };
  return {
    identities: async () => ok(now()),
    addLedgerTables: async () => become(full),
    removeLedgerTable: async (id) =>
      become({ tables: now().tables.filter((table) => table.id !== id), lastChange: "a table was removed" }),
    setIdentityPolicy: async (policy) =>
      typeof policy === "string"
        ? become({ isDefaultPolicy: false })
        : become({ policy, isDefaultPolicy: false, lastChange: `the policy became ${policy.name}` }),
    undoIdentities: async () => {
      if (states.length < 2) return { ok: false, fault: STALE };
      undone.push(...states.splice(-1));
      changed();
      return ok(now());
    },
    redoIdentities: async () => {
      const [again] = undone.splice(-1);
      if (again === undefined) return { ok: false, fault: STALE };
      states.push(again);
      changed();
      return ok(now());
    },
    worklist: async (role, state, first, count) => {
      const all = PAIRS[`${role} ${state}`] ?? [];
      return ok({ total: all.length, first, rows: all.slice(first, first + count) });
    },
  };
}
