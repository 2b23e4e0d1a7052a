import { ChevronDown, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { DetailRecord } from "../../../workers/contract.ts";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { TabProps } from "./fields-tab.tsx";
import { LongList } from "./long-list.tsx";
import { FoldedText } from "./long-text.tsx";
import { MemberName } from "./member-name.tsx";
import { RawBytes } from "./raw-record.tsx";
import { markOf, tokenText } from "./spot.ts";

/** The records of the entry in their order, each with its own place and its fields. */
export function RecordsTab({ entry, spot, onSpot }: Omit<TabProps, "onBytes">) {
  const list = useRef<HTMLDivElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const [at, setAt] = useState(0);
  const marked = markOf(entry, spot)?.record;
  const current = Math.min(at, entry.records.length - 1);

  const fold = (index: number, open: boolean): void =>
    setClosed((now) => new Set(open ? [...now].filter((own) => own !== index) : [...now, index]));
  const go = (index: number): void => {
    const to = Math.max(0, Math.min(entry.records.length - 1, index));
    setAt(to);
    list.current?.querySelector<HTMLElement>(`[data-line="${to}"] .record-head`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") go(current + 1);
    else if (event.key === "ArrowUp") go(current - 1);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") fold(current, event.key === "ArrowRight");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Arrows move between the heads; the heads are buttons and have keys of their own.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="records" ref={list} onKeyDown={onKeyDown}>
      <LongList
        scroller={list}
        count={entry.records.length}
        usual={180}
        current={undefined}
        line={(index) => (
          <Record
            record={entry.records[index] as DetailRecord}
            elsewhere={entry.records[index]?.member !== entry.member}
            index={index}
            open={!closed.has(index)}
            stop={index === current}
            marked={index === marked}
            field={spot?.field}
            onFold={(open) => {
              setAt(index);
              fold(index, open);
            }}
            onField={(name) => onSpot({ field: `raw.${name}`, index: 0, record: index })}
          />
        )}
      />
    </div>
  );
}

interface RecordProps {
  readonly record: DetailRecord;
  /** It lies in another file of the same log than the entry. */
  readonly elsewhere: boolean;
  readonly index: number;
  readonly open: boolean;
  readonly stop: boolean;
  readonly marked: boolean;
  readonly field: string | undefined;
  readonly onFold: (open: boolean) => void;
  readonly onField: (name: string) => void;
}

function Record({ record, elsewhere, index, open, stop, marked, field, onFold, onField }: RecordProps) {
  const { title, offset, length, line } = record;
  return (
    <section className="record" aria-label={`Record ${index + 1}, ${title}`}>
      <button
        type="button"
        className="record-head"
        aria-expanded={open}
        tabIndex={stop ? 0 : -1}
        {...(stop && { "data-region-start": true })}
        onClick={() => onFold(!open)}
      >
        <Icon of={open ? ChevronDown : ChevronRight} size={13} />
        <span className="record-number figures">{index + 1}</span>
        <b className="record-title">
          <EvidenceText text={title} limit={80} />
        </b>
        <span className="record-place">
          {line > 0 && (
            <>
              line <Count value={line} />,{" "}
            </>
          )}
          bytes <Count value={offset} /> + <Count value={length} />
        </span>
      </button>
      {elsewhere && (
        <p className="record-member">
          in <MemberName member={record.member} />, the next file of this log
        </p>
      )}
      {open && <Fields record={record} chosen={marked ? field : undefined} onField={onField} />}
    </section>
  );
}

function Fields({
  record,
  chosen,
  onField,
}: {
  readonly record: DetailRecord;
  readonly chosen: string | undefined;
  readonly onField: (name: string) => void;
}) {
  const values = record.tokens.filter(
    (token) => token.field !== undefined && (token.kind === "value" || token.kind === "type"),
  );
  if (values.length === 0) {
    return (
      <p className="record-raw mono selectable">
        <RawBytes bytes={record.bytes} tokens={record.tokens} />
      </p>
    );
  }
  return (
    <dl className="record-fields selectable">
      {values.map((token) => (
        // The Fields and Raw tabs do the same by keys.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
        <div
          key={token.start}
          className="record-field"
          data-chosen={chosen === `raw.${token.field ?? ""}` ? "" : undefined}
          onClick={() => onField(token.field ?? "")}
        >
          <dt>
            <EvidenceText text={token.field ?? ""} limit={80} />
          </dt>
          <dd>
            <FoldedText text={tokenText(record, token)} label={`the value of ${token.field ?? ""}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
