import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntryId } from "../../workers/contract.ts";
import { FLAG } from "../../workers/contract.ts";
import { copiesOf, overlapsOf } from "../../workers/query/repeats.ts";
import { Result } from "../../workers/query/result.ts";
import { type FakeOptions, type FakeRow, fakeColumns } from "../support/fake-columns.ts";
import { ask, go, request } from "./ask.ts";
import { thingsTwice } from "./repeats-reference.ts";

const SECOND = 1_000_000;
const START = 1_730_707_262 * SECOND;
const MEMBERS: FakeOptions = {
  members: [{ path: "dump.json" }, { path: "console.csv", source: 1 }, { path: "late.json", source: 2 }],
  sources: [
    { name: "dump.json", code: "DU" },
    { name: "console.csv", code: "CO" },
    { name: "late.json", code: "LA" },
  ],
};
const columnsOf = (rows: readonly FakeRow[], options: FakeOptions = {}) =>
  fakeColumns(rows, { ...MEMBERS, ...options });

/** A document of a dump: its time in ms, an id. */
function document(at: number, ref: string, fields: FakeRow["fields"] = {}): FakeRow {
  const own = { family: "binalyze-air", ref, actor: "eva", code: "user-login", ...fields };
  return { time: START + at, precision: 3, fields: own };
}
/** A row of the console's table: whole seconds, no id. */
function tableRow(at: number, fields: FakeRow["fields"] = {}): FakeRow {
  const time = START + Math.floor(at / SECOND) * SECOND;
  return {
    time,
    precision: 0,
    member: 1,
    fields: { family: "binalyze-air", actor: "eva", code: "user-login", ...fields },
  };
}

async function again(rows: readonly FakeRow[], options?: FakeOptions): Promise<readonly number[]> {
  return (await ask(columnsOf(rows, options), "repeat:again")).toSorted((a, b) => a - b);
}
async function firsts(rows: readonly FakeRow[]): Promise<readonly number[]> {
  return (await ask(columnsOf(rows), "repeat:first")).toSorted((a, b) => a - b);
}

describe("a dump and a table of the same events", () => {
  const actors = ["eva", "o'neil", "zoë"];
  const dump = Array.from({ length: 20 }, (_, i) =>
    document(i * 700_000 + 345_000, `id-${i}`, {
      actor: actors[i % 3] ?? "",
      code: i % 4 === 0 ? "user-login" : "policy-updated",
      from: `192.0.2.${i % 2}`,
      outcome: i % 5 === 0 ? "fail" : "success",
      session: `s${i}`,
    }),
  );
  const table = dump.map(({ time = 0, fields = {} }) =>
    tableRow(time - START, { actor: fields["actor"] ?? "", code: fields["code"] ?? "", from: fields["from"] ?? "" }),
  );
  const only = tableRow(60 * SECOND);

  test("are one thing each, whichever was imported first", async () => {
    expect(await again([...dump, ...table, only])).toEqual(Array.from({ length: 20 }, (_, i) => 20 + i));
    expect(await firsts([...dump, ...table, only])).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(await again([...table, only, ...dump.toReversed()])).toEqual(Array.from({ length: 20 }, (_, i) => 21 + i));
    expect(await ask(columnsOf([...dump, ...table, only]), "NOT repeat:again")).toHaveLength(21);
  });

  test("are counted, shown, sorted and explained as any field", async () => {
    const columns = columnsOf([...dump, ...table, only]);
    const result = await Result.open(columns, request("", { sort: { field: "repeat", descending: false } }), go);
    expect(await result.facets(["repeat"], 9, "", go)).toEqual([
      {
        field: "repeat",
        values: [
          { value: "again", count: 20 },
          { value: "first", count: 20 },
        ],
        distinct: 2,
        missing: 1,
      },
    ]);
    expect(result.rows(39, 2, ["repeat", "member"]).cells).toEqual([
      ["first", ""],
      ["dump.json", "console.csv"],
    ]);
    const clauses = [{ field: "repeat", not: true, values: ["again"], enabled: true }];
    const once = await Result.open(columns, request("actor:eva", { clauses }), go);
    expect(once.info(1 as never, 0).query).toBe("repeat!=again AND actor:eva");
    expect(await ask(columns, once.info(1 as never, 0).query)).toEqual([...once.selection]);
    expect(await ask(columns, "missing:repeat")).toEqual([40]);
  });

  test("know each other, and how far they overlap", () => {
    const columns = columnsOf([...dump, ...table, only]);
    expect(copiesOf(columns, 3 as EntryId)).toEqual([{ entry: 23, source: 2, member: 2 }]);
    expect(copiesOf(columns, 23 as EntryId)).toEqual([{ entry: 3, source: 1, member: 1 }]);
    expect(copiesOf(columns, 40 as EntryId)).toEqual([]);
    const first = START;
    expect(overlapsOf(columns)).toEqual([{ member: 2, other: 1, entries: 20, first, last: START + 13 * SECOND }]);
  });

  test("without one of the two are told once", async () => {
    expect(await again([...dump, only])).toEqual([]);
    const removed = { removed: [{ first: 0, end: 20 }] };
    expect(await again([...dump, ...table], removed)).toEqual([]);
    expect(copiesOf(columnsOf([...dump, ...table], removed), 23 as EntryId)).toEqual([]);
    expect(overlapsOf(columnsOf([...dump, ...table], removed))).toEqual([]);
  });
});

describe("without a reference in one of them", () => {
  test("each has one copy in the other member: two of one second pair with two", async () => {
    const two = [document(100_000, "a"), document(200_000, "b")];
    expect(await again([...two, tableRow(0), tableRow(0)])).toEqual([2, 3]);
    expect(await again([...two, tableRow(0)])).toEqual([2]);
    expect(await again([document(100_000, "a"), tableRow(0), tableRow(0)])).toEqual([1]);
    expect(await again([tableRow(0), tableRow(0)])).toEqual([]);
  });

  test("what tells the same of target and place is paired before what merely does not contradict", async () => {
    const rows = [
      document(100_000, "a", { target: "X" }),
      document(200_000, "b", { target: "Y" }),
      tableRow(0),
      tableRow(0, { target: "X" }),
    ];
    const columns = columnsOf(rows);
    expect(copiesOf(columns, 3 as EntryId)).toMatchObject([{ entry: 0 }]);
    expect(copiesOf(columns, 2 as EntryId)).toMatchObject([{ entry: 1 }]);
  });

  test.each([
    ["another second", document(999_000, "a"), tableRow(SECOND)],
    ["another actor", document(0, "a"), tableRow(0, { actor: "mallory" })],
    ["another code", document(0, "a"), tableRow(0, { code: "user-logout" })],
    ["another family", document(0, "a"), tableRow(0, { family: "aqtive-guard" })],
    ["another target", document(0, "a", { target: "X" }), tableRow(0, { target: "Y" })],
    ["another place", document(0, "a", { from: "192.0.2.1" }), tableRow(0, { from: "192.0.2.2" })],
    ["another outcome", document(0, "a", { outcome: "success" }), tableRow(0, { outcome: "fail" })],
    ["no code", document(0, "a", { code: [] }), tableRow(0, { code: [] })],
    ["no family", document(0, "a", { family: [] }), tableRow(0, { family: [] })],
    ["no time", { ...document(0, "a"), time: undefined }, { ...tableRow(0), time: undefined }],
  ])("%s is another thing", async (_, one, other) => {
    expect(await again([one, other])).toEqual([]);
  });

  test("times are compared to the coarser precision, never beyond it", async () => {
    const at = (time: number, precision: number, member: number): FakeRow => ({
      ...tableRow(0),
      time: START + time,
      precision,
      member,
    });
    expect(await again([at(345_678, 6, 0), at(345_000, 3, 1)])).toEqual([1]);
    expect(await again([at(345_678, 9, 0), at(346_000, 3, 1)])).toEqual([]);
    expect(await again([at(345_678, 6, 0), at(0, 0, 1), at(345_000, 3, 2)])).toEqual([1, 2]);
    expect(await again([at(345_678, 6, 0), at(0, 0, 1), at(346_000, 3, 2)])).toEqual([1]);
    expect(await again([at(-1 - START, 6, 0), at(-SECOND - START, 0, 1)])).toEqual([1]);
    expect(await again([at(-1 - START, 6, 0), at(-START, 0, 1)])).toEqual([]);
  });

  test("families that many systems share need an actor, and labels that agree", async () => {
    const of = (member: number, fields: FakeRow["fields"]): FakeRow => ({
      ...tableRow(0, { family: "generic-json", ...fields }),
      member,
    });
    expect(await again([of(0, { label: "in" }), of(1, { label: "in" })])).toEqual([1]);
    expect(await again([of(0, { label: "in" }), of(1, { label: "out" })])).toEqual([]);
    expect(await again([of(0, { actor: [] }), of(1, { actor: [] })])).toEqual([]);
    expect(await again([tableRow(0, { label: "in" }), { ...document(0, "a", { label: "out" }) }])).toEqual([1]);
    expect(await again([tableRow(0, { actor: [] }), { ...document(0, "a", { actor: [] }) }])).toEqual([1]);
  });

  test("equal lines of text are equal, and no copies", async () => {
    expect(await again([tableRow(0, { family: "text" }), { ...tableRow(0, { family: "text" }), member: 2 }])).toEqual(
      [],
    );
  });
});

describe("with a reference in both", () => {
  const bundle = Array.from({ length: 5 }, (_, i) => document(i * 100_000, `u${i}`));
  const second = bundle.map((row) => ({ ...row, member: 1 }));

  test("a bundle that was collected twice is told once", async () => {
    expect(await again([...bundle, ...second])).toEqual([5, 6, 7, 8, 9]);
    expect(await again([...bundle, ...second, ...bundle.map((row) => ({ ...row, member: 2 }))])).toHaveLength(10);
  });

  test("an id that comes twice in one member is told again", async () => {
    const repeated = { ...document(0, "u0"), flags: FLAG.duplicate };
    expect(await again([...bundle, repeated])).toEqual([5]);
    expect(await again([...bundle, ...second, repeated])).toEqual([5, 6, 7, 8, 9, 10]);
    const columns = columnsOf([...bundle, ...second, repeated]);
    expect(copiesOf(columns, 0 as EntryId).map(({ entry }) => entry)).toEqual([5, 10]);
  });

  test("another id is another thing, and so is an id at another time", async () => {
    expect(await again([document(0, "a"), { ...document(0, "b"), member: 1 }])).toEqual([]);
    expect(await again([document(0, "1"), { ...document(5_000, "1"), member: 1 }])).toEqual([]);
    expect(await again([document(0, "1"), { ...document(0, "1"), member: 1, time: undefined }])).toEqual([]);
    expect(await again([document(0, "1"), { ...document(0, "1", { family: "aqtive-guard" }), member: 1 }])).toEqual([]);
  });

  test("undated, actor and code bear the id out", async () => {
    const undated = (member: number, fields = {}): FakeRow => ({
      ...document(0, "1", fields),
      time: undefined,
      member,
    });
    expect(await again([undated(0), undated(1)])).toEqual([1]);
    expect(await again([undated(0), undated(1, { code: "other" })])).toEqual([]);
    expect(overlapsOf(columnsOf([undated(0), undated(1)]))).toEqual([
      { member: 2, other: 1, entries: 1, first: undefined, last: undefined },
    ]);
  });

  test("a table pairs with one of a thing that two dumps tell", async () => {
    const rows = [document(0, "a"), { ...document(0, "a"), member: 2 }, tableRow(0), tableRow(0)];
    expect(await again(rows)).toEqual([1, 2]);
    expect(copiesOf(columnsOf(rows), 2 as EntryId).map(({ entry }) => entry)).toEqual([0, 1]);
  });

  test("what tells something else of the same id is shown as well", async () => {
    const other = (fields: FakeRow["fields"]) => [
      document(0, "a", { outcome: "fail" }),
      { ...document(0, "a", fields), member: 1 },
    ];
    expect(await again(other({}))).toEqual([1]);
    expect(await again(other({ outcome: "success" }))).toEqual([]);
    expect(await again(other({ actor: "mallory" }))).toEqual([]);
    expect(await again(other({ target: "WKS-1" }))).toEqual([1]);
    // An id that a log of any system uses for more than one line.
    const line = (label: string, flags: number) => ({ ...document(0, "r1", { family: "generic-json", label }), flags });
    expect(await again([line("started", 0), line("ended", FLAG.duplicate), line("ended", FLAG.duplicate)])).toEqual([
      2,
    ]);
  });

  test("a table pairs with the one that it tells of", async () => {
    const rows = [
      document(0, "a"),
      { ...document(0, "a", { code: "login" }), member: 2 },
      tableRow(0),
      tableRow(0, { code: "login" }),
    ];
    expect(await again(rows)).toEqual([2, 3]);
    expect(copiesOf(columnsOf(rows), 3 as EntryId)).toMatchObject([{ entry: 1 }]);
  });

  test("parts of an audit event are no copies of each other", async () => {
    const event = (member: number, fields: FakeRow["fields"], flags = 0): FakeRow => ({
      ...document(0, "1730707262.000:77", { family: "linux-auditd", code: "SYSCALL", ...fields }),
      member,
      flags,
    });
    const whole = { target: "/etc/shadow", outcome: "success" };
    expect(await again([event(0, whole), event(1, whole)])).toEqual([1]);
    expect(await again([event(0, whole), event(1, { ...whole, to: "web1" })])).toEqual([1]);
    expect(await again([event(0, { ...whole, to: "web2" }), event(1, { ...whole, to: "web1" })])).toEqual([]);
    expect(await again([event(0, whole), event(1, { outcome: "success" })])).toEqual([]);
    expect(await again([event(0, whole), event(1, { ...whole, code: "PATH" })])).toEqual([]);
    expect(await again([event(0, whole), event(1, whole, FLAG.incomplete)])).toEqual([]);
    // A record that came late is an entry of its own, flagged; it is a part of the event, not its copy.
    expect(await again([event(0, whole), event(0, whole, FLAG.duplicate)])).toEqual([]);
  });
});

test("no column is loaded until somebody asks", async () => {
  const columns = columnsOf([document(0, "a"), tableRow(0)]);
  const asked: string[] = [];
  const watched = { ...columns, field: (name: string) => (asked.push(name), columns.field(name)) };
  await ask(watched, "actor:eva");
  expect(asked).not.toContain("ref");
  await ask(watched, "repeat:again");
  expect(asked).toContain("ref");
  const before = asked.length;
  await ask(watched, "NOT repeat:again");
  expect(asked.length).toBe(before);
});

test("an entry lists at most 1,000 copies", () => {
  const rows = Array.from({ length: 1_500 }, (_, i) => ({ ...document(0, "a"), flags: i === 0 ? 0 : FLAG.duplicate }));
  expect(copiesOf(columnsOf(rows), 3 as EntryId)).toHaveLength(1_000);
});

/** Mostly one value, so that many rows tell the same. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });
const told = (...texts: readonly [string, ...string[]]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 3, arbitrary: mostly<string>(...texts) });

const someRow: fc.Arbitrary<FakeRow> = fc
  .record({
    time: mostly<number | undefined>(
      START,
      START + 345_000,
      START + 345_600,
      START + SECOND,
      -1,
      -SECOND,
      0,
      undefined,
    ),
    precision: fc.constantFrom(0, 3, 6, 9),
    member: fc.integer({ min: 0, max: 2 }),
    flags: mostly(0, FLAG.incomplete),
    family: mostly<string | undefined>(
      "binalyze-air",
      "generic-json",
      "generic-json",
      "linux-auditd",
      "linux-auditd",
      "text",
      undefined,
    ),
    ref: fc.option(fc.constantFrom("1", "2", "3"), { freq: 2, nil: undefined }),
    actor: mostly<string | undefined>("eva", "zoë", undefined),
    code: mostly<string | undefined>("in", "out", undefined),
    target: told("X", "Y"),
    outcome: told("success", "fail"),
    from: told("192.0.2.1", "192.0.2.2"),
    to: told("web1", "web2"),
    label: told("in", "out"),
  })
  .map(({ time, precision, member, flags, ...texts }) => {
    const fields = Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text ? [[name, text]] : [])));
    return { time, precision, member, flags, fields };
  });

/** A reference that came before in its member is flagged, as an import does. */
function flagged(rows: readonly FakeRow[]): readonly FakeRow[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const key = `${row.member} ${String(row.fields?.["ref"])}`;
    const isRepeat = row.fields?.["ref"] !== undefined && seen.has(key);
    seen.add(key);
    return isRepeat ? { ...row, flags: (row.flags ?? 0) | FLAG.duplicate } : row;
  });
}

test("what is found is what comparing every entry with every other finds", async () => {
  const removals = fc.constantFrom<{ first: number; end: number }[]>([], [], [{ first: 2, end: 5 }]);
  const hashes = fc.constantFrom<string[]>([], ["actor", "target"]);
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(someRow, { maxLength: 40, size: "max" }).map(flagged),
      removals,
      hashes,
      async (rows, gaps, hashed) => {
        const removed = gaps.filter(({ end }) => end <= rows.length);
        const columns = columnsOf(rows, { removed, hashed });
        const things = thingsTwice(rows, (id) => removed.some(({ first, end }) => id >= first && id < end));
        found += things.length;
        const ids = (text: string) => ask(columns, text, { sort: { field: "id", descending: false } });
        const ascending = (some: number[]) => some.toSorted((a, b) => a - b);
        expect(await ids("repeat:again")).toEqual(ascending(things.flatMap((thing) => thing.slice(1))));
        expect(await ids("repeat:first")).toEqual(ascending(things.map(([first = 0]) => first)));
        for (const id of rows.keys()) {
          const thing = things.find((each) => each.includes(id)) ?? [];
          expect(copiesOf(columns, id as EntryId).map(({ entry }) => entry)).toEqual(
            thing.filter((each) => each !== id),
          );
        }
        const overlaps = overlapsOf(columns);
        for (const { member, other, entries } of overlaps) {
          const inMember = (id: number, of: number) => (rows[id]?.member ?? 0) + 1 === of;
          const both = things.filter((thing) => thing.some((id) => inMember(id, other)));
          expect(entries).toBe(both.flat().filter((id) => inMember(id, member)).length);
          expect(member).toBeGreaterThan(other);
        }
        const pairs = things.flatMap((thing) => {
          const members = [...new Set(thing.map((id) => (rows[id]?.member ?? 0) + 1))];
          return members.flatMap((a) => members.filter((b) => b < a).map((b) => `${a} ${b}`));
        });
        expect(overlaps.map(({ member, other }) => `${member} ${other}`)).toEqual([...new Set(pairs)].sort());
      },
    ),
    { numRuns: 400 },
  );
  expect(found).toBeGreaterThan(1_000);
});
