import type { EntryBatch } from "../base/batch.ts";
import type { WriteDb } from "./connection.ts";
import { entryCount, segmentEntries } from "./entry-count.ts";
import type { FieldColumn } from "./field-column.ts";
import { FieldTable } from "./field-table.ts";
import type { LocalField } from "./local-field.ts";
import { blockCount } from "./statements/blocks.ts";
import { insertSpan } from "./statements/evidence.ts";
import { SystemColumns } from "./system-columns.ts";

export interface EntryLimits {
  readonly maxDictionary: number;
  readonly maxOriginals: number;
}

/** Appends entries to the columns of a case: cuts batches at segment ends, writes segments as they fill. */
export class EntryWriter {
  readonly fields: FieldTable;
  readonly capacity: number;
  readonly #db: WriteDb;
  readonly #system: SystemColumns;
  readonly #limits: EntryLimits;
  /** The segment that was begun before this writer opened the case; -1 = none. */
  readonly #resumed: number;
  #entries: number;
  #flushed: number;
  #blocks: number;

  constructor(db: WriteDb, limits: EntryLimits) {
    this.#db = db;
    this.#limits = limits;
    this.capacity = segmentEntries(db);
    this.#entries = entryCount(db, this.capacity);
    this.#flushed = this.#entries;
    this.#blocks = blockCount(db);
    this.#resumed = this.#entries % this.capacity === 0 ? -1 : Math.floor(this.#entries / this.capacity);
    this.#system = new SystemColumns(db, this.capacity, this.#entries);
    this.fields = new FieldTable(db, this.capacity, limits.maxOriginals);
  }

  get entries(): number {
    return this.#entries;
  }

  /** The number of the next block of the case. */
  nextBlock(): number {
    return this.#blocks++;
  }

  get blocks(): number {
    return this.#blocks;
  }

  /**
   * `member` is the member's place among all of the case; `firstBlock` the case's number of its block 0, `firstBlockOf`
   * the same for a member by its number in the run.
   */
  append(
    batch: EntryBatch,
    locals: ReadonlyMap<number, LocalField>,
    member: number,
    firstBlock: number,
    firstBlockOf: (member: number) => number,
  ): void {
    const spans = this.#writeSpans(batch, firstBlockOf);
    for (let from = 0; from < batch.count; ) {
      const at = this.#entries % this.capacity;
      const to = Math.min(batch.count, from + this.capacity - at);
      this.#system.put(batch, spans, from, to, at, member, firstBlock);
      this.#putFields(batch, locals, from, to, at);
      this.#entries += to - from;
      from = to;
      if (this.#entries % this.capacity === 0)
        this.#flushSegment(this.#entries / this.capacity - 1, this.capacity, true);
    }
  }

  /** Sets bits in the flags of the entries `from … to`, which were appended before. */
  flag(from: number, to: number, bits: number): void {
    if (from >= to) return;
    this.#system.flag(from, to, this.#entries, bits);
    this.#flushed = Math.min(this.#flushed, from);
  }

  /** A field has more distinct values than a dictionary is good for. */
  isOverfull(column: FieldColumn): boolean {
    if (column.isHashed || column.overflow) return false;
    const distinct = column.dictionary.size;
    return distinct > this.#limits.maxDictionary && distinct > this.#entries / 2;
  }

  /** Brings the case up to the last entry; the open segment is written as far as it goes. */
  flush(): void {
    const n = this.#entries % this.capacity;
    if (n > 0 && this.#entries > this.#flushed) this.#flushSegment(Math.floor(this.#entries / this.capacity), n, false);
    else for (const field of this.fields.all()) field.flush(Math.floor(this.#entries / this.capacity), false);
  }

  release(): void {
    for (const field of this.fields.all()) field.release();
  }

  #putFields(batch: EntryBatch, locals: ReadonlyMap<number, LocalField>, from: number, to: number, at: number): void {
    const segment = Math.floor(this.#entries / this.capacity);
    for (const part of batch.columns) {
      const local = locals.get(part.field);
      if (local === undefined) throw new RangeError(`a column of field ${part.field} came before the field`);
      if (local.column.overflow) continue;
      local.column.put(part, local, from, to, segment, at, segment === this.#resumed);
    }
  }

  #flushSegment(segment: number, n: number, closes: boolean): void {
    this.#system.flush(segment, n);
    for (const field of this.fields.all()) field.flush(segment, closes);
    this.#flushed = this.#entries;
  }

  /** How many spans each entry has beyond its first. */
  #writeSpans({ count, spans }: EntryBatch, firstBlockOf: (member: number) => number): Uint32Array {
    const counts = new Uint32Array(count);
    for (let i = 0; i < spans.length; i += 6) {
      const [entry, ord, member, block, off, len] = spans.subarray(i, i + 6) as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      counts[entry] = (counts[entry] as number) + 1;
      insertSpan(this.#db, this.#entries + entry, ord, firstBlockOf(member) + block, off, len);
    }
    return counts;
  }
}
