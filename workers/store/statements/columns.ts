import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";
import type { Segment } from "../segment-codec.ts";
import { packSegment, packStrings, unpackSegment, unpackStrings, valueWidth } from "../segment-packing.ts";

export interface FieldRow {
  readonly id: number;
  readonly name: string;
  readonly origin: "system" | "canonical" | "original";
  readonly kind: string;
  readonly overflow: number;
}
export interface SegmentHead {
  readonly seg: number;
  readonly kind: string;
  readonly n: number;
  readonly width: number;
}
export interface SegmentRow extends SegmentHead {
  readonly data: Uint8Array;
}
export interface DictionaryRow {
  readonly first_code: number;
  readonly n: number;
  readonly pool: Uint8Array;
  readonly ends: Uint8Array;
}

export function allFields(db: ReadDb): FieldRow[] {
  return prepared<[], FieldRow>(db, "SELECT * FROM field ORDER BY id").all();
}

export function insertField(db: WriteDb, name: string, origin: string, kind: string, overflow: boolean): number {
  const sql = "INSERT INTO field (name, origin, kind, overflow) VALUES (?, ?, ?, ?)";
  return Number(prepared<unknown[], unknown>(db, sql).run(name, origin, kind, overflow ? 1 : 0).lastInsertRowid);
}

export function updateField(db: WriteDb, id: number, kind: string, overflow: boolean): void {
  prepared<unknown[], unknown>(db, "UPDATE field SET kind = ?, overflow = ? WHERE id = ?").run(
    kind,
    overflow ? 1 : 0,
    id,
  );
}

export function segmentHeads(db: ReadDb, field: number, fromSegment: number): SegmentHead[] {
  const sql = "SELECT seg, kind, n, width FROM col_seg WHERE field_id = ? AND seg >= ? ORDER BY seg";
  return prepared<[number, number], SegmentHead>(db, sql).all(field, fromSegment).map(withValueWidth);
}

export function* segmentsFrom(db: ReadDb, field: number, fromSegment: number): IterableIterator<SegmentRow> {
  const sql = "SELECT seg, kind, n, width, data FROM col_seg WHERE field_id = ? AND seg >= ? ORDER BY seg";
  for (const row of prepared<[number, number], SegmentRow>(db, sql).iterate(field, fromSegment)) {
    yield unpackSegment(row);
  }
}

export function segmentAt(db: ReadDb, field: number, segment: number): SegmentRow | undefined {
  const sql = "SELECT seg, kind, n, width, data FROM col_seg WHERE field_id = ? AND seg = ?";
  const row = prepared<[number, number], SegmentRow>(db, sql).get(field, segment);
  return row === undefined ? undefined : unpackSegment(row);
}

/** The last segment of a field, or undefined when it has none. */
export function lastSegment(db: ReadDb, field: number): SegmentHead | undefined {
  const sql = "SELECT seg, kind, n, width FROM col_seg WHERE field_id = ? ORDER BY seg DESC LIMIT 1";
  const head = prepared<[number], SegmentHead>(db, sql).get(field);
  return head === undefined ? undefined : withValueWidth(head);
}

function withValueWidth(head: SegmentHead): SegmentHead {
  return { ...head, width: valueWidth(head.width) };
}

export function fieldsWithSegments(db: ReadDb): number[] {
  const sql = "SELECT id FROM field WHERE EXISTS (SELECT 1 FROM col_seg WHERE field_id = field.id) ORDER BY id";
  return prepared<[], { id: number }>(db, sql)
    .all()
    .map((row) => row.id);
}

export function writeSegment(db: WriteDb, field: number, seg: number, segment: Segment): void {
  const { width, data } = packSegment(segment);
  prepared<unknown[], unknown>(
    db,
    `INSERT INTO col_seg (field_id, seg, kind, n, width, min, max, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET kind = excluded.kind, n = excluded.n, width = excluded.width, min = excluded.min,
       max = excluded.max, data = excluded.data`,
  ).run(field, seg, segment.kind, segment.n, width, segment.min ?? null, segment.max ?? null, data);
}

export function dictionarySegments(db: ReadDb, field: number, fromCode: number): DictionaryRow[] {
  const sql =
    "SELECT first_code, n, pool, ends FROM dict_seg WHERE field_id = ? AND first_code >= ? ORDER BY first_code";
  return prepared<[number, number], DictionaryRow>(db, sql).all(field, fromCode).map(unpackStrings);
}

export function writeDictionarySegment(
  db: WriteDb,
  field: number,
  firstCode: number,
  pool: Uint8Array,
  ends: Uint32Array,
): void {
  const bytes = new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength);
  const packed = packStrings(ends.length, { pool, ends: bytes });
  prepared<unknown[], unknown>(
    db,
    `INSERT INTO dict_seg (field_id, first_code, n, pool, ends) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET n = excluded.n, pool = excluded.pool, ends = excluded.ends`,
  ).run(field, firstCode, ends.length, packed.pool, packed.ends);
}
