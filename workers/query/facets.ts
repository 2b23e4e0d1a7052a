/** Exact counts of a field's values among the matching entries. */
import type { BoundField } from "./bind.ts";
import type { CaseColumns, Codes, Dictionary } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Facet, FacetValue } from "../contract.ts";
import { raise } from "../base/fault.ts";
import { hash64, hasManyValues } from "../base/hash.ts";
import { bind } from "./bind.ts";
import { type BytesTest, substringTest, utf8 } from "./bytes-test.ts";
import { inSlices } from "./checkpoint.ts";
import { HashGroups } from "./hash-groups.ts";
import { compareText } from "./numbers.ts";

export interface FacetInput {
  readonly columns: CaseColumns;
  /** Matching entries, ascending. */
  readonly ids: Uint32Array;
  readonly checkpoint: Checkpoint;
  readonly limit: number;
  readonly contains: BytesTest;
}

/** `fields` are query names. Values stand by falling count, then in code-point order. */
export async function facets(
  input: Omit<FacetInput, "contains">,
  fields: readonly string[],
  contains: string,
): Promise<readonly Facet[]> {
  const out: Facet[] = [];
  for (const field of fields) {
    const counted = await facet({ ...input, contains: substringTest(contains) }, bind(input.columns, field), field);
    out.push({ field, ...counted });
  }
  return out;
}

type Counted = Omit<Facet, "field">;

async function facet(input: FacetInput, field: BoundField, name: string): Promise<Counted> {
  const { columns, ids } = input;
  switch (field.kind) {
    case "time":
    case "id":
      return raise("request.invalid", `"${name}" has no values to count.`, "Ask for the histogram instead.");
    case "none":
      return { values: [], distinct: 0, missing: ids.length };
    case "dict":
      return dictFacet(input, field);
    case "list":
      return listFacet(input, field);
    case "member":
      return tableFacet(
        input,
        (entry) => columns.member[entry] as number,
        (member) => field.values[member]?.slice(0, 1) ?? [],
      );
    case "flag":
      return tableFacet(input, (entry) => field.flags[entry] as number, field.names);
    case "hash64":
      return hashFacet(input, field);
    case "reread":
      return rereadFacet(input, field.name);
  }
}

async function dictFacet(input: FacetInput, field: Extract<BoundField, { kind: "dict" }>): Promise<Counted> {
  const { ids, checkpoint } = input;
  const { codes, dictionary } = field;
  const counts = new Uint32Array(dictionary.size + 1);
  const count = ids.length === codes.length ? countAll : countSome;
  await inSlices(ids.length, checkpoint, (first, end) => count(codes, ids, first, end, counts));
  return { ...dictionaryValues(input, dictionary, counts.subarray(1)), missing: counts[0] as number };
}

function countAll(codes: Codes, _: Uint32Array, first: number, end: number, counts: Uint32Array): void {
  for (let entry = first; entry < end; entry++) {
    const code = codes[entry] as number;
    counts[code] = (counts[code] as number) + 1;
  }
}

function countSome(codes: Codes, ids: Uint32Array, first: number, end: number, counts: Uint32Array): void {
  for (let i = first; i < end; i++) {
    const code = codes[ids[i] as number] as number;
    counts[code] = (counts[code] as number) + 1;
  }
}

async function listFacet(input: FacetInput, field: Extract<BoundField, { kind: "list" }>): Promise<Counted> {
  const { ids, checkpoint } = input;
  const { ends, codes, dictionary } = field;
  const counts = new Uint32Array(dictionary.size);
  /** The last entry (from 1) that each value was counted for: an entry counts once under a value it repeats. */
  const counted = new Uint32Array(dictionary.size);
  let missing = 0;
  await inSlices(ids.length, checkpoint, (first, end) => {
    for (let i = first; i < end; i++) {
      const entry = ids[i] as number;
      const from = entry === 0 ? 0 : (ends[entry - 1] as number);
      const to = ends[entry] as number;
      if (from === to) missing++;
      for (let at = from; at < to; at++) {
        const code = codes[at] as number;
        if (counted[code] === entry + 1) continue;
        counted[code] = entry + 1;
        counts[code] = (counts[code] as number) + 1;
      }
    }
  });
  return { ...dictionaryValues(input, dictionary, counts), missing };
}

function dictionaryValues(
  { limit, contains }: FacetInput,
  dictionary: Dictionary,
  counts: Uint32Array,
): Omit<Counted, "missing"> {
  const { pool, ends } = dictionary;
  const startOf = (code: number) => (code === 0 ? 0 : (ends[code - 1] as number));
  const byBytes = (a: number, b: number) =>
    Buffer.compare(pool.subarray(startOf(a), ends[a]), pool.subarray(startOf(b), ends[b]));
  const top = new Top(limit, counts, byBytes);
  let distinct = 0;
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    distinct++;
    if (contains(pool, startOf(code), ends[code] as number)) top.offer(code);
  }
  return {
    values: top.codes.map((code) => ({ value: dictionary.text(code), count: counts[code] as number })),
    distinct,
  };
}

/** Keys below this are counted in an array: members and flags as they are today. */
const FEW = 65_536;

/** Counts by a small number each entry has, which stands for the same values wherever it occurs. */
async function tableFacet(
  input: FacetInput,
  keyOf: (entry: number) => number,
  valuesOf: (key: number) => readonly string[],
): Promise<Counted> {
  const few = new Uint32Array(FEW);
  const keys = new Map<number, number>();
  await inSlices(input.ids.length, input.checkpoint, (first, end) => {
    for (let i = first; i < end; i++) {
      const key = keyOf(input.ids[i] as number);
      if (key < FEW) few[key] = (few[key] as number) + 1;
      else keys.set(key, (keys.get(key) ?? 0) + 1);
    }
  });
  for (let key = 0; key < FEW; key++) if (few[key] !== 0) keys.set(key, few[key] as number);
  const counts = new Map<string, number>();
  let missing = 0;
  for (const [key, count] of keys) {
    const values = valuesOf(key);
    if (values.length === 0) missing += count;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return { ...textValues(input, counts), missing };
}

async function rereadFacet(input: FacetInput, name: string): Promise<Counted> {
  const { columns, ids, checkpoint } = input;
  const counts = new Map<string, number>();
  let missing = 0;
  const read = (first: number, end: number) => {
    for (let i = first; i < end; i++) {
      const values = columns.text.values(ids[i] as number, [name])[0] ?? [];
      if (values.length === 0) missing++;
      for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  };
  await inSlices(ids.length, checkpoint, read, 64);
  return { ...textValues(input, counts), missing };
}

function textValues({ limit, contains }: FacetInput, counts: ReadonlyMap<string, number>): Omit<Counted, "missing"> {
  const values = [...counts]
    .filter(([value]) => passes(contains, value))
    .map(([value, count]): FacetValue => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || compareText(a.value, b.value));
  return { values: values.slice(0, limit), distinct: counts.size };
}

function passes(contains: BytesTest, value: string): boolean {
  const bytes = utf8(value);
  return contains(bytes, 0, bytes.length);
}

/** Of more values than this with one count, those met first are shown: reading them all would take minutes. */
const MOST_READ = 4096;

async function hashFacet(input: FacetInput, field: Extract<BoundField, { kind: "hash64" }>): Promise<Counted> {
  const counted = await countHashes(input, field.words);
  await countSeveral(input, field.name, counted);
  const { groups, counts, texts, firsts, missing } = counted;
  const isNarrowed = !passes(input.contains, "");
  const order = Array.from(counts.keys()).toSorted((x, y) => at(counts, y) - at(counts, x) || x - y);
  const wanted = isNarrowed ? order : order.slice(0, contendersOf(order, counts, input.limit));
  const values = new Map<string, number>();
  const read = (first: number, end: number) => {
    for (let i = first; i < end; i++) {
      const group = wanted[i] as number;
      const value = texts.get(group) ?? input.columns.text.values(at(firsts, group), [field.name])[0]?.[0];
      if (value !== undefined) values.set(value, at(counts, group));
    }
  };
  await inSlices(wanted.length, input.checkpoint, read, 64);
  return { values: textValues(input, values).values, distinct: groups.count, missing };
}

interface HashCounts {
  readonly groups: HashGroups;
  /** By group: entries, and the first of them. */
  readonly counts: number[];
  readonly firsts: number[];
  /** Values by group, where an entry had to be read for them. */
  readonly texts: Map<number, string>;
  /** Entries with several values, which no hash tells. */
  readonly several: number[];
  missing: number;
}

async function countHashes({ ids, checkpoint }: FacetInput, words: Uint32Array): Promise<HashCounts> {
  const groups = new HashGroups();
  const counted: HashCounts = { groups, counts: [], firsts: [], texts: new Map(), several: [], missing: 0 };
  const { counts, firsts } = counted;
  await inSlices(ids.length, checkpoint, (first, end) => {
    for (let i = first; i < end; i++) {
      const entry = ids[i] as number;
      const a = words[2 * entry] as number;
      const b = words[2 * entry + 1] as number;
      if (a === 0 && b === 0) counted.missing++;
      else if (hasManyValues(words, entry)) counted.several.push(entry);
      else {
        const group = groups.group(a, b);
        counts[group] = (counts[group] ?? 0) + 1;
        firsts[group] ??= entry;
      }
    }
  });
  return counted;
}

async function countSeveral({ columns, checkpoint }: FacetInput, name: string, counted: HashCounts): Promise<void> {
  const { groups, counts, texts, several } = counted;
  const words = new Uint32Array(2);
  const read = (first: number, end: number) => {
    for (let i = first; i < end; i++) {
      const values = new Set(columns.text.values(several[i] as number, [name])[0]);
      if (values.size === 0) counted.missing++;
      for (const value of values) {
        hash64(value, words, 0);
        const group = groups.group(words[0] as number, words[1] as number);
        counts[group] = (counts[group] ?? 0) + 1;
        texts.set(group, value);
      }
    }
  };
  await inSlices(several.length, checkpoint, read, 64);
}

/** How many of the groups, most frequent first, may be among the first `limit`: those that tie with the last included. */
function contendersOf(order: readonly number[], counts: readonly number[], limit: number): number {
  const least = order[limit - 1];
  if (least === undefined) return order.length;
  let end = limit;
  while (end < order.length && at(counts, order[end] as number) === at(counts, least)) end++;
  return end - limit > MOST_READ ? limit : end;
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] as number;
}

/** The `limit` best codes offered: highest count, then lowest value. */
class Top {
  readonly codes: number[] = [];
  readonly #limit: number;
  readonly #counts: Uint32Array;
  readonly #compare: (a: number, b: number) => number;

  constructor(limit: number, counts: Uint32Array, compare: (a: number, b: number) => number) {
    this.#limit = limit;
    this.#counts = counts;
    this.#compare = compare;
  }

  offer(code: number): void {
    const worst = this.codes.at(-1);
    if (this.codes.length >= this.#limit && (worst === undefined || !this.#isBetter(code, worst))) return;
    let low = 0;
    let high = this.codes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBetter(code, this.codes[middle] as number)) high = middle;
      else low = middle + 1;
    }
    this.codes.splice(low, 0, code);
    if (this.codes.length > this.#limit) this.codes.pop();
  }

  #isBetter(a: number, b: number): boolean {
    const order = (this.#counts[b] as number) - (this.#counts[a] as number);
    return order < 0 || (order === 0 && this.#compare(a, b) < 0);
  }
}
