/**
 * Identity matching again after a change of policy, over n entries that name 20,000 distinct pairs, half of them in the
 * ledger: from the policy to the stored matches. The limit folds each name once, looks it up in a map and stores as many
 * rows, without product code; entries are in neither, which a tenth of them shows.
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import type { IdentityPolicy } from "../workers/contract.ts";
import { folded } from "../workers/base/identity-pair.ts";
import { IdentityLedger } from "../workers/identity/ledger.ts";
import { Matcher } from "../workers/identity/match.ts";
import { DEFAULT_POLICY } from "../workers/identity/policy.ts";
import { readTable } from "../workers/identity/table.ts";
import type { CaseColumns, Dictionary, StoredField } from "../workers/query/columns.ts";
import { IdentityMatches, type PairMatch } from "../workers/query/identities.ts";
import { pairsOf } from "../workers/query/pairs.ts";
import { pairsToMatch, roleReport } from "../workers/query/worklist.ts";
import { CaseWriter } from "../workers/store/case-writer.ts";
import { limitColumn } from "./limits.ts";
import { best } from "./measure.ts";
import type { Line } from "./report.ts";

const LOGINS = 5_000;
const DOMAINS = 4;
const PAIRS = LOGINS * DOMAINS;

export async function benchIdentity(
  folder: string,
  n: number,
  runs: number,
  say: (text: string) => void,
): Promise<readonly Line[]> {
  say(`identity: ${n} entries of ${PAIRS} distinct pairs`);
  const entries = Math.max(n, PAIRS);
  const columns = columnsOf(entries);
  const few = columnsOf(Math.max(Math.floor(entries / 10), PAIRS));
  const least = (step: () => unknown): Promise<number> => best(runs, "cpu", step);
  // The pairs are kept by the memory of the times: with another one they are numbered anew.
  const numbering = await least(() => pairsOf({ ...columns, time: new Float64Array(entries) }, "actor"));
  const column = await least(() => limitColumn(columns.codes));
  const ledger = new IdentityLedger([readTable("account", "accounts.csv", accounts())]);
  const writer = CaseWriter.create(join(folder, "identity.exhibit"));
  const again = (of: CaseColumns): void => checked(matchAgain(of, ledger, writer));
  const some = await least(() => again(few));
  const all = await least(() => again(columns));
  writer.close();
  check(columns, ledger);
  const limit = await least(() => limitPairs(join(folder, "plain.db")));
  const note = `${PAIRS} distinct pairs; ${some.toFixed(0)} ms with a tenth of the entries`;
  return [
    line("identity.match", all, limit, "L.pairs", 8, runs, note),
    line("identity.pairs", numbering, column, "L.col", 40, runs, "once as a case grows"),
  ];
}

/** Times of the CPU, the least of the runs: what else the machine does is in none of them. */
function line(
  name: string,
  measured: number,
  limit: number,
  limitName: string,
  target: number,
  runs: number,
  note: string,
): Line {
  return { case: name, measured, limit, limitName, target, wallMs: measured, p95Ms: measured, runs, note };
}

/** All that a change of policy causes, but for what the window then asks. */
function matchAgain(columns: CaseColumns, ledger: IdentityLedger, writer: CaseWriter): number {
  const policy: IdentityPolicy = { name: "again", rules: DEFAULT_POLICY.rules };
  const matcher = new Matcher(ledger, policy);
  const found: PairMatch[] = [];
  for (const { entity, name, parent } of pairsToMatch(columns, new Set(matcher.entities))) {
    const match = matcher.match(entity, name, parent);
    if (match !== undefined) found.push({ ...match, entity, name: folded(name), parent: folded(parent) });
  }
  writer.identities.storeMatches({ setup: 1, entries: columns.entries, entities: matcher.entities }, found, {});
  return found.length;
}

function checked(found: number): void {
  if (found !== PAIRS / 2) throw new Error(`wrong answer: ${found} pairs were found, not ${PAIRS / 2}`);
}

/** Every entry has an end, and those of the ledger's half are matched. */
function check(columns: CaseColumns, ledger: IdentityLedger): void {
  const matcher = new Matcher(ledger, DEFAULT_POLICY);
  const found = pairsToMatch(columns, new Set(matcher.entities)).flatMap(({ entity, name, parent }) => {
    const match = matcher.match(entity, name, parent);
    return match === undefined ? [] : [{ ...match, entity, name: folded(name), parent: folded(parent) }];
  });
  const identities = new IdentityMatches(matcher.entities, found);
  const { entries } = roleReport({ ...columns, identities }, "actor");
  const sum = Object.values(entries).reduce((total, count) => total + count, 0);
  if (sum !== columns.entries || entries.matched === 0) throw new Error("wrong answer: entries got lost");
}

const login = (at: number): string => `Login.${at}`;
const domain = (at: number): string => `DOMAIN-${at}`;

/** The half of all pairs that has an even domain. */
function accounts(): Uint8Array {
  const rows = ["login;repository;display_name"];
  for (let i = 0; i < LOGINS; i++)
    for (let d = 0; d < DOMAINS; d += 2) rows.push(`login.${i};domain-${d};Account ${i}`);
  return new TextEncoder().encode(`${rows.join("\n")}\n`);
}

/** No store: matching reads nothing but the columns. */
function columnsOf(entries: number): CaseColumns & { readonly codes: Uint16Array } {
  const codes = Uint16Array.from({ length: entries }, (_, i) => ((i * 7_919) % LOGINS) + 1);
  const domains = Uint8Array.from({ length: entries }, (_, i) => (Math.floor(i / LOGINS) % DOMAINS) + 1);
  const fields: Readonly<Record<string, StoredField>> = {
    actor: { kind: "dict", codes, dictionary: dictionary(LOGINS, login) },
    domain: { kind: "dict", codes: domains, dictionary: dictionary(DOMAINS, domain) },
  };
  const nothing = (): never => {
    throw new Error("wrong answer: an entry was read");
  };
  return {
    codes,
    revision: 1,
    entries,
    time: new Float64Array(entries),
    flags: new Uint32Array(0),
    precision: new Uint8Array(0),
    member: new Uint8Array(0),
    members: [],
    sources: [],
    timeOrder: undefined,
    removed: [],
    field: (name) => fields[name],
    canonicalNames: Object.keys(fields),
    originalNames: [],
    overflowNames: [],
    text: {
      blocks: 0,
      blocksOf: nothing,
      signature: nothing,
      bytes: nothing,
      values: nothing,
      allValues: nothing,
    },
  };
}

function dictionary(size: number, textOf: (code: number) => string): Dictionary {
  return { size, pool: new Uint8Array(0), ends: new Uint32Array(size), text: textOf };
}

/** L.pairs: fold every pair once, look it up, keep the half that is there. */
function limitPairs(file: string): void {
  const known = new Map<string, number>();
  for (let i = 0; i < LOGINS; i++) for (let d = 0; d < DOMAINS; d += 2) known.set(`login.${i}\u0000domain-${d}`, i);
  const db = new Database(file);
  db.exec(
    "PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS found (a TEXT, b TEXT, c INTEGER, d TEXT, e TEXT); DELETE FROM found",
  );
  const insert = db.prepare("INSERT INTO found VALUES (?, ?, ?, ?, ?)");
  db.transaction(() => {
    for (let i = 0; i < LOGINS; i++) {
      for (let d = 0; d < DOMAINS; d++) {
        const [first, second] = [login(i).trim().toLowerCase(), domain(d).trim().toLowerCase()];
        const row = known.get(`${first}\u0000${second}`);
        if (row !== undefined) insert.run(first, second, row, `Account ${row}`, `["login: ${first}"]`);
      }
    }
  })();
  db.close();
}
