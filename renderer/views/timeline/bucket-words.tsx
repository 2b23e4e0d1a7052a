import type { Histogram } from "../../../workers/contract.ts";
import { countText } from "../../ui/count.tsx";
import { matchedIn } from "./bars.ts";
import { instantText } from "./tick-text.ts";

/** "12 of 340 entries from 12 Aug 2026, 03:10:00" */
export function bucketSentence(histogram: Histogram, bucket: number, zone: string): string {
  const matched = countText(matchedIn(histogram, bucket));
  const all = countText(histogram.totals[bucket] ?? 0);
  return `${matched} of ${all} entries from ${instantText(histogram.from + bucket * histogram.width, zone)}`;
}

const MOST_ROWS = 400;

/** The same figures as a table, for those who cannot see the bars. */
export function BucketTable({ histogram, zone }: { readonly histogram: Histogram; readonly zone: string }) {
  const filled = [...histogram.totals.keys()].filter((bucket) => (histogram.totals[bucket] ?? 0) > 0);
  return (
    <table className="said">
      <caption>Entries over time</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Matching</th>
          <th scope="col">All</th>
        </tr>
      </thead>
      <tbody>
        {filled.slice(0, MOST_ROWS).map((bucket) => (
          <tr key={bucket}>
            <th scope="row">{instantText(histogram.from + bucket * histogram.width, zone)}</th>
            <td>{matchedIn(histogram, bucket)}</td>
            <td>{histogram.totals[bucket]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
