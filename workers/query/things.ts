/**
 * Puts entries of one second, or undated ones, together to the things that they record (same-thing.ts). First those
 * with a reference, then those without, one member after the other: what comes first in time and bytes is paired first.
 */
import type { CaseColumns } from "./columns.ts";
import type { SameThing } from "./same-thing.ts";
import { type Thing, ThingIndex } from "./thing-index.ts";

/**
 * Things of one reference and second that an entry is compared with, a bound for evidence made to harm. Beyond it an
 * entry stands alone, and is shown again rather than hidden.
 */
const MOST_TRIED = 64;

export class Things {
  readonly #columns: CaseColumns;
  readonly #same: SameThing;

  constructor(columns: CaseColumns, same: SameThing) {
    this.#columns = columns;
    this.#same = same;
  }

  /**
   * `group`: all entries of one second, or undated ones with all others of their references. Calls `found` for each
   * thing with several entries.
   */
  find(group: readonly number[], found: (entries: readonly number[]) => void): void {
    const { time, member } = this.#columns;
    const at = (entry: number): number => (Number.isNaN(time[entry]) ? 0 : (time[entry] as number));
    const ordered = group.toSorted((a, b) => (member[a] as number) - (member[b] as number) || at(a) - at(b) || a - b);
    const things = this.#byReference(ordered.filter((entry) => this.#same.hasReference(entry)));
    const rest = ordered.filter((entry) => !this.#same.hasReference(entry) && this.#same.tellsEnough(entry));
    for (const own of runs(rest, (entry) => this.#memberOf(entry))) this.#byTelling(things, own);
    for (const { entries } of things) if (entries.length > 1) found(entries);
  }

  #byReference(entries: readonly number[]): Thing[] {
    const things: Thing[] = [];
    const byKey = new Map<number, Thing[]>();
    for (const entry of entries) {
      const key = this.#same.referenceKey(entry);
      const known = byKey.get(key);
      const thing = this.#firstByReference(known ?? [], entry);
      if (thing !== undefined) {
        this.#join(thing, entry);
        continue;
      }
      const alone = this.#alone(entry);
      if (known === undefined) byKey.set(key, [alone]);
      else known.push(alone);
      things.push(alone);
    }
    return things;
  }

  #firstByReference(things: readonly Thing[], entry: number): Thing | undefined {
    const end = Math.min(things.length, MOST_TRIED);
    for (let at = 0; at < end; at++) {
      const thing = things[at] as Thing;
      if (this.#isOneByReference(thing, entry)) return thing;
    }
    return undefined;
  }

  #isOneByReference(thing: Thing, entry: number): boolean {
    if (this.#same.isAssembled(entry) && thing.members.includes(this.#memberOf(entry))) return false;
    thing.tellers ??= this.#same.tellers(thing.entries);
    return this.#same.isOneByReference({ finest: thing.finest, tellers: thing.tellers }, entry);
  }

  /** `entries`: those of one member without a reference. Those that find no thing become things of their own. */
  #byTelling(things: Thing[], entries: readonly number[]): void {
    const index = new ThingIndex(this.#same, things, this.#memberOf(entries[0] ?? 0));
    const joined =
      (exactly: boolean) =>
      (entry: number): boolean => {
        const thing = index.find(entry, exactly);
        if (thing !== undefined) this.#join(thing, entry);
        return thing === undefined;
      };
    for (const entry of entries.filter(joined(true)).filter(joined(false))) things.push(this.#alone(entry));
  }

  #alone(entry: number): Thing {
    return { entries: [entry], members: [this.#memberOf(entry)], finest: entry, isAlike: true, tellers: undefined };
  }

  #join(thing: Thing, entry: number): void {
    const { entries, members, finest } = thing;
    const member = this.#memberOf(entry);
    thing.isAlike &&= this.#same.hasEqualActorAndCode(finest, entry);
    thing.finest = this.#same.finer(finest, entry);
    entries.push(entry);
    if (thing.tellers !== undefined) {
      const own = this.#same.tellers([entry]);
      thing.tellers = thing.tellers.map((teller, at) => (teller < 0 ? (own[at] as number) : teller));
    }
    if (!members.includes(member)) members.push(member);
  }

  #memberOf(entry: number): number {
    return this.#columns.member[entry] as number;
  }
}

/** Stretches of neighbours with one key. */
function* runs(entries: readonly number[], keyOf: (entry: number) => number): Generator<readonly number[]> {
  let first = 0;
  for (let end = 1; end <= entries.length; end++) {
    if (end < entries.length && keyOf(entries[end] as number) === keyOf(entries[first] as number)) continue;
    yield entries.slice(first, end);
    first = end;
  }
}
