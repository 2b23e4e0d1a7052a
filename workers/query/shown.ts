/** What a case shows: entries and sources that were removed are invisible everywhere. */
import type { CaseColumns, Mask } from "./columns.ts";
import type { SourceInfo } from "../contract.ts";

/** 1 for each entry whose source was not removed. */
export function shownEntries({ entries, removed }: CaseColumns): Mask {
  const mask = new Uint8Array(entries).fill(1);
  for (const { first, end } of removed) mask.fill(0, first, end);
  return mask;
}

/** The stretches of entries between those of removed sources. */
export function shownStretches({
  entries,
  removed,
}: CaseColumns): readonly { readonly first: number; readonly end: number }[] {
  const out: { first: number; end: number }[] = [];
  let first = 0;
  for (const gap of removed.toSorted((a, b) => a.first - b.first)) {
    if (gap.first > first) out.push({ first, end: gap.first });
    first = Math.max(first, gap.end);
  }
  if (first < entries) out.push({ first, end: entries });
  return out;
}

export function shownSources({ sources }: CaseColumns): readonly SourceInfo[] {
  return sources.filter(({ state }) => state !== "replaced");
}
