import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import type { MemberId, RejectRow } from "../../../workers/contract.ts";
import { SourceCode } from "../../ui/badges.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { lenientText } from "../detail/utf8.ts";
import type { EvidencePlace } from "../detail/use-place.ts";
import { type TallScroll } from "../grid/use-tall-scroll.ts";
import { reasonText } from "./reason-text.ts";
import { rejectTarget } from "./reject-window.ts";

export const REJECT_ROW = 24;
export const REJECT_HEAD = 28;

interface RejectTableProps {
  readonly total: number;
  readonly scroll: TallScroll;
  readonly rowAt: (index: number) => RejectRow | undefined;
  readonly placeOf: (member: MemberId) => EvidencePlace | undefined;
  readonly at: number;
  readonly onChoose: (index: number) => void;
  readonly onEnter: () => void;
}

/** Every reject as a line: where it lies, why it is none, how it begins. */
export function RejectTable({ total, scroll, rowAt, placeOf, at, onChoose, onEnter }: RejectTableProps) {
  const id = useId();
  const frame = useRef<HTMLDivElement | null>(null);
  const { showRow, attach } = scroll;
  useEffect(() => showRow(at, "nearest"), [showRow, at]);
  const page = Math.max(1, Math.floor(scroll.viewport / REJECT_ROW) - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const to = rejectTarget(event.key, at, total, page);
    if (to !== undefined) onChoose(to);
    else if (event.key === "Enter") onEnter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const indexes = Array.from({ length: Math.max(0, scroll.end - scroll.first) }, (_, index) => scroll.first + index);
  return (
    <div
      className="reject-table"
      role="grid"
      aria-label="Rejects"
      aria-rowcount={total + 1}
      aria-activedescendant={at >= scroll.first && at < scroll.end ? `${id}-${at}` : undefined}
      tabIndex={0}
      data-region-start
      ref={(element) => {
        frame.current = element;
        attach(element);
      }}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: scroll.spacer + REJECT_HEAD }}>
        <div className="reject-pane" role="presentation" style={{ height: scroll.viewport + REJECT_HEAD }}>
          <div className="reject-row reject-row-head" role="row" aria-rowindex={1}>
            {["Src", "Member", "Line", "Offset", "Length", "Reason", "Raw"].map((title) => (
              <span key={title} role="columnheader">
                {title}
              </span>
            ))}
          </div>
          <div className="reject-rows" role="presentation" style={{ height: scroll.viewport }}>
            <div role="presentation" style={{ transform: `translateY(${scroll.shift}px)` }}>
              {indexes.map((index) => (
                <Row
                  key={index}
                  id={`${id}-${index}`}
                  index={index}
                  row={rowAt(index)}
                  placeOf={placeOf}
                  current={index === at}
                  onChoose={() => onChoose(index)}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly index: number;
  readonly row: RejectRow | undefined;
  readonly placeOf: RejectTableProps["placeOf"];
  readonly current: boolean;
  readonly onChoose: () => void;
}

function Row({ id, index, row, placeOf, current, onChoose }: RowProps) {
  const place = row && placeOf(row.member);
  return (
    // Keys are the table's: it is the one tab stop.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div id={id} className="reject-row" role="row" aria-rowindex={index + 2} aria-selected={current} onClick={onChoose}>
      {row !== undefined && (
        <>
          <span role="gridcell" className="reject-source">
            {place && <SourceCode code={place.source.code} lane={place.source.lane} bar />}
          </span>
          <span role="gridcell">{place && <EvidenceText text={place.member.path} limit={160} />}</span>
          <span role="gridcell">{row.line > 0 && <Count value={row.line} />}</span>
          <span role="gridcell">
            <Count value={row.offset} />
          </span>
          <span role="gridcell">
            <Count value={row.length} />
          </span>
          <span role="gridcell" className="reject-reason">
            {reasonText(row.code)}
          </span>
          <span role="gridcell" className="reject-raw mono">
            <EvidenceText text={lenientText(row.bytes.subarray(0, 400)).replace(/\r?\n$/, "")} limit={300} />
          </span>
        </>
      )}
    </div>
  );
}
