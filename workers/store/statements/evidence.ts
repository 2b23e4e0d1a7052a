import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export interface SpanRow {
  readonly entry: number;
  readonly block_id: number;
  readonly off: number;
  readonly len: number;
}
export interface RejectRecord {
  readonly id: number;
  readonly member_id: number;
  readonly line: number;
  readonly block_id: number;
  readonly off: number;
  readonly len: number;
  readonly code: string;
  readonly detail: string;
}
export interface GapRow {
  readonly off: number;
  readonly len: number;
  readonly kind: number;
}

export function insertSpan(db: WriteDb, entry: number, ord: number, block: number, off: number, len: number): void {
  prepared<number[], unknown>(db, "INSERT INTO span (entry, ord, block_id, off, len) VALUES (?, ?, ?, ?, ?)").run(
    entry,
    ord,
    block,
    off,
    len,
  );
}

/** Second and later spans of the entries `from … to`, in their order. */
export function spansBetween(db: ReadDb, from: number, to: number): SpanRow[] {
  const sql = "SELECT entry, block_id, off, len FROM span WHERE entry >= ? AND entry < ? ORDER BY entry, ord";
  return prepared<[number, number], SpanRow>(db, sql).all(from, to);
}

export function insertReject(db: WriteDb, row: Omit<RejectRecord, "id">): void {
  prepared<unknown[], unknown>(
    db,
    "INSERT INTO reject (member_id, line, block_id, off, len, code, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
  ).run(row.member_id, row.line, row.block_id, row.off, row.len, row.code, row.detail);
}

const LIVE_REJECTS = `FROM reject JOIN member ON member.id = reject.member_id JOIN source ON source.id = member.source_id
  WHERE source.state <> 'replaced' AND ($member IS NULL OR member_id = $member)`;

/** Rejects of sources that were not removed, by reason; `member` narrows them. */
export function rejectsByReason(db: ReadDb, member: number | undefined): { code: string; count: number }[] {
  const sql = `SELECT reject.code, count(*) AS count ${LIVE_REJECTS} GROUP BY reject.code ORDER BY count DESC, reject.code`;
  return prepared<[object], { code: string; count: number }>(db, sql).all({ member: member ?? null });
}

/** A page of the rejects in the order of their bytes. */
export function rejectPage(
  db: ReadDb,
  member: number | undefined,
  code: string | undefined,
  first: number,
  count: number,
): RejectRecord[] {
  const sql = `SELECT reject.* ${LIVE_REJECTS} AND ($code IS NULL OR reject.code = $code)
    ORDER BY reject.id LIMIT $count OFFSET $first`;
  return prepared<[object], RejectRecord>(db, sql).all({ member: member ?? null, code: code ?? null, count, first });
}

export function rejectsOfMember(db: ReadDb, member: number): IterableIterator<RejectRecord> {
  return prepared<[number], RejectRecord>(db, "SELECT * FROM reject WHERE member_id = ? ORDER BY id").iterate(member);
}

export function insertGap(db: WriteDb, member: number, kind: number, off: number, len: number): void {
  prepared<number[], unknown>(db, "INSERT INTO gap (member_id, off, len, kind) VALUES (?, ?, ?, ?)").run(
    member,
    off,
    len,
    kind,
  );
}

export function gapsOfMember(db: ReadDb, member: number): IterableIterator<GapRow> {
  const sql = "SELECT off, len, kind FROM gap WHERE member_id = ? ORDER BY off";
  return prepared<[number], GapRow>(db, sql).iterate(member);
}
