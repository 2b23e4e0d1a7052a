import { describe, expect, it } from "vitest";
import { fitting, isEitherOrder, readDate } from "../../renderer/views/import/date-order.ts";
import {
  EMPTY_PLAN,
  importedItems,
  openQuestions,
  requestOf,
  withAnswer,
  withChoice,
  withSkip,
  withZone,
} from "../../renderer/views/import/import-plan.ts";
import { itemVerdict } from "../../renderer/views/import/item-verdict.ts";
import { amountText, leftText, shareDone } from "../../renderer/views/import/job-words.ts";
import { bestRelaxation, conditionsOf } from "../../renderer/views/zero/conditions.ts";
import type { GrantId, MemberVerdict } from "../../workers/contract.ts";
import { fakeInspect } from "./fake-import.ts";

const items = fakeInspect(["a", "b", "c"] as unknown as readonly GrantId[]);
const [plain, , archive] = items;
if (plain === undefined || archive === undefined) throw new Error("three items were asked for");

describe("the plan of an import", () => {
  it("imports what has a format and leaves no decision out of the request", () => {
    let plan = withChoice(EMPTY_PLAN, plain, "audit.log", "lines+text");
    plan = withSkip(plan, archive, "logs/notes.txt", true);
    plan = withZone(plan, plain, "audit.log", "Europe/Paris");
    expect(requestOf(plan, items)).toEqual({
      items: [
        { grant: "a", choices: { "audit.log": "lines+text" }, skip: [], zone: "Europe/Paris" },
        { grant: "b", choices: {}, skip: [] },
        { grant: "c", choices: {}, skip: ["logs/notes.txt"] },
      ],
    });
  });
  it("leaves out a file of which nothing is left", () => {
    const none = archive.members.reduce((plan, member) => withSkip(plan, archive, member.path, true), EMPTY_PLAN);
    expect(importedItems(none, items)).toHaveLength(2);
    expect(itemVerdict(none, archive, false).kind).toBe("out");
    expect(requestOf(none, items).items.map((item) => item.grant)).toEqual(["a", "b"]);
  });
  it("says one word for each file", () => {
    expect(itemVerdict(EMPTY_PLAN, plain, false).word).toBe("certain");
    expect(itemVerdict(EMPTY_PLAN, plain, true).word).toBe("1 question");
    expect(itemVerdict(EMPTY_PLAN, archive, false).word).toBe("text only");
    expect(itemVerdict(withChoice(EMPTY_PLAN, plain, "audit.log", "lines+text"), plain, false).word).toBe("chosen");
    const locked = { ...plain, members: [], password: "locked" as const };
    expect(itemVerdict(EMPTY_PLAN, locked, false).word).toBe("password");
    expect(importedItems(EMPTY_PLAN, [locked])).toEqual([]);
  });
});

describe("dates of two readings", () => {
  it("are read in one order or the other, or not at all", () => {
    expect(readDate("01/02/2025 10:00", "day-first")).toBe("1 February 2025");
    expect(readDate("01/02/2025 10:00", "month-first")).toBe("2 January 2025");
    expect(readDate("12/07/16 02:16:23", "month-first")).toBe("7 December 2016");
    expect(readDate("31/04/2025", "day-first")).toBeUndefined();
    expect(readDate("13/02/2025", "month-first")).toBeUndefined();
    expect(fitting(["13/02/2025", "02/03/2025"], "month-first")).toBe(1);
    expect(
      ["1/2/2025", "1/2/25 10:00", "2025-02-01", "1.2.2025", "1/2-2025", "01/02/20251", "1/2/25"].map(isEitherOrder),
    ).toEqual([true, true, false, false, false, false, false]);
  });
  it("are asked about once the column that holds them is chosen", () => {
    const field = (name: string, sample: string) => ({ name, samples: [sample] });
    const [member] = plain.members;
    if (member === undefined) throw new Error("a plain file has a member");
    const asking: MemberVerdict = {
      ...member,
      questions: [{ kind: "time-field", fields: [field("seen", "01/02/2025 10:00"), field("stored", "2025-02-01")] }],
    };
    const asked = (timeField: string) =>
      openQuestions(withAnswer(EMPTY_PLAN, plain, member.path, { timeField }), plain, asking);
    expect(openQuestions(EMPTY_PLAN, plain, asking)).toEqual(["time-field"]);
    expect(asked("seen")).toEqual(["date-order"]);
    expect(asked("stored")).toEqual([]);
  });
});

it("never says 100 % before the end, and calls an estimate one", () => {
  expect(shareDone(999_999, 1_000_000)).toBe(99);
  expect(shareDone(5, undefined)).toBeUndefined();
  expect(leftText(9.2)).toBe("about 10 s left");
  expect(leftText(61)).toBe("about 2 min left");
  expect(amountText(1000, 2000, "bytes")).toBe("1.0 kB of 2.0 kB");
});

describe("conditions of an empty view", () => {
  const query = {
    clauses: [{ field: "actor", not: false, values: ["a"], enabled: true }],
    text: "x (y OR z) w",
    range: {},
  };
  const counts = [
    { text: 'actor="a"', part: { kind: "clause" as const, index: 0 }, alone: 3, without: 0 },
    { text: "x", part: { kind: "text" as const, index: 0 }, alone: 9, without: 7 },
    { text: "y OR z", part: { kind: "text" as const, index: 1 }, alone: 0, without: 2 },
    { text: "w", part: { kind: "text" as const, index: 2 }, alone: 5, without: 0 },
  ];
  it("relaxes exactly one and keeps the brackets of the rest", () => {
    const conditions = conditionsOf(counts, query);
    expect(conditions.map((condition) => condition.relaxed)).toEqual([
      { clauses: [] },
      { text: "(y OR z) w" },
      { text: "x w" },
      { text: "x (y OR z)" },
    ]);
    expect(bestRelaxation(conditions)?.text).toBe("x");
  });
  it("offers nothing where nothing helps", () => {
    expect(
      bestRelaxation(
        conditionsOf(
          counts.map((count) => ({ ...count, without: 0 })),
          query,
        ),
      ),
    ).toBeUndefined();
  });
});
