import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export interface TimeChangeRow {
  readonly id: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly examiner: string;
  readonly kind: string;
  readonly member_id: number | null;
  readonly field: string | null;
  readonly host: string | null;
  /** JSON */
  readonly value: string | null;
  readonly state: string;
}
export type NewTimeChange = Pick<TimeChangeRow, "at" | "examiner" | "kind" | "member_id" | "field" | "host" | "value">;

/** Oldest first. */
export function allTimeChanges(db: ReadDb): TimeChangeRow[] {
  return prepared<[], TimeChangeRow>(db, "SELECT * FROM time_change ORDER BY id").all();
}

/** What was undone before can no longer be done again. Returns the id of the change. */
export function insertTimeChange(db: WriteDb, row: NewTimeChange): number {
  prepared<[], unknown>(db, "UPDATE time_change SET state = 'dropped' WHERE state = 'undone'").run();
  const sql = `INSERT INTO time_change (at, examiner, kind, member_id, field, host, value, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'done')`;
  const values = [row.at, row.examiner, row.kind, row.member_id, row.field, row.host, row.value];
  return Number(prepared<unknown[], unknown>(db, sql).run(...values).lastInsertRowid);
}

export function setTimeChangeState(db: WriteDb, id: number, state: string): void {
  prepared<[string, number], unknown>(db, "UPDATE time_change SET state = ? WHERE id = ?").run(state, id);
}

export function writtenTimes(db: ReadDb, member: number): Uint8Array | undefined {
  const sql = "SELECT data FROM written_time WHERE member_id = ?";
  return prepared<[number], { data: Uint8Array }>(db, sql).get(member)?.data;
}

export function keepWrittenTimes(db: WriteDb, member: number, data: Uint8Array): void {
  prepared<[number, Uint8Array], unknown>(db, "INSERT OR IGNORE INTO written_time VALUES (?, ?)").run(member, data);
}
