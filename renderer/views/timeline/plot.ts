/**
 * uPlot set up for the timeline: the ghost of all entries on its own scale, matching entries stacked by source on
 * another, both from zero and linear. A bucket that holds anything is at least one pixel high.
 */
import type uPlot from "uplot";
import type { Bars } from "./bars.ts";

export interface PlotColours {
  readonly lanes: readonly string[];
  readonly ghost: string;
  readonly ghostEdge: string;
  readonly tick: string;
  readonly label: string;
  readonly font: string;
}

interface CoverageLine {
  readonly lane: number;
  readonly stretches: readonly (readonly [number, number])[];
}

export interface PlotSettings {
  readonly bars: Bars;
  /** µs, width of a bucket. */
  readonly width: number;
  /** Lane number of each stack. */
  readonly lanes: readonly number[];
  readonly size: { readonly width: number; readonly height: number };
  readonly colours: PlotColours;
  readonly tickText: (micros: number, everyMicros: number) => string;
  readonly zoneDate: (micros: number) => Date;
  readonly onBrush: (fromMicros: number, toMicros: number) => void;
  /** The bucket under the pointer, or undefined when it left. */
  readonly onHover: (bucket: number | undefined) => void;
  /** One line a source below the bars: its lane, and stretches of µs in which it has entries. */
  readonly coverage: readonly CoverageLine[];
  /** Lines that room is kept for, whether or not they have arrived. */
  readonly coverageLines: number;
  /** Share of undated entries that match, and whether there are any: a bar of their own left of the axis. */
  readonly undated: { readonly matched: number; readonly total: number };
}

export const PLOT_SIDES = { left: 52, right: 44 } as const;
const SECOND = 1e6;
const LINE = 2.6;
const LINE_GAP = 1.4;
/** Lines that fit before the ticks; further sources share the last one. */
const MOST_LINES = 5;

export function coverageHeight(sources: number): number {
  return sources === 0 ? 0 : 4 + Math.min(sources, MOST_LINES) * (LINE + LINE_GAP);
}

export function plotData(settings: PlotSettings): uPlot.AlignedData {
  const { bars, width } = settings;
  const xs = Array.from(bars.starts, (start) => start / SECOND);
  // One step past the last bucket closes the ghost's outline and gives the last bar its width.
  xs.push(((bars.starts.at(-1) ?? 0) + width) / SECOND);
  const close = (values: Iterable<number>): number[] => [...values, 0];
  // Tall stacks first, so that lower ones are painted over them.
  return [xs, close(bars.totals), ...[...bars.stacks].reverse().map(close)];
}

export function plotOptions(settings: PlotSettings): uPlot.Options {
  const { bars, size, colours, lanes } = settings;
  return {
    ...size,
    padding: [8, PLOT_SIDES.right, 0, PLOT_SIDES.left],
    legend: { show: false },
    tzDate: (seconds) => settings.zoneDate(seconds * SECOND),
    cursor: {
      points: { show: false },
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 4 },
      bind: { dblclick: () => null },
    },
    scales: {
      x: { time: true, range: (_, low, high) => [low, high] },
      y: { range: () => [0, Math.max(1, bars.maxMatched)] },
      all: { range: () => [0, Math.max(1, bars.maxTotal)] },
    },
    axes: [timeAxis(settings), { show: false, scale: "y" }],
    series: [
      {},
      {
        scale: "all",
        fill: colours.ghost,
        stroke: colours.ghostEdge,
        width: 1,
        paths: ghostPath,
        points: { show: false },
      },
      ...[...lanes].reverse().map((lane) => stackSeries(colours.lanes[lane % colours.lanes.length] ?? colours.label)),
    ],
    hooks: {
      setSelect: [(plot) => brushed(plot, settings)],
      setCursor: [({ cursor }) => settings.onHover(bucketUnder(cursor, bars.count))],
      draw: [(plot) => drawCoverage(plot, settings), (plot) => drawUndated(plot, settings)],
    },
  };
}

function stackSeries(colour: string): uPlot.Series {
  return { scale: "y", fill: colour, width: 0, paths: barPath, points: { show: false } };
}

function timeAxis({ colours, tickText, coverageLines }: PlotSettings): uPlot.Axis {
  const strip = coverageHeight(coverageLines);
  return {
    stroke: colours.label,
    font: colours.font,
    size: 18 + strip,
    gap: strip,
    space: 72,
    grid: { show: false },
    ticks: { show: true, stroke: colours.tick, width: 1, size: 3 },
    values: (_, splits, __, ___, every) => splits.map((split) => tickText(split * SECOND, every * SECOND)),
  };
}

/** Steps from bucket to bucket, closed along the bottom. */
const ghostPath: uPlot.Series.PathBuilder = (plot, series, first, last) => {
  const { xs, ys, x, y, floor } = pixels(plot, series);
  const stroke = new Path2D();
  stroke.moveTo(x(xs[first] as number), floor);
  for (let i = first; i < last; i++) {
    const top = risen(y(ys[i] ?? 0), floor, ys[i] ?? 0);
    stroke.lineTo(x(xs[i] as number), top);
    stroke.lineTo(x(xs[i + 1] as number), top);
  }
  stroke.lineTo(x(xs[last] as number), floor);
  const fill = new Path2D(stroke);
  fill.closePath();
  return { stroke, fill };
};

const barPath: uPlot.Series.PathBuilder = (plot, series, first, last) => {
  const { xs, ys, x, y, floor } = pixels(plot, series);
  const fill = new Path2D();
  for (let i = first; i < last; i++) {
    const value = ys[i] ?? 0;
    if (value === 0) continue;
    const left = x(xs[i] as number);
    const right = Math.max(left + devicePixelRatio, x(xs[i + 1] as number) - devicePixelRatio);
    const top = risen(y(value), floor, value);
    fill.rect(left, top, right - left, floor - top);
  }
  return { stroke: null, fill };
};

function pixels(plot: uPlot, series: number) {
  const scale = plot.series[series]?.scale ?? "y";
  return {
    xs: plot.data[0],
    ys: (plot.data[series] ?? []) as ArrayLike<number | null | undefined>,
    x: (value: number): number => Math.round(plot.valToPos(value, "x", true)),
    y: (value: number): number => Math.round(plot.valToPos(value, scale, true)),
    floor: Math.round(plot.valToPos(0, scale, true)),
  };
}

function risen(top: number, floor: number, value: number): number {
  return value > 0 ? Math.min(top, floor - devicePixelRatio) : floor;
}

function brushed(plot: uPlot, settings: PlotSettings): void {
  const { left, width } = plot.select;
  if (width < 2) return;
  const from = plot.posToVal(left, "x") * SECOND;
  const to = plot.posToVal(left + width, "x") * SECOND;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  settings.onBrush(from, to);
}

function bucketUnder(cursor: uPlot.Cursor, count: number): number | undefined {
  const { idx, left } = cursor;
  if (idx === null || idx === undefined || left === undefined || left < 0) return undefined;
  return Math.min(idx, count - 1);
}

function drawCoverage(plot: uPlot, { coverage, colours }: PlotSettings): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const { left, width } = bbox;
  coverage.forEach(({ lane, stretches }, index) => {
    const line = Math.min(index, MOST_LINES - 1);
    const top = bbox.top + bbox.height + (4 + line * (LINE + LINE_GAP)) * ratio;
    ctx.fillStyle = colours.lanes[lane % colours.lanes.length] ?? colours.label;
    for (const [from, to] of stretches) {
      const start = Math.max(left, plot.valToPos(from / SECOND, "x", true));
      const end = Math.min(left + width, plot.valToPos(to / SECOND, "x", true));
      if (end > left && start < left + width) ctx.fillRect(start, top, Math.max(ratio, end - start), LINE * ratio);
    }
  });
}

/** Ghost and fill in one thin bar, as high as the plot: entries without a time have no place on the axis. */
function drawUndated(plot: uPlot, { undated, colours }: PlotSettings): void {
  if (undated.total === 0) return;
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const width = 6 * ratio;
  const left = bbox.left - width - 4 * ratio;
  const height = undated.matched === 0 ? 0 : Math.max(ratio, (undated.matched / undated.total) * bbox.height);
  ctx.fillStyle = colours.ghost;
  ctx.fillRect(left, bbox.top, width, bbox.height);
  ctx.fillStyle = colours.label;
  ctx.fillRect(left, bbox.top + bbox.height - height, width, height);
  ctx.strokeStyle = colours.ghostEdge;
  ctx.lineWidth = ratio;
  ctx.strokeRect(left, bbox.top, width, bbox.height);
}
