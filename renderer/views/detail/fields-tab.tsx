import { type KeyboardEvent, type MouseEvent, useId, useMemo, useRef, useState } from "react";
import type { EntryDetail } from "../../../workers/contract.ts";
import { useFields, useKept } from "../../engine/use-result.ts";
import { ContextMenu } from "../../ui/menu.tsx";
import { FieldRow } from "./field-row.tsx";
import { EntryPanelList } from "./entry-panels.tsx";
import { hasPanels, panelsOf } from "./panels-of.ts";
import {
  type FieldGroup,
  type FieldLine,
  fieldLines,
  isStop,
  nextStop,
  valueKey,
  withSourceText,
} from "./field-lines.ts";
import { LongList } from "./long-list.tsx";
import type { Spot } from "./spot.ts";
import { type DetailValue, useDetailMenu } from "./use-detail-menu.ts";

export interface TabProps {
  readonly entry: EntryDetail;
  readonly spot: Spot | undefined;
  readonly onSpot: (spot: Spot) => void;
  /** Moves to the bytes of the field in focus. */
  readonly onBytes: () => void;
}

/** A line in focus that is no value: those are kept by the spot. */
type OtherLine =
  | { readonly kind: "fold"; readonly group: FieldGroup }
  | { readonly kind: "text"; readonly key: string; readonly part: number };

/** When, who, what, where, evidence, custom, original: one list, one tab stop; above it what has a panel of its own. */
export function FieldsTab({ entry, spot, onSpot, onBytes }: TabProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<FieldGroup>>(new Set());
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [other, setOther] = useState<OtherLine | undefined>(undefined);
  const lines = useMemo(() => fieldLines(withSourceText(entry), opened, shown), [entry, opened, shown]);
  const panels = useMemo(() => panelsOf(entry), [entry]);
  const titleOf = useFieldTitles();
  const menu = useDetailMenu(entry);
  const at = lines.findIndex((line) => (other === undefined ? isSpot(line, spot) : isOther(line, other)));

  const go = (to: number): void => {
    const line = lines[to];
    if (line === undefined || line.kind === "group") return;
    setOther(otherOf(line));
    if (line.kind !== "fold") onSpot({ field: line.field.name, index: line.index, record: undefined });
  };
  const fold = (group: FieldGroup): void => setOpened((now) => toggled(now, group));
  const show = (line: ValueLine): void => {
    setOther(undefined);
    setShown((now) => toggled(now, valueKey(line.field.name, line.index)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[at];
    const corner = (): DOMRect | undefined =>
      scroller.current?.querySelector(`[data-line="${at}"]`)?.getBoundingClientRect();
    if (hasValue(line) && menu.onKey(event, valueOf(line), corner)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = target(event.key, lines, at);
    const isLong = line?.kind === "value" && line.long !== undefined;
    if (to !== undefined) go(to);
    else if (event.key === "Enter" && line?.kind === "fold") fold(line.group);
    else if (event.key === "Enter" && hasValue(line)) onBytes();
    else if (isLong && opens(event.key, line.long?.open === true)) show(line);
    else if (event.key === "ArrowLeft" && line?.kind === "text") go(at - line.part - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onMouse = (event: MouseEvent, index: number): void => {
    const line = lines[index];
    if (line?.kind === "fold" && event.type === "click") fold(line.group);
    if (!hasValue(line)) return;
    // A selection of text by the mouse ends in a click, too.
    if (line.kind === "text" && event.type === "click" && getSelection()?.isCollapsed === false) return;
    const pressed = menu.onMouse(event, valueOf(line));
    if (pressed && event.type !== "contextmenu") return;
    go(index);
    const isToggle = event.target instanceof Element && event.target.closest("[data-toggle]") !== null;
    if (isToggle && event.type === "click" && line.kind === "value") show(line);
  };
  return (
    <div className="detail-scroll" ref={scroller}>
      {hasPanels(panels) && <EntryPanelList key={entry.id} panels={panels} />}
      <div
        className="detail-fields"
        role="listbox"
        aria-label="Fields"
        tabIndex={0}
        data-region-start
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        onKeyDown={onKeyDown}
      >
        <LongList
          scroller={scroller}
          count={lines.length}
          usual={24}
          current={at < 0 ? undefined : at}
          line={(index) => (
            <FieldRow
              id={`${id}-${index}`}
              line={lines[index] as FieldLine}
              entry={entry}
              current={index === at}
              titleOf={titleOf}
              onMouse={(event) => onMouse(event, index)}
              onBytes={onBytes}
            />
          )}
        />
      </div>
      <ContextMenu at={menu.at} groups={menu.groups} label="Value" onClose={menu.close} />
    </div>
  );
}

type ValueLine = Extract<FieldLine, { kind: "value" }>;
type TextLine = Extract<FieldLine, { kind: "text" }>;

const hasValue = (line: FieldLine | undefined): line is ValueLine | TextLine =>
  line?.kind === "value" || line?.kind === "text";

/** Space both ways; the arrows as in a tree. */
const opens = (key: string, isOpen: boolean): boolean => key === " " || key === (isOpen ? "ArrowLeft" : "ArrowRight");

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  return new Set(set.has(value) ? [...set].filter((own) => own !== value) : [...set, value]);
}

function otherOf(line: FieldLine): OtherLine | undefined {
  if (line.kind === "fold") return { kind: "fold", group: line.group };
  if (line.kind !== "text") return undefined;
  return { kind: "text", key: valueKey(line.field.name, line.index), part: line.part };
}

function isOther(line: FieldLine, other: OtherLine): boolean {
  if (other.kind === "fold") return line.kind === "fold" && line.group === other.group;
  return line.kind === "text" && line.part === other.part && valueKey(line.field.name, line.index) === other.key;
}

const valueOf = (line: ValueLine | TextLine): DetailValue => ({
  field: line.field.name,
  value: line.value,
});

function isSpot(line: FieldLine, spot: Spot | undefined): boolean {
  if (line.kind !== "value" || spot === undefined) return false;
  const { field, index } = line;
  return field.name === spot.field && index === Math.min(spot.index, Math.max(0, field.values.length - 1));
}

function target(key: string, lines: readonly FieldLine[], at: number): number | undefined {
  if (key === "ArrowDown") return nextStop(lines, at, 1);
  if (key === "ArrowUp") return at < 0 ? nextStop(lines, -1, 1) : nextStop(lines, at, -1);
  if (key === "Home") return lines.findIndex(isStop);
  return key === "End" ? lines.findLastIndex(isStop) : undefined;
}

/** Canonical fields by their title, original ones by their own name. */
function useFieldTitles(): (name: string) => string {
  const fields = useKept(useFields());
  return (name) => {
    if (name.startsWith("raw.")) return name.slice(4);
    const known = fields?.find((field) => field.name === name);
    return known?.group === "canonical" ? known.title.toLowerCase() : name;
  };
}
