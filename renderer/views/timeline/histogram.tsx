import "./timeline.css";
import { useCallback, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import type { Histogram, ResultInfo } from "../../../workers/contract.ts";
import { useCase, useCommands, useView } from "../../app/services.tsx";
import { resolveZone } from "../../app/time-format.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { useCoverage, useEntry, useHistogram, useKept } from "../../engine/use-result.ts";
import { countText } from "../../ui/count.tsx";
import { barsOf, bucketOf, rangeOf, widthText } from "./bars.ts";
import { BucketTable, bucketSentence } from "./bucket-words.tsx";
import { stretchesOf } from "./coverage.ts";
import { coverageHeight } from "./plot.ts";
import { tickText } from "./tick-text.ts";
import { TimelineMarks } from "./timeline-marks.tsx";
import { TimelinePlot } from "./timeline-plot.tsx";
import { useSize } from "./use-size.ts";
import { usePressed, useSteady } from "./use-steady.ts";
import { useTimelineCursor } from "./use-timeline-cursor.ts";

const BUCKETS = 240;
/** Height of the ticks and their words. */
const AXIS = 18;
/** Below this height the coverage strip gives its place to the bars. */
const ROOM_FOR_COVERAGE = 90;

/** Matching entries over time, stacked by source, on the ghost of all entries. Brush or Enter narrows the range. */
export function Timeline({ result }: { readonly result: ResultInfo }) {
  const range = useView((view) => view.range);
  const size = useView((view) => view.histogram);
  const loaded = useHistogram(result, BUCKETS, range);
  const histogram = useKept(loaded);
  if (loaded.state === "fault") return <FaultPanel fault={loaded.fault} />;
  if (size === "strip") return <Strip result={result} />;
  if (histogram === undefined) return <div className="timeline" aria-busy />;
  if (histogram.totals.length === 0)
    return <p className="timeline-none">No entry has a time, so there is no time line.</p>;
  return <Drawn histogram={histogram} />;
}

function Strip({ result }: { readonly result: ResultInfo }) {
  const { setHistogram } = useCommands();
  return (
    <button type="button" className="timeline-strip" onClick={() => setHistogram("full")}>
      Show the time line of {countText(result.matched)} entries
    </button>
  );
}

function Drawn(props: { readonly histogram: Histogram }) {
  const { isPressed, press } = usePressed();
  const histogram = useSteady(props.histogram, isPressed);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const zone = resolveZone(useView((view) => view.zone));
  const bars = useMemo(() => barsOf(histogram), [histogram]);
  const lanes = useLanes(histogram);
  const hasRoom = size.height > ROOM_FOR_COVERAGE;
  const coverage = useCoverageLines(hasRoom);
  const coverageLines = hasRoom ? histogram.series.length : 0;
  const [plot, setPlot] = useState<uPlot | undefined>(undefined);
  const [hovered, setHovered] = useState<number | undefined>(undefined);
  const { cursor, zoom, onKeyDown, leave } = useTimelineCursor(histogram);
  const focusTime = useFocusTime();
  const tick = useCallback((at: number, every: number) => tickText(at, every, zone), [zone]);

  const shown = cursor?.at ?? hovered;
  return (
    <div className="timeline" ref={frame}>
      <div
        className="timeline-slider"
        role="slider"
        tabIndex={0}
        data-region-start
        aria-label="Time line: arrows move, Shift extends, Enter zooms in, minus zooms out, 0 fits"
        aria-valuemin={0}
        aria-valuemax={bars.count - 1}
        aria-valuenow={cursor?.at ?? 0}
        aria-valuetext={bucketSentence(histogram, cursor?.at ?? 0, zone)}
        onKeyDown={onKeyDown}
        onBlur={leave}
        onPointerDown={press}
        onDoubleClick={() => zoom({})}
      >
        <TimelinePlot
          size={size}
          bars={bars}
          width={histogram.width}
          lanes={lanes}
          coverage={coverage}
          coverageLines={coverageLines}
          undated={{ matched: histogram.undatedMatched, total: histogram.undatedTotal }}
          tickText={tick}
          zoneDate={(micros) => uPlot.tzDate(new Date(micros / 1000), zone)}
          onBrush={(from, to) => zoom(rangeOf(histogram, bucketOf(histogram, from), bucketOf(histogram, to)))}
          onHover={setHovered}
          onPlot={setPlot}
        />
        <Scales histogram={histogram} most={bars.maxMatched} mostOfAll={bars.maxTotal} sources={coverageLines} />
        {plot && (
          <TimelineMarks
            plot={plot}
            histogram={histogram}
            focusTime={focusTime}
            cursor={cursor}
            shown={shown}
            zone={zone}
          />
        )}
      </div>
      <BucketTable histogram={histogram} zone={zone} />
    </div>
  );
}

function Scales(props: {
  readonly histogram: Histogram;
  readonly most: number;
  readonly mostOfAll: number;
  readonly sources: number;
}) {
  const { histogram, most, mostOfAll, sources } = props;
  const strip = coverageHeight(sources);
  // The word of the strip is higher than a strip of one line.
  const floor = { bottom: AXIS + (sources > 0 ? Math.max(strip, 16) : 0) };
  const cover = { bottom: AXIS + strip / 2 - 8 };
  return (
    <div className="timeline-scales figures" aria-hidden>
      <span className="scale-most">{countText(most)}</span>
      <span className="scale-none" style={floor}>
        0
      </span>
      {sources > 0 && (
        <span className="scale-cover" style={cover}>
          cover
        </span>
      )}
      <span className="scale-words">{widthText(histogram.width)} buckets, by source, linear</span>
      <span className="scale-all">{countText(mostOfAll)}</span>
      <span className="scale-allword" style={floor}>
        all
      </span>
    </div>
  );
}

function useLanes(histogram: Histogram): readonly number[] {
  const { info } = useCase();
  return useMemo(() => {
    const lanes = new Map((info?.sources ?? []).map(({ id, lane }) => [id, lane] as const));
    return histogram.series.map(({ source }) => lanes.get(source) ?? 0);
  }, [info, histogram]);
}

function useCoverageLines(wanted: boolean) {
  const coverage = useKept(useCoverage(400));
  const { info } = useCase();
  return useMemo(() => {
    if (!wanted || coverage === undefined) return [];
    const lanes = new Map((info?.sources ?? []).map(({ id, lane }) => [id, lane] as const));
    return coverage.lanes.map(({ source, counts }) => ({
      lane: lanes.get(source) ?? 0,
      stretches: stretchesOf(counts, coverage),
    }));
  }, [wanted, coverage, info]);
}

function useFocusTime(): number | undefined {
  const focused = useView((view) => view.focused);
  const entry = useKept(useEntry(focused));
  return entry !== undefined && entry.id === focused ? entry.time : undefined;
}
