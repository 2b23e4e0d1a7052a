import type Database from "better-sqlite3";

/** 3 → 4. What is assumed about time after the import. Columns keep what the import read; effective-time.ts applies these. */
export function up(db: Database.Database): void {
  db.exec(`CREATE TABLE time_change (          -- oldest first; of one kind and place the last that is done holds
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, examiner TEXT NOT NULL, -- at = ms since 1970 UTC
  kind TEXT NOT NULL CHECK (kind IN ('zone','year','clock')),
  member_id INTEGER REFERENCES member,
  field TEXT, host TEXT,              -- in place of a member, for a clock: to or datasource, and a value of it
  value TEXT,                         -- JSON: zone name, year, ClockCorrection of contract.ts; NULL = as imported
  state TEXT NOT NULL CHECK (state IN ('done','undone','dropped')) -- dropped: undone, and others were made since
) STRICT`);
  db.exec(`CREATE TABLE written_time (         -- of entries whose year was not known: month, day and clock in 2000
  member_id INTEGER PRIMARY KEY REFERENCES member,
  data BLOB NOT NULL                  -- Float64 pairs: entry number, µs since 1970
) STRICT`);
}
