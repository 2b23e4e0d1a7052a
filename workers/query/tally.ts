/** Counts and extent of some entries. */
import type { CaseColumns } from "./columns.ts";
import type { EpochMicros } from "../contract.ts";
import { selected } from "./select.ts";
import { shownEntries } from "./shown.ts";

export interface Tally {
  readonly count: number;
  readonly undated: number;
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
  /** Entries by member, in the order of `columns.members`. */
  readonly members: Uint32Array;
}

export function tally({ time, member, members }: CaseColumns, ids: Uint32Array): Tally {
  const perMember = new Uint32Array(members.length);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let undated = 0;
  for (let i = 0; i < ids.length; i++) {
    const entry = ids[i] as number;
    const index = member[entry] as number;
    perMember[index] = (perMember[index] as number) + 1;
    const t = time[entry] as number;
    if (t < first) first = t;
    if (t > last) last = t;
    if (Number.isNaN(t)) undated++;
  }
  const isDated = undated < ids.length;
  return {
    count: ids.length,
    undated,
    first: isDated ? (first as EpochMicros) : undefined,
    last: isDated ? (last as EpochMicros) : undefined,
    members: perMember,
  };
}

const known = new WeakMap<CaseColumns, Tally>();

/** Of all entries that are shown; counted once a snapshot. */
export function tallyOfAll(columns: CaseColumns): Tally {
  let all = known.get(columns);
  if (all === undefined) {
    all = tally(columns, selected(shownEntries(columns)));
    known.set(columns, all);
  }
  return all;
}

export function ofSource({ members }: CaseColumns, counted: Tally, source: number): number {
  let sum = 0;
  members.forEach((member, index) => {
    if (member.source === source) sum += counted.members[index] as number;
  });
  return sum;
}
