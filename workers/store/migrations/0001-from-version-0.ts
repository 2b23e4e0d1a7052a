import type Database from "better-sqlite3";
import { CANONICAL } from "../../contract.ts";
import { createTables, SYSTEM_FIELDS } from "./0001-initial.ts";

const CHANGED = ["source", "member", "field", "col_seg", "span", "reject", "action"];

/**
 * 0 → 1. Version 0 knew plain files only: no gaps, no time order, no log of its own beside the files' states, one kind
 * a field, and one name space for canonical and original fields. Blocks, signatures and dictionaries stay where they
 * are; tables that changed are made anew and filled from the old ones.
 */
export function up(db: Database.Database): void {
  for (const name of CHANGED) db.exec(`ALTER TABLE ${name} RENAME TO v0_${name}`);
  createTables(db);
  db.exec(`
    INSERT INTO setting VALUES ('revision', '1'), ('segment_entries', '65536');
    INSERT INTO source SELECT id, name, path, bytes, coalesce(mtime, 0), sha256, coalesce(container, 'plain'), state,
      char(65 + (id - 1) / 26 % 26, 65 + (id - 1) % 26), (id - 1) % 8, coalesce(mtime, 0), '[]' FROM v0_source;
    INSERT INTO member SELECT id, source_id, path, ordinal, carrier, format, format, parser, '[]', 0, bytes, sha256, zone,
      clock, coalesce(records, 0), coalesce(entries, 0), coalesce(first_entry, 0),
      (SELECT count(*) FROM v0_reject WHERE member_id = v0_member.id), 0, 0, 0, NULL, NULL, ledger, state, NULL
      FROM v0_member;
    INSERT INTO col_seg SELECT field_id, seg, (SELECT kind FROM v0_field WHERE id = field_id), n, width, min, max, data
      FROM v0_col_seg;
    INSERT INTO span SELECT * FROM v0_span;
    INSERT INTO reject SELECT id, member_id, coalesce(line, 0), block_id, off, len, code, coalesce(detail, '')
      FROM v0_reject;
    INSERT INTO action SELECT * FROM v0_action;
  `);
  moveFields(db);
  for (const name of CHANGED) db.exec(`DROP TABLE v0_${name}`);
}

function moveFields(db: Database.Database): void {
  const system: readonly string[] = SYSTEM_FIELDS.map((field) => field.name);
  const canonical: readonly string[] = CANONICAL;
  const insert = db.prepare("INSERT INTO field (id, name, origin, kind, overflow) VALUES (?, ?, ?, ?, 0)");
  for (const old of db.prepare<[], { id: number; name: string; kind: string }>("SELECT * FROM v0_field").all()) {
    const origin = system.includes(old.name) ? "system" : canonical.includes(old.name) ? "canonical" : "original";
    insert.run(old.id, old.name, origin, old.kind);
  }
}
