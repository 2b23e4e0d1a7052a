import fc from "fast-check";
import { expect, test } from "vitest";
import { CaseReader } from "../../workers/store/case-reader.ts";
import { CaseWriter } from "../../workers/store/case-writer.ts";
import { openForReading } from "../../workers/store/connection.ts";
import { storedTimeOrder } from "../../workers/store/stored-order.ts";
import { finish, isInTimeOrder, timeOrder } from "../../workers/store/time-order.ts";
import { importSource, lines } from "./support/evidence.ts";
import { expectCase } from "./support/expected.ts";
import { temporaryCase } from "./support/temporary.ts";

const NONE = new Uint32Array(0);

function plainOrder(time: Float64Array): number[] {
  const rank = (entry: number): number =>
    Number.isNaN(time[entry]) ? Number.POSITIVE_INFINITY : (time[entry] as number);
  return Array.from(time.keys()).toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a - b));
}

/** Seeded, so that a failure can be seen again; long enough for the radix sort. */
function times(count: number, seed: number, spread: number, undatedEvery: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (undatedEvery > 0 && i % undatedEvery === 0) return Number.NaN;
    return Math.floor((state / 2 ** 32 - 0.5) * spread);
  });
}

test.each([
  ["within a second", 1e6, 0],
  ["over a year", 3e13, 7],
  ["over all of exact time", 2 ** 53, 5],
  ["mostly equal", 20, 3],
  ["all at one instant", 1, 0],
  ["none dated", 1e6, 1],
])("many entries, %s", (_name, spread, undatedEvery) => {
  const time = times(20_000, 7, spread, undatedEvery);
  expect([...finish(timeOrder(time, NONE))]).toEqual(plainOrder(time));
});

test("adding to a known order is the same as ordering all", () => {
  const property = fc.property(
    fc.integer({ min: 0, max: 6_000 }),
    fc.integer({ min: 0, max: 6_000 }),
    fc.nat(),
    fc.constantFrom(10, 1e6, 2 ** 53),
    (known, more, seed, spread) => {
      const time = times(known + more, seed, spread, 11);
      const before = finish(timeOrder(time.subarray(0, known), NONE));
      expect([...finish(timeOrder(time, before))]).toEqual(plainOrder(time));
    },
  );
  fc.assert(property, { numRuns: 25 });
});

test("order of import is told from order of time", () => {
  const undated = Number.NaN;
  const inOrder = [[], [1], [1, 1, 2], [1, undated, undated], [undated]];
  const outOfOrder = [
    [2, 1],
    [undated, 1],
    [1, undated, 2],
    [1, 2, undated, 2],
  ];
  expect(inOrder.map((list) => isInTimeOrder(Float64Array.from(list)))).toEqual(inOrder.map(() => true));
  expect(outOfOrder.map((list) => isInTimeOrder(Float64Array.from(list)))).toEqual(outOfOrder.map(() => false));
  const pieceByPiece = (list: readonly number[]): boolean =>
    list.every((at, place) => isInTimeOrder(Float64Array.of(at), list[place - 1]));
  expect(inOrder.map(pieceByPiece)).toEqual(inOrder.map(() => true));
  expect(outOfOrder.map(pieceByPiece)).toEqual(outOfOrder.map(() => false));
});

test("a case stores its order only where import order is another, and leaves a short tail to the reader", async () => {
  const file = temporaryCase();
  const writer = CaseWriter.create(file);
  const late = lines("late.log", 400, 2e15);
  const early = lines("early.log", 400, 1e15);
  const few = lines("few.log", 10, 5e14);
  const stored = (): number => {
    const db = openForReading(file);
    const { length } = storedTimeOrder(db);
    db.close();
    return length;
  };
  await importSource(writer, late);
  expect(stored()).toBe(0);
  await importSource(writer, early);
  expect(stored()).toBe(800);
  await importSource(writer, few);
  expect(stored()).toBe(800);
  writer.close();
  const reader = CaseReader.open(file);
  expectCase(reader, [late, early, few]);
  expect(reader.timeOrder?.[0]).toBe(800);
  reader.close();
});
