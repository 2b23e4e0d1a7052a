/** `exhibit identify`: the identity ledger and policy of a case, what they found, and whom they did not find. */
import { resolve } from "node:path";
import {
  type GrantId,
  type IdentityInfo,
  type LedgerTableChoice,
  MATCH_ROLES,
  MATCH_STATES,
  type MatchRole,
  type MatchState,
  type WorklistPair,
} from "../contract.ts";
import type { Engine } from "../engine/engine.ts";
import { readLedgerFiles, readPolicyFile } from "../engine/ledger-files.ts";
import { kindNamed } from "../identity/kinds.ts";
import { printPolicy } from "../identity/policy.ts";
import { type ParsedCommand, UsageError } from "./arguments.ts";
import { caseFile, type Context, type Status, withEngine } from "./context.ts";
import { inert, json, table, timeJson } from "./print.ts";

/** Pairs of a worklist where --limit does not say otherwise. */
const LISTED = 50;
const PAGE = 500;

interface Listed {
  readonly role: MatchRole;
  readonly total: number;
  readonly pairs: readonly WorklistPair[];
}

export async function identifyCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const state = stateOf(command.text("list"));
  const limit = command.whole("limit", LISTED);
  await withEngine(context, async (engine) => {
    await engine.openCase(engine.grants.add(caseFile(command), "case"));
    await change(engine, command);
    const info = await engine.identities();
    const lists = state === undefined ? [] : await listed(engine, state, limit);
    if (command.flag("json")) await output.out(json(report(info, state, lists)));
    else await output.out(told(info) + lists.map((list) => toldList(state ?? "unmatched", list)).join(""));
  });
  return 0;
}

interface Identities {
  readonly tables: readonly LedgerTableChoice[];
  readonly policy: GrantId | undefined;
}

/** Ledger and policy that `exhibit import` is given, looked at before anything is changed. Faults: format.unfit, source.*. */
export async function identitiesOf(engine: Engine, command: ParsedCommand): Promise<Identities> {
  const [folder, file] = [command.text("identity-ledger"), command.text("identity-policy")];
  const tables = folder === undefined ? [] : [choiceOf(engine, folder)];
  const policy = file === undefined ? undefined : engine.grants.add(resolve(file), "read");
  const grants = tables.map(({ grant }) => grant);
  if (tables.length > 0) await readLedgerFiles(engine.grants, await engine.files(grants, []), tables);
  if (policy !== undefined) await readPolicyFile(engine.grants.file(policy, "read"));
  return { tables, policy };
}

export async function putInForce(engine: Engine, { tables, policy }: Identities): Promise<void> {
  if (tables.length > 0) await engine.addLedgerTables(tables);
  if (policy !== undefined) await engine.setIdentityPolicy(policy);
}

async function change(engine: Engine, command: ParsedCommand): Promise<void> {
  const [policy, removed] = [command.text("policy"), command.text("remove")];
  if (command.flag("undo")) await engine.undoIdentities();
  if (command.flag("redo")) await engine.redoIdentities();
  if (removed !== undefined) {
    const known = (await engine.identities()).tables.find(({ name }) => name === removed);
    if (known === undefined) throw new UsageError(`--remove: no table ${JSON.stringify(removed)} is in use`);
    await engine.removeLedgerTable(known.id);
  }
  const choices = command.positionals.slice(1).map((word) => choiceOf(engine, word));
  await putInForce(engine, {
    tables: choices,
    policy: policy === undefined ? undefined : engine.grants.add(resolve(policy), "read"),
  });
}

/** `PATH`, or `KIND=PATH` for a file whose name does not tell the kind. */
function choiceOf(engine: Engine, word: string): LedgerTableChoice {
  const split = word.indexOf("=");
  const kind = split < 0 ? undefined : kindNamed(word.slice(0, split));
  const path = kind === undefined ? word : word.slice(split + 1);
  return { grant: engine.grants.add(resolve(path), "read"), ...(kind === undefined ? {} : { kind }) };
}

function stateOf(word: string | undefined): MatchState | undefined {
  const state = MATCH_STATES.find((known) => known === word);
  if (word !== undefined && state === undefined) throw new UsageError(`--list takes ${MATCH_STATES.join(", ")}`);
  return state;
}

async function listed(engine: Engine, state: MatchState, limit: number): Promise<readonly Listed[]> {
  const lists: Listed[] = [];
  for (const role of MATCH_ROLES) {
    const pairs: WorklistPair[] = [];
    let total = 0;
    do {
      const page = await engine.worklist(role, state, pairs.length, Math.min(PAGE, limit - pairs.length));
      total = page.total;
      pairs.push(...page.rows);
    } while (pairs.length < Math.min(total, limit));
    lists.push({ role, total, pairs });
  }
  return lists;
}

function report(info: IdentityInfo, state: MatchState | undefined, lists: readonly Listed[]): unknown {
  const { tables, policy, isDefaultPolicy, lastChange, undone, matchedAt, problems, roles } = info;
  return {
    tables,
    policy: JSON.parse(printPolicy(policy)) as unknown,
    isDefaultPolicy,
    lastChange: lastChange ?? null,
    undone: undone ?? null,
    matchedAt: matchedAt === undefined ? null : timeJson(matchedAt * 1_000),
    problems,
    ...Object.fromEntries(
      roles.map(({ role, entries, distinct, byRule }) => [
        role,
        { entries, distinct, byRule: Object.fromEntries(byRule.map((each) => [`rule ${each.rule}`, each.entries])) },
      ]),
    ),
    ...(state === undefined
      ? {}
      : { list: { state, ...Object.fromEntries(lists.map(({ role, ...rest }) => [role, rest])) } }),
  };
}

function told({ tables, policy, roles, problems }: IdentityInfo): string {
  const files = tables.map(({ kind, name, rows, rejected, sha256 }) => [
    kind,
    name,
    String(rows),
    String(rejected),
    sha256.slice(0, 16),
  ]);
  const rejects = tables.flatMap(({ name, rejects: each }) =>
    each.map(({ row, reason }) => `! ${inert(name)} row ${row} ${inert(reason)}\n`),
  );
  const counts = roles.flatMap(({ role, entries, distinct }) => [
    [role, "entries", ...MATCH_STATES.map((state) => String(entries[state]))],
    ["", "pairs", ...MATCH_STATES.map((state) => String(distinct[state]))],
  ]);
  return [
    table(["KIND", "TABLE", "ROWS", "REJECTS", "SHA-256"], files),
    ...rejects,
    `policy ${inert(policy.name)}, ${policy.rules.length} rules\n`,
    ...problems.map(({ rule, text }) => `? rule ${rule}: ${inert(text)}\n`),
    table(["", "", ...MATCH_STATES], counts),
  ].join("");
}

function toldList(state: MatchState, { role, total, pairs }: Listed): string {
  if (total === 0) return "";
  const rows = pairs.map(({ entries, name, parent, type, candidates }) => [
    String(entries),
    name,
    parent,
    type,
    candidates.join(" | "),
  ]);
  const head = `\n${role}, ${state}: ${total} pairs${pairs.length < total ? `, the first ${pairs.length}` : ""}\n`;
  return head + table(["ENTRIES", "NAME", "PARENT", "TYPE", "CANDIDATES"], rows);
}
