import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly mtime: number;
  readonly sha256: string | null;
  readonly container: string;
  readonly state: string;
  readonly code: string;
  readonly lane: number;
  readonly imported_at: number;
  /** JSON */
  readonly problems: string;
}

export function allSources(db: ReadDb): SourceRow[] {
  return prepared<[], SourceRow>(db, "SELECT * FROM source ORDER BY id").all();
}

export function sourceCodes(db: ReadDb): string[] {
  return prepared<[], { code: string }>(db, "SELECT code FROM source ORDER BY id")
    .all()
    .map((row) => row.code);
}

export function insertSource(db: WriteDb, row: Omit<SourceRow, "id" | "sha256" | "state" | "problems">): number {
  const { lastInsertRowid } = prepared<unknown[], unknown>(
    db,
    `INSERT INTO source (name, path, bytes, mtime, container, state, code, lane, imported_at, problems)
     VALUES (?, ?, ?, ?, ?, 'importing', ?, ?, ?, '[]')`,
  ).run(row.name, row.path, row.bytes, row.mtime, row.container, row.code, row.lane, row.imported_at);
  return Number(lastInsertRowid);
}

export function finishSource(
  db: WriteDb,
  id: number,
  state: string,
  sha256: string | undefined,
  problems: string,
): void {
  prepared<unknown[], unknown>(db, "UPDATE source SET state = ?, sha256 = ?, problems = ? WHERE id = ?").run(
    state,
    sha256 ?? null,
    problems,
    id,
  );
}

/** Takes a source out of every view; false where there is none, or it was taken out before. */
export function replaceSource(db: WriteDb, id: number): boolean {
  const sql = "UPDATE source SET state = 'replaced' WHERE id = ? AND state <> 'replaced'";
  return prepared<[number], unknown>(db, sql).run(id).changes === 1;
}
