import type { ReactNode } from "react";
import type { EntryDetail, FlagName } from "../../../workers/contract.ts";
import { OutcomeBadge, SourceCode, outcomeOf } from "../../ui/badges.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { errorName } from "./spot.ts";
import { usePlace } from "./use-place.ts";

/** What happened, in one look: action and target, outcome, one sentence, what was assumed. Always of one height. */
export function DetailHeader({ entry, secrets }: { readonly entry: EntryDetail; readonly secrets?: ReactNode }) {
  const failed = outcomeOf(entry.outcome).kind === "failed";
  const more = failed ? errorName(entry) : undefined;
  const titled = entry.action !== "" || entry.target !== "";
  return (
    <header className="detail-head">
      <h2 className="detail-title selectable">
        {entry.action !== "" && <EvidenceText text={entry.action} limit={120} className="detail-action" />}
        {entry.target !== "" && <EvidenceText text={entry.target} limit={300} className="detail-target mono" />}
        {!titled && <span className="detail-none">entry without action and target</span>}
        {entry.outcome !== "" && <OutcomeBadge value={entry.outcome} solid {...(more !== undefined && { more })} />}
      </h2>
      <p className="detail-sentence selectable">
        <EvidenceText text={entry.sentence} limit={600} />
      </p>
      <Place entry={entry} secrets={secrets} />
    </header>
  );
}

function Place({ entry, secrets }: { readonly entry: EntryDetail; readonly secrets: ReactNode }) {
  const place = usePlace(entry.member);
  return (
    <p className="detail-place">
      {place && <SourceCode code={place.source.code} lane={place.source.lane} />}
      <span className="detail-flags">
        {entry.flags.filter(isNotable).map((flag) => (
          <Flag key={flag} flag={flag} />
        ))}
      </span>
      {secrets}
      <span className="detail-id mono selectable">e {entry.id}</span>
    </p>
  );
}

interface FlagWords {
  readonly kind: "assumed" | "trouble" | "plain";
  readonly text: string;
  readonly why: string;
}

const FLAGS: Readonly<Record<FlagName, FlagWords>> = {
  zoneAssumed: {
    kind: "assumed",
    text: "zone assumed",
    why: "The time is written without a zone; it is read in the zone that is assumed for its member.",
  },
  yearInferred: {
    kind: "assumed",
    text: "year inferred",
    why: "The time is written without a year; it was taken from what lies around it.",
  },
  clockCorrected: {
    kind: "assumed",
    text: "clock corrected",
    why: "The clock that wrote the time was wrong: the time shown is the corrected one.",
  },
  timeTwice: {
    kind: "assumed",
    text: "time told twice",
    why: "Clocks in the assumed zone showed this time twice, as they were put back: the earlier one is taken.",
  },
  timeSkipped: {
    kind: "trouble",
    text: "no such local time",
    why: "Clocks in the assumed zone never showed this time: it is read with the offset before they were put forward.",
  },
  levelDerived: {
    kind: "assumed",
    text: "level derived",
    why: "The source writes no level; Exhibit derived it from type and outcome.",
  },
  mandatoryMissing: { kind: "trouble", text: "fields missing", why: "Fields that its format requires are not there." },
  duplicate: { kind: "plain", text: "duplicate", why: "The same entry was found before, in this evidence." },
  unmapped: {
    kind: "plain",
    text: "not mapped",
    why: "No rule knows this kind of entry: only its original fields are filled.",
  },
  integrity: {
    kind: "trouble",
    text: "integrity",
    why: "A check value of the record does not agree with its content.",
  },
  encoding: {
    kind: "trouble",
    text: "bytes not text",
    why: "Some bytes are not valid in the encoding the member was read as.",
  },
  incomplete: { kind: "trouble", text: "incomplete", why: "Records or pieces of this entry are missing." },
  valueUnfit: {
    kind: "plain",
    text: "unfit value",
    why: "A target type outside the list is kept as written; a count that is no number counts as 1.",
  },
  arrivalTime: {
    kind: "assumed",
    text: "time of arrival",
    why: "The time may be only that at which the record arrived: the source found no better one, or wrote both alike.",
  },
  timeUnusable: {
    kind: "trouble",
    text: "time not readable",
    why: "A time is written in the record, but it cannot be read or used.",
  },
};

/** Few sources write a level: that it was derived stands at the field, not over every entry. */
const isNotable = (flag: FlagName): boolean => flag !== "levelDerived";

function Flag({ flag }: { readonly flag: FlagName }) {
  const { kind, text, why } = FLAGS[flag];
  return (
    <span className="detail-flag" data-kind={kind} title={why}>
      {kind === "assumed" && <span aria-hidden>≈ </span>}
      {text}
      <span className="said">: {why}</span>
    </span>
  );
}
