/** Evidence as plain arrays, and the messages an import of it would send. */
import { createHash } from "node:crypto";
import { compress } from "../../../workers/base/codec.ts";
import {
  type BlockPart,
  type ColumnPart,
  type DictionaryPart,
  type EntryBatch,
  FIRST_ORIGINAL,
  type FieldAnnouncement,
  type ImportMessage,
  type MemberEnd,
  type RejectPart,
} from "../../../workers/base/batch.ts";
import { hash64, MANY_VALUES } from "../../../workers/base/hash.ts";
import { addTokens, SIGNATURE_BYTES } from "../../../workers/base/signature.ts";
import { CANONICAL, type Sha256 } from "../../../workers/contract.ts";

export interface ModelEntry {
  /** NaN = undated. */
  readonly time: number;
  readonly flags: number;
  readonly precision: number;
  /** Values by query name: a canonical short name or `raw.NAME`. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}
export type ModelUnit =
  | { readonly kind: "piece"; readonly entry: number; readonly bytes: Uint8Array }
  | { readonly kind: "reject"; readonly bytes: Uint8Array; readonly code: string }
  | { readonly kind: "ignored" | "blank"; readonly bytes: Uint8Array };
export interface ModelMember {
  readonly path: string;
  /** Bytes in their order; every entry has one piece at least, and entries begin in ascending order. */
  readonly units: readonly ModelUnit[];
  readonly entries: readonly ModelEntry[];
}
export interface ModelSource {
  readonly name: string;
  readonly members: readonly ModelMember[];
}
export interface Cutting {
  readonly batch: number;
  readonly block: number;
  /** Fields that are sent as hashes where an entry has one value at most. */
  readonly hashed: readonly string[];
  /** Original fields that are announced without a column. */
  readonly columnless: readonly string[];
}
export const CUTTING: Cutting = { batch: 7, block: 64, hashed: [], columnless: [] };

export function bytesOfMember(member: ModelMember): Uint8Array {
  return Buffer.concat(member.units.map((unit) => unit.bytes));
}

export function digest(bytes: Uint8Array): Sha256 {
  return createHash("sha256").update(bytes).digest("hex") as Sha256;
}

export function* messagesOf(source: ModelSource, cutting: Cutting = CUTTING): Generator<ImportMessage> {
  const bytes = source.members.reduce((sum, member) => sum + bytesOfMember(member).length, 0);
  const { name } = source;
  yield {
    kind: "source",
    number: 0,
    source: { name, path: `/evidence/${name}`, bytes, mtime: 1_700_000_000_123.5, container: "plain" },
  };
  const locals = new LocalNumbers();
  for (const [ordinal, member] of source.members.entries()) yield* memberMessages(member, ordinal, cutting, locals);
  yield { kind: "source-end", number: 0, end: { state: "ready", sha256: digest(Buffer.from(name)), problems: [] } };
}

function* memberMessages(
  member: ModelMember,
  ordinal: number,
  cutting: Cutting,
  locals: LocalNumbers,
): Generator<ImportMessage> {
  yield {
    kind: "member",
    number: ordinal,
    of: 0,
    member: {
      path: member.path,
      ordinal,
      carrier: "lines",
      format: "test",
      formatTitle: "Test lines",
      parser: "test@1",
      reasons: ["made up"],
      overridden: false,
      zone: undefined,
      reading: {},
    },
  };
  const raw = bytesOfMember(member);
  const places = placesOf(member, cutting.block);
  const blocks = blocksOf(raw, cutting.block);
  signHashed(member, places, blocks, cutting.hashed);
  yield { kind: "blocks", member: ordinal, blocks };
  for (let from = 0; from < member.entries.length; from += cutting.batch) {
    const entries = member.entries.slice(from, from + cutting.batch);
    yield {
      kind: "entries",
      member: ordinal,
      batch: batchOf(entries, places.slice(from, from + cutting.batch), cutting, locals, ordinal),
    };
  }
  yield { kind: "rejects", member: ordinal, rejects: rejectsOf(member, cutting.block) };
  yield { kind: "member-end", number: ordinal, end: endOf(member, raw) };
}

function blocksOf(raw: Uint8Array, size: number): BlockPart[] {
  const blocks: BlockPart[] = [];
  for (let offset = 0; offset < raw.length; offset += size) {
    const part = raw.slice(offset, offset + size);
    const signature = new Uint8Array(SIGNATURE_BYTES);
    addTokens(signature, part);
    blocks.push({ ordinal: blocks.length, memberOffset: offset, rawLength: part.length, ...compress(part), signature });
  }
  return blocks;
}

/** An import enters the words of what it sends as hashes into the signatures. */
function signHashed(
  member: ModelMember,
  places: BlockPlace[][],
  blocks: readonly BlockPart[],
  hashed: readonly string[],
): void {
  for (const [i, entry] of member.entries.entries()) {
    const block = blocks[places[i]?.[0]?.[0] ?? 0];
    for (const name of hashed) {
      for (const value of entry.fields[name] ?? [])
        if (block !== undefined) addTokens(block.signature, Buffer.from(value));
    }
  }
}

export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Where the pieces of each entry lie in the member. */
export function piecesOf(member: ModelMember): Place[][] {
  const places: Place[][] = member.entries.map(() => []);
  let offset = 0;
  for (const unit of member.units) {
    if (unit.kind === "piece") places[unit.entry]?.push({ offset, length: unit.bytes.length });
    offset += unit.bytes.length;
  }
  return places;
}

type BlockPlace = readonly [block: number, off: number, len: number];

function placesOf(member: ModelMember, size: number): BlockPlace[][] {
  return piecesOf(member).map((places) =>
    places.map(({ offset, length }): BlockPlace => [Math.floor(offset / size), offset % size, length]),
  );
}

function batchOf(
  entries: readonly ModelEntry[],
  places: BlockPlace[][],
  cutting: Cutting,
  locals: LocalNumbers,
  member: number,
): EntryBatch {
  const firsts = places.map((place) => place[0] as BlockPlace);
  const names = [...new Set(entries.flatMap((entry) => Object.keys(entry.fields)))];
  const announced = names.flatMap((name) => locals.announce(name, cutting.columnless) ?? []);
  const withColumn = names.filter((name) => !cutting.columnless.includes(name));
  const columns = withColumn.map((name) => columnOf(name, entries, cutting, locals));
  return {
    count: entries.length,
    time: Float64Array.from(entries, (entry) => entry.time),
    flags: Uint32Array.from(entries, (entry) => entry.flags),
    precision: Uint8Array.from(entries, (entry) => entry.precision),
    block: Uint32Array.from(firsts, (place) => place[0]),
    off: Uint32Array.from(firsts, (place) => place[1]),
    len: Uint32Array.from(firsts, (place) => place[2]),
    spans: Uint32Array.from(
      places.flatMap((more, entry) => more.slice(1).flatMap((place, i) => [entry, i + 1, member, ...place])),
    ),
    columns,
    announced,
    dictionary: locals.fresh(),
  };
}

function columnOf(name: string, entries: readonly ModelEntry[], cutting: Cutting, locals: LocalNumbers): ColumnPart {
  const field = locals.numberOf(name);
  const values = entries.map((entry) => entry.fields[name] ?? []);
  if (cutting.hashed.includes(name)) {
    const words = new Uint32Array(entries.length * 2);
    values.forEach((list, i) => {
      if (list.length > 1) words.set(MANY_VALUES, i * 2);
      else if (list[0] !== undefined) hash64(list[0], words, i * 2);
    });
    return { field, kind: "hash64", words };
  }
  const isList = values.some((list) => list.length > 1);
  if (isList) {
    const codes = values.map((list) => list.map((value) => locals.code(name, value)));
    let end = 0;
    const ends = codes.map((list) => (end += list.length));
    return { field, kind: "list", ends: Uint32Array.from(ends), codes: Uint32Array.from(codes.flat()) };
  }
  const codes = values.map((list) => (list[0] === undefined ? 0 : locals.code(name, list[0]) + 1));
  return { field, kind: "dict", codes: Uint32Array.from(codes) };
}

/** Numbers and dictionaries as an import keeps them, from `source` to `source-end`. */
class LocalNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #codes = new Map<string, Map<string, number>>();
  readonly #fresh = new Map<string, string[]>();
  #next = FIRST_ORIGINAL;

  announce(name: string, columnless: readonly string[]): FieldAnnouncement | undefined {
    if (!name.startsWith("raw.") || this.#numbers.has(name)) return undefined;
    this.#numbers.set(name, this.#next++);
    return { field: this.numberOf(name), name: name.slice("raw.".length), column: !columnless.includes(name) };
  }

  numberOf(name: string): number {
    const number = this.#numbers.get(name);
    return number ?? (CANONICAL as readonly string[]).indexOf(name);
  }

  code(name: string, value: string): number {
    const codes = this.#codes.get(name) ?? new Map<string, number>();
    this.#codes.set(name, codes);
    const known = codes.get(value);
    if (known !== undefined) return known;
    codes.set(value, codes.size);
    this.#fresh.set(name, [...(this.#fresh.get(name) ?? []), value]);
    return codes.size - 1;
  }

  fresh(): DictionaryPart[] {
    const parts = [...this.#fresh].map(([name, values]) => {
      const encoded = values.map((value) => Buffer.from(value, "utf8"));
      let end = 0;
      const ends = Uint32Array.from(encoded, (value) => (end += value.length));
      return { field: this.numberOf(name), pool: new Uint8Array(Buffer.concat(encoded)), ends };
    });
    this.#fresh.clear();
    return parts;
  }
}

function rejectsOf(member: ModelMember, size: number): RejectPart[] {
  let offset = 0;
  return member.units.flatMap((unit, i) => {
    const at = offset;
    offset += unit.bytes.length;
    if (unit.kind !== "reject") return [];
    const length = unit.bytes.length;
    return [
      { line: i + 1, block: Math.floor(at / size), off: at % size, length, code: unit.code, detail: `unit ${i}` },
    ];
  });
}

function endOf(member: ModelMember, raw: Uint8Array): MemberEnd {
  const sizeOf = (...kinds: ModelUnit["kind"][]): number =>
    member.units.reduce((sum, unit) => sum + (kinds.includes(unit.kind) ? unit.bytes.length : 0), 0);
  const ignored = member.units.filter((unit) => unit.kind === "ignored" || unit.kind === "blank").length;
  const ledger = {
    entries: sizeOf("piece"),
    rejects: sizeOf("reject"),
    ignored: sizeOf("ignored"),
    blank: sizeOf("blank"),
    total: raw.length,
  };
  return {
    state: "ready",
    bytes: raw.length,
    sha256: digest(raw),
    records: member.units.filter((unit) => unit.kind === "piece").length,
    entries: member.entries.length,
    rejects: member.units.filter((unit) => unit.kind === "reject").length,
    ignored,
    undated: member.entries.filter((entry) => Number.isNaN(entry.time)).length,
    duplicates: 0,
    flags: 0,
    ledger,
    problem: undefined,
    gaps: gapsOf(member),
  };
}

function gapsOf(member: ModelMember): Float64Array {
  let offset = 0;
  const gaps: number[] = [];
  for (const unit of member.units) {
    const kind = unit.kind === "ignored" ? 2 : unit.kind === "blank" ? 3 : 0;
    if (kind !== 0) gaps.push(kind, offset, unit.bytes.length);
    offset += unit.bytes.length;
  }
  return Float64Array.from(gaps);
}
