/** Where in a result something stands. */
import type { CaseColumns } from "./columns.ts";

/**
 * Row of the first entry at or after a time: of those, the one with the earliest time, and of several the first row.
 * The same entry is meant whatever the order of the result. undefined = none is that late.
 */
export function rowAtTime({ time }: CaseColumns, selection: Uint32Array, at: number): number | undefined {
  let row: number | undefined;
  let earliest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < selection.length; i++) {
    const t = time[selection[i] as number] as number;
    if (t < at || !(t < earliest)) continue;
    earliest = t;
    row = i;
    if (t === at) break;
  }
  return row;
}

/** Row of an entry; undefined = the result does not have it. */
export function rowOfEntry(selection: Uint32Array, entry: number): number | undefined {
  const row = selection.indexOf(entry);
  return row < 0 ? undefined : row;
}
