/**
 * The arithmetic of a scroll box that is taller than a browser can lay out. The truth is a virtual pixel offset; the
 * spacer that gives the scrollbar its length is capped, and `scale` leads from one to the other.
 *
 * Chromium clamps element heights near 33.5 million pixels, which a row height of 24 reaches at 1.4 million rows.
 */
export const SPACER_LIMIT = 8_000_000;

export interface TallBox {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

function virtualHeight(box: TallBox): number {
  return box.rows * box.rowHeight;
}

export function spacerHeight(box: TallBox): number {
  return Math.min(virtualHeight(box), SPACER_LIMIT);
}

export function maxOffset(box: TallBox): number {
  return Math.max(0, virtualHeight(box) - box.viewport);
}

export function clampOffset(box: TallBox, offset: number): number {
  return Math.min(Math.max(0, Math.round(offset)), maxOffset(box));
}

/** scrollTop of the real box that stands for a virtual offset. */
export function scrollTopFor(box: TallBox, offset: number): number {
  const max = maxOffset(box);
  const room = Math.max(0, spacerHeight(box) - box.viewport);
  return max === 0 ? 0 : Math.round((offset / max) * room);
}

/** Virtual offset that a dragged thumb stands for. */
export function offsetFor(box: TallBox, scrollTop: number): number {
  const room = Math.max(0, spacerHeight(box) - box.viewport);
  return room === 0 ? 0 : clampOffset(box, (scrollTop / room) * maxOffset(box));
}

/** Rows to draw, [first, end), one more than fit so that a cut row stands at either edge. */
export function visibleRows(box: TallBox, offset: number): { readonly first: number; readonly end: number } {
  const first = Math.min(Math.floor(offset / box.rowHeight), Math.max(0, box.rows - 1));
  const end = Math.min(box.rows, Math.ceil((offset + box.viewport) / box.rowHeight));
  return { first, end: Math.max(first, end) };
}

/** The offset that brings a row into view: unmoved where it is whole already. */
export function offsetToShow(box: TallBox, offset: number, row: number, align: "nearest" | "start" | "center"): number {
  const top = row * box.rowHeight;
  // Before the box is laid out nothing fits into it: the row goes to the top.
  if (align === "start" || box.viewport < box.rowHeight) return clampOffset(box, top);
  if (align === "center") return clampOffset(box, top - (box.viewport - box.rowHeight) / 2);
  if (top < offset) return clampOffset(box, top);
  if (top + box.rowHeight > offset + box.viewport) return clampOffset(box, top + box.rowHeight - box.viewport);
  return offset;
}
