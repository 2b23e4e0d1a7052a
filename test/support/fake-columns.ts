/** The columns of a case made from plain rows, in memory: what the store hands to the query engine, without a store. */
import type { CaseColumns, Codes, Dictionary, EntryText, StoredField } from "../../workers/query/columns.ts";
import type { EpochMicros, MemberId, MemberInfo, Sha256, SourceId, SourceInfo } from "../../workers/contract.ts";
import { canonicalField } from "../../workers/base/canonical-fields.ts";
import { hash64, MANY_VALUES } from "../../workers/base/hash.ts";
import { SHOWN_WORDS } from "../../workers/base/shown-words.ts";
import { addTokens, SIGNATURE_BYTES } from "../../workers/base/signature.ts";

export interface FakeRow {
  /** µs; absent = undated. */
  readonly time?: number | undefined;
  readonly precision?: number;
  readonly flags?: number;
  /** Index into the members, 0 unless stated. */
  readonly member?: number;
  /** By query name: canonical short names, and `raw.NAME`. */
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
  /** The entry's bytes; unless stated, its fields as name=value. */
  readonly raw?: string;
  /** The second half of the bytes (from the first blank) lies in the block after. */
  readonly split?: boolean;
}
export interface FakeOptions {
  readonly members?: readonly { readonly path: string; readonly source?: number; readonly format?: string }[];
  readonly sources?: readonly { readonly name: string; readonly code: string; readonly removed?: boolean }[];
  /** Query names of fields stored as hashes, besides the canonical ones that always are. */
  readonly hashed?: readonly string[];
  /** Original names that have a column though no row may have them. */
  readonly originals?: readonly string[];
  /** Original names beyond the last column. */
  readonly overflow?: readonly string[];
  readonly removed?: readonly { readonly first: number; readonly end: number }[];
  readonly entriesPerBlock?: number;
  readonly revision?: number;
}

export function valuesOf(row: FakeRow, name: string): readonly string[] {
  const value = row.fields?.[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

export function rawOf(row: FakeRow): string {
  if (row.raw !== undefined) return row.raw;
  const parts = Object.keys(row.fields ?? {}).map((name) => `${name}=${valuesOf(row, name).join(",")}`);
  return `${parts.join(" ")}\n`;
}

export function fakeColumns(rows: readonly FakeRow[], options: FakeOptions = {}): CaseColumns {
  const time = Float64Array.from(rows, (row) => row.time ?? Number.NaN);
  const members = fakeMembers(rows, options);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.fields ?? {})))];
  const fields = new Map(names.map((name) => [name, storedField(rows, name, options)]));
  const hasColumn = (name: string) => fields.get(name) !== undefined;
  const originals = names.filter((name) => name.startsWith("raw."));
  return {
    revision: options.revision ?? 1,
    entries: rows.length,
    time,
    flags: Uint32Array.from(rows, (row) => (row.flags ?? 0) | (showsWords(row) ? SHOWN_WORDS : 0)),
    precision: Uint8Array.from(rows, (row) => row.precision ?? 6),
    member: Uint8Array.from(rows, (row) => row.member ?? 0),
    members,
    sources: fakeSources(members, options),
    timeOrder: timeOrder(time),
    removed: options.removed ?? [],
    field: (name) => fields.get(name),
    canonicalNames: names.filter((name) => !name.startsWith("raw.") && hasColumn(name)),
    originalNames: [
      ...new Set([...originals.filter(hasColumn).map((name) => name.slice(4)), ...(options.originals ?? [])]),
    ],
    overflowNames: [...(options.overflow ?? [])],
    text: fakeText(rows, fields, options.entriesPerBlock ?? 4),
  };
}

function storedField(rows: readonly FakeRow[], name: string, options: FakeOptions): StoredField | undefined {
  const storage = canonicalField(name)?.storage;
  if (storage === "reread" || (name.startsWith("raw.") && options.overflow?.includes(name.slice(4)))) return undefined;
  const values = rows.map((row) => valuesOf(row, name));
  if (storage === "hash64" || options.hashed?.includes(name)) {
    const words = new Uint32Array(2 * rows.length);
    values.forEach(([value, ...more], entry) => {
      if (more.length > 0) words.set(MANY_VALUES, 2 * entry);
      else if (value !== undefined) hash64(value, words, 2 * entry);
    });
    return { kind: "hash64", words };
  }
  const texts = [...new Set(values.flat())];
  const code = new Map(texts.map((text, index) => [text, index]));
  const dictionary = fakeDictionary(texts);
  const codeOf = (text: string): number => code.get(text) as number;
  if (values.every((few) => few.length <= 1)) {
    const codes = values.map(([value]) => (value === undefined ? 0 : codeOf(value) + 1));
    return { kind: "dict", codes: narrow(codes, texts.length), dictionary };
  }
  let end = 0;
  const ends = Uint32Array.from(values, (some) => (end += some.length));
  return { kind: "list", ends, codes: Uint32Array.from(values.flat(), codeOf), dictionary };
}

function fakeDictionary(texts: readonly string[]): Dictionary {
  const parts = texts.map((text) => new TextEncoder().encode(text));
  let end = 0;
  const ends = Uint32Array.from(parts, (part) => (end += part.length));
  const pool = new Uint8Array(end);
  parts.forEach((part, code) => pool.set(part, (ends[code] as number) - part.length));
  return { size: texts.length, pool, ends, text: (code) => texts[code] as string };
}

function narrow(codes: readonly number[], size: number): Codes {
  return size < 256 ? Uint8Array.from(codes) : size < 65_536 ? Uint16Array.from(codes) : Uint32Array.from(codes);
}

function timeOrder(time: Float64Array): Uint32Array | undefined {
  const order = Uint32Array.from(time, (_, entry) => entry);
  const at = (entry: number): number => {
    const t = time[entry] as number;
    return Number.isNaN(t) ? Number.POSITIVE_INFINITY : t;
  };
  const sorted = order.toSorted((a, b) => (at(a) === at(b) ? a - b : at(a) < at(b) ? -1 : 1));
  return sorted.every((entry, row) => entry === row) ? undefined : sorted;
}

/** Whether the bytes have every word of the values that never get a dictionary: all that an importer answers for. */
function showsWords(row: FakeRow): boolean {
  const shown = new Set(tokensOf(rawOf(row)));
  return Object.keys(row.fields ?? {})
    .filter(isHashed)
    .every((name) => valuesOf(row, name).every((value) => tokensOf(value).every((token) => shown.has(token))));
}

function isHashed(name: string): boolean {
  const storage = canonicalField(name)?.storage;
  return storage === "hash64" || storage === "reread";
}

function tokensOf(text: string): readonly string[] {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).match(/[a-z0-9\u0080-\uffff]+/g) ?? [];
}

/** Signatures hold what the importer puts there: the bytes, and the values that no dictionary holds. */
function fakeText(
  rows: readonly FakeRow[],
  fields: ReadonlyMap<string, StoredField | undefined>,
  perBlock: number,
): EntryText {
  const bytes = rows.map((row) => new TextEncoder().encode(rawOf(row)));
  const blockOf = (entry: number) => Math.floor(entry / perBlock);
  const blocks = rows.length === 0 ? 0 : blockOf(rows.length - 1) + 2;
  const signatures = Array.from({ length: blocks }, () => new Uint8Array(SIGNATURE_BYTES));
  rows.forEach((row, entry) => {
    const signature = signatures[blockOf(entry)] as Uint8Array;
    const all = bytes[entry] as Uint8Array;
    const half = row.split === true && all.includes(32) ? all.indexOf(32) : all.length;
    addTokens(signature, all, 0, half);
    addTokens(signatures[blockOf(entry) + 1] as Uint8Array, all, half);
    for (const name of Object.keys(row.fields ?? {})) {
      const kind = fields.get(name)?.kind;
      if (kind === "dict" || kind === "list") continue;
      for (const value of valuesOf(row, name)) addTokens(signature, new TextEncoder().encode(value));
    }
  });
  return {
    blocks,
    blocksOf: (entry) => ({ first: blockOf(entry), last: blockOf(entry) + (rows[entry]?.split === true ? 1 : 0) }),
    signature: (block) => signatures[block] as Uint8Array,
    bytes: (entry) => bytes[entry] as Uint8Array,
    values: (entry, names) => names.map((name) => valuesOf(rows[entry] as FakeRow, name)),
    allValues: (entry) =>
      Object.keys(rows[entry]?.fields ?? {}).flatMap((name) => valuesOf(rows[entry] as FakeRow, name)),
  };
}

function fakeMembers(rows: readonly FakeRow[], options: FakeOptions): readonly MemberInfo[] {
  const specs = options.members ?? [{ path: "audit.log" }];
  return specs.map((spec, index): MemberInfo => {
    const own = rows.filter((row) => (row.member ?? 0) === index);
    const times = own.flatMap(({ time }) => (time === undefined ? [] : [time]));
    return {
      id: (index + 1) as MemberId,
      source: ((spec.source ?? 0) + 1) as SourceId,
      path: spec.path,
      carrier: "lines",
      format: spec.format ?? "auditd",
      formatTitle: "Linux auditd, raw",
      parser: "auditd@1",
      bytes: 0,
      sha256: "0".repeat(64) as Sha256,
      state: "ready",
      records: own.length,
      entries: own.length,
      firstEntry: rows.findIndex((row) => (row.member ?? 0) === index),
      rejects: 0,
      ignored: 0,
      undated: own.length - times.length,
      duplicates: 0,
      first: times.length === 0 ? undefined : (Math.min(...times) as EpochMicros),
      last: times.length === 0 ? undefined : (Math.max(...times) as EpochMicros),
      ledger: { entries: 0, rejects: 0, ignored: 0, blank: 0, total: 0 },
      reasons: [],
      overridden: false,
      zone: undefined,
      reading: {},
      problem: undefined,
    };
  });
}

function fakeSources(members: readonly MemberInfo[], options: FakeOptions): readonly SourceInfo[] {
  const specs = options.sources ?? [{ name: "audit.log", code: "AU" }];
  return specs.map(
    ({ name, code, removed }, index): SourceInfo => ({
      id: (index + 1) as SourceId,
      name,
      path: name,
      bytes: 0,
      mtime: 0,
      sha256: "0".repeat(64) as Sha256,
      container: "plain",
      state: removed === true ? "replaced" : "ready",
      code,
      lane: index % 8,
      importedAt: 0,
      members: members.filter(({ source }) => source === index + 1),
      problems: [],
    }),
  );
}
