import { hash64, MANY_VALUES } from "../base/hash.ts";
import type { Codes, StoredField } from "../query/columns.ts";
import type { ReadDb } from "./connection.ts";
import { extended } from "./growing-array.ts";
import { LoadedDictionary } from "./loaded-dictionary.ts";
import { checkedSegment, decodeCodes, decodeHash, type ListValues, newCodes, type Segment } from "./segment-codec.ts";
import { asLists } from "./segment-lists.ts";
import { segmentHeads, segmentsFrom } from "./statements/columns.ts";

type Kind = StoredField["kind"];

/**
 * A field in memory, shared by the snapshots of a case. It loads what is stored up to an entry count and later only the
 * segments that grew. When a later segment is of a wider kind (dict → list → hash64) all is loaded anew as that kind.
 */
export class LoadedField {
  readonly #db: ReadDb;
  readonly #field: number;
  readonly #capacity: number;
  readonly #dictionary: LoadedDictionary;
  #kind: Kind = "dict";
  #entries = 0;
  #codes: Codes = new Uint8Array(0);
  #ends = new Uint32Array(0);
  #values = new Uint32Array(0);
  #words = new Uint32Array(0);
  #hashes: Uint32Array | undefined;

  constructor(db: ReadDb, field: number, capacity: number) {
    this.#db = db;
    this.#field = field;
    this.#capacity = capacity;
    this.#dictionary = new LoadedDictionary(db, field);
  }

  /** The field over the first `entries` entries. */
  load(entries: number): StoredField {
    if (entries > this.#entries) this.#grow(entries);
    const dictionary = this.#dictionary.view();
    if (this.#kind === "dict") return { kind: "dict", codes: this.#codes.subarray(0, entries), dictionary };
    if (this.#kind === "hash64") return { kind: "hash64", words: this.#words.subarray(0, entries * 2) };
    return { kind: "list", ends: this.#ends.subarray(0, entries), codes: this.#values, dictionary };
  }

  #grow(entries: number): void {
    const heads = segmentHeads(this.#db, this.#field, 0).filter((head) => head.seg * this.#capacity < entries);
    const kind = widest(heads.map((head) => head.kind));
    if (kind !== this.#kind) this.#restart(kind);
    this.#dictionary.refresh();
    this.#hashes = undefined;
    this.#makeRoom(entries, Math.max(1, ...heads.map((head) => head.width)));
    const first = Math.floor(this.#entries / this.#capacity);
    let filled = first * this.#capacity;
    for (const row of segmentsFrom(this.#db, this.#field, first)) {
      const at = row.seg * this.#capacity;
      if (at >= entries) break;
      this.#closeLists(filled, at);
      const segment = checkedSegment(row, this.#capacity);
      const count = Math.min(segment.n, entries - at);
      this.#fill(segment, at, count);
      filled = at + count;
    }
    this.#closeLists(filled, entries);
    this.#entries = entries;
  }

  #restart(kind: Kind): void {
    this.#kind = kind;
    this.#entries = 0;
    this.#codes = new Uint8Array(0);
    this.#ends = new Uint32Array(0);
    this.#values = new Uint32Array(0);
    this.#words = new Uint32Array(0);
  }

  #makeRoom(entries: number, width: number): void {
    if (this.#kind === "list") this.#ends = extended(this.#ends, entries);
    else if (this.#kind === "hash64") this.#words = extended(this.#words, entries * 2);
    else {
      if (width > this.#codes.BYTES_PER_ELEMENT) this.#codes = widened(this.#codes, width);
      this.#codes = extended(this.#codes, entries);
    }
  }

  #fill(segment: Segment, at: number, count: number): void {
    if (this.#kind === "dict") this.#codes.set(decodeCodes(segment).subarray(0, count), at);
    else if (this.#kind === "list") this.#fillList(segment, at, count);
    else if (segment.kind === "hash64") this.#words.set(decodeHash(segment).subarray(0, count * 2), at * 2);
    else this.#fillHashed(asLists(segment), at, count);
  }

  #fillList(segment: Segment, at: number, count: number): void {
    const { ends, codes } = asLists(segment);
    const start = at === 0 ? 0 : (this.#ends[at - 1] as number);
    const total = count === 0 ? 0 : (ends[count - 1] as number);
    this.#values = extended(this.#values, start + total);
    this.#values.set(codes.subarray(0, total), start);
    for (let i = 0; i < count; i++) this.#ends[at + i] = start + (ends[i] as number);
  }

  #fillHashed({ ends, codes }: ListValues, at: number, count: number): void {
    const hashes = this.#dictionaryHashes();
    for (let i = 0, start = 0; i < count; i++) {
      const end = ends[i] as number;
      const code = codes[start] ?? 0;
      if (end - start === 1) this.#words.set(hashes.subarray(code * 2, code * 2 + 2), (at + i) * 2);
      else if (end > start) this.#words.set(MANY_VALUES, (at + i) * 2);
      start = end;
    }
  }

  /** Entries without values, between stored ones and after them, end where the last list ended. */
  #closeLists(from: number, to: number): void {
    if (this.#kind !== "list" || from >= to) return;
    this.#ends.fill(from === 0 ? 0 : (this.#ends[from - 1] as number), from, to);
  }

  #dictionaryHashes(): Uint32Array {
    if (this.#hashes !== undefined) return this.#hashes;
    const dictionary = this.#dictionary.view();
    const hashes = new Uint32Array(dictionary.size * 2);
    for (let code = 0; code < dictionary.size; code++) hash64(dictionary.text(code), hashes, code * 2);
    this.#hashes = hashes;
    return hashes;
  }
}

function widest(kinds: readonly string[]): Kind {
  if (kinds.includes("hash64")) return "hash64";
  return kinds.includes("list") ? "list" : "dict";
}

function widened(codes: Codes, width: number): Codes {
  const wide = newCodes(codes.length, width);
  wide.set(codes);
  return wide;
}
