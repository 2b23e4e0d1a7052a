import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export interface LedgerTableRow {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly sha256: string;
  /** Of the file, unpacked. */
  readonly bytes: number;
  readonly codec: number;
  readonly data: Uint8Array;
}
export interface SetupRow {
  readonly id: number;
  readonly before: number;
  readonly at: number;
  readonly change: string;
  /** JSON */
  readonly tables: string;
  readonly policy: string | null;
}
export interface MatchRow {
  readonly entity: string;
  readonly name: string;
  readonly parent: string;
  readonly rule: number;
  readonly kind: string;
  readonly shown: string;
  readonly person: string;
  readonly status: string;
  /** JSON */
  readonly candidates: string;
}

export function ledgerTable(db: ReadDb, id: number): LedgerTableRow | undefined {
  return prepared<[number], LedgerTableRow>(db, "SELECT * FROM ledger_table WHERE id = ?").get(id);
}

export function insertLedgerTable(db: WriteDb, row: Omit<LedgerTableRow, "id">): number {
  const { kind, name, sha256, bytes, codec, data } = row;
  const sql = "INSERT INTO ledger_table (kind, name, sha256, bytes, codec, data) VALUES (?, ?, ?, ?, ?, ?)";
  return Number(prepared<unknown[], unknown>(db, sql).run(kind, name, sha256, bytes, codec, data).lastInsertRowid);
}

export function identitySetup(db: ReadDb, id: number): SetupRow | undefined {
  return prepared<[number], SetupRow>(db, "SELECT * FROM identity_setup WHERE id = ?").get(id);
}

/** The newest that was made from another; 0 = from nothing. */
export function setupAfter(db: ReadDb, before: number): SetupRow | undefined {
  const sql = "SELECT * FROM identity_setup WHERE before = ? ORDER BY id DESC LIMIT 1";
  return prepared<[number], SetupRow>(db, sql).get(before);
}

export function insertIdentitySetup(db: WriteDb, row: Omit<SetupRow, "id">): number {
  const { before, at, change, tables, policy } = row;
  const sql = "INSERT INTO identity_setup (before, at, change, tables, policy) VALUES (?, ?, ?, ?, ?)";
  return Number(prepared<unknown[], unknown>(db, sql).run(before, at, change, tables, policy).lastInsertRowid);
}

export function allMatches(db: ReadDb): MatchRow[] {
  return prepared<[], MatchRow>(db, "SELECT * FROM identity_match").all();
}

export function deleteMatches(db: WriteDb): void {
  prepared<[], unknown>(db, "DELETE FROM identity_match").run();
}

export function insertMatch(db: WriteDb, row: MatchRow): void {
  prepared<unknown[], unknown>(db, "INSERT INTO identity_match VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
    row.entity,
    row.name,
    row.parent,
    row.rule,
    row.kind,
    row.shown,
    row.person,
    row.status,
    row.candidates,
  );
}
