import { type EntryBatch, type FieldAnnouncement, FIRST_ORIGINAL } from "../base/batch.ts";
import { CANONICAL_FIELDS, type CanonicalField } from "../base/canonical-fields.ts";
import { SHOWN_WORDS } from "../base/shown-words.ts";
import { CANONICAL, type CanonicalName, type EpochMicros, FLAG, type FlagName } from "../contract.ts";
import type { EntrySink } from "../formats/format.ts";
import { detached } from "../base/detached.ts";
import { BATCH_ENTRIES, FieldColumn } from "./field-column.ts";

/** Names of original fields that get a column; the values of further ones are found by rereading. */
const MAX_COLUMNS = 512;
/** Names beyond this are not even announced: a log that invents names is a dictionary of its own. */
const MAX_NAMES = 65_536;
/** A batch ends after so many bytes of entries, so that large entries do not pile up. */
const BATCH_BYTES = 1024 * 1024;

const storageOf = new Map(
  CANONICAL_FIELDS.map((field): [string, CanonicalField["storage"]] => [field.name, field.storage]),
);

/** A canonical field that is never a column, or an original field beyond the last column. */
const NO_COLUMN = "no column";
type Place = FieldColumn | typeof NO_COLUMN;

export interface SpanPlace {
  /** Number of the member in the run. */
  readonly member: number;
  readonly block: number;
  readonly off: number;
  readonly len: number;
}

/**
 * Writes the entries of a source into columns, batch by batch. One for all members of a source: its dictionaries and
 * field numbers hold from `source` to `source-end`.
 */
export class ColumnBuilder implements EntrySink {
  readonly #canonical = new Map<CanonicalName, Place>();
  readonly #originals = new Map<string, Place>();
  readonly #columns: FieldColumn[] = [];
  readonly #time = new Float64Array(BATCH_ENTRIES);
  readonly #flags = new Uint32Array(BATCH_ENTRIES);
  readonly #precision = new Uint8Array(BATCH_ENTRIES);
  readonly #block = new Uint32Array(BATCH_ENTRIES);
  readonly #off = new Uint32Array(BATCH_ENTRIES);
  readonly #len = new Uint32Array(BATCH_ENTRIES);
  #spans: number[] = [];
  #announced: FieldAnnouncement[] = [];
  #words: string[] = [];
  #identifiedBy: CanonicalName = "ref";
  #identity = "";
  #withinField: CanonicalName | undefined;
  #within = "";
  #count = 0;
  #bytes = 0;
  #entries = 0;

  constructor() {
    CANONICAL.forEach((name, number) => this.#canonical.set(name, this.#canonicalPlace(name, number)));
  }

  get count(): number {
    return this.#count;
  }
  get isFull(): boolean {
    return this.#count >= BATCH_ENTRIES || this.#bytes >= BATCH_BYTES;
  }

  /**
   * Begins an entry, known by a field; the sink's methods then fill it until `close`. `within`: the field that `within` is
   * to tell of it.
   */
  open(identifiedBy: CanonicalName = "ref", within?: CanonicalName): void {
    this.#identifiedBy = identifiedBy;
    this.#time[this.#count] = Number.NaN;
    this.#flags[this.#count] = 0;
    this.#precision[this.#count] = 0;
    this.#words = [];
    this.#identity = "";
    this.#withinField = within;
    this.#within = "";
  }
  /** What the open entry is known by, "" when nothing tells. */
  get identity(): string {
    return this.#identity;
  }
  /** Value of the field that was asked for when the entry was opened, "" when it has none. */
  get within(): string {
    return this.#within;
  }
  get isUndated(): boolean {
    return Number.isNaN(this.#time[this.#count]);
  }
  /** Texts of the open entry that no dictionary holds, so that only signatures lead to them. */
  get words(): readonly string[] {
    return this.#words;
  }

  /** Takes back what was written since the last entry was closed, where a format broke off in the middle of one. */
  discard(): void {
    for (const column of this.#columns) column.discard(this.#count);
  }

  /** Ends the open entry. `spans` are its bytes, at least one, in order. */
  close(spans: readonly SpanPlace[]): void {
    const entry = this.#count;
    spans.forEach((span, ordinal) => {
      this.#bytes += span.len;
      if (ordinal > 0) this.#spans.push(entry, ordinal, span.member, span.block, span.off, span.len);
    });
    const first = spans[0] as SpanPlace;
    this.#block[entry] = first.block;
    this.#off[entry] = first.off;
    this.#len[entry] = first.len;
    this.#count++;
    this.#entries++;
  }

  time(at: EpochMicros | undefined, precision: number): void {
    this.#time[this.#count] = at ?? Number.NaN;
    this.#precision[this.#count] = precision;
  }

  text(field: CanonicalName, value: string): void {
    if (field === this.#identifiedBy && this.#identity === "") this.#identity = value;
    if (field === this.#withinField && this.#within === "") this.#within = value;
    this.#put(this.#canonical.get(field) as Place, value);
  }

  /** A field without a column is read from the bytes: of it only words are kept. */
  wants(field: CanonicalName): boolean {
    return this.#canonical.get(field) !== NO_COLUMN;
  }

  original(name: string, value: string): void {
    this.#put(this.#originals.get(name) ?? this.#meet(name), value);
  }

  originalIn(name: string, text: string, start: number, end: number): void {
    const place = this.#originals.get(name) ?? this.#meet(name);
    if (place === NO_COLUMN || place.isHashed) this.#put(place, text.slice(start, end));
    else place.addPart(this.#count, text, start, end);
  }

  flag(flag: FlagName): void {
    this.#flags[this.#count] = (this.#flags[this.#count] as number) | FLAG[flag];
  }

  /** Every word of the open entry's hashed values stands in its bytes. */
  markShown(): void {
    this.#flags[this.#count] = (this.#flags[this.#count] as number) | SHOWN_WORDS;
  }

  /** The entries since the last cut, at least one. */
  cut(): EntryBatch {
    const count = this.#count;
    const parts = this.#columns.filter((column) => column.isTouched).map((column) => column.cut(count, this.#entries));
    const batch: EntryBatch = {
      count,
      time: this.#time.slice(0, count),
      flags: this.#flags.slice(0, count),
      precision: this.#precision.slice(0, count),
      block: this.#block.slice(0, count),
      off: this.#off.slice(0, count),
      len: this.#len.slice(0, count),
      spans: Uint32Array.from(this.#spans),
      columns: parts.map((part) => part.column),
      announced: this.#announced,
      dictionary: parts.flatMap((part) => part.dictionary ?? []),
    };
    this.#spans = [];
    this.#announced = [];
    this.#count = 0;
    this.#bytes = 0;
    return batch;
  }

  #put(place: Place, value: string): void {
    if (place === NO_COLUMN) {
      this.#words.push(value);
      return;
    }
    if (place.isHashed) this.#words.push(value);
    place.add(this.#count, value);
  }

  #canonicalPlace(name: CanonicalName, number: number): Place {
    const storage = storageOf.get(name);
    return storage === "reread" ? NO_COLUMN : this.#column(number, storage === "hash64");
  }

  #meet(name: string): Place {
    const known = this.#originals.size;
    if (known >= MAX_NAMES) return NO_COLUMN;
    const hasColumn = known < MAX_COLUMNS;
    const field = FIRST_ORIGINAL + known;
    const place = hasColumn ? this.#column(field, false) : NO_COLUMN;
    const kept = detached(name);
    this.#originals.set(kept, place);
    this.#announced.push({ field, name: kept, column: hasColumn });
    return place;
  }

  #column(field: number, isHashed: boolean): FieldColumn {
    const column = new FieldColumn(field, isHashed);
    this.#columns.push(column);
    return column;
  }
}
