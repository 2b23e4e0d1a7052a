/**
 * What a case tells more than once (same-thing.ts): the query field `repeat`, the copies of an entry, and how far two
 * members tell the same. Found when first asked for, once a snapshot; the copies of one entry without all others.
 */
import type { EntryCopy, EntryId, EpochMicros, MemberId, Overlap } from "../contract.ts";
import type { CaseColumns, Dictionary, StoredField } from "./columns.ts";
import { utf8 } from "./bytes-test.ts";
import { ThingSearch } from "./thing-search.ts";

/** first: told again by an entry with a greater number. again: told before. An entry told once has neither. */
export const REPEATS = ["first", "again"] as const;
const FIRST = 1;
const AGAIN = 2;

/** Copies that are listed of one entry. */
const MOST_COPIES = 1_000;

/** One an entry: 0 = told once, else 1 + the first entry that tells the same. */
type Origins = Uint32Array;
const origins = new WeakMap<CaseColumns, Origins>();
type DictField = Extract<StoredField, { kind: "dict" }>;
const fields = new WeakMap<CaseColumns, DictField>();

function originsOf(columns: CaseColumns): Origins {
  let found = origins.get(columns);
  if (found === undefined) {
    const all = new Uint32Array(columns.entries);
    new ThingSearch(columns).all((entries) => {
      const first = entries.reduce((least, entry) => Math.min(least, entry));
      for (const entry of entries) all[entry] = first + 1;
    });
    found = all;
    origins.set(columns, found);
  }
  return found;
}

/** The column of `repeat`. */
export function repeatField(columns: CaseColumns): DictField {
  let field = fields.get(columns);
  if (field === undefined) {
    const codes = Uint8Array.from(originsOf(columns), (origin, entry) =>
      origin === 0 ? 0 : origin === entry + 1 ? FIRST : AGAIN,
    );
    field = { kind: "dict", codes, dictionary: dictionary(REPEATS) };
    fields.set(columns, field);
  }
  return field;
}

function dictionary(texts: readonly string[]): Dictionary {
  let end = 0;
  return {
    size: texts.length,
    pool: utf8(texts.join("")),
    ends: Uint32Array.from(texts, (text) => (end += text.length)),
    text: (code) => texts[code] ?? "",
  };
}

/** Other entries that record what this one does, ascending; at most 1,000. */
export function copiesOf(columns: CaseColumns, entry: EntryId): readonly EntryCopy[] {
  const copies: EntryCopy[] = [];
  new ThingSearch(columns).of(entry, (entries) => {
    for (const copy of entries.toSorted((a, b) => a - b)) {
      const member = columns.members[columns.member[copy] as number];
      if (copy === entry || member === undefined || copies.length === MOST_COPIES) continue;
      copies.push({ entry: copy as EntryId, source: member.source, member: member.id });
    }
  });
  return copies;
}

/**
 * Every two members that tell the same, once: `member` is the one imported later, and `entries` are those of its entries
 * that `other` has too; first and last are their times. Ordered by the members.
 */
export function overlapsOf(columns: CaseColumns): readonly Overlap[] {
  const { members, time } = columns;
  const pairs = new Map<number, Pair>();
  for (const entries of thingsOf(columns, originsOf(columns))) {
    const indexes = new Set(entries.map((entry) => columns.member[entry] as number));
    for (const entry of entries) {
      const own = columns.member[entry] as number;
      for (const other of indexes) if (other < own) note(pairs, own * members.length + other, time[entry] as number);
    }
  }
  const idOf = (index: number): MemberId | undefined => members[index]?.id;
  return [...pairs]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([key, pair]) => {
      const member = idOf(Math.floor(key / members.length));
      const other = idOf(key % members.length);
      return member === undefined || other === undefined ? [] : [{ member, other, ...told(pair) }];
    });
}

interface Pair {
  entries: number;
  first: number;
  last: number;
}

function note(pairs: Map<number, Pair>, key: number, at: number): void {
  let pair = pairs.get(key);
  if (pair === undefined) {
    pair = { entries: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
    pairs.set(key, pair);
  }
  pair.entries++;
  if (at < pair.first) pair.first = at;
  if (at > pair.last) pair.last = at;
}

function told({ entries, first, last }: Pair): Pick<Overlap, "entries" | "first" | "last"> {
  const isDated = first <= last;
  return {
    entries,
    first: isDated ? (first as EpochMicros) : undefined,
    last: isDated ? (last as EpochMicros) : undefined,
  };
}

/** The entries of each thing that is told more than once, one after the other. */
function* thingsOf(columns: CaseColumns, from: Origins): Generator<readonly number[]> {
  // Chains: `next[entry]` is 1 + the entry after it that tells the same; `last[first]` is where a chain ends so far.
  const next = new Uint32Array(columns.entries);
  const last = new Uint32Array(columns.entries);
  for (let entry = 0; entry < from.length; entry++) {
    const first = (from[entry] as number) - 1;
    if (first < 0) continue;
    if (first !== entry) next[last[first] as number] = entry + 1;
    last[first] = entry;
  }
  for (let first = 0; first < from.length; first++) {
    if (from[first] !== first + 1) continue;
    const entries: number[] = [];
    for (let entry = first + 1; entry !== 0; entry = next[entry - 1] as number) entries.push(entry - 1);
    yield entries;
  }
}
