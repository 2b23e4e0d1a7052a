import { Info } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useId, useMemo, useRef, useState } from "react";
import type { EntryDetail, FieldAbout, Interpretation } from "../../../workers/contract.ts";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ContextMenu } from "../../ui/menu.tsx";
import { AboutField, aboutFields } from "./about-field.tsx";
import type { TabProps } from "./fields-tab.tsx";
import { LongList } from "./long-list.tsx";
import { LongSize, PieceLine, ValueHead } from "./long-text.tsx";
import { longValue, textPieces } from "./long-value.ts";
import { OriginText } from "./origin-text.tsx";
import { type Spot, markOf, originalName, overlaps } from "./spot.ts";
import { type DetailValue, useDetailMenu } from "./use-detail-menu.ts";

/** What each recorded value means, and how Exhibit knows. */
export function InterpretedTab({ entry, spot, onSpot, onBytes }: TabProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const menu = useDetailMenu(entry);
  const { interpretations } = entry;
  const at = currentLine(entry, spot);
  const about = useMemo(() => aboutFields(entry), [entry]);
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set());
  const show = (index: number): void =>
    setShown((now) => new Set(now.has(index) ? [...now].filter((own) => own !== index) : [...now, index]));

  const go = (to: number): void => {
    const line = interpretations[Math.max(0, Math.min(interpretations.length - 1, to))];
    if (line !== undefined) onSpot({ field: queryName(entry, line), index: 0, record: line.mark?.record });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = interpretations[at];
    const corner = (): DOMRect | undefined =>
      list.current?.querySelector(`[data-line="${at}"]`)?.getBoundingClientRect();
    if (line !== undefined && menu.onKey(event, valueOf(entry, line), corner)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = interpretations.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to !== undefined) go(to);
    else if (event.key === "Enter" && line !== undefined) onBytes();
    else if (event.key === " " && line !== undefined && longValue(line.meaning) !== undefined) show(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onMouse = (event: MouseEvent, index: number): void => {
    const line = interpretations[index] as Interpretation;
    const pressed = menu.onMouse(event, valueOf(entry, line));
    if (!pressed || event.type === "contextmenu") go(index);
    const isToggle = event.target instanceof Element && event.target.closest("[data-toggle]") !== null;
    if (isToggle && event.type === "click" && !pressed) show(index);
  };
  if (interpretations.length === 0)
    return <p className="detail-note">Nothing in this entry needs an interpretation: its values are words already.</p>;
  return (
    <div className="meanings">
      <div className="meanings-head" aria-hidden>
        <span>Field</span>
        <span>As recorded</span>
        <span>Meaning</span>
        <span>Origin</span>
      </div>
      <div
        className="meanings-list"
        role="listbox"
        aria-label="Meanings of the recorded values"
        tabIndex={0}
        ref={list}
        data-region-start
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        onKeyDown={onKeyDown}
      >
        <LongList
          scroller={list}
          count={interpretations.length}
          usual={28}
          current={at < 0 ? undefined : at}
          line={(index) => (
            <>
              {recordAbove(entry, index) !== undefined && (
                <p className="meaning-record" role="presentation">
                  <EvidenceText text={recordAbove(entry, index) ?? ""} limit={80} />
                </p>
              )}
              <Meaning
                id={`${id}-${index}`}
                line={interpretations[index] as Interpretation}
                current={index === at}
                open={shown.has(index)}
                about={isTold(entry, index === at) ? about.get(interpretations[index]?.field ?? "") : undefined}
                onMouse={(event) => onMouse(event, index)}
                onBytes={onBytes}
              />
            </>
          )}
        />
        <Note entry={entry} />
      </div>
      <ContextMenu at={menu.at} groups={menu.groups} label="Value" onClose={menu.close} />
    </div>
  );
}

/** Of a single record there is room to say what each field is; of several, at the line in focus. */
const isTold = ({ records }: EntryDetail, isCurrent: boolean): boolean => isCurrent || records.length === 1;

interface MeaningProps {
  readonly id: string;
  readonly line: Interpretation;
  readonly current: boolean;
  /** A long meaning is shown whole. */
  readonly open: boolean;
  readonly onMouse: (event: MouseEvent) => void;
  readonly about: FieldAbout | undefined;
  readonly onBytes: () => void;
}

function Meaning({ id, line, current, open, about, onMouse, onBytes }: MeaningProps) {
  return (
    // Keys are the list's: it is the one tab stop.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      className="meaning"
      role="option"
      aria-selected={current}
      onClick={onMouse}
      onContextMenu={onMouse}
      onDoubleClick={onBytes}
    >
      <span className="meaning-field">
        <EvidenceText text={line.field} limit={120} />
      </span>
      <span className="meaning-recorded mono" data-same={line.recorded === line.meaning ? "" : undefined}>
        <Shortened text={line.recorded} />
      </span>
      <span className="meaning-text">
        <Meant text={line.meaning} open={open} />
      </span>
      <OriginText origin={line.origin} />
      {about !== undefined && <AboutField about={about} />}
    </div>
  );
}

/** What is recorded stands whole among the fields and the bytes. */
function Shortened({ text }: { readonly text: string }) {
  return longValue(text) === undefined ? <EvidenceText text={text} /> : <ValueHead text={text} />;
}

/** Long ones begin folded; the keys are the list's, the words are for the mouse. */
function Meant({ text, open }: { readonly text: string; readonly open: boolean }) {
  const long = useMemo(() => longValue(text), [text]);
  if (long === undefined) return <EvidenceText text={text} />;
  return (
    <>
      {open ? <OpenMeaning text={text} /> : <ValueHead text={text} />}
      <span className="long-foot">
        <LongSize {...long} />
        <span className="link-button" data-toggle aria-hidden>
          {open ? "Fold" : "Show"}
        </span>
        <span className="said">{open ? ", shown, Space folds it" : ", folded, Space shows it"}</span>
      </span>
    </>
  );
}

/** Up to so many lines; the rest is among the fields, where lines out of sight cost nothing. */
const MOST_PIECES = 200;

function OpenMeaning({ text }: { readonly text: string }) {
  const pieces = useMemo(() => textPieces(text), [text]);
  return (
    <>
      {pieces.slice(0, MOST_PIECES).map((piece, index) => (
        <PieceLine key={index} {...piece} />
      ))}
      {pieces.length > MOST_PIECES && (
        <span className="evidence-more">
          <Count value={pieces.length - MOST_PIECES} /> more, whole among the fields and in Raw
        </span>
      )}
    </>
  );
}

function Note({ entry }: { readonly entry: EntryDetail }) {
  const bare = entry.interpretations.some(({ origin }) => origin.kind === "number");
  return (
    <p className="detail-note" role="presentation">
      <Icon of={Info} />
      <span>
        No name is taken from this computer.
        {bare && " Numbers that this evidence gives no name for stay as they stand."}
      </span>
    </p>
  );
}

function currentLine(entry: EntryDetail, spot: Spot | undefined): number {
  if (spot === undefined) return -1;
  const { interpretations } = entry;
  const mark = markOf(entry, spot);
  const marked = interpretations.findIndex((line) => overlaps(line.mark, mark));
  return marked >= 0 ? marked : interpretations.findIndex((line) => line.field === originalName(spot.field));
}

/** The record whose meanings begin with this line, in an entry of several. */
function recordAbove(entry: EntryDetail, index: number): string | undefined {
  const record = entry.interpretations[index]?.mark?.record;
  if (record === undefined || entry.records.length < 2) return undefined;
  const before = entry.interpretations.slice(0, index).findLast(({ mark }) => mark !== undefined)?.mark?.record;
  return record === before ? undefined : entry.records[record]?.title;
}

/** The field a meaning can be filtered by: the original one it was read from, else a canonical one of that name. */
function queryName(entry: EntryDetail, { field }: Interpretation): string {
  const has = (name: string): boolean => entry.fields.some((own) => own.name === name);
  return has(`raw.${field}`) || !has(field) ? `raw.${field}` : field;
}

function valueOf(entry: EntryDetail, line: Interpretation): DetailValue {
  const field = queryName(entry, line);
  const values = entry.fields.find((own) => own.name === field)?.values ?? [];
  const value = values.includes(line.recorded) ? line.recorded : (values[0] ?? line.recorded);
  return { field, value, copied: line.meaning };
}
