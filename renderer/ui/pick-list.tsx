/** Type to find, arrows to choose, Enter to take: the palette and every long choice. */
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import "./pick-list.css";

export interface PickItem {
  readonly id: string;
  readonly title: string;
  /** Beside the title, quieter. */
  readonly detail?: string;
  readonly keys?: string;
  readonly group: string;
  readonly chosen?: boolean;
  /** Also found by these words. */
  readonly words?: string;
}

const MOST_SHOWN = 120;

export function PickList(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly PickItem[];
  readonly onPick: (id: string) => void;
  readonly empty: ReactNode;
  /** Items that depend on what was typed, put first. */
  readonly itemsFor?: (typed: string) => readonly PickItem[];
}) {
  const { label, placeholder, items, onPick, empty, itemsFor } = props;
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const found = useMemo(() => [...(itemsFor?.(typed.trim()) ?? []), ...search(items, typed)], [items, itemsFor, typed]);
  const shown = found.slice(0, MOST_SHOWN);
  const active = shown[Math.min(at, shown.length - 1)];

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll("[role=option]")[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    if (step !== undefined) move(at + step);
    else if (event.key === "Enter" && active !== undefined) onPick(active.id);
    else return;
    event.preventDefault();
  };
  return (
    <div className="pick">
      <input
        // The list was opened to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="input pick-input"
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active === undefined ? undefined : `${id}-${active.id}`}
        placeholder={placeholder}
        value={typed}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {/* Focus stays in the field (`aria-activedescendant`); the options only take the pointer. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div className="pick-list" role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
        {shown.map((item, index) => (
          <Option
            key={item.id}
            item={item}
            id={`${id}-${item.id}`}
            active={item === active}
            heads={item.group !== shown[index - 1]?.group}
            onPick={() => onPick(item.id)}
          />
        ))}
      </div>
      {found.length === 0 && <p className="pick-note">{empty}</p>}
      {found.length > shown.length && <p className="pick-note">{found.length - shown.length} more; type to narrow</p>}
    </div>
  );
}

function Option(props: {
  readonly item: PickItem;
  readonly id: string;
  readonly active: boolean;
  readonly heads: boolean;
  readonly onPick: () => void;
}) {
  const { item, id, active, heads, onPick } = props;
  return (
    <>
      {heads && (
        <div className="pick-group" role="presentation">
          {item.group}
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        className="pick-option"
        role="option"
        tabIndex={-1}
        id={id}
        aria-selected={active}
        data-chosen={item.chosen ? "" : undefined}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPick}
      >
        <span className="pick-title">{item.title}</span>
        {item.detail !== undefined && <span className="pick-detail">{item.detail}</span>}
        {item.keys !== undefined && <kbd className="menu-keys">{item.keys}</kbd>}
      </div>
    </>
  );
}

/** All words must occur; titles that begin with what was typed come first, otherwise the order is kept. */
function search(items: readonly PickItem[], typed: string): readonly PickItem[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return items;
  const text = (item: PickItem): string => `${item.title} ${item.detail ?? ""} ${item.words ?? ""}`.toLowerCase();
  const found = items.filter((item) => words.every((word) => text(item).includes(word)));
  const begins = (item: PickItem): boolean => item.title.toLowerCase().startsWith(typed.toLowerCase());
  const first = found.filter(begins);
  return first.length === 0 ? found : [...first, ...found.filter((item) => !begins(item))];
}
