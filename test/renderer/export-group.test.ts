import { describe, expect, test } from "vitest";
import type { EntryId, EpochMicros } from "../../workers/contract.ts";
import {
  type ExportPart,
  type FoundParts,
  groupOf as groupIn,
  rangeOf,
} from "../../renderer/views/detail/export-group.ts";

/** Seconds and rows of each batch; its number is its place. */
const parts = (...all: readonly (readonly [number, number | undefined])[]): readonly ExportPart[] =>
  all.map(([second, rows], at) => ({ entry: at as EntryId, time: second * 1_000_000, rows }));
const whole = (all: readonly ExportPart[]): FoundParts => ({ parts: all, range: {}, before: false, after: false });
const groupOf = (all: readonly ExportPart[], entry: EntryId) => groupIn(whole(all), entry);
const group = (all: readonly ExportPart[], entry: number): readonly number[] | undefined =>
  groupOf(all, entry as EntryId)?.parts.map((part) => part.entry);

describe("batches of one export", () => {
  test("follow each other, and a smaller one is the last", () => {
    const all = parts([0, 100], [1, 100], [2, 37], [3, 100], [4, 5]);
    expect(group(all, 0)).toEqual([0, 1, 2]);
    expect(group(all, 2)).toEqual([0, 1, 2]);
    expect(group(all, 3)).toEqual([3, 4]);
    expect(groupOf(all, 1 as EntryId)).toMatchObject({ at: 1, rows: 237, batch: 100 });
  });

  test("more than a minute apart are two exports", () => {
    expect(group(parts([0, 100], [61, 20]), 0)).toEqual([0]);
    expect(group(parts([0, 100], [60, 20]), 0)).toEqual([0, 1]);
  });

  test("may be larger than usual", () => {
    expect(groupOf(parts([0, 250], [1, 250], [2, 100]), 0 as EntryId)).toMatchObject({ rows: 600, batch: 250 });
  });

  test("without bodies have no known sum", () => {
    const found = groupOf(parts([0, undefined], [1, undefined]), 1 as EntryId);
    expect(found?.parts).toHaveLength(2);
    expect(found?.rows).toBeUndefined();
  });

  test("small exports by themselves stay so, and an entry that is none has no group", () => {
    expect(group(parts([0, 3], [1, 3]), 1)).toEqual([1]);
    expect(group(parts([0, 3]), 7)).toBeUndefined();
  });

  test("are in the range from the first to the last, both included", () => {
    const found = groupOf(parts([5, 100], [6, 1]), 5 as EntryId) ?? groupOf(parts([5, 100], [6, 1]), 0 as EntryId);
    expect(found && rangeOf(found)).toEqual({ from: 5_000_000, to: 6_000_001 });
  });

  test("may go on where nobody looked: before, after, or beyond the range", () => {
    const openOf = (found: Partial<FoundParts>, entry: number) =>
      groupIn({ ...whole(parts([100, 100], [101, 100])), ...found }, entry as EntryId)?.isOpen;
    expect(openOf({}, 0)).toEqual({ before: false, after: false });
    expect(openOf({ before: true, after: true }, 0)).toEqual({ before: true, after: true });
    const at = (second: number) => (second * 1_000_000) as EpochMicros;
    expect(openOf({ range: { from: at(40), to: at(200) } }, 1)).toEqual({ before: true, after: false });
    expect(openOf({ range: { from: at(39), to: at(161) } }, 1)).toEqual({ before: false, after: true });
    // A smaller batch ends its export, and what follows the end of another is no part of it.
    const ended = parts([100, 100], [101, 7], [102, 100], [103, 100]);
    expect(openOf({ parts: ended, before: true, after: true }, 1)).toEqual({ before: true, after: false });
    expect(openOf({ parts: ended, before: true, after: true }, 3)).toEqual({ before: false, after: true });
  });
});
