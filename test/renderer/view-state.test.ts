import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasValue, removeValue, withMissing, withValue, withoutValue } from "../../renderer/app/clauses.ts";
import { moved } from "../../renderer/app/column-commands.ts";
import {
  DEFAULT_COLUMNS,
  DEFAULT_LAYOUT,
  INITIAL_VIEW,
  isRestricted,
  queryOf,
} from "../../renderer/state/view-state.ts";
import { createViewStore } from "../../renderer/state/view-store.ts";
import type { Clause, EpochMicros } from "../../workers/contract.ts";

describe("the view store", () => {
  it("goes back and forward through queries, and only through them", () => {
    const store = createViewStore(INITIAL_VIEW);
    store.setQuery({ text: "a" });
    store.patch({ density: "roomy" });
    store.setQuery({ text: "b" });
    store.back();
    expect(store.get().text).toBe("a");
    expect(store.get().density).toBe("roomy");
    store.back();
    expect(queryOf(store.get())).toEqual({ clauses: [], text: "", range: {} });
    store.back();
    store.forward();
    store.forward();
    expect(store.get().text).toBe("b");
    store.back();
    store.setQuery({ text: "c" });
    store.forward();
    expect(store.get().text).toBe("c");
  });

  it("makes no step of a change that changes nothing", () => {
    const store = createViewStore(INITIAL_VIEW);
    store.setQuery({ text: "a" });
    store.setQuery({ text: " a " });
    store.setQuery({ clauses: [], range: {} });
    expect(store.get().back).toHaveLength(1);
  });

  it("remembers texts once, newest first", () => {
    const store = createViewStore(INITIAL_VIEW);
    for (const text of ["a", "b", "a", ""]) store.setQuery({ text });
    expect(store.get().recent).toEqual(["a", "b"]);
  });

  it("starts every case with an empty query and its own layout", () => {
    const store = createViewStore(INITIAL_VIEW);
    store.setQuery({ text: "a", range: { from: 1 as EpochMicros } });
    store.enterCase({ ...DEFAULT_LAYOUT, histogram: "strip" });
    expect(isRestricted(store.get())).toBe(false);
    expect(store.get().back).toEqual([]);
    expect(store.get().histogram).toBe("strip");
  });

  it("is serialisable", () => {
    const store = createViewStore(INITIAL_VIEW);
    store.setQuery({ text: "a", clauses: withValue([], "actor", "root") });
    expect(structuredClone(store.get())).toEqual(store.get());
  });
});

describe("clauses", () => {
  const actor: Clause = { field: "actor", not: false, values: ["root"], enabled: true };
  it("collects values of a field in one chip", () => {
    const clauses = withValue(withValue([], "actor", "root"), "actor", "cron");
    expect(clauses).toEqual([{ ...actor, values: ["root", "cron"] }]);
    expect(withValue(clauses, "actor", "root")).toEqual(clauses);
  });
  it("turns an inclusion into an exclusion and back", () => {
    const excluded = withoutValue([actor], "actor", "root");
    expect(excluded).toEqual([{ ...actor, not: true }]);
    expect(withValue(excluded, "actor", "root")).toEqual([actor]);
  });
  it("never leaves a chip that means missing by accident", () => {
    const values = fc.constantFrom("a", "b", "c", "");
    const steps = fc.array(fc.tuple(fc.constantFrom("in", "out", "remove"), values), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (list) => {
        let clauses: readonly Clause[] = [];
        for (const [step, value] of list) {
          if (step === "in") clauses = withValue(clauses, "actor", value);
          else if (step === "out") clauses = withoutValue(clauses, "actor", value);
          else clauses = removeValue(clauses, "actor", value, false);
          if (step === "in") expect(hasValue(clauses, "actor", value, false)).toBe(true);
          if (step === "out") expect(hasValue(clauses, "actor", value, true)).toBe(true);
        }
        expect(clauses.every((clause) => clause.values.length > 0)).toBe(true);
        expect(clauses.length).toBeLessThanOrEqual(2);
      }),
    );
  });
  it("keeps missing apart", () => {
    expect(withMissing([actor], "actor", false)).toEqual([
      actor,
      { field: "actor", not: false, values: [], enabled: true },
    ]);
  });
  it("starts a new chip beside one that is switched off", () => {
    const off = { ...actor, enabled: false };
    expect(withValue([off], "actor", "cron")).toHaveLength(2);
  });
});

describe("columns", () => {
  const names = (columns: typeof DEFAULT_COLUMNS): readonly string[] =>
    columns.filter((column) => column.visible).map((column) => column.name);
  it("move over visible neighbours; the time stays first", () => {
    expect(names(moved(DEFAULT_COLUMNS, "target", -1))).toEqual([
      "time",
      "source",
      "outcome",
      "actor",
      "target",
      "action",
    ]);
    expect(names(moved(DEFAULT_COLUMNS, "source", -1))).toEqual(names(DEFAULT_COLUMNS));
    expect(names(moved(DEFAULT_COLUMNS, "source", 99))).toEqual([
      "time",
      "outcome",
      "actor",
      "action",
      "target",
      "source",
    ]);
    expect(moved(DEFAULT_COLUMNS, "time", 2)).toBe(DEFAULT_COLUMNS);
  });
});
