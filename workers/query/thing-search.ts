/** Walks a case by seconds, in which alone entries can record the same thing; undated entries are one more group. */
import { FLAG } from "../contract.ts";
import type { CaseColumns, Mask } from "./columns.ts";
import { SameThing } from "./same-thing.ts";
import { shownEntries } from "./shown.ts";
import { Things } from "./things.ts";

/** Undated entries that are compared at one time. */
const UNDATED_AT_ONCE = 65_536;
const SECOND = 1_000_000;

/** Told of each thing that several entries record. */
export type Found = (entries: readonly number[]) => void;

export class ThingSearch {
  readonly #columns: CaseColumns;
  readonly #same: SameThing;
  readonly #things: Things;
  readonly #order: Uint32Array | undefined;

  constructor(columns: CaseColumns) {
    this.#columns = columns;
    this.#same = new SameThing(columns);
    this.#things = new Things(columns, this.#same);
    this.#order = columns.timeOrder;
  }

  /** Every thing of the case. */
  all(found: Found): void {
    const { entries } = this.#columns;
    const shown = shownEntries(this.#columns);
    const dated = this.#placeOf(Number.POSITIVE_INFINITY);
    for (let first = 0; first < dated; ) {
      const second = this.#same.secondOf(this.#at(first));
      let end = first + 1;
      while (end < dated && this.#same.secondOf(this.#at(end)) === second) end++;
      if (end - first > 1 && this.#mayRepeat(first, end)) this.#things.find(this.#between(first, end, shown), found);
      first = end;
    }
    if (entries - dated > 1 && this.#mayRepeat(dated, entries))
      this.#undated(this.#between(dated, entries, shown), found);
  }

  /** The thing that an entry records, if others do too. */
  of(entry: number, found: Found): void {
    const shown = shownEntries(this.#columns);
    if (shown[entry] !== 1) return;
    const note: Found = (entries) => {
      if (entries.includes(entry)) found(entries);
    };
    const second = this.#same.secondOf(entry);
    if (!Number.isNaN(second)) {
      const group = this.#between(this.#placeOf(second * SECOND), this.#placeOf((second + 1) * SECOND), shown);
      this.#things.find(group, note);
    } else if (this.#same.hasReference(entry)) {
      const key = this.#same.referenceKey(entry);
      const undated = this.#between(this.#placeOf(Number.POSITIVE_INFINITY), this.#columns.entries, shown);
      this.#things.find(
        undated.filter((each) => this.#same.referenceKey(each) === key && this.#same.hasReference(each)),
        note,
      );
    }
  }

  /** A million undated entries are compared in parts, those of one reference together. */
  #undated(entries: readonly number[], found: Found): void {
    const withReference = entries.filter((entry) => this.#same.hasReference(entry));
    const parts = Math.ceil(withReference.length / UNDATED_AT_ONCE);
    for (let part = 0; part < parts; part++) {
      this.#things.find(
        withReference.filter((entry) => (this.#same.referenceKey(entry) >>> 0) % parts === part),
        found,
      );
    }
  }

  /** Without a second member or an entry whose reference came before in its own there is nothing to find. */
  #mayRepeat(first: number, end: number): boolean {
    const { member, flags } = this.#columns;
    const own = member[this.#at(first)];
    for (let place = first; place < end; place++) {
      const entry = this.#at(place);
      if (member[entry] !== own || ((flags[entry] as number) & FLAG.duplicate) !== 0) return true;
    }
    return false;
  }

  #between(first: number, end: number, shown: Mask): number[] {
    const entries: number[] = [];
    for (let place = first; place < end; place++) {
      const entry = this.#at(place);
      if (shown[entry] === 1) entries.push(entry);
    }
    return entries;
  }

  /** The first place in order of time that is not before `at`; infinite: that of the first undated entry. */
  #placeOf(at: number): number {
    const { time } = this.#columns;
    let low = 0;
    let high = this.#columns.entries;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((time[this.#at(middle)] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #at(place: number): number {
    return this.#order === undefined ? place : (this.#order[place] as number);
  }
}
