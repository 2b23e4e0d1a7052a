import type { EpochMicros } from "../../../workers/contract.ts";
import { timeParts } from "../../app/time-format.ts";
import type { Row } from "../../engine/row-pages.ts";

/**
 * Date quiet, clock plain, fraction quiet with the digits the source wrote. The date stands out on the first row in
 * sight and on each new day; the offset is repeated where it differs from the one in the column head.
 */
export function TimeCell(props: {
  readonly row: Row;
  readonly timeAbove: number | undefined;
  readonly first: boolean;
  readonly zone: string;
  readonly headOffset: string;
}) {
  const { row, zone } = props;
  if (Number.isNaN(row.time)) return <span className="time-none">no time</span>;
  const parts = timeParts(row.time as EpochMicros, row.precision, zone);
  const isNewDay = props.first || (props.timeAbove !== undefined && dateOf(props.timeAbove, zone) !== parts.date);
  return (
    <span className="time figures" title={`${parts.date} ${parts.clock}${parts.fraction} ${parts.offset}`}>
      <span className={isNewDay ? "time-date is-new" : "time-date"}>{parts.monthDay}</span>{" "}
      <span className="time-clock">{parts.clock}</span>
      <span className="time-fraction">{parts.fraction}</span>
      {parts.offset !== props.headOffset && <span className="time-offset"> {parts.offset}</span>}
    </span>
  );
}

function dateOf(time: number, zone: string): string | undefined {
  return Number.isNaN(time) ? undefined : timeParts(time as EpochMicros, 0, zone).date;
}
