import { ChevronDown, ChevronRight, Lock } from "lucide-react";
import { type MouseEvent, memo } from "react";
import type { EntryDetail, EpochMicros } from "../../../workers/contract.ts";
import { useView } from "../../app/services.tsx";
import { timeParts } from "../../app/time-format.ts";
import { outcomeOf } from "../../ui/badges.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { splitPath } from "../../ui/path-text.tsx";
import { AboutField } from "./about-field.tsx";
import type { FieldLine } from "./field-lines.ts";
import { LongSize, PieceLine, ValueHead } from "./long-text.tsx";
import type { LongValue } from "./long-value.ts";
import { OriginText } from "./origin-text.tsx";

interface FieldRowProps {
  readonly id: string;
  readonly line: FieldLine;
  readonly entry: EntryDetail;
  readonly current: boolean;
  readonly titleOf: (name: string) => string;
  readonly onMouse: (event: MouseEvent) => void;
  readonly onBytes: () => void;
}

/** Keys are the list's: it is the one tab stop. */
export function FieldRow({ id, line, entry, current, titleOf, onMouse, onBytes }: FieldRowProps) {
  if (line.kind === "group") {
    return (
      <h3 className="detail-group" role="presentation">
        {line.title}
      </h3>
    );
  }
  const common = { id, role: "option", "aria-selected": current, onClick: onMouse } as const;
  if (line.kind === "fold") {
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div {...common} className="detail-fold">
        <Icon of={line.open ? ChevronDown : ChevronRight} size={13} />
        {countText(line.hidden)} empty
        <span className="said">{line.open ? ", shown" : ", folded away"}</span>
      </div>
    );
  }
  if (line.kind === "text") {
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div {...common} className="detail-text selectable" onContextMenu={onMouse}>
        <PieceLine {...line.piece} />
      </div>
    );
  }
  const { field, index, value, long } = line;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div {...common} className="detail-field" onContextMenu={onMouse} onDoubleClick={onBytes}>
      <span className="detail-key">
        {index === 0 ? (
          <>
            <EvidenceText text={titleOf(field.name)} limit={120} />
            {field.name === "time" && entry.time !== undefined && <TimeOffset at={entry.time} />}
          </>
        ) : (
          <span className="said">{`${titleOf(field.name)}, value ${index + 1}`}</span>
        )}
      </span>
      <span className="detail-value">
        {field.masked && <Masked />}
        {long === undefined ? (
          <FieldValue name={field.name} value={value} entry={entry} />
        ) : (
          <LongField value={value} long={long} />
        )}
      </span>
      {index === 0 && <OriginText origin={field.origin} />}
      {/* What a field is stands at the one in focus: at each of a hundred it would bury the values. */}
      {current && index === 0 && field.about !== undefined && <AboutField about={field.about} />}
    </div>
  );
}

/** The keys are the list's; the words are for the mouse. */
function LongField({ value, long }: { readonly value: string; readonly long: LongValue & { readonly open: boolean } }) {
  return (
    <>
      {!long.open && <ValueHead text={value} />}
      <span className="long-foot">
        <LongSize {...long} />
        <span className="link-button" data-toggle aria-hidden>
          {long.open ? "Fold" : "Show"}
        </span>
        <span className="said">{long.open ? ", shown below, Space folds it" : ", folded, Space shows it"}</span>
      </span>
    </>
  );
}

/** Before a value that stands for a secret. */
function Masked() {
  return (
    <span className="detail-masked" title="A secret, masked">
      <Icon of={Lock} size={12} />
      <span className="said">masked: </span>
    </span>
  );
}

/** Beside the name: with it the time would not fit its line. */
function TimeOffset({ at }: { readonly at: EpochMicros }) {
  const zone = useView((view) => view.zone);
  return <span className="figures"> {timeParts(at, 0, zone).offset}</span>;
}

const FieldValue = memo(function FieldValue(props: {
  readonly name: string;
  readonly value: string;
  readonly entry: EntryDetail;
}) {
  const { name, value, entry } = props;
  const zone = useView((view) => view.zone);
  if (value === "") return <span className="detail-none">empty</span>;
  if (name === "time" && entry.time !== undefined) {
    const { date, clock, fraction } = timeParts(entry.time, entry.precision, zone);
    return (
      <b className="detail-time figures">
        {date} {clock}
        {fraction}
      </b>
    );
  }
  const failed = name === "outcome" && outcomeOf(value).kind === "failed";
  const className = failed ? "detail-failed" : isMono(name, value) ? "mono" : undefined;
  return <EvidenceText text={value} {...(className !== undefined && { className })} />;
});

/** Bytes, hashes and paths; names and words are read, not compared. */
function isMono(name: string, value: string): boolean {
  return name === "source text" || /^[0-9a-f]{32,}$/.test(value) || splitPath(value).directory !== "";
}
