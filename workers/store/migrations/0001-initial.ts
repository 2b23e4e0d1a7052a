import type Database from "better-sqlite3";

/**
 * Version 1, the first layout a release writes. Each statement's text is also the text `sqlite_schema` keeps, and a
 * case is accepted only when the two are equal, so a change here is a new migration, never an edit.
 *
 * Bytes are little-endian. A column segment covers `setting.segment_entries` entries (65,536); a missing segment, or
 * the part of one beyond `n`, means "absent". What `data` holds, by `kind`:
 *   time    Float64 an entry, µs since 1970 UTC, NaN = undated
 *   int     an unsigned number of `width` bytes an entry; `block` counts over the whole case from 0
 *   bits    the same, for `flags` (FLAG of contract.ts)
 *   dict    code + 1 in `width` bytes an entry, 0 = absent
 *   list    Uint32 an entry: where its values end; then the values' codes (from 0) in `width` bytes each
 *   hash64  two Uint32 an entry (base/hash.ts), 0 0 = absent
 * A `width` from 16 up is 16 × codec (as of a block) + the bytes of one value: `data` are then a Uint32, the length
 * unpacked, and the packed bytes. Of a dictionary segment whose `ends` are not four bytes a string, `pool` and `ends`
 * are each a byte, the codec, a Uint32, the length unpacked, and the packed bytes (segment-packing.ts).
 */
const TABLES: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: "setting",
    sql: `CREATE TABLE setting (
  name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  },
  {
    name: "source",
    sql: `CREATE TABLE source (                 -- a file as found
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL, bytes INTEGER NOT NULL,
  mtime INTEGER NOT NULL,             -- ms since 1970 UTC, of the file
  sha256 TEXT, container TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('importing','ready','failed','cancelled','replaced')),
  code TEXT NOT NULL, lane INTEGER NOT NULL, -- two letters and the colour it is shown with
  imported_at INTEGER NOT NULL,       -- ms since 1970 UTC
  problems TEXT NOT NULL              -- JSON list of faults
) STRICT`,
  },
  {
    name: "member",
    sql: `CREATE TABLE member (                 -- one log inside a source; of a plain file, the file itself
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, path TEXT NOT NULL, ordinal INTEGER NOT NULL,
  carrier TEXT NOT NULL, format TEXT NOT NULL, format_title TEXT NOT NULL, parser TEXT NOT NULL, -- name@version
  reasons TEXT NOT NULL, overridden INTEGER NOT NULL, -- why this format: JSON list; 1 = a person chose
  bytes INTEGER NOT NULL, sha256 TEXT, -- as expanded
  zone TEXT, clock TEXT,              -- assumptions in force, JSON
  records INTEGER NOT NULL, entries INTEGER NOT NULL, first_entry INTEGER NOT NULL,
  rejects INTEGER NOT NULL, ignored INTEGER NOT NULL, undated INTEGER NOT NULL, duplicates INTEGER NOT NULL,
  first_time REAL, last_time REAL,    -- µs since 1970 UTC
  ledger TEXT,                        -- JSON, bytes by what they are; NULL until the member has ended
  state TEXT NOT NULL CHECK (state IN ('importing','ready','failed','cancelled','unrecognised','refused')),
  problem TEXT                        -- JSON fault
) STRICT`,
  },
  {
    name: "block",
    sql: `CREATE TABLE block (                  -- bytes of a member, cut where a record ends
  id INTEGER PRIMARY KEY,             -- dense from 0 over the whole case
  member_id INTEGER NOT NULL, member_offset INTEGER NOT NULL, raw_len INTEGER NOT NULL,
  codec INTEGER NOT NULL,             -- 0 stored, 1 deflate-raw, 2 zstd
  data BLOB NOT NULL) STRICT`,
  },
  {
    name: "block_place",
    sql: `CREATE INDEX block_place ON block (member_id, member_offset, raw_len)`,
  },
  {
    name: "block_sig",
    sql: `CREATE TABLE block_sig (              -- 8 KiB token signature
  block_id INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT`,
  },
  {
    name: "field",
    sql: `CREATE TABLE field (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('system','canonical','original')),
  kind TEXT NOT NULL CHECK (kind IN ('dict','list','int','time','bits','hash64')), -- the widest that its segments have
  overflow INTEGER NOT NULL,          -- 1 = no column answers for it; the evidence is read again
  UNIQUE (origin, name)) STRICT`,
  },
  {
    name: "col_seg",
    sql: `CREATE TABLE col_seg (                -- values of one field for 65,536 entries
  field_id INTEGER NOT NULL REFERENCES field, seg INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('dict','list','int','time','bits','hash64')),
  n INTEGER NOT NULL, width INTEGER NOT NULL, -- bytes of one value: 1, 2, 4, 8
  min REAL, max REAL, data BLOB NOT NULL, PRIMARY KEY (field_id, seg)) STRICT`,
  },
  {
    name: "dict_seg",
    sql: `CREATE TABLE dict_seg (               -- strings first_code .. first_code+n-1: UTF-8 pool + Uint32 end offsets
  field_id INTEGER NOT NULL, first_code INTEGER NOT NULL, n INTEGER NOT NULL,
  pool BLOB NOT NULL, ends BLOB NOT NULL, PRIMARY KEY (field_id, first_code)) STRICT`,
  },
  {
    name: "span",
    sql: `CREATE TABLE span (                   -- second and later spans of entries whose bytes are not contiguous
  entry INTEGER, ord INTEGER, block_id INTEGER, off INTEGER, len INTEGER,
  PRIMARY KEY (entry, ord)) STRICT, WITHOUT ROWID`,
  },
  {
    name: "reject",
    sql: `CREATE TABLE reject (id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member, line INTEGER NOT NULL,
  block_id INTEGER NOT NULL, off INTEGER NOT NULL, len INTEGER NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL) STRICT`,
  },
  {
    name: "reject_place",
    sql: `CREATE INDEX reject_place ON reject (member_id, code)`,
  },
  {
    name: "gap",
    sql: `CREATE TABLE gap (                    -- bytes of a member that are no log
  member_id INTEGER NOT NULL REFERENCES member, off INTEGER NOT NULL, len INTEGER NOT NULL,
  kind INTEGER NOT NULL,              -- 2 ignored, 3 blank
  PRIMARY KEY (member_id, off)) STRICT, WITHOUT ROWID`,
  },
  {
    name: "action",
    sql: `CREATE TABLE action (                 -- the examiner log; at = ms since 1970 UTC
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, examiner TEXT NOT NULL, kind TEXT NOT NULL,
  payload TEXT NOT NULL, prev TEXT, hash TEXT) STRICT`,
  },
  {
    name: "perm",
    sql: `CREATE TABLE perm (                   -- entry numbers, Uint32, in the order of that name
  name TEXT, seg INTEGER, data BLOB NOT NULL, PRIMARY KEY (name, seg)) STRICT`,
  },
];

/** Fields that every case has, in this order from id 1. */
export const SYSTEM_FIELDS = [
  { name: "time", kind: "time" },
  { name: "member", kind: "int" },
  { name: "flags", kind: "bits" },
  { name: "precision", kind: "int" },
  { name: "block", kind: "int" },
  { name: "off", kind: "int" },
  { name: "len", kind: "int" },
  { name: "spans", kind: "int" },
] as const;
export type SystemField = (typeof SYSTEM_FIELDS)[number]["name"];

/** Creates those tables that are not there. */
export function createTables(db: Database.Database): void {
  const present = db.prepare<[string], unknown>("SELECT 1 FROM sqlite_schema WHERE name = ?");
  for (const table of TABLES) {
    if (present.get(table.name) === undefined) db.exec(table.sql);
  }
}

export function createSystemFields(db: Database.Database): void {
  const insert = db.prepare("INSERT INTO field (name, origin, kind, overflow) VALUES (?, 'system', ?, 0)");
  for (const field of SYSTEM_FIELDS) insert.run(field.name, field.kind);
}
