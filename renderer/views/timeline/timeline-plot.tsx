import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { plotData, plotOptions, type PlotColours, type PlotSettings } from "./plot.ts";
import { usePlotColours } from "./use-plot-colours.ts";

export interface TimelinePlotProps extends Omit<PlotSettings, "colours"> {
  /** Set to the plot, so that others can turn instants into pixels; undefined while there is none. */
  readonly onPlot: (plot: uPlot | undefined) => void;
}

/** The drawing alone. It is made anew when its bars or its size change: at 240 buckets that takes a few milliseconds. */
export function TimelinePlot({ onPlot, ...settings }: TimelinePlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const colours = usePlotColours(host);
  usePlot(host, settings, colours, onPlot);
  return <div className="timeline-plot" ref={host} aria-hidden />;
}

function usePlot(
  host: RefObject<HTMLDivElement | null>,
  settings: Omit<PlotSettings, "colours">,
  colours: PlotColours | undefined,
  onPlot: (plot: uPlot | undefined) => void,
): void {
  const latest = useRef(settings);
  useEffect(() => {
    latest.current = settings;
  });
  const { bars, size, coverage, coverageLines, tickText } = settings;
  const drawn = useRef<uPlot | undefined>(undefined);
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null || colours === undefined || size.width === 0 || size.height === 0) return;
    const live: PlotSettings = {
      ...settings,
      colours,
      onBrush: (from, to) => latest.current.onBrush(from, to),
      onHover: (bucket) => latest.current.onHover(bucket),
      get coverage() {
        return latest.current.coverage;
      },
    };
    const plot = new uPlot(plotOptions(live), plotData(live), element);
    drawn.current = plot;
    onPlot(plot);
    return () => {
      drawn.current = undefined;
      onPlot(undefined);
      plot.destroy();
    };
    // Callbacks are reached through `latest`; all that is drawn is listed.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [host, bars, coverageLines, colours, tickText, size.width, size.height]);
  // What arrives late is drawn into the plot that stands, so that no drag is lost to it.
  useEffect(() => drawn.current?.redraw(false, false), [coverage]);
}
