import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ResultId, Sort, TimeRange } from "../../workers/contract.ts";
import { FieldNames } from "../../workers/query/names.ts";
import { parse } from "../../workers/query/parser.ts";
import { print } from "../../workers/query/print.ts";
import { Result } from "../../workers/query/result.ts";
import { ALL } from "../../workers/query/tree.ts";
import { FIELDS, someCase, someTree } from "../query/arbitraries.ts";
import { fieldValues, matching, order, type ReferenceCase, sorted } from "../query/reference.ts";
import { rawOf } from "../support/fake-columns.ts";

const go = () => undefined;
const BY_TIME: Sort = { field: "time", descending: false };

describe("query text", () => {
  const names = new FieldNames(["key", "rare", "actor", "Odd, Name"]);

  test("a printed tree reads back as the same tree, in any zone", () => {
    fc.assert(
      fc.property(someTree, fc.constantFrom("UTC", "Asia/Kolkata", "-03:30"), (tree, zone) => {
        expect(parse(print(tree), names, zone).tree).toEqual(tree);
      }),
      { numRuns: 2000 },
    );
  });

  test("any text is read, or refused with a column within it", () => {
    const pieces = fc.constantFrom(
      "a",
      "actor",
      ":",
      "=",
      "!=",
      ">",
      "(",
      ")",
      "[",
      "]",
      " TO ",
      "..",
      ",",
      " ",
      '"',
      "'",
      "`",
      "-",
      "!",
      "*",
      "AND ",
      " or ",
      "time",
      "2024",
      "\\",
      "|",
      "/x/",
      "~",
      "@",
      "has",
      "id",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        try {
          const { tree } = parse(text, names, "UTC");
          expect(parse(print(tree), names, "UTC").tree).toEqual(tree);
        } catch (error) {
          const { fault } = error as { fault?: { code: string; offset: number; message: string } };
          if (fault === undefined) throw error;
          expect(fault.code).toMatch(/^query\./);
          expect(fault.offset).toBeGreaterThanOrEqual(0);
          expect(fault.offset).toBeLessThan(text.length);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe("the engine and a row-by-row reading agree", () => {
  test("on which entries match, in what order", async () => {
    const sort = fc.record({
      field: fc.constantFrom("time", "id", "source", "member", "flag", ...FIELDS, "custom7"),
      descending: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(someCase, someTree, sort, async (reference, tree, by) => {
        const result = await Result.of(reference.columns, tree, by, go);
        expect([...result.selection]).toEqual(sorted(reference, matching(reference, tree), by));
      }),
      { numRuns: 3000 },
    );
  });

  test("on counts, sources and extent", async () => {
    await fc.assert(
      fc.asyncProperty(someCase, someTree, async (reference, tree) => {
        const { rows, columns } = reference;
        const info = (await Result.of(columns, tree, BY_TIME, go)).info(1 as ResultId, 0);
        const ids = matching(reference, tree);
        const all = matching(reference, ALL);
        const timesOf = (some: readonly number[]) => some.flatMap((id) => rows[id]?.time ?? []).sort((a, b) => a - b);
        const inSource = (some: readonly number[], source: number) =>
          some.filter((id) => columns.members[rows[id]?.member ?? 0]?.source === source).length;
        expect(info).toMatchObject({
          total: all.length,
          matched: ids.length,
          undatedTotal: all.length - timesOf(all).length,
          undatedMatched: ids.length - timesOf(ids).length,
          first: timesOf(ids)[0],
          last: timesOf(ids).at(-1),
          firstOfAll: timesOf(all)[0],
          lastOfAll: timesOf(all).at(-1),
          perSource: columns.sources.map(({ id }) => ({
            source: id,
            matched: inSource(ids, id),
            total: inSource(all, id),
          })),
        });
      }),
      { numRuns: 500 },
    );
  });

  test("on every bucket of a histogram", async () => {
    const bound = fc.option(
      fc.integer({ min: 1_714_557_500, max: 1_714_565_600 }).map((s) => s * 1e6),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(
        someCase,
        someTree,
        fc.integer({ min: 1, max: 40 }),
        bound,
        bound,
        async (reference, tree, most, from, to) => {
          const { rows, columns } = reference;
          const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } as TimeRange;
          const result = await Result.of(columns, tree, BY_TIME, go);
          const histogram = result.histogram(most, range);
          const ids = matching(reference, tree);
          expect(histogram.totals.length).toBeLessThanOrEqual(most);
          expect(histogram.from + histogram.width * histogram.totals.length).toBe(histogram.to);
          const bucketOf = (id: number) =>
            Math.floor(((rows[id]?.time ?? Number.NaN) - histogram.from) / histogram.width);
          const expected = (some: readonly number[]) =>
            Array.from(histogram.totals, (_, bucket) => some.filter((id) => bucketOf(id) === bucket).length);
          expect([...histogram.totals]).toEqual(expected(matching(reference, ALL)));
          for (const { source, counts } of histogram.series) {
            expect([...counts]).toEqual(
              expected(ids.filter((id) => columns.members[rows[id]?.member ?? 0]?.source === source)),
            );
          }
          const shown = histogram.series.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
          expect(shown + histogram.undatedMatched + histogram.matchedOutside).toBe(result.matched);
          if (from === undefined && to === undefined) expect(histogram.matchedOutside).toBe(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("on facets", async () => {
    const limits = fc.integer({ min: 0, max: 8 });
    const fields = fc.constantFrom(...FIELDS, "source", "member", "flag", "format", "custom7");
    await fc.assert(
      fc.asyncProperty(
        someCase,
        someTree,
        fields,
        limits,
        fc.constantFrom("", "s", "SSH", "é"),
        async (reference, tree, field, limit, contains) => {
          const result = await Result.of(reference.columns, tree, BY_TIME, go);
          const [facet] = await result.facets([field], limit, contains, go);
          expect(facet).toEqual(facetOf(reference, matching(reference, tree), field, limit, contains));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("pages", () => {
  test("of any size put together are one big page", async () => {
    await fc.assert(
      fc.asyncProperty(someCase, someTree, fc.integer({ min: 1, max: 9 }), async (reference, tree, size) => {
        const columns = [...FIELDS, "time", "id", "source", "member", "flag"];
        const result = await Result.of(reference.columns, tree, { field: "actor", descending: true }, go);
        const whole = result.rows(0, 500, columns);
        const pages = Array.from({ length: Math.ceil(result.matched / size) }, (_, i) =>
          result.rows(i * size, size, columns),
        );
        expect(pages.flatMap((page) => [...page.entries])).toEqual([...result.selection]);
        expect(columns.map((_, i) => pages.flatMap((page) => page.cells[i] ?? []))).toEqual(whole.cells);
        expect(pages.flatMap((page) => [...page.time])).toEqual([...whole.time]);
        for (const [i, field] of FIELDS.entries()) {
          const expected = Array.from(whole.entries, (id) => fieldValues(reference, field, id));
          expect(whole.cells[i]).toEqual(expected.map((values) => (values.length > 1 ? values : (values[0] ?? ""))));
        }
      }),
      { numRuns: 300 },
    );
  });
});

function facetOf(reference: ReferenceCase, ids: readonly number[], field: string, limit: number, contains: string) {
  const counts = new Map<string, number>();
  let missing = 0;
  for (const id of ids) {
    const all = fieldValues(reference, field, id);
    const values = field === "source" ? all.slice(0, 1) : all;
    if (values.length === 0) missing++;
    for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const fold = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const values = [...counts]
    .filter(([value]) => fold(value).includes(fold(contains)))
    .sort(([a, x], [b, y]) => y - x || order(`x${a}`, `x${b}`))
    .map(([value, count]) => ({ value, count }));
  return { field, values: values.slice(0, limit), distinct: counts.size, missing };
}

test("the arbitraries give entries something to match", () => {
  const found = fc
    .sample(fc.tuple(someCase, someTree), 300)
    .map(([reference, tree]) => matching(reference, tree).length);
  expect(found.filter((count) => count > 0).length).toBeGreaterThan(100);
  expect(fc.sample(someCase, 50).some(({ rows }) => rows.some((row) => rawOf(row).includes("sshd")))).toBe(true);
});
