import { type KeyboardEvent, type MouseEvent, useId, useMemo, useRef, useState } from "react";
import type { EntryDetail } from "../../../workers/contract.ts";
import { useFields, useKept } from "../../engine/use-result.ts";
import { ContextMenu } from "../../ui/menu.tsx";
import { FieldRow } from "./field-row.tsx";
import { type FieldGroup, type FieldLine, fieldLines, isStop, nextStop, withSourceText } from "./field-lines.ts";
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

/** When, who, what, where, evidence, custom, original: one list, one tab stop. */
export function FieldsTab({ entry, spot, onSpot, onBytes }: TabProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<FieldGroup>>(new Set());
  const [onFold, setOnFold] = useState<FieldGroup | undefined>(undefined);
  const lines = useMemo(() => fieldLines(withSourceText(entry), opened), [entry, opened]);
  const titleOf = useFieldTitles();
  const menu = useDetailMenu(entry);
  const at = lines.findIndex((line) =>
    onFold === undefined ? line.kind === "value" && isSpot(line, spot) : line.kind === "fold" && line.group === onFold,
  );

  const go = (to: number): void => {
    const line = lines[to];
    if (line === undefined || line.kind === "group") return;
    setOnFold(line.kind === "fold" ? line.group : undefined);
    if (line.kind === "value") onSpot({ field: line.field.name, index: line.index, record: undefined });
  };
  const fold = (group: FieldGroup): void =>
    setOpened((now) => new Set(now.has(group) ? [...now].filter((own) => own !== group) : [...now, group]));
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[at];
    const corner = (): DOMRect | undefined =>
      list.current?.querySelector(`[data-line="${at}"]`)?.getBoundingClientRect();
    if (line?.kind === "value" && menu.onKey(event, valueOf(line), corner)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = target(event.key, lines, at);
    if (to !== undefined) go(to);
    else if (event.key === "Enter" && line?.kind === "fold") fold(line.group);
    else if (event.key === "Enter" && line?.kind === "value") onBytes();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onMouse = (event: MouseEvent, index: number): void => {
    const line = lines[index];
    if (line?.kind === "fold" && event.type === "click") fold(line.group);
    if (line?.kind !== "value") return;
    const pressed = menu.onMouse(event, valueOf(line));
    if (!pressed || event.type === "contextmenu") go(index);
  };
  return (
    <>
      <div
        className="detail-fields"
        role="listbox"
        aria-label="Fields"
        tabIndex={0}
        ref={list}
        data-region-start
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        onKeyDown={onKeyDown}
      >
        <LongList
          scroller={list}
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
    </>
  );
}

const valueOf = (line: Extract<FieldLine, { kind: "value" }>): DetailValue => ({
  field: line.field.name,
  value: line.value,
});

function isSpot({ field, index }: Extract<FieldLine, { kind: "value" }>, spot: Spot | undefined): boolean {
  return (
    spot !== undefined &&
    field.name === spot.field &&
    index === Math.min(spot.index, Math.max(0, field.values.length - 1))
  );
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
