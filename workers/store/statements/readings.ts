import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

interface ReadingRow {
  readonly member_id: number;
  /** JSON */
  readonly value: string;
}

export function allReadings(db: ReadDb): ReadonlyMap<number, string> {
  const rows = prepared<[], ReadingRow>(db, "SELECT * FROM reading").all();
  return new Map(rows.map((row) => [row.member_id, row.value]));
}

export function insertReading(db: WriteDb, member: number, value: string): void {
  prepared<[number, string], unknown>(db, "INSERT INTO reading VALUES (?, ?)").run(member, value);
}
