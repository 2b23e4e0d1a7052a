/** Identity matching as the case keeps it: what is in force, the tables it rests on, and what was found. */
import { compress, decompress } from "../base/codec.ts";
import { RULED_ENTITIES, LEDGER_KINDS, type LedgerKind, type RuledEntity } from "../contract.ts";
import { IdentityMatches, type PairMatch } from "../query/identities.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { parseJson } from "./fault-json.ts";
import { corrupt } from "./sqlite-fault.ts";
import {
  allMatches,
  deleteMatches,
  identitySetup,
  insertIdentitySetup,
  insertLedgerTable,
  insertMatch,
  ledgerTable,
  type MatchRow,
  setupAfter,
} from "./statements/identities.ts";
import { readSetting, writeSetting } from "./statements/settings.ts";

/** What is in force: id of the setup, 0 = none. */
const SETUP = "identity-setup";
/** JSON: `MatchRun`. */
const RUN = "identity-run";

export interface LedgerFile {
  readonly id: number;
  readonly kind: LedgerKind;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}
export interface IdentitySetup {
  readonly id: number;
  /** The one that a step back leads to; 0 = none. */
  readonly before: number;
  /** What was changed to come to it, one sentence. */
  readonly change: string;
  /** Ids of `ledger_table`, in the order in which they were given. */
  readonly tables: readonly number[];
  /** JSON; undefined = the default one. */
  readonly policy: string | undefined;
  /** The newest that was made from it: what was undone last, where anything was. */
  readonly undone: { readonly id: number; readonly change: string } | undefined;
}
/** One run of the matching. */
export interface MatchRun {
  readonly setup: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Entries of the case by then. */
  readonly entries: number;
  /** What rules were for. */
  readonly entities: readonly RuledEntity[];
}

const NO_SETUP = { id: 0, before: 0, change: "", tables: [], policy: undefined } as const;

export function readSetup(db: ReadDb): IdentitySetup {
  const row = identitySetup(db, Number(readSetting(db, SETUP) ?? 0));
  const next = setupAfter(db, row?.id ?? 0);
  const undone = next === undefined ? undefined : { id: next.id, change: next.change };
  if (row === undefined) return { ...NO_SETUP, undone };
  const { id, before, change, policy } = row;
  return { id, before, change, tables: numbers(parseJson(row.tables)), policy: policy ?? undefined, undone };
}

/** Fault: store.corrupt. */
export function readLedgerFile(db: ReadDb, id: number): LedgerFile {
  const row = ledgerTable(db, id);
  const kind = LEDGER_KINDS.find((known) => known === row?.kind);
  if (row === undefined || kind === undefined) throw corrupt(db.name, `ledger table ${id} is missing`);
  const { codec, data, bytes, name, sha256 } = row;
  const isSound = Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= MOST_BYTES;
  if (!isSound || (codec !== 0 && codec !== 1 && codec !== 2))
    throw corrupt(db.name, `ledger table ${id} is malformed`);
  return { id, kind, name, sha256, bytes: decompress(codec, data, bytes) };
}

/** A larger file is refused before it is read. */
export const MOST_BYTES = 256 * 2 ** 20;

export function storeLedgerFile(db: WriteDb, file: Omit<LedgerFile, "id">): number {
  const { codec, data } = compress(file.bytes);
  const { kind, name, sha256, bytes } = file;
  return insertLedgerTable(db, { kind, name, sha256, bytes: bytes.length, codec, data });
}

/** Stores what is in force from now on; a step back leads to what was before. */
export function storeSetup(db: WriteDb, setup: Pick<IdentitySetup, "tables" | "policy" | "change">, at: number): void {
  const before = Number(readSetting(db, SETUP) ?? 0);
  const { change, policy } = setup;
  const tables = JSON.stringify(setup.tables);
  const id = insertIdentitySetup(db, { before, at, change, tables, policy: policy ?? null });
  writeSetting(db, SETUP, String(id));
}

/** Puts in force again what was so once; 0 = nothing. */
export function enforceSetup(db: WriteDb, id: number): void {
  writeSetting(db, SETUP, String(id));
}

export function readRun(db: ReadDb): MatchRun | undefined {
  const text = readSetting(db, RUN);
  const held = text === undefined ? undefined : parseJson(text);
  if (typeof held !== "object" || held === null) return undefined;
  const { setup, at, entries, entities } = held as Partial<Record<keyof MatchRun, unknown>>;
  if (typeof setup !== "number" || typeof at !== "number" || typeof entries !== "number") return undefined;
  if (!Array.isArray(entities)) return undefined;
  return { setup, at, entries, entities: RULED_ENTITIES.filter((entity) => entities.includes(entity)) };
}

/** What identifies the run that is stored; it changes with every one. */
export function runMark(db: ReadDb): string {
  return readSetting(db, RUN) ?? "";
}

/** In place of what was found before. */
export function storeMatches(db: WriteDb, run: MatchRun, found: readonly PairMatch[]): void {
  deleteMatches(db);
  for (const match of found) {
    const { entity, name, parent, rule, kind, shown, person, status } = match;
    const candidates = JSON.stringify(match.candidates);
    insertMatch(db, { entity, name, parent, rule, kind, shown, person, status, candidates });
  }
  writeSetting(db, RUN, JSON.stringify(run));
}

/** undefined: nothing was matched, or all was undone. */
export function readMatches(db: ReadDb): IdentityMatches | undefined {
  const run = readRun(db);
  if (run === undefined || run.setup === 0) return undefined;
  return new IdentityMatches(run.entities, allMatches(db).flatMap(matchOf));
}

/** A forged case may hold anything there. */
function matchOf(row: MatchRow): PairMatch[] {
  const entity = RULED_ENTITIES.find((known) => known === row.entity);
  const kind = LEDGER_KINDS.find((known) => known === row.kind);
  const candidates = strings(parseJson(row.candidates));
  if (entity === undefined || kind === undefined || candidates.length === 0) return [];
  return [{ ...row, entity, kind, candidates }];
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function numbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "number") : [];
}
