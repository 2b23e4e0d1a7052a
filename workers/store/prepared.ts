import type Database from "better-sqlite3";
import type { ReadDb } from "./connection.ts";

const byConnection = new WeakMap<Database.Database, Map<string, Database.Statement<unknown[], unknown>>>();

/** The statement of a connection, compiled on first use. Values are always bound, so the set of texts is small. */
export function prepared<Parameters extends unknown[], Row>(
  db: ReadDb,
  sql: string,
): Database.Statement<Parameters, Row> {
  let statements = byConnection.get(db);
  if (statements === undefined) {
    statements = new Map();
    byConnection.set(db, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare<unknown[], unknown>(sql);
    statements.set(sql, statement);
  }
  return statement as Database.Statement<Parameters, Row>;
}
