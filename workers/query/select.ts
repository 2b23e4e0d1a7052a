/** From a mask to entry numbers, ascending or in order of time. */
import type { CaseColumns, Mask } from "./columns.ts";

/** Entry numbers where the mask is 1, ascending. */
export function selected(mask: Mask): Uint32Array {
  const out = new Uint32Array(mask.length + 1);
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    out[count] = i;
    count += mask[i] as number;
  }
  return count === mask.length ? out.subarray(0, count) : out.slice(0, count);
}

/** The same entries in ascending time, ties by entry number, undated ones last. `ids` are those of the mask. */
export function inTimeOrder({ timeOrder }: CaseColumns, mask: Mask, ids: Uint32Array): Uint32Array {
  if (timeOrder === undefined) return ids;
  const out = new Uint32Array(ids.length + 1);
  let count = 0;
  for (let i = 0; i < timeOrder.length; i++) {
    const entry = timeOrder[i] as number;
    out[count] = entry;
    count += mask[entry] as number;
  }
  return out.subarray(0, count);
}

/** Turns ascending time round: undated entries stay last, and entries of one time stay in ascending number. */
export function latestFirst({ time }: CaseColumns, ascending: Uint32Array): Uint32Array {
  const out = new Uint32Array(ascending.length);
  let dated = ascending.length;
  while (dated > 0 && Number.isNaN(time[ascending[dated - 1] as number])) dated--;
  out.set(ascending.subarray(dated), dated);
  let filled = 0;
  for (let end = dated; end > 0; ) {
    let first = end - 1;
    const at = time[ascending[first] as number];
    while (first > 0 && time[ascending[first - 1] as number] === at) first--;
    for (let i = first; i < end; i++) out[filled++] = ascending[i] as number;
    end = first;
  }
  return out;
}
