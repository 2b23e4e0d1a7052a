import type Database from "better-sqlite3";

/** 1 → 2. How a member is read, beside its carrier, format and zone: `Reading` of contract.ts as JSON. */
export function up(db: Database.Database): void {
  db.exec(`CREATE TABLE reading (              -- no row: nothing had to be found out or chosen
  member_id INTEGER PRIMARY KEY REFERENCES member, value TEXT NOT NULL) STRICT`);
}
