import { describe, expect, it } from "vitest";
import { actOf, type GridPlace } from "../../renderer/views/grid/grid-keys.ts";

const place: GridPlace = { row: 5, column: -1, rows: 100, columns: 6, page: 20 };
const press = (key: string, held: Partial<{ ctrl: boolean; shift: boolean; alt: boolean }> = {}) => ({
  key,
  ctrl: false,
  shift: false,
  alt: false,
  ...held,
});

describe("keys of the grid", () => {
  it.each([
    ["ArrowDown", 6],
    ["ArrowUp", 4],
    ["PageDown", 25],
    ["PageUp", 0],
    ["j", 6],
    ["k", 4],
    ["G", 99],
    ["g", 0],
  ])("%s goes to row %i", (key, row) => {
    expect(actOf(press(key), place, true)).toEqual({ kind: "row", row });
  });

  it("stops at the ends, and leaves for the heads above the first row", () => {
    expect(actOf(press("ArrowDown"), { ...place, row: 99 }, true)).toEqual({ kind: "row", row: 99 });
    expect(actOf(press("ArrowUp"), { ...place, row: 0 }, true)).toEqual({ kind: "header" });
    expect(actOf(press("End", { ctrl: true }), place, true)).toEqual({ kind: "row", row: 99 });
  });

  it("walks cells, and includes or excludes only where a cell is focused", () => {
    expect(actOf(press("ArrowRight"), place, true)).toEqual({ kind: "column", column: 0 });
    expect(actOf(press("F2"), { ...place, column: 3 }, true)).toEqual({ kind: "column", column: -1 });
    expect(actOf(press("i"), place, true)).toBeUndefined();
    expect(actOf(press("i"), { ...place, column: 2 }, true)).toEqual({ kind: "include" });
    expect(actOf(press("x"), { ...place, column: 2 }, true)).toEqual({ kind: "exclude" });
  });

  it("leaves single letters alone where they are switched off, and every Alt key", () => {
    expect(actOf(press("j"), place, false)).toBeUndefined();
    expect(actOf(press("ArrowDown", { alt: true }), place, true)).toBeUndefined();
  });
});
