import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export function readSetting(db: ReadDb, name: string): string | undefined {
  return prepared<[string], { value: string }>(db, "SELECT value FROM setting WHERE name = ?").get(name)?.value;
}

export function writeSetting(db: WriteDb, name: string, value: string): void {
  prepared<[string, string], unknown>(
    db,
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  ).run(name, value);
}
