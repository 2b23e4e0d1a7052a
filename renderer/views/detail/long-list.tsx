import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Below this many lines a list is written out whole: find, copy and print see all of it. */
const MOST_WHOLE = 200;

interface LongListProps {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  /** CSS pixels of a usual line, or of each as far as it can be told; real ones are measured. */
  readonly usual: number | ((index: number) => number);
  readonly line: (index: number) => ReactNode;
  /** The line to keep in sight. */
  readonly current: number | undefined;
}

/** Lines of any height inside of a scroller; long lists hold only those in sight. */
export function LongList(props: LongListProps) {
  return props.count > MOST_WHOLE ? <VirtualLines {...props} /> : <WholeLines {...props} />;
}

function WholeLines({ scroller, count, line, current }: LongListProps) {
  useEffect(() => {
    if (current !== undefined)
      scroller.current?.querySelector(`[data-line="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [scroller, current]);
  return Array.from({ length: count }, (_, index) => (
    <div key={index} role="presentation" data-line={index}>
      {line(index)}
    </div>
  ));
}

function VirtualLines({ scroller, count, usual, line, current }: LongListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [mounted, setMounted] = useState(false);
  // The scroller is around this list, and on the first layout not known yet.
  useEffect(() => setMounted(true), []);
  const above = useHeightAbove(scroller, list, `${mounted} ${count}`);
  // The React compiler, which we do not use, could not memoize it.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: typeof usual === "number" ? () => usual : usual,
    overscan: 12,
    scrollMargin: above,
    initialRect: { width: 0, height: 800 },
  });
  useEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current, { align: "auto" });
  }, [virtual, current]);
  return (
    <div role="presentation" ref={list} style={{ height: virtual.getTotalSize(), position: "relative" }}>
      {virtual.getVirtualItems().map(({ index, key, start }) => (
        <div
          key={key}
          role="presentation"
          data-index={index}
          data-line={index}
          ref={virtual.measureElement}
          style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${start - above}px)` }}
        >
          {line(index)}
        </div>
      ))}
    </div>
  );
}

/** CSS pixels of what stands before the list in the same scroller. `changes`: what else may change what stands there. */
function useHeightAbove(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  changes: string,
): number {
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const [outer, inner] = [scroller.current, list.current];
    if (outer === null || inner === null) return undefined;
    const measure = (): void => {
      const top = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop;
      setAbove(Math.max(0, Math.round(top)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const part of outer.children) observer.observe(part);
    return () => observer.disconnect();
  }, [scroller, list, changes]);
  return above;
}
