import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

/** The pieces of a stored order, in their order. */
export function orderSegments(db: ReadDb, name: string): Uint8Array[] {
  return prepared<[string], { data: Uint8Array }>(db, "SELECT data FROM perm WHERE name = ? ORDER BY seg")
    .all(name)
    .map((row) => row.data);
}

export function writeOrderSegment(db: WriteDb, name: string, seg: number, data: Uint8Array): void {
  prepared<unknown[], unknown>(
    db,
    "INSERT INTO perm (name, seg, data) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
  ).run(name, seg, data);
}

export function deleteOrder(db: WriteDb, name: string): void {
  prepared<[string], unknown>(db, "DELETE FROM perm WHERE name = ?").run(name);
}
