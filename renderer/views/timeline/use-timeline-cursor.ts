import { type KeyboardEvent, useState } from "react";
import type { EpochMicros, Histogram, TimeRange } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { rangeOf } from "./bars.ts";
import { type BucketCursor, type TimelineAct, timelineAct } from "./timeline-keys.ts";

/** The keyboard's cursor over the buckets, and what narrows or widens the range. */
export function useTimelineCursor(histogram: Histogram) {
  const { setRange } = useCommands();
  const [cursor, setCursor] = useState<BucketCursor | undefined>(undefined);
  const zoom = (range: TimeRange): void => {
    setCursor(undefined);
    setRange(range);
  };
  const act = (what: TimelineAct): void => {
    if (what.kind === "move") setCursor(what.cursor);
    else if (what.kind === "leave") setCursor(undefined);
    else if (what.kind === "fit") zoom({});
    else if (what.kind === "out") zoom(widened(histogram));
    else zoom(rangeOf(histogram, what.cursor.from, what.cursor.at));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const what = timelineAct(event.key, event.shiftKey, cursor, histogram.totals.length);
    if (what === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act(what);
  };
  return { cursor, zoom, onKeyDown, leave: () => setCursor(undefined) };
}

/** Twice the axis, its middle kept. */
function widened(histogram: Histogram): TimeRange {
  const half = Math.ceil((histogram.to - histogram.from) / 2);
  return { from: (histogram.from - half) as EpochMicros, to: (histogram.to + half) as EpochMicros };
}
