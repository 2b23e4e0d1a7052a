import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export interface ActionRow {
  readonly seq: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly examiner: string;
  readonly kind: string;
  /** JSON */
  readonly payload: string;
}

/** The examiner log, oldest first. */
export function allActions(db: ReadDb): ActionRow[] {
  return prepared<[], ActionRow>(db, "SELECT seq, at, examiner, kind, payload FROM action ORDER BY seq").all();
}

export function insertAction(db: WriteDb, row: Omit<ActionRow, "seq">): void {
  prepared<unknown[], unknown>(db, "INSERT INTO action (at, examiner, kind, payload) VALUES (?, ?, ?, ?)").run(
    row.at,
    row.examiner,
    row.kind,
    row.payload,
  );
}
