import type uPlot from "uplot";
import type { Histogram } from "../../../workers/contract.ts";
import { useCase } from "../../app/services.tsx";
import { Lane } from "../../ui/badges.tsx";
import { countText } from "../../ui/count.tsx";
import { rangeOf } from "./bars.ts";
import { bucketSentence } from "./bucket-words.tsx";
import { PLOT_SIDES } from "./plot.ts";
import type { BucketCursor } from "./timeline-keys.ts";

interface MarksProps {
  readonly plot: uPlot;
  readonly histogram: Histogram;
  readonly focusTime: number | undefined;
  readonly cursor: BucketCursor | undefined;
  /** The bucket whose figures are shown: under the cursor or the pointer. */
  readonly shown: number | undefined;
  readonly zone: string;
}

/** What lies over the bars: the focused entry, the keyboard's selection, the figures of one bucket. */
export function TimelineMarks({ plot, histogram, focusTime, cursor, shown, zone }: MarksProps) {
  const place = (micros: number): number => plot.valToPos(micros / 1e6, "x") + PLOT_SIDES.left;
  const inside = focusTime !== undefined && focusTime >= histogram.from && focusTime < histogram.to;
  const selected = cursor && rangeOf(histogram, cursor.from, cursor.at);
  return (
    <div className="timeline-marks">
      {inside && <span className="mark-focus" style={{ left: place(focusTime) }} />}
      {selected && (
        <span
          className="mark-range"
          style={{ left: place(selected.from), width: place(selected.to) - place(selected.from) }}
        />
      )}
      {shown !== undefined && (
        <BucketTip
          histogram={histogram}
          bucket={shown}
          left={place(histogram.from + (shown + 0.5) * histogram.width)}
          zone={zone}
        />
      )}
    </div>
  );
}

function BucketTip(props: {
  readonly histogram: Histogram;
  readonly bucket: number;
  readonly left: number;
  readonly zone: string;
}) {
  const { histogram, bucket, left, zone } = props;
  const { info } = useCase();
  const filled = histogram.series.filter(({ counts }) => (counts[bucket] ?? 0) > 0);
  return (
    <div className="tooltip timeline-tip" data-side={left > innerWidth / 2 ? "left" : "right"} style={{ left }}>
      <p className="figures">{bucketSentence(histogram, bucket, zone)}</p>
      {filled.map(({ source, counts }) => {
        const known = info?.sources.find(({ id }) => id === source);
        return (
          <p key={source} className="timeline-tipline">
            <Lane lane={known?.lane ?? 0} />
            <span>{known?.name ?? source}</span>
            <span className="figures">{countText(counts[bucket] ?? 0)}</span>
          </p>
        );
      })}
    </div>
  );
}
