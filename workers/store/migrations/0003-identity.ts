import type Database from "better-sqlite3";

/**
 * 2 → 3. Identity matching: the ledger's tables as they were given, what was in force one after another (`setting`
 * "identity-setup" names the one that is), and what is behind each distinct pair that was found.
 */
export function up(db: Database.Database): void {
  db.exec(`CREATE TABLE ledger_table (         -- a file of the identity ledger
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, -- of its bytes
  bytes INTEGER NOT NULL, codec INTEGER NOT NULL, data BLOB NOT NULL) STRICT -- packed as a block is`);
  db.exec(`CREATE TABLE identity_setup (       -- at = ms since 1970 UTC; before = what a step back leads to, 0 = nothing
  id INTEGER PRIMARY KEY, before INTEGER NOT NULL, at INTEGER NOT NULL, change TEXT NOT NULL,
  tables TEXT NOT NULL, policy TEXT) STRICT -- JSON list of ids; JSON, NULL = the default one`);
  db.exec(`CREATE TABLE identity_match (       -- pairs that are not here were not found; names are trimmed and folded
  entity TEXT NOT NULL, name TEXT NOT NULL, parent TEXT NOT NULL, rule INTEGER NOT NULL, kind TEXT NOT NULL,
  shown TEXT NOT NULL, person TEXT NOT NULL, status TEXT NOT NULL,
  candidates TEXT NOT NULL,           -- JSON list; more than one: ambiguous
  PRIMARY KEY (entity, name, parent)) STRICT, WITHOUT ROWID`);
}
