/** Where each source has entries on one common axis. */
import type { Coverage, EpochMicros } from "../contract.ts";
import type { CaseColumns } from "../query/columns.ts";
import { shownSources, shownStretches } from "../query/shown.ts";

/** undefined: no entry is dated. */
export function coverageOf(columns: CaseColumns, buckets: number): Coverage | undefined {
  const stretches = shownStretches(columns);
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { first, end } of stretches) {
    for (let entry = first; entry < end; entry++) {
      const at = columns.time[entry] as number;
      if (at < from) from = at;
      if (at > to) to = at;
    }
  }
  if (from > to) return undefined;
  const lanes = shownSources(columns).map(({ id }) => ({ source: id, counts: new Uint32Array(buckets) }));
  const laneOf = columns.members.map((member) => lanes.find((lane) => lane.source === member.source)?.counts);
  const width = (to - from) / buckets || 1;
  for (const { first, end } of stretches) {
    for (let entry = first; entry < end; entry++) {
      const at = columns.time[entry] as number;
      const counts = laneOf[columns.member[entry] as number];
      if (counts === undefined || Number.isNaN(at)) continue;
      const bucket = Math.min(buckets - 1, Math.floor((at - from) / width));
      counts[bucket] = (counts[bucket] as number) + 1;
    }
  }
  return { from: from as EpochMicros, to: to as EpochMicros, lanes };
}
