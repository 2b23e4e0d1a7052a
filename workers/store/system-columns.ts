import type { EntryBatch } from "../base/batch.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { SYSTEM_FIELDS, type SystemField } from "./migrations/0001-initial.ts";
import { checkedSegment, decodeCodes, decodeTimes, encodeInts, encodeTimes, type Segment } from "./segment-codec.ts";
import { allFields, segmentAt, writeSegment } from "./statements/columns.ts";
import { readSetting, writeSetting } from "./statements/settings.ts";

type IntField = Exclude<SystemField, "time">;
const INT_FIELDS = SYSTEM_FIELDS.map((field) => field.name).filter((name): name is IntField => name !== "time");

/** The open segment of the columns that every entry has. */
export class SystemColumns {
  readonly #db: WriteDb;
  readonly #capacity: number;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #time: Float64Array;
  readonly #ints: ReadonlyMap<IntField, Uint32Array>;

  constructor(db: WriteDb, capacity: number, entries: number) {
    this.#db = db;
    this.#capacity = capacity;
    this.#ids = systemFieldIds(db);
    this.#time = new Float64Array(capacity);
    this.#ints = new Map(INT_FIELDS.map((name) => [name, new Uint32Array(capacity)]));
    const segment = Math.floor(entries / capacity);
    if (entries % capacity > 0) this.#resume(segment, capacity);
  }

  /**
   * Entries `from … to` of a batch go to positions from `at`; block numbers become those of the case. `spans`: how many
   * spans each entry of the batch has beyond the first.
   */
  put(
    batch: EntryBatch,
    spans: Uint32Array,
    from: number,
    to: number,
    at: number,
    member: number,
    firstBlock: number,
  ): void {
    this.#time.set(batch.time.subarray(from, to), at);
    this.#column("flags").set(batch.flags.subarray(from, to), at);
    this.#column("precision").set(batch.precision.subarray(from, to), at);
    this.#column("off").set(batch.off.subarray(from, to), at);
    this.#column("len").set(batch.len.subarray(from, to), at);
    this.#column("member").fill(member, at, at + to - from);
    this.#column("spans").set(spans.subarray(from, to), at);
    const block = this.#column("block");
    for (let i = from; i < to; i++) block[at + i - from] = firstBlock + (batch.block[i] as number);
  }

  /** Sets bits in the flags of the entries `from … to` of the `entries` that there are. */
  flag(from: number, to: number, entries: number, bits: number): void {
    for (let segment = Math.floor(from / this.#capacity); segment * this.#capacity < to; segment++) {
      const start = segment * this.#capacity;
      const isOpen = entries < start + this.#capacity;
      const values = isOpen ? this.#column("flags") : this.#stored("flags", segment);
      const end = Math.min(to - start, this.#capacity);
      for (let at = Math.max(from - start, 0); at < end; at++) values[at] = (values[at] as number) | bits;
      if (!isOpen) this.#write("flags", segment, encodeInts("bits", values));
    }
    noteFlagChange(this.#db);
  }

  /** The values of a segment that is full. */
  #stored(name: IntField, segment: number): Uint32Array {
    const values = new Uint32Array(this.#capacity);
    const row = segmentAt(this.#db, this.#ids.get(name) as number, segment);
    if (row !== undefined) values.set(decodeCodes(checkedSegment(row, this.#capacity)));
    return values;
  }

  /** Writes the first `n` entries of the open segment. Nothing but zeros needs no segment. */
  flush(segment: number, n: number): void {
    this.#write("time", segment, encodeTimes(this.#time.subarray(0, n)));
    for (const [name, values] of this.#ints) {
      const kind = name === "flags" ? "bits" : "int";
      const encoded = encodeInts(kind, values.subarray(0, n));
      if (encoded.max !== 0) this.#write(name, segment, encoded);
    }
  }

  #column(name: IntField): Uint32Array {
    return this.#ints.get(name) as Uint32Array;
  }

  #write(name: SystemField, segment: number, data: Segment): void {
    writeSegment(this.#db, this.#ids.get(name) as number, segment, data);
  }

  #resume(segment: number, capacity: number): void {
    for (const field of SYSTEM_FIELDS) {
      const row = segmentAt(this.#db, this.#ids.get(field.name) as number, segment);
      if (row === undefined) continue;
      const stored = checkedSegment(row, capacity);
      if (field.name === "time") this.#time.set(decodeTimes(stored));
      else this.#column(field.name).set(decodeCodes(stored));
    }
  }
}

const FLAGGED = "flag_changes";

/** Flags change behind readers only here; those that keep them in memory look whether they must read them again. */
export function flagChanges(db: ReadDb): string {
  return readSetting(db, FLAGGED) ?? "0";
}

function noteFlagChange(db: WriteDb): void {
  writeSetting(db, FLAGGED, String(Number(flagChanges(db)) + 1));
}

export function systemFieldIds(db: ReadDb): ReadonlyMap<string, number> {
  const rows = allFields(db).filter((row) => row.origin === "system");
  return new Map(rows.map((row) => [row.name, row.id]));
}
