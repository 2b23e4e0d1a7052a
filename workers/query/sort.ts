/**
 * Order of a result. By time, ties in ascending entry number; by any other field by its value (of several the first),
 * numbers by size where all values of the result are numbers, ties by time and entry number. Entries without the field
 * come last in both directions.
 */
import type { CaseColumns, Mask } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Sort } from "../contract.ts";
import { bindShown } from "./bind.ts";
import { compareNumeric, compareText, numeric } from "./numbers.ts";
import { inTimeOrder, latestFirst } from "./select.ts";
import { firstValues } from "./first-values.ts";

/** `ids` are the entries of the mask, ascending; `sort.field` is a query name. */
export async function ordered(
  columns: CaseColumns,
  mask: Mask,
  ids: Uint32Array,
  sort: Sort,
  checkpoint: Checkpoint,
): Promise<Uint32Array> {
  if (sort.field === "id") return sort.descending ? ids.toReversed() : ids;
  const byTime = inTimeOrder(columns, mask, ids);
  if (sort.field === "time") return sort.descending ? latestFirst(columns, byTime) : byTime;
  const { codes, size, text } = await firstValues(columns, bindShown(columns, sort.field), byTime, checkpoint);
  const ranks = ranksOf(codes, size, text, sort.descending);
  return countingSort(byTime, codes, ranks);
}

/** Place of each code in the order of values; code 0, absent, comes last. */
function ranksOf(codes: Uint32Array, size: number, text: (code: number) => string, descending: boolean): Uint32Array {
  const used = new Uint8Array(size + 1);
  for (let i = 0; i < codes.length; i++) used[codes[i] as number] = 1;
  const values: { readonly code: number; readonly text: string }[] = [];
  for (let code = 1; code <= size; code++) if (used[code] === 1) values.push({ code, text: text(code) });
  const sorted = sortedValues(values);
  const ranks = new Uint32Array(size + 1);
  ranks[0] = size;
  sorted.forEach(({ code }, rank) => {
    ranks[code] = descending ? sorted.length - 1 - rank : rank;
  });
  return ranks;
}

function sortedValues<V extends { readonly text: string }>(values: readonly V[]): readonly V[] {
  const numbers = [];
  for (const value of values) {
    const number = numeric(value.text);
    if (number === undefined) return values.toSorted((a, b) => compareText(a.text, b.text));
    numbers.push({ value, number });
  }
  return numbers
    .toSorted((a, b) => compareNumeric(a.number, b.number) || compareText(a.value.text, b.value.text))
    .map(({ value }) => value);
}

/** By the rank of each entry's code; stable. Ranks are below their number. */
function countingSort(entries: Uint32Array, codes: Uint32Array, ranks: Uint32Array): Uint32Array {
  const starts = new Uint32Array(ranks.length + 1);
  for (let i = 0; i < codes.length; i++) {
    const next = (ranks[codes[i] as number] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let rank = 1; rank <= ranks.length; rank++) {
    starts[rank] = (starts[rank] as number) + (starts[rank - 1] as number);
  }
  const out = new Uint32Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const rank = ranks[codes[i] as number] as number;
    const place = starts[rank] as number;
    out[place] = entries[i] as number;
    starts[rank] = place + 1;
  }
  return out;
}
