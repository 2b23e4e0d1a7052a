import { type KeyboardEvent, type MouseEvent, useState } from "react";
import type { EntryDetail } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { valueMenu } from "../../app/value-menu.ts";
import { useFields, useKept } from "../../engine/use-result.ts";
import type { MenuGroup } from "../../ui/menu.tsx";

/** One value on screen that can be filtered by and copied. */
export interface DetailValue {
  /** Query name. */
  readonly field: string;
  readonly value: string;
  /** What a copy takes, where that is not the value itself. */
  readonly copied?: string;
}

export interface DetailMenu {
  readonly at: { readonly x: number; readonly y: number } | undefined;
  readonly groups: readonly MenuGroup[];
  readonly close: () => void;
  /** Opens the menu of a value at a place of the window. */
  readonly open: (value: DetailValue, x: number, y: number) => void;
  /** Right click, Ctrl and Alt click; false = the press is not the menu's. */
  readonly onMouse: (event: MouseEvent, value: DetailValue) => boolean;
  /** i, x, Ctrl+C, Shift+F10 for the value in focus, which stands at `corner`; false = not its key. */
  readonly onKey: (event: KeyboardEvent, value: DetailValue, corner: () => DOMRect | undefined) => boolean;
}

/** The value menu of the detail, the same as in grid and facets, by mouse and by keys. */
export function useDetailMenu(entry: EntryDetail): DetailMenu {
  const commands = useCommands();
  const letters = useView((view) => view.letterKeys);
  const fields = useKept(useFields());
  const [menu, setMenu] = useState<
    { readonly x: number; readonly y: number; readonly value: DetailValue } | undefined
  >();

  const canFilter = ({ field }: DetailValue): boolean =>
    field !== "time" && (field.startsWith("raw.") || (fields?.some((known) => known.name === field) ?? false));
  const filter = (value: DetailValue, not: boolean): void => {
    if (!canFilter(value)) return;
    if (value.value === "") commands.includeMissing(value.field, not);
    else if (not) commands.excludeValue(value.field, value.value);
    else commands.includeValue(value.field, value.value);
  };
  const open = (value: DetailValue, x: number, y: number): void => setMenu({ x, y, value });
  const groupsOf = (value: DetailValue): readonly MenuGroup[] => {
    const at = entry.time === undefined ? {} : { at: entry.time };
    const { field, copied } = value;
    const title = field.replace(/^raw\./, "");
    const groups = valueMenu(commands, { field, title, value: value.value, ...at });
    const fit = (id: string): boolean => canFilter(value) || (id !== "include" && id !== "exclude");
    return groups
      .map((group) => ({
        entries: group.entries
          .filter(({ id }) => fit(id))
          .map((each) =>
            each.id === "copy" && copied !== undefined ? { ...each, run: () => commands.copy(copied) } : each,
          ),
      }))
      .filter((group) => group.entries.length > 0);
  };

  const onMouse = (event: MouseEvent, value: DetailValue): boolean => {
    if (event.type === "contextmenu") open(value, event.clientX, event.clientY);
    else if (event.altKey) filter(value, true);
    else if (event.ctrlKey || event.metaKey) filter(value, false);
    else return false;
    event.preventDefault();
    return true;
  };
  const onKey = (event: KeyboardEvent, value: DetailValue, corner: () => DOMRect | undefined): boolean => {
    const control = event.ctrlKey || event.metaKey;
    const letter = letters && !control && !event.altKey ? event.key.toLowerCase() : "";
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const box = corner();
      open(value, (box?.left ?? 0) + 12, box?.bottom ?? 0);
    } else if (control && event.key.toLowerCase() === "c" && String(getSelection() ?? "") === "") {
      commands.copy(value.copied ?? value.value);
    } else if (letter === "i") filter(value, false);
    else if (letter === "x") filter(value, true);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { at: menu, groups: menu ? groupsOf(menu.value) : [], close: () => setMenu(undefined), open, onMouse, onKey };
}
