import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maxOffset,
  offsetFor,
  offsetToShow,
  SPACER_LIMIT,
  scrollTopFor,
  spacerHeight,
  type TallBox,
  visibleRows,
} from "../../renderer/views/grid/tall-scroll.ts";

const boxes = fc.record({
  rows: fc.integer({ min: 1, max: 2_000_000_000 }),
  rowHeight: fc.constantFrom(24, 28, 36),
  viewport: fc.integer({ min: 40, max: 3000 }),
});

describe("a scroll box taller than a browser can lay out", () => {
  it("never asks for a taller spacer than is safe", () => {
    fc.assert(fc.property(boxes, (box) => spacerHeight(box) <= SPACER_LIMIT));
  });

  it("draws the last row whole at the end, whatever the number of rows", () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const offset = maxOffset(box);
        const { end } = visibleRows(box, offset);
        expect(end).toBe(box.rows);
        expect(box.rows * box.rowHeight - offset).toBeLessThanOrEqual(Math.max(box.viewport, box.rows * box.rowHeight));
      }),
    );
  });

  it("shows any row that is asked for, whole", () => {
    const asked = boxes.chain((box) => fc.tuple(fc.constant(box), fc.nat(box.rows - 1), fc.nat(maxOffset(box))));
    fc.assert(
      fc.property(asked, ([box, row, from]) => {
        const offset = offsetToShow(box, from, row, "nearest");
        expect(row * box.rowHeight).toBeGreaterThanOrEqual(offset);
        expect((row + 1) * box.rowHeight).toBeLessThanOrEqual(offset + Math.max(box.viewport, box.rowHeight));
      }),
    );
  });

  it("keeps the first row in sight when it is asked for before the box is laid out", () => {
    expect(offsetToShow({ rows: 10, rowHeight: 24, viewport: 0 }, 0, 0, "nearest")).toBe(0);
  });

  it("reaches both ends with a dragged thumb", () => {
    fc.assert(
      fc.property(boxes, (box) => {
        expect(offsetFor(box, 0)).toBe(0);
        expect(offsetFor(box, scrollTopFor(box, maxOffset(box)))).toBe(maxOffset(box));
      }),
    );
  });

  it("fills the viewport and no more than one row beyond", () => {
    const box: TallBox = { rows: 10_000_000, rowHeight: 24, viewport: 600 };
    expect(visibleRows(box, 0)).toEqual({ first: 0, end: 25 });
    expect(visibleRows(box, 12)).toEqual({ first: 0, end: 26 });
    expect(visibleRows({ ...box, rows: 0 }, 0)).toEqual({ first: 0, end: 0 });
  });
});
