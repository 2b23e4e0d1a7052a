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

/** In the order of import; one that took the place of another has its code. */
export function sourceCodes(db: ReadDb): string[] {
  return prepared<[], { code: string }>(db, "SELECT code FROM source GROUP BY code ORDER BY min(id)")
    .all()
    .map((row) => row.code);
}

export function sourceOf(db: ReadDb, id: number): SourceRow | undefined {
  return prepared<[number], SourceRow>(db, "SELECT * FROM source WHERE id = ?").get(id);
}

/** `state`: "replaced" for one that nobody is to see before it is whole. */
export function insertSource(
  db: WriteDb,
  row: Omit<SourceRow, "id" | "sha256" | "state" | "problems">,
  state: "importing" | "replaced",
): number {
  const { lastInsertRowid } = prepared<unknown[], unknown>(
    db,
    `INSERT INTO source (name, path, bytes, mtime, container, state, code, lane, imported_at, problems)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')`,
  ).run(row.name, row.path, row.bytes, row.mtime, row.container, state, row.code, row.lane, row.imported_at);
  return Number(lastInsertRowid);
}

/** One that is out of every view stays so. */
export function finishSource(
  db: WriteDb,
  id: number,
  state: string,
  sha256: string | undefined,
  problems: string,
): void {
  prepared<unknown[], unknown>(
    db,
    "UPDATE source SET state = iif(state = 'replaced', state, ?), sha256 = ?, problems = ? WHERE id = ?",
  ).run(state, sha256 ?? null, problems, id);
}

/** Takes a source out of every view; false where there is none, or it was taken out before. */
export function replaceSource(db: WriteDb, id: number): boolean {
  const sql = "UPDATE source SET state = 'replaced' WHERE id = ? AND state <> 'replaced'";
  return prepared<[number], unknown>(db, sql).run(id).changes === 1;
}

/** Shows a source that was read out of sight. */
export function showSource(db: WriteDb, id: number): void {
  prepared<[number], unknown>(db, "UPDATE source SET state = 'ready' WHERE id = ? AND state = 'replaced'").run(id);
}

export function setSourceProblems(db: WriteDb, id: number, problems: string): void {
  prepared<[string, number], unknown>(db, "UPDATE source SET problems = ? WHERE id = ?").run(problems, id);
}
