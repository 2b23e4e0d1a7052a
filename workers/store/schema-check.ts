import Database from "better-sqlite3";
import { createSchema } from "./migrations/registry.ts";
import { corrupt } from "./sqlite-fault.ts";

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

let expected: string | undefined;

/** Every object of the schema as one text, without those that SQLite makes by itself. */
export function describeSchema(db: Database.Database): string {
  const rows = db
    .prepare<[], SchemaRow>("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    .all()
    .filter((row) => row.sql !== null);
  return rows.map((row) => `${row.type} ${row.name} ${row.tbl_name}\n${row.sql}\n`).join("\n");
}

/**
 * A received case is hostile until shown otherwise: its schema must be ours to the letter, which leaves no room for
 * triggers, views, virtual tables, generated columns or expression indexes.
 */
export function checkSchema(db: Database.Database, file: string, nativeBinding: object): void {
  expected ??= ownSchema(nativeBinding);
  if (describeSchema(db) !== expected) throw corrupt(file, "its tables are not those of a case");
}

function ownSchema(options: object): string {
  const db = new Database(":memory:", options);
  try {
    createSchema(db);
    return describeSchema(db);
  } finally {
    db.close();
  }
}
