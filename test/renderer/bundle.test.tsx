import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { Clause, EpochMicros, Facet } from "../../workers/contract.ts";
import { useCase, useCurrent } from "../../renderer/app/services.tsx";
import { Sidebar } from "../../renderer/views/sources/sidebar.tsx";
import {
  dateText,
  floorSeen,
  isTypeOn,
  leastLevel,
  levelCounts,
  reachText,
  readDate,
  typeCounts,
  withLeastLevel,
  withType,
} from "../../renderer/views/sources/bundle-model.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const facet = (field: string, counts: Readonly<Record<string, number>>): Facet => ({
  field,
  values: Object.entries(counts).map(([value, count]) => ({ value, count })),
  distinct: Object.keys(counts).length,
  missing: 0,
});
const micros = (text: string): EpochMicros => (Date.parse(text) * 1000) as EpochMicros;

describe("the filters of a bundle", () => {
  test("types are found in any case, and those that are not there are named too", () => {
    const types = typeCounts(facet("category", { audit: 3, AUDIT: 2, web: 1, other: 7 }));
    expect(types.map(({ title, count }) => `${title} ${count}`)).toEqual([
      "AUDIT 5",
      "WEB 1",
      "APPLICATION 0",
      "ANALYSIS 0",
      "TANIUM 0",
      "OTHER 7",
    ]);
    const [audit, web] = types;
    if (audit === undefined || web === undefined) throw new Error("no types");
    const one = withType([], audit);
    expect(one).toEqual([{ field: "category", not: false, values: ["audit", "AUDIT"], enabled: true }]);
    const both = withType(one, web);
    expect(isTypeOn(both, audit) && isTypeOn(both, web)).toBe(true);
    expect(withType(withType(both, audit), web)).toEqual([]);
  });

  test("other chips stay, also those that exclude or are switched off", () => {
    const others: readonly Clause[] = [
      { field: "category", not: true, values: ["web"], enabled: true },
      { field: "level", not: false, values: ["info"], enabled: false },
      { field: "actor", not: false, values: ["ana"], enabled: true },
    ];
    const audit = { title: "AUDIT", values: ["audit"], count: 1 };
    expect(withType(others, audit)).toEqual([
      ...others,
      { field: "category", not: false, values: ["audit"], enabled: true },
    ]);
    expect(withLeastLevel(others, "error").slice(0, 3)).toEqual(others);
  });

  test("a level takes those above it along", () => {
    const clauses = withLeastLevel([], "warning");
    expect(clauses).toEqual([{ field: "level", not: false, values: ["warning", "error", "critical"], enabled: true }]);
    expect(leastLevel(clauses)).toBe("warning");
    expect(leastLevel(withLeastLevel(clauses, ""))).toBeUndefined();
    expect(leastLevel([{ field: "level", not: false, values: ["info", "error"], enabled: true }])).toBeUndefined();
    const counts = facet("level", { info: 10, error: 2, critical: 1, other: 5 });
    expect(levelCounts(counts)).toEqual([13, 13, 3, 3, 1]);
    expect(floorSeen(counts)).toBe("info");
    expect(floorSeen(facet("level", {}))).toBeUndefined();
  });

  test("dates are those of the bundle's options, in UTC, and the last day or second is in", () => {
    expect(readDate("2025-03-01", "from")).toBe(micros("2025-03-01T00:00:00Z"));
    expect(readDate("2025-03-01", "to")).toBe(micros("2025-03-02T00:00:00Z"));
    expect(readDate("2025-03-01 18:00:20", "to")).toBe(micros("2025-03-01T18:00:21Z"));
    for (const wrong of ["2025-02-30", "2025-03-01 25:00:00", "01.03.2025", "2025-3-1", ""])
      expect(readDate(wrong, "from")).toBeUndefined();
    expect(dateText({ from: micros("2025-03-01T00:00:00Z") }, "from")).toBe("2025-03-01");
    expect(dateText({}, "to")).toBe("");
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
        fc.boolean(),
        fc.constantFrom("from" as const, "to" as const),
        (date, whole, end) => {
          const text = date
            .toISOString()
            .slice(0, 19)
            .replace("T", " ")
            .slice(0, whole ? 10 : 19);
          const at = readDate(text, end);
          expect(at).toBeDefined();
          const back = dateText(at === undefined ? {} : { [end]: at }, end);
          expect(readDate(back, end)).toBe(at);
        },
      ),
    );
  });

  test("how far a type reaches", () => {
    expect(reachText(micros("2025-03-01T10:00:00Z"), micros("2025-03-03T10:00:00Z"))).toBe("1 Mar – 3 Mar 2025");
    expect(reachText(micros("2024-12-31T10:00:00Z"), micros("2025-01-01T10:00:00Z"))).toBe("31 Dec 2024 – 1 Jan 2025");
    expect(reachText(micros("2025-03-01T10:00:00Z"), micros("2025-03-01T11:00:00Z"))).toBe("1 Mar 2025");
    expect(reachText(undefined, undefined)).toBe("no time known");
  });
});

describe("in the sidebar", () => {
  function Side() {
    const { info } = useCase();
    const { result } = useCurrent();
    return info === undefined || result === undefined ? null : <Sidebar info={info} result={result} />;
  }
  const open = async () => {
    const view = renderWith(<Side />, { entries: 400, overlapping: true });
    const group = await screen.findByRole("region", { name: "Bundle filters" });
    return { ...view, group, clauses: () => view.services.view.get().clauses };
  };

  test("each type is a toggle with its count, and says how far it reaches on each host", async () => {
    const { group, clauses } = await open();
    const audit = await within(group).findByRole("button", { name: /^AUDIT/, pressed: false });
    expect((await within(group).findAllByText(/lowest level present/)).length).toBeGreaterThan(1);
    expect(within(group).getByRole("button", { name: /^TANIUM/ })).toHaveProperty("disabled", true);
    fireEvent.click(audit);
    expect(clauses()).toMatchObject([{ field: "category", not: false, enabled: true }]);
    expect(clauses()[0]?.values.toSorted()).toEqual(["AUDIT", "audit"]);
    await within(group).findByRole("button", { name: /^AUDIT/, pressed: true });
    // The others keep the counts they would add.
    expect(within(group).getByRole("button", { name: /^ANALYSIS/ }).textContent).toMatch(/[1-9]/);
  });

  test("level and dates make a chip and the range", async () => {
    const { group, clauses, services } = await open();
    fireEvent.change(within(group).getByRole("combobox"), { target: { value: "error" } });
    expect(clauses()).toMatchObject([{ field: "level", values: ["error", "critical"] }]);
    const from = within(group).getByRole("textbox", { name: /^From/ });
    fireEvent.change(from, { target: { value: "2026-02-30" } });
    fireEvent.keyDown(from, { key: "Enter" });
    expect(within(group).getByRole("alert").textContent).toContain("2025-03-01");
    fireEvent.change(from, { target: { value: "2026-08-12" } });
    fireEvent.keyDown(from, { key: "Enter" });
    expect(services.view.get().range).toEqual({ from: micros("2026-08-12T00:00:00Z") });
  });

  test("what two sources tell is counted, shown on a press, and can be shown once", async () => {
    const { clauses } = await open();
    const line = await screen.findByRole("button", {
      name: /33 of CS events.jsonl are also in AI air-auditlogs-dump.json/,
    });
    fireEvent.click(line);
    expect(clauses()).toEqual([
      { field: "source", not: false, values: ["CS"], enabled: true },
      { field: "member", not: false, values: ["logs/events.jsonl"], enabled: true },
      { field: "repeat", not: false, values: ["first", "again"], enabled: true },
    ]);
  });

  test("once is a chip that can be taken back", async () => {
    const { clauses } = await open();
    fireEvent.click(await screen.findByRole("button", { name: "Show once" }));
    expect(clauses()).toEqual([{ field: "repeat", not: true, values: ["again"], enabled: true }]);
    fireEvent.click(await screen.findByRole("button", { name: "Show all" }));
    expect(clauses()).toEqual([]);
  });
});
