/**
 * Puts entries of one second, or undated ones, together to the things that they record (same-thing.ts). First those
 * with a reference, then those without one member after the other: what comes first in time and bytes is paired first.
 */
import type { CaseColumns } from "./columns.ts";
import type { SameThing } from "./same-thing.ts";

/**
 * Things that an entry is compared with in one second, of equal actor and code or reference: a bound for evidence made
 * to harm. Beyond it an entry stands alone and is shown again rather than hidden.
 */
const MOST_TRIED = 1024;

interface Thing {
  readonly entries: number[];
  /** Indexes of members, each once. */
  readonly members: number[];
  /** The entry whose time was written with the most digits. */
  finest: number;
  /** Its entries have one actor and code, so that it can be known by them. */
  isAlike: boolean;
  /** As `SameThing.tellers` of all entries, once they were asked for. */
  tellers: readonly number[] | undefined;
}

export class Things {
  readonly #columns: CaseColumns;
  readonly #same: SameThing;

  constructor(columns: CaseColumns, same: SameThing) {
    this.#columns = columns;
    this.#same = same;
  }

  /** `group`: all entries of one second, or undated ones that share whatever references they have. Calls `found` for each thing with several entries. */
  find(group: readonly number[], found: (entries: readonly number[]) => void): void {
    const { time, member } = this.#columns;
    const at = (entry: number): number => (Number.isNaN(time[entry]) ? 0 : (time[entry] as number));
    const ordered = group.toSorted((a, b) => (member[a] as number) - (member[b] as number) || at(a) - at(b) || a - b);
    const things = this.#byReference(ordered.filter((entry) => this.#same.hasReference(entry)));
    this.#byTelling(
      things,
      ordered.filter((entry) => !this.#same.hasReference(entry) && this.#same.tellsEnough(entry)),
    );
    for (const { entries } of things) if (entries.length > 1) found(entries);
  }

  #byReference(entries: readonly number[]): Thing[] {
    const things: Thing[] = [];
    const byKey = new Map<number, Thing[]>();
    for (const entry of entries) {
      const known = listAt(byKey, this.#same.referenceKey(entry));
      const thing = firstOf(known, 0, (each) => this.#isOneByReference(each, entry));
      if (thing === undefined) {
        const alone = this.#alone(entry);
        known.push(alone);
        things.push(alone);
      } else this.#join(thing, entry);
    }
    return things;
  }

  #isOneByReference(thing: Thing, entry: number): boolean {
    if (!this.#same.isOneByReference(thing.finest, entry)) return false;
    if (!this.#same.isAssembled(entry)) return true;
    thing.tellers ??= this.#same.tellers(thing.entries);
    return !this.#hasMemberOf(thing, entry) && this.#same.isWholeAlike(thing.finest, thing.tellers, entry);
  }

  /** `entries`: those without a reference, member by member. What they make stands in `things` afterwards. */
  #byTelling(things: Thing[], entries: readonly number[]): void {
    if (entries.length === 0) return;
    const byKey = new Map<number, Thing[]>();
    for (const thing of things) {
      const [first = 0] = thing.entries;
      if (thing.isAlike && this.#same.tellsEnough(first)) listAt(byKey, this.#same.tellingKey(first)).push(thing);
    }
    for (const own of runs(entries, (entry) => this.#memberOf(entry))) {
      const left = this.#joined(byKey, this.#joined(byKey, own, true), false);
      for (const entry of left) {
        const alone = this.#alone(entry);
        listAt(byKey, this.#same.tellingKey(entry)).push(alone);
        things.push(alone);
      }
    }
  }

  /** Joins entries of one member to things that have none of it; returns those that found no thing. */
  #joined(byKey: ReadonlyMap<number, readonly Thing[]>, entries: readonly number[], exactly: boolean): number[] {
    /** By key, how many things from the first on have the member already. */
    const taken = new Map<number, number>();
    return entries.filter((entry) => {
      const key = this.#same.tellingKey(entry);
      const things = byKey.get(key) ?? [];
      let from = taken.get(key) ?? 0;
      while (from < things.length && this.#hasMemberOf(things[from], entry)) from++;
      taken.set(key, from);
      const thing = firstOf(things, from, (each) => this.#isOneByTelling(each, entry, exactly));
      if (thing !== undefined) this.#join(thing, entry);
      return thing === undefined;
    });
  }

  #isOneByTelling(thing: Thing, entry: number, exactly: boolean): boolean {
    if (this.#hasMemberOf(thing, entry)) return false;
    thing.tellers ??= this.#same.tellers(thing.entries);
    return this.#same.isOneByTelling(thing.finest, thing.tellers, entry, exactly);
  }

  #hasMemberOf(thing: Thing | undefined, entry: number): boolean {
    return thing?.members.includes(this.#memberOf(entry)) === true;
  }

  #alone(entry: number): Thing {
    return { entries: [entry], members: [this.#memberOf(entry)], finest: entry, isAlike: true, tellers: undefined };
  }

  #join(thing: Thing, entry: number): void {
    const { entries, members, finest } = thing;
    thing.isAlike &&= this.#same.hasEqualActorAndCode(finest, entry);
    thing.finest = this.#same.finer(finest, entry);
    entries.push(entry);
    // An entry that joins by what it tells contradicts none of them, so only what nobody told is new.
    if (thing.tellers !== undefined) {
      const own = this.#same.tellers([entry]);
      thing.tellers = thing.tellers.map((teller, at) => (teller < 0 ? (own[at] as number) : teller));
    }
    if (!this.#hasMemberOf(thing, entry)) members.push(this.#memberOf(entry));
  }

  #memberOf(entry: number): number {
    return this.#columns.member[entry] as number;
  }
}

/** Of at most `MOST_TRIED` from the place `from` on. */
function firstOf(things: readonly Thing[], from: number, isIt: (thing: Thing) => boolean): Thing | undefined {
  const end = Math.min(things.length, from + MOST_TRIED);
  for (let at = from; at < end; at++) {
    const thing = things[at] as Thing;
    if (isIt(thing)) return thing;
  }
  return undefined;
}

function listAt<T>(lists: Map<number, T[]>, key: number): T[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}

/** Stretches of neighbours with one key. */
function* runs(entries: readonly number[], keyOf: (entry: number) => number): Generator<readonly number[]> {
  let first = 0;
  for (let end = 1; end <= entries.length; end++) {
    if (end < entries.length && keyOf(entries[end] as number) === keyOf(entries[first] as number)) continue;
    if (end > first) yield entries.slice(first, end);
    first = end;
  }
}
