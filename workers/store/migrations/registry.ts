import type Database from "better-sqlite3";
import { createSystemFields, createTables } from "./0001-initial.ts";
import { up as fromVersion0 } from "./0001-from-version-0.ts";
import { up as addReading } from "./0002-reading.ts";
import { up as addIdentity } from "./0003-identity.ts";
import { up as addTime } from "./0004-time.ts";

interface Migration {
  /** The version it leaves behind; it starts from the one before. */
  readonly to: number;
  /** Runs inside the transaction of the whole upgrade. */
  up(db: Database.Database): void;
}

const MIGRATIONS: readonly Migration[] = [
  { to: 1, up: fromVersion0 },
  { to: 2, up: addReading },
  { to: 3, up: addIdentity },
  { to: 4, up: addTime },
];
export const SCHEMA_VERSION = 4;

/** Brings a case of an older version to this one. The caller has copied the file and opened the transaction. */
export function migrate(db: Database.Database, from: number): void {
  for (const migration of MIGRATIONS) {
    if (migration.to > from) migration.up(db);
  }
  db.pragma(`user_version = ${SCHEMA_VERSION}`);
}

/** The layout of a new case. */
export function createSchema(db: Database.Database): void {
  createTables(db);
  createSystemFields(db);
  addReading(db);
  addIdentity(db);
  addTime(db);
  db.pragma(`user_version = ${SCHEMA_VERSION}`);
}
