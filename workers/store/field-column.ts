import { hash64 } from "../base/hash.ts";
import type { ColumnPart } from "../base/batch.ts";
import type { WriteDb } from "./connection.ts";
import { GrowingDictionary } from "./growing-dictionary.ts";
import { DictSegment, HashSegment, ListSegment, type LocalCodes, type OpenSegment, reopened } from "./open-segment.ts";
import { bytesOf, checkedSegment, codesIn } from "./segment-codec.ts";
import {
  dictionarySegments,
  lastSegment,
  segmentAt,
  updateField,
  writeDictionarySegment,
  writeSegment,
} from "./statements/columns.ts";

export type FieldKind = "dict" | "list" | "hash64";

/** A stored dictionary segment is rewritten until it holds this many bytes, so that commits leave few small ones. */
const DICTIONARY_SEGMENT = 1 << 18;

export interface StoredFieldColumn {
  readonly id: number;
  readonly name: string;
  readonly origin: "canonical" | "original";
  readonly kind: FieldKind;
  readonly overflow: boolean;
}

/** One field of the case while it is written: its dictionary, and the segment that is not full yet. */
export class FieldColumn {
  readonly id: number;
  readonly name: string;
  readonly origin: "canonical" | "original";
  #kind: FieldKind;
  #overflow: boolean;
  readonly #db: WriteDb;
  readonly #capacity: number;
  #dictionary: GrowingDictionary | undefined;
  #openDictionaryFrom = 0;
  #savedStrings = 0;
  #segment: OpenSegment | undefined;
  #isDirty = false;
  #isChanged = false;
  /** The import sends hashes itself, so that it asks for no code of the dictionary any more. */
  #takesHashes = false;

  constructor(db: WriteDb, capacity: number, stored: StoredFieldColumn) {
    this.#db = db;
    this.#capacity = capacity;
    this.id = stored.id;
    this.name = stored.name;
    this.origin = stored.origin;
    this.#kind = stored.kind;
    this.#overflow = stored.overflow;
  }

  get isHashed(): boolean {
    return this.#kind === "hash64";
  }

  get overflow(): boolean {
    return this.#overflow;
  }

  get dictionary(): GrowingDictionary {
    this.#dictionary ??= this.#loadDictionary();
    return this.#dictionary;
  }

  /** From now on no column answers for the field: some entry of the case has it and is not in the column. */
  setOverflow(): void {
    if (this.#overflow) return;
    this.#overflow = true;
    this.#isChanged = true;
    this.#segment = undefined;
  }

  /** No entry of the case has a value of the field yet. */
  get isEmpty(): boolean {
    return this.#segment === undefined && lastSegment(this.#db, this.id) === undefined;
  }

  /**
   * Too many distinct values: the open segment and all that follow hold hashes. What was stored as codes must have been
   * signed (block-signing.ts).
   */
  setHashed(): void {
    if (this.isHashed) return;
    this.#kind = "hash64";
    this.#isChanged = true;
    const open = this.#segment;
    if (open === undefined || open.kind === "hash64") return;
    this.#segment = HashSegment.converted(open, this.#capacity, (code, out) => this.hash(code, out, 0));
    this.#isDirty = true;
  }

  /** The two words of a code of the dictionary. */
  hash(code: number, out: Uint32Array, at: number): void {
    hash64(this.dictionary.strings.text(code), out, at);
  }

  /**
   * Entries `from … to` of a batch's column go to positions from `at` of segment `segment`. `resumes`: the segment was
   * begun before this writer opened the case.
   */
  put(
    part: ColumnPart,
    local: LocalCodes,
    from: number,
    to: number,
    segment: number,
    at: number,
    resumes: boolean,
  ): void {
    this.#takesHashes = part.kind === "hash64";
    if (part.kind === "hash64") this.setHashed();
    else this.#widen(part.kind);
    const open = this.#openSegment(part.kind, segment, resumes);
    this.#isDirty = true;
    if (part.kind === "hash64") {
      if (open.kind === "hash64") open.putWords(at, part.words, from, to);
    } else if (part.kind === "dict") this.#putDict(open, part.codes, local, from, to, at);
    else this.#putList(open, part.ends, part.codes, local, from, to, at);
  }

  /** Writes what the case does not hold yet. `closes`: the segment is full. */
  flush(segment: number, closes: boolean): void {
    if (this.#isDirty && this.#segment !== undefined) {
      writeSegment(this.#db, this.id, segment, this.#segment.encode());
    }
    this.#isDirty = false;
    if (closes) this.#segment = undefined;
    this.#flushDictionary();
    if (this.#takesHashes) this.release();
    if (this.#isChanged) updateField(this.#db, this.id, this.#kind, this.#overflow);
    this.#isChanged = false;
  }

  /** A field told apart by hash needs its dictionary no longer once no import sends codes of it. */
  release(): void {
    if (this.isHashed) this.#dictionary = undefined;
  }

  /** The field's kind is the widest that any of its segments has. */
  #widen(kind: FieldKind): void {
    if (this.#kind !== "dict" || kind === "dict") return;
    this.#kind = kind;
    this.#isChanged = true;
  }

  #putDict(open: OpenSegment, codes: Uint32Array, local: LocalCodes, from: number, to: number, at: number): void {
    if (open.kind === "hash64") open.putMappedDict(at, codes, from, to, local.hashes());
    else if (open.kind === "list") open.putMappedDict(at, codes, from, to, local.codes());
    else open.putMapped(at, codes, from, to, local.codes());
  }

  #putList(
    open: OpenSegment,
    ends: Uint32Array,
    codes: Uint32Array,
    local: LocalCodes,
    from: number,
    to: number,
    at: number,
  ): void {
    if (open.kind === "hash64") open.putMapped(at, ends, codes, from, to, local.hashes());
    else if (open.kind === "list") open.putMapped(at, ends, codes, from, to, local.codes());
  }

  #openSegment(kind: FieldKind, segment: number, resumes: boolean): OpenSegment {
    if (this.#segment === undefined && resumes) {
      const row = segmentAt(this.#db, this.id, segment);
      if (row !== undefined) this.#segment = reopened(checkedSegment(row, this.#capacity), this.#capacity);
    }
    const wanted = this.isHashed ? "hash64" : kind;
    this.#segment = this.#fit(this.#segment, wanted);
    return this.#segment;
  }

  #fit(open: OpenSegment | undefined, wanted: FieldKind): OpenSegment {
    if (open === undefined) return this.#newSegment(wanted);
    if (open.kind === wanted || open.kind === "hash64") return open;
    if (wanted === "hash64") return HashSegment.converted(open, this.#capacity, (code, out) => this.hash(code, out, 0));
    return open.kind === "dict" ? open.toList() : open;
  }

  #newSegment(kind: FieldKind): OpenSegment {
    if (kind === "hash64") return new HashSegment(this.#capacity);
    return kind === "list" ? new ListSegment(this.#capacity) : new DictSegment(this.#capacity);
  }

  #loadDictionary(): GrowingDictionary {
    const dictionary = new GrowingDictionary();
    for (const row of dictionarySegments(this.#db, this.id, 0)) {
      this.#openDictionaryFrom = row.first_code;
      dictionary.load(row.pool, codesIn(row.ends, 4, row.n) as Uint32Array);
    }
    this.#savedStrings = dictionary.size;
    return dictionary;
  }

  #flushDictionary(): void {
    const dictionary = this.#dictionary;
    if (dictionary === undefined || dictionary.size === this.#savedStrings) return;
    const { pool, ends } = dictionary.strings.packedFrom(this.#openDictionaryFrom);
    writeDictionarySegment(this.#db, this.id, this.#openDictionaryFrom, bytesOf(pool), ends);
    this.#savedStrings = dictionary.size;
    if (pool.length >= DICTIONARY_SEGMENT) this.#openDictionaryFrom = dictionary.size;
  }
}
