import { describe, expect, test } from "vitest";
import type { Clause, EpochMicros, ResultId } from "../../workers/contract.ts";
import { explain } from "../../workers/query/explain.ts";
import { axisFor } from "../../workers/query/histogram.ts";
import { fieldInfos } from "../../workers/query/names.ts";
import { Result } from "../../workers/query/result.ts";
import { faultOf, raise } from "../../workers/base/fault.ts";
import { fakeColumns } from "../support/fake-columns.ts";
import { ask, go, request } from "./ask.ts";

const SECOND = 1_000_000;
const columns = fakeColumns(
  [
    { time: 30 * SECOND, fields: { actor: "root", action: "open", target: ["a", "b"], ref: "r1" } },
    { time: 10 * SECOND, fields: { actor: "alice", action: "open", target: ["b"], ref: "r1" } },
    { fields: { actor: "root", action: "close", ref: "r2" } },
    { time: 20 * SECOND, fields: { actor: "bob", action: "open" } },
    { time: 10 * SECOND, fields: { action: "close", "raw.odd name": "1", ref: "r3" } },
  ],
  { originals: ["unused"] },
);
const open = (text: string, changes = {}) => Result.open(columns, request(text, changes), go);

describe("chips, text and range", () => {
  const clause = (field: string, values: readonly string[], not = false, enabled = true): Clause => ({
    field,
    values,
    not,
    enabled,
  });
  test.each([
    [[clause("actor", ["root"])], [0, 2]],
    [[clause("actor", ["root"], true)], [1, 4, 3]],
    [[clause("actor", ["root", "bob"])], [3, 0, 2]],
    [[clause("actor", [])], [4]],
    [[clause("whologin", [], true)], [1, 3, 0, 2]],
    [[clause("actor", ["root"], false, false)], [1, 4, 3, 0, 2]],
    [[clause("actor", ["root"]), clause("action", ["open"])], [0]],
    [[clause("raw.odd name", ["1"])], [4]],
    [[clause("id", ["3"])], [3]],
    [[clause("time", ["1970-01-01T00:00:10Z"])], [1, 4]],
    [[clause("flag", ["duplicate"], true)], [1, 4, 3, 0, 2]],
  ])("%j", async (clauses, expected) => {
    expect(await ask(columns, "", { clauses })).toEqual(expected);
  });

  test("become one query text that stands for them all", async () => {
    const range = { from: (5 * SECOND) as EpochMicros, to: (25 * SECOND) as EpochMicros };
    const clauses = [clause("actor", ["root", "o'b"], true), clause("target", [])];
    const result = await open("open OR close", { clauses, range, zone: "Asia/Tokyo" });
    const { query } = result.info(1 as ResultId, 0);
    expect(query).toBe(
      `NOT actor=(root, "o'b") AND missing:target AND (open OR close) AND time>=1970-01-01T00:00:05Z AND time<1970-01-01T00:00:25Z`,
    );
    expect(await ask(columns, query)).toEqual([...result.selection]);
  });

  test("a chip on an unknown field is a fault", async () => {
    const fault = await open("", { clauses: [clause("acter", ["x"])] }).catch(faultOf);
    expect(fault).toMatchObject({ code: "query.field", suggestions: expect.arrayContaining(["actor"]) });
    expect(await open("", { sort: { field: "nope", descending: false } }).catch(faultOf)).toMatchObject({
      code: "query.field",
    });
  });
});

describe("order", () => {
  const by = (field: string, descending = false) => ask(columns, "", { sort: { field, descending } });
  test("ties follow time, then entry number; what lacks the field comes last either way", async () => {
    expect(await by("time")).toEqual([1, 4, 3, 0, 2]);
    expect(await by("time", true)).toEqual([0, 3, 1, 4, 2]);
    expect(await by("actor")).toEqual([1, 3, 0, 2, 4]);
    expect(await by("actor", true)).toEqual([0, 2, 3, 1, 4]);
    expect(await by("ref")).toEqual([1, 0, 2, 4, 3]);
    expect(await by("whattargetname", true)).toEqual([1, 0, 4, 3, 2]);
    expect(await by("id", true)).toEqual([4, 3, 2, 1, 0]);
  });
  test("numbers go by size where all are numbers", async () => {
    const counts = (...all: string[]) => fakeColumns(all.map((count) => ({ fields: { count } })));
    const sort = { field: "count", descending: false };
    expect(await ask(counts("10", "9", "-1", "2.5"), "", { sort })).toEqual([2, 3, 1, 0]);
    expect(await ask(counts("10", "9", "x"), "", { sort })).toEqual([0, 1, 2]);
    expect(await ask(counts("10", "9", "x"), "NOT count:x", { sort })).toEqual([1, 0]);
  });
});

test("pages hold cells, ids and times; more than 500 rows are refused", async () => {
  const page = (await open("")).rows(0, 500, [
    "whologin",
    "target",
    "ref",
    "time",
    "id",
    "source",
    "member",
    "data",
    "raw.unused",
  ]);
  expect([...page.entries]).toEqual([1, 4, 3, 0, 2]);
  expect(page.time[4]).toBeNaN();
  expect([...page.member]).toEqual([1, 1, 1, 1, 1]);
  expect(page.cells.map((cells) => [cells[3], cells[4]])).toEqual([
    ["root", "root"],
    [["a", "b"], ""],
    ["r1", "r2"],
    ["1970-01-01T00:00:30.000000Z", ""],
    ["0", "2"],
    ["AU", "AU"],
    ["audit.log", "audit.log"],
    ["", ""],
    ["", ""],
  ]);
  const result = await open("");
  expect(result.rows(4, 10, []).entries.length).toBe(1);
  expect(result.rows(9, 10, []).entries.length).toBe(0);
  expect(() => result.rows(0, 501, [])).toThrow("at most 500");
});

describe("facets", () => {
  test("count each value of a list once an entry, and tell what is missing", async () => {
    const result = await open("");
    expect(await result.facets(["target", "actor", "ref", "source", "flag"], 2, "", go)).toEqual([
      {
        field: "target",
        values: [
          { value: "b", count: 2 },
          { value: "a", count: 1 },
        ],
        distinct: 2,
        missing: 3,
      },
      {
        field: "actor",
        values: [
          { value: "root", count: 2 },
          { value: "alice", count: 1 },
        ],
        distinct: 3,
        missing: 1,
      },
      {
        field: "ref",
        values: [
          { value: "r1", count: 2 },
          { value: "r2", count: 1 },
        ],
        distinct: 3,
        missing: 1,
      },
      { field: "source", values: [{ value: "AU", count: 5 }], distinct: 1, missing: 0 },
      { field: "flag", values: [], distinct: 0, missing: 5 },
    ]);
    expect(await result.facets(["actor"], 9, "O", go)).toMatchObject([
      { values: [{ value: "root" }, { value: "bob" }], distinct: 3 },
    ]);
    expect(await result.facets(["time"], 9, "", go).catch(faultOf)).toMatchObject({ code: "request.invalid" });
  });
});

test("a value that an entry repeats counts once", async () => {
  const repeated = fakeColumns([{ fields: { target: ["a", "b", "a"] } }, { fields: { target: "a" } }]);
  const [facet] = await (await Result.open(repeated, request(""), go)).facets(["target"], 9, "", go);
  expect(facet?.values).toEqual([
    { value: "a", count: 2 },
    { value: "b", count: 1 },
  ]);
});

describe("histogram", () => {
  test("buckets are of readable width, at most as many as asked", () => {
    expect(axisFor(0, 86_400 * SECOND, 24)).toEqual({ from: 0, width: 3600 * SECOND, count: 24 });
    expect(axisFor(1, 86_400 * SECOND, 23)).toEqual({ from: 0, width: 7200 * SECOND, count: 12 });
    expect(axisFor(90 * SECOND, 100 * SECOND, 10)).toEqual({ from: 90 * SECOND, width: SECOND, count: 10 });
    expect(axisFor(7, 8, 200)).toEqual({ from: 7, width: 1, count: 1 });
    for (const most of [1, 2, 7, 60, 200]) {
      for (const span of [1, 999, 12_345_678, 9e9, 3e12, 7e15])
        expect(axisFor(-span, span, most).count).toBeLessThanOrEqual(most);
    }
  });

  test("shows all entries behind the matching ones, and counts what lies outside", async () => {
    const histogram = (await open("actor:root OR actor:bob")).histogram(3, {});
    expect(histogram).toMatchObject({
      from: 10 * SECOND,
      to: 40 * SECOND,
      width: 10 * SECOND,
      undatedMatched: 1,
      undatedTotal: 1,
      matchedOutside: 0,
    });
    expect([...histogram.totals]).toEqual([2, 1, 1]);
    expect([...(histogram.series[0]?.counts ?? [])]).toEqual([0, 1, 1]);
    const zoomed = (await open("actor:root OR actor:bob")).histogram(5, { to: (20 * SECOND) as EpochMicros });
    expect(zoomed).toMatchObject({ from: 10 * SECOND, to: 20 * SECOND, width: 2 * SECOND, matchedOutside: 2 });
  });

  test("of nothing dated is empty", async () => {
    const undated = await Result.open(fakeColumns([{}, {}]), request(""), go);
    expect(undated.histogram(10, {})).toMatchObject({
      totals: new Uint32Array(0),
      undatedMatched: 2,
      matchedOutside: 0,
    });
    const nothing = await Result.open(fakeColumns([]), request("x"), go);
    expect(nothing.histogram(10, {}).totals.length).toBe(0);
    expect(nothing.info(1 as ResultId, 0)).toMatchObject({ total: 0, matched: 0, first: undefined });
  });
});

test("an entry and a time are found in any order", async () => {
  const up = await open("NOT id=3");
  expect([...up.selection]).toEqual([1, 4, 0, 2]);
  expect(up.locate({ entry: 0 })).toBe(2);
  expect(up.locate({ entry: 3 })).toBeUndefined();
  expect(up.locate({ time: (10 * SECOND) as EpochMicros })).toBe(0);
  expect(up.locate({ time: (11 * SECOND) as EpochMicros })).toBe(2);
  expect(up.locate({ time: (31 * SECOND) as EpochMicros })).toBeUndefined();
  const down = await open("", { sort: { field: "time", descending: true } });
  expect(down.locate({ time: (11 * SECOND) as EpochMicros })).toBe(1);
});

test("explain counts each condition alone, and the result without it", async () => {
  const clauses: Clause[] = [
    { field: "actor", values: ["root"], not: false, enabled: true },
    { field: "actor", values: ["nobody"], not: false, enabled: false },
  ];
  const range = { from: (15 * SECOND) as EpochMicros };
  expect(await explain(columns, request("action:open (b OR ref:r1)", { clauses, range }), go)).toEqual([
    { text: "actor=root", part: { kind: "clause", index: 0 }, alone: 2, without: 1 },
    { text: "action:open", part: { kind: "text", index: 0 }, alone: 3, without: 1 },
    { text: "b OR ref:r1", part: { kind: "text", index: 1 }, alone: 2, without: 1 },
    { text: "time>=1970-01-01T00:00:15Z", part: { kind: "range", index: 0 }, alone: 2, without: 1 },
  ]);
});

test("removed sources are seen nowhere", async () => {
  const rows = [
    { time: 1, member: 0, fields: { actor: "x" } },
    { time: 2, member: 1, fields: { actor: "y" } },
  ];
  const removed = fakeColumns(rows, {
    members: [
      { path: "a", source: 0 },
      { path: "b", source: 1 },
    ],
    sources: [
      { name: "a", code: "AA", removed: true },
      { name: "b", code: "BB" },
    ],
    removed: [{ first: 0, end: 1 }],
  });
  const result = await Result.open(removed, request(""), go);
  expect(result.info(1 as ResultId, 0)).toMatchObject({
    total: 1,
    matched: 1,
    firstOfAll: 2,
    perSource: [{ source: 2, total: 1 }],
  });
  expect(result.histogram(5, {}).series.map(({ source }) => source)).toEqual([2]);
  expect(await ask(removed, "NOT actor:y")).toEqual([]);
  expect(await result.facets(["actor"], 5, "", go)).toMatchObject([
    { values: [{ value: "y", count: 1 }], distinct: 1 },
  ]);
});

test("a cancelled evaluation stops at the next checkpoint", async () => {
  const many = fakeColumns(Array.from({ length: 3000 }, (_, i) => ({ raw: `needle ${i}` })));
  let calls = 0;
  const cancel = () => (++calls > 20 ? raise("cancelled", "Cancelled.", "Ask again.") : undefined);
  expect(await Result.open(many, request("*eedl*"), cancel).catch(faultOf)).toMatchObject({ code: "cancelled" });
  expect(calls).toBe(21);
});

test("fields are listed with their spellings, without loading a column", () => {
  const idle = {
    ...columns,
    field: () => {
      throw new Error("loaded");
    },
  };
  const infos = fieldInfos(idle);
  const info = (name: string) => infos.find((one) => one.name === name);
  expect(info("actor")).toEqual({
    name: "actor",
    title: "Actor",
    group: "canonical",
    kind: "text",
    aliases: ["whologin", "who.login"],
    present: true,
    secret: false,
  });
  expect(info("to")).toMatchObject({ aliases: ["wheredestination", "where.destination", "host"], present: false });
  expect(info("raw.odd name")).toMatchObject({ group: "original", aliases: ["odd name"], present: true });
  expect(info("source")).toMatchObject({ group: "evidence", aliases: ["src"] });
  expect(info("time")).toMatchObject({ kind: "time", present: true });
});
