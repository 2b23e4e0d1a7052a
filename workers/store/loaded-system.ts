import type { Codes } from "../query/columns.ts";
import type { ReadDb } from "./connection.ts";
import { extended } from "./growing-array.ts";
import { SYSTEM_FIELDS, type SystemField } from "./migrations/0001-initial.ts";
import { checkedSegment, decodeCodes, decodeTimes, newCodes } from "./segment-codec.ts";
import { segmentHeads, segmentsFrom, type SegmentRow } from "./statements/columns.ts";
import { flagChanges, systemFieldIds } from "./system-columns.ts";

export type IntField = Exclude<SystemField, "time">;

/** Columns that every entry has, in memory and shared by the snapshots of a case. */
export class LoadedSystem {
  readonly #db: ReadDb;
  readonly #capacity: number;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #ints = new Map<IntField, Codes>();
  #time = new Float64Array(0);
  #entries = 0;
  #flagChanges: string;

  constructor(db: ReadDb, capacity: number) {
    this.#db = db;
    this.#capacity = capacity;
    this.#ids = systemFieldIds(db);
    this.#flagChanges = flagChanges(db);
  }

  refresh(entries: number): void {
    this.#refreshFlags();
    if (entries <= this.#entries) return;
    this.#time = extended(this.#time, entries);
    for (const { name } of SYSTEM_FIELDS) {
      if (name === "time") this.#growTime(entries);
      else this.#growInts(name, entries);
    }
    this.#entries = entries;
  }

  time(entries: number): Float64Array {
    return this.#time.subarray(0, entries);
  }

  ints(name: IntField, entries: number): Codes {
    return (this.#ints.get(name) ?? new Uint8Array(entries)).subarray(0, entries);
  }

  /** Flags that were set later: read anew beside those that earlier snapshots hold. */
  #refreshFlags(): void {
    const changes = flagChanges(this.#db);
    if (changes === this.#flagChanges) return;
    this.#flagChanges = changes;
    const values = new Uint32Array(this.#entries);
    for (const row of segmentsFrom(this.#db, this.#id("flags"), 0)) {
      const at = row.seg * this.#capacity;
      if (at >= this.#entries) break;
      values.set(decodeCodes(checkedSegment(row, this.#capacity)).subarray(0, this.#entries - at), at);
    }
    this.#ints.set("flags", values);
  }

  #growTime(entries: number): void {
    for (const row of this.#segments("time", entries)) {
      const at = row.seg * this.#capacity;
      const values = decodeTimes(checkedSegment(row, this.#capacity));
      this.#time.set(values.subarray(0, entries - at), at);
    }
  }

  #growInts(name: IntField, entries: number): void {
    const first = Math.floor(this.#entries / this.#capacity);
    const heads = segmentHeads(this.#db, this.#id(name), first);
    // Flags are promised as 32 bits, precision as 8; the others take the room they need.
    const least = name === "flags" ? 4 : 1;
    const width = Math.max(least, ...heads.map((head) => head.width));
    const known = this.#ints.get(name) ?? newCodes(0, width);
    const values = extended(width > known.BYTES_PER_ELEMENT ? widened(known, width) : known, entries);
    for (const row of this.#segments(name, entries)) {
      const at = row.seg * this.#capacity;
      values.set(decodeCodes(checkedSegment(row, this.#capacity)).subarray(0, entries - at), at);
    }
    this.#ints.set(name, values);
  }

  /** Segments from the first that was not read whole. */
  *#segments(name: SystemField, entries: number): Iterable<SegmentRow> {
    for (const row of segmentsFrom(this.#db, this.#id(name), Math.floor(this.#entries / this.#capacity))) {
      if (row.seg * this.#capacity < entries) yield row;
    }
  }

  #id(name: SystemField): number {
    return this.#ids.get(name) ?? 0;
  }
}

function widened(codes: Codes, width: number): Codes {
  const wide = newCodes(codes.length, width);
  wide.set(codes);
  return wide;
}
