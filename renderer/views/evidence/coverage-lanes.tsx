import type { CaseInfo, Coverage, EpochMicros, SourceInfo } from "../../../workers/contract.ts";
import { useView } from "../../app/services.tsx";
import { zoneText } from "../../app/time-format.ts";
import { useCoverage, useKept } from "../../engine/use-result.ts";
import { SourceCode } from "../../ui/badges.tsx";
import { countText } from "../../ui/count.tsx";
import { stretchesOf } from "../timeline/coverage.ts";
import { instantText, tickText } from "../timeline/tick-text.ts";
import { ticksOf } from "./coverage-ticks.ts";
import { shownSources } from "../../app/source-standing.ts";

const BUCKETS = 480;
const MINUTE = 60e6;
const DAY = 86_400e6;

/** When each source has entries. A blank stretch says only that there is no entry. */
export function CoverageLanes({ info }: { readonly info: CaseInfo }) {
  const zone = useView((view) => view.zone);
  const coverage = useKept(useCoverage(BUCKETS));
  if (coverage === undefined) return null;
  const { from, to } = coverage;
  const place = (at: number): string => `${((at - from) / Math.max(1, to - from)) * 100}%`;
  const ticks = ticksOf(from, to, 6, zone);
  return (
    <section className="coverage" aria-label="Coverage">
      <h2 className="evidence-view-subhead">
        Coverage
        <span>
          {instantText(from, zone)} to {instantText(to, zone)}, {zoneText(from, zone)}
        </span>
      </h2>
      <ul className="coverage-lanes">
        {shownSources(info).map((source) => (
          <CoverageLane key={source.id} source={source} coverage={coverage} place={place} />
        ))}
      </ul>
      <div className="coverage-ticks" aria-hidden>
        {ticks.at.map((at) => (
          <span key={at} className="figures" style={{ left: place(at) }}>
            {tickText(at, ticks.every, zone)}
          </span>
        ))}
      </div>
    </section>
  );
}

interface LaneProps {
  readonly source: SourceInfo;
  readonly coverage: Coverage;
  readonly place: (at: number) => string;
}

function CoverageLane({ source, coverage, place }: LaneProps) {
  const counts = coverage.lanes.find((lane) => lane.source === source.id)?.counts;
  const stretches = counts === undefined ? [] : stretchesOf(counts, coverage);
  return (
    <li className="coverage-lane" data-lane={source.lane % 8}>
      <SourceCode code={source.code} lane={source.lane} />
      <span className="coverage-line" aria-hidden>
        {stretches.map(([start, end]) => (
          <span
            key={start}
            className="coverage-stretch"
            data-again={source.lane >= 8 ? "" : undefined}
            style={{ left: place(start), width: `calc(${place(end)} - ${place(start)})` }}
          />
        ))}
      </span>
      <LaneWords source={source} coverage={coverage} />
    </li>
  );
}

function LaneWords({ source, coverage }: { readonly source: SourceInfo; readonly coverage: Coverage }) {
  const zone = useView((view) => view.zone);
  const undated = source.members.reduce((sum, member) => sum + member.undated, 0);
  const parts = [spanWords(source, coverage, zone), undated === 0 ? "" : `${countText(undated)} undated`];
  return <span className="coverage-words">{parts.filter((part) => part !== "").join(", ")}</span>;
}

/** Only what sets a source apart: where it begins later or ends earlier than the whole. */
function spanWords(source: SourceInfo, { from, to }: Coverage, zone: string): string {
  const dated = source.members.filter(({ first }) => first !== undefined);
  if (dated.length === 0) return "no dated entry";
  const first = Math.min(...dated.map((member) => member.first as EpochMicros));
  const last = Math.max(...dated.map((member) => member.last as EpochMicros));
  const slack = (to - from) / 100;
  const begins = first - from > slack ? `begins ${shortText(first, to - from, zone)}` : "";
  const ends = to - last > slack ? `ends ${shortText(last, to - from, zone)}` : "";
  return [begins, ends].filter((part) => part !== "").join(", ") || "first to last";
}

/** As much of an instant as tells it apart on this axis. */
function shortText(at: number, span: number, zone: string): string {
  const text = instantText(Math.floor(at / MINUTE) * MINUTE, zone).replace(/:00$/, "");
  const [date = "", clock = ""] = text.split(", ");
  return span > 60 * DAY ? date : `${date.replace(/ \d{4}$/, "")} ${clock}`;
}
