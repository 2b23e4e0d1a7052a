/** Rows of a long list out of pages: which pages a stretch of it needs, and the row at a place. */
import type { RejectPage, RejectRow } from "../../../workers/contract.ts";

export const REJECTS_A_PAGE = 100;

/** First rows of the two pages that cover `count` rows from `first`, as long as that is one page or less. */
export function pagesFor(first: number): readonly [number, number] {
  const page = Math.floor(Math.max(0, first) / REJECTS_A_PAGE) * REJECTS_A_PAGE;
  return [page, page + REJECTS_A_PAGE];
}

export function rejectAt(pages: readonly (RejectPage | undefined)[], index: number): RejectRow | undefined {
  for (const page of pages) {
    const row = page?.rows[index - page.first];
    if (row !== undefined) return row;
  }
  return undefined;
}

/** Where ↑ ↓ Page and Home/End lead; undefined = not a key of the list. */
export function rejectTarget(key: string, at: number, total: number, page: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: total - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(total - 1, to));
}

/** The bytes around a reject: as many before and after, within the member. */
export function around(reject: RejectRow, bytes: number, reach: number) {
  const start = Math.max(0, reject.offset - reach);
  const shown = Math.min(reject.length, reject.bytes.length);
  const end = Math.min(bytes, reject.offset + shown + reach);
  const mark = { start: reject.offset - start, end: reject.offset - start + shown };
  return { offset: start, length: Math.max(0, end - start), mark };
}
