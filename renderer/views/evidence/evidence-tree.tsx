import { Check, ChevronDown, ChevronRight, CircleX, FileText, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import type { CaseInfo, SourceId } from "../../../workers/contract.ts";
import { SourceCode } from "../../ui/badges.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type EvidenceRow, type LedgerState, evidenceSum } from "./evidence-rows.ts";

interface EvidenceTreeProps {
  readonly info: CaseInfo;
  readonly rows: readonly EvidenceRow[];
  readonly at: number;
  readonly onChoose: (row: number) => void;
  readonly onFold: (source: SourceId, open: boolean) => void;
  /** Moves on to the panel of the chosen row. */
  readonly onEnter: () => void;
}

/** Sources, their members, and the sum. One tab stop; arrows move, ← → fold. */
export function EvidenceTree({ info, rows, at, onChoose, onFold, onEnter }: EvidenceTreeProps) {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    const to = targetRow(event.key, rows, at);
    if (to !== undefined) onChoose(to);
    else if (event.key === "Enter") onEnter();
    else if (row?.open !== undefined && event.key === (row.open ? "ArrowLeft" : "ArrowRight"))
      onFold(row.source.id, !row.open);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="evidence-tree"
      role="treegrid"
      aria-label="Sources and members"
      aria-rowcount={rows.length + 2}
      aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
      tabIndex={0}
      ref={frame}
      data-region-start
      onKeyDown={onKeyDown}
    >
      <div role="row" className="evidence-row evidence-row-head" aria-rowindex={1}>
        {["Source and member", "Format", "Bytes", "Entries", "Rejects", "Ledger"].map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      {rows.map((row, index) => (
        <Row
          key={row.key}
          id={`${id}-${index}`}
          row={row}
          index={index}
          current={index === at}
          onChoose={() => onChoose(index)}
          onFold={() => onFold(row.source.id, row.open === false)}
        />
      ))}
      <SumRow info={info} index={rows.length} />
    </div>
  );
}

function targetRow(key: string, rows: readonly EvidenceRow[], at: number): number | undefined {
  const last = rows.length - 1;
  if (key === "ArrowDown") return Math.min(last, at + 1);
  if (key === "ArrowUp") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  if (key === "End") return last;
  // From a member to its archive.
  if (key === "ArrowLeft" && rows[at]?.level === 2)
    return rows.findLastIndex((row, index) => index < at && row.level === 1);
  return undefined;
}

interface RowProps {
  readonly id: string;
  readonly row: EvidenceRow;
  readonly index: number;
  readonly current: boolean;
  readonly onChoose: () => void;
  readonly onFold: () => void;
}

function Row({ id, row, index, current, onChoose, onFold }: RowProps) {
  return (
    // Keys are the table's: it is the one tab stop.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      className="evidence-row"
      role="row"
      aria-rowindex={index + 2}
      aria-level={row.level}
      aria-selected={current}
      aria-expanded={row.open}
      data-state={row.source.state}
      onClick={onChoose}
      onDoubleClick={() => row.open !== undefined && onFold()}
    >
      <span role="gridcell" className="evidence-name">
        {row.level === 1 ? (
          <>
            <SourceCode code={row.source.code} lane={row.source.lane} bar />
            {row.open !== undefined && <Fold open={row.open} onFold={onFold} />}
          </>
        ) : (
          <span className="evidence-member">
            <Icon of={FileText} size={13} />
          </span>
        )}
        <EvidenceText text={row.name} limit={240} className="evidence-name-text" />
      </span>
      <span role="gridcell" className="evidence-format">
        {row.format}
      </span>
      <Figure value={row.bytes} />
      <Figure value={row.entries} />
      <Figure value={row.rejects} quiet={row.rejects === 0} />
      <LedgerCell state={row.ledger} />
    </div>
  );
}

/** For the mouse: ← and → do the same. */
function Fold({ open, onFold }: { readonly open: boolean; readonly onFold: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className="evidence-fold"
      onClick={(event) => {
        event.stopPropagation();
        onFold();
      }}
    >
      <Icon of={open ? ChevronDown : ChevronRight} size={13} />
    </span>
  );
}

function Figure({ value, quiet = false }: { readonly value: number | undefined; readonly quiet?: boolean }) {
  return (
    <span role="gridcell" className="evidence-figure" data-quiet={quiet ? "" : undefined}>
      {value !== undefined && <Count value={value} />}
    </span>
  );
}

function LedgerCell({ state }: { readonly state: LedgerState }) {
  const { kind, text } = state;
  const icon = kind === "failed" || kind === "short" ? CircleX : kind === "incomplete" ? TriangleAlert : undefined;
  return (
    <span role="gridcell" className="evidence-ledger figures" data-kind={kind}>
      {icon && <Icon of={icon} size={12} />}
      {text}
      {kind === "whole" && text === "" && (
        <>
          <Icon of={Check} size={13} />
          <span className="said">every member is accounted for</span>
        </>
      )}
    </span>
  );
}

function SumRow({ info, index }: { readonly info: CaseInfo; readonly index: number }) {
  const sum = evidenceSum(info);
  return (
    <div role="row" className="evidence-row evidence-row-sum" aria-rowindex={index + 2}>
      <span role="gridcell">All members</span>
      <span role="gridcell" aria-label="every format" />
      <Figure value={sum.bytes} />
      <Figure value={sum.entries} />
      <Figure value={sum.rejects} />
      <LedgerCell state={sum.ledger} />
    </div>
  );
}
