import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export interface MemberRow {
  readonly id: number;
  readonly source_id: number;
  readonly path: string;
  readonly ordinal: number;
  readonly carrier: string;
  readonly format: string;
  readonly format_title: string;
  readonly parser: string;
  /** JSON */
  readonly reasons: string;
  readonly overridden: number;
  /** JSON text */
  readonly zone: string | null;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly records: number;
  readonly entries: number;
  readonly first_entry: number;
  readonly rejects: number;
  readonly ignored: number;
  readonly undated: number;
  readonly duplicates: number;
  readonly first_time: number | null;
  readonly last_time: number | null;
  /** JSON */
  readonly ledger: string | null;
  readonly state: string;
  /** JSON */
  readonly problem: string | null;
}
export type MemberStartRow = Pick<
  MemberRow,
  | "source_id"
  | "path"
  | "ordinal"
  | "carrier"
  | "format"
  | "format_title"
  | "parser"
  | "reasons"
  | "overridden"
  | "zone"
  | "first_entry"
>;
export type MemberCounts = Pick<
  MemberRow,
  "bytes" | "entries" | "first_entry" | "rejects" | "undated" | "first_time" | "last_time"
>;
export type MemberEndRow = Pick<
  MemberRow,
  "sha256" | "records" | "rejects" | "ignored" | "undated" | "duplicates" | "ledger" | "state" | "problem" | "bytes"
>;

export function allMembers(db: ReadDb): MemberRow[] {
  return prepared<[], MemberRow>(db, "SELECT * FROM member ORDER BY id").all();
}

export function insertMember(db: WriteDb, row: MemberStartRow): number {
  const { lastInsertRowid } = prepared<unknown[], unknown>(
    db,
    `INSERT INTO member (source_id, path, ordinal, carrier, format, format_title, parser, reasons, overridden, zone, first_entry,
       bytes, records, entries, rejects, ignored, undated, duplicates, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 'importing')`,
  ).run(
    row.source_id,
    row.path,
    row.ordinal,
    row.carrier,
    row.format,
    row.format_title,
    row.parser,
    row.reasons,
    row.overridden,
    row.zone,
    row.first_entry,
  );
  return Number(lastInsertRowid);
}

/** What has been committed of a member so far. */
export function countMember(db: WriteDb, id: number, row: MemberCounts): void {
  prepared<unknown[], unknown>(
    db,
    `UPDATE member SET bytes = ?, entries = ?, first_entry = ?, rejects = ?, undated = ?, first_time = ?, last_time = ?
     WHERE id = ?`,
  ).run(row.bytes, row.entries, row.first_entry, row.rejects, row.undated, row.first_time, row.last_time, id);
}

export function finishMember(db: WriteDb, id: number, row: MemberEndRow): void {
  prepared<unknown[], unknown>(
    db,
    `UPDATE member SET bytes = ?, sha256 = ?, records = ?, rejects = ?, ignored = ?, undated = ?, duplicates = ?,
       ledger = ?, state = ?, problem = ? WHERE id = ?`,
  ).run(
    row.bytes,
    row.sha256,
    row.records,
    row.rejects,
    row.ignored,
    row.undated,
    row.duplicates,
    row.ledger,
    row.state,
    row.problem,
    id,
  );
}

/** Members of a source that broke off; their counts stay as they were last committed. */
export function endOpenMembers(db: WriteDb, source: number, state: string): void {
  const sql = "UPDATE member SET state = ? WHERE source_id = ? AND state = 'importing'";
  prepared<[string, number], unknown>(db, sql).run(state, source);
}

export type MemberPlace = Pick<MemberRow, "id" | "path" | "state">;

/** The members of a source under one path: a member may come twice under one name. */
export function membersAt(db: ReadDb, source: number, path: string): MemberPlace[] {
  const sql = "SELECT id, path, state FROM member WHERE source_id = ? AND path = ? ORDER BY id";
  return prepared<[number, string], MemberPlace>(db, sql).all(source, path);
}

export function moveMember(db: WriteDb, id: number, source: number): void {
  prepared<[number, number], unknown>(db, "UPDATE member SET source_id = ? WHERE id = ?").run(source, id);
}

/** Extent of a member's entries by the assumptions about time that are in force. */
export function setMemberTimes(
  db: WriteDb,
  id: number,
  first: number | null,
  last: number | null,
  undated: number,
): void {
  const sql = "UPDATE member SET first_time = ?, last_time = ?, undated = ? WHERE id = ?";
  prepared<unknown[], unknown>(db, sql).run(first, last, undated, id);
}
