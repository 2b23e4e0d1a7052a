import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  clampOffset,
  offsetFor,
  offsetToShow,
  scrollTopFor,
  spacerHeight,
  visibleRows,
  type TallBox,
} from "./tall-scroll.ts";

export interface TallScroll {
  readonly attach: (element: HTMLDivElement | null) => void;
  readonly spacer: number;
  readonly viewport: number;
  readonly first: number;
  readonly end: number;
  /** Where the pane of rows sits below the top of the viewport: between −rowHeight and 0. */
  readonly shift: number;
  readonly showRow: (row: number, align: "nearest" | "start" | "center") => void;
}

/**
 * Scrolls any number of rows of one height. Wheel and keys move by true pixels; a scroll event whose position is not
 * the one just written is a dragged thumb and maps in proportion. `head` pixels above the rows are not theirs.
 */
export function useTallScroll(rows: number, rowHeight: number, head: number): TallScroll {
  const [viewport, setViewport] = useState(0);
  const [offset, setOffset] = useState(0);
  const element = useRef<HTMLDivElement | null>(null);
  const written = useRef(0);
  const box = useRef<TallBox>({ rows, rowHeight, viewport });
  box.current = { rows, rowHeight, viewport };
  const current = useRef(0);
  current.current = clampOffset(box.current, offset);

  const moveTo = useCallback((next: number) => {
    current.current = clampOffset(box.current, next);
    setOffset(current.current);
  }, []);

  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const target = scrollTopFor(box.current, current.current);
    if (Math.abs(node.scrollTop - target) <= 1) return;
    node.scrollTop = target;
    written.current = node.scrollTop;
  });

  const [node, setNode] = useState<HTMLDivElement | null>(null);
  const attach = useCallback((next: HTMLDivElement | null) => {
    element.current = next;
    setNode(next);
  }, []);

  useEffect(() => {
    if (node === null) return;
    const onScroll = () => {
      if (Math.abs(node.scrollTop - written.current) <= 1) return;
      written.current = node.scrollTop;
      moveTo(offsetFor(box.current, node.scrollTop));
    };
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) return;
      event.preventDefault();
      moveTo(current.current + wheelPixels(event, box.current));
    };
    const observer = new ResizeObserver(() => setViewport(Math.max(0, node.clientHeight - head)));
    observer.observe(node);
    setViewport(Math.max(0, node.clientHeight - head));
    node.addEventListener("scroll", onScroll, { passive: true });
    node.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      observer.disconnect();
      node.removeEventListener("scroll", onScroll);
      node.removeEventListener("wheel", onWheel);
    };
  }, [node, moveTo, head]);

  const showRow = useCallback(
    (row: number, align: "nearest" | "start" | "center") =>
      moveTo(offsetToShow(box.current, current.current, row, align)),
    [moveTo],
  );

  const { first, end } = visibleRows(box.current, current.current);
  return {
    attach,
    spacer: spacerHeight(box.current),
    viewport,
    first,
    end,
    shift: first * rowHeight - current.current,
    showRow,
  };
}

const LINES_A_NOTCH_PIXELS = 24;

function wheelPixels(event: WheelEvent, box: TallBox): number {
  if (event.deltaMode === WheelEvent.DOM_DELTA_LINE) return event.deltaY * LINES_A_NOTCH_PIXELS;
  if (event.deltaMode === WheelEvent.DOM_DELTA_PAGE) return event.deltaY * box.viewport;
  return event.deltaY;
}
