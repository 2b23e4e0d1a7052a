import type { ReadDb } from "./connection.ts";
import { allFields, lastSegment } from "./statements/columns.ts";
import { readSetting } from "./statements/settings.ts";

/** Entries a segment, fixed when the case was made. */
export function segmentEntries(db: ReadDb): number {
  const stored = Number(readSetting(db, "segment_entries"));
  return Number.isInteger(stored) && stored > 0 && stored <= 65_536 ? stored : 65_536;
}

/** Every entry has a place in the time column, so its last segment tells how many there are. */
export function entryCount(db: ReadDb, capacity: number): number {
  const time = allFields(db).find((field) => field.origin === "system" && field.name === "time");
  const last = time === undefined ? undefined : lastSegment(db, time.id);
  return last === undefined ? 0 : last.seg * capacity + last.n;
}
