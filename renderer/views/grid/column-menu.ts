import { EyeOff, Rows3 } from "lucide-react";
import type { EntryId, EpochMicros } from "../../../workers/contract.ts";
import type { Commands } from "../../app/commands.ts";
import { valueMenu } from "../../app/value-menu.ts";
import type { MenuGroup } from "../../ui/menu.tsx";

export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly field: string;
  /** What the field is called in its column head. */
  readonly title: string;
  /** Undefined on a column head. */
  readonly value: string | undefined;
  readonly entry: EntryId | undefined;
  /** µs, NaN = undated or none. */
  readonly time: number;
}

/** What can be done in a cell or on a column head, by mouse and keys alike. */
export function gridMenu(place: MenuPlace, commands: Commands): readonly MenuGroup[] {
  return [...cellGroups(place, commands), columnGroup(place, commands)];
}

function cellGroups({ field, title, value, entry, time }: MenuPlace, commands: Commands): readonly MenuGroup[] {
  if (value === undefined || entry === undefined) return [];
  const at = Number.isNaN(time) ? {} : { at: time as EpochMicros };
  const groups = valueMenu(commands, { field, title, value, ...at });
  const open = {
    id: "open",
    title: "Open the entry",
    keys: "Enter",
    icon: Rows3,
    run: () => commands.openEntry(entry),
  };
  // The time is narrowed by range, not by one exact instant.
  const fit =
    field === "time" ? groups.map((group) => ({ entries: group.entries.filter(({ id }) => id === "around") })) : groups;
  return [...fit.filter((group) => group.entries.length > 0), { entries: [open] }];
}

function columnGroup({ field, title }: MenuPlace, commands: Commands): MenuGroup {
  const fixed = field === "time";
  return {
    title: `Column ${title}`,
    entries: [
      { id: "ascending", title: "Sort ascending", run: () => commands.setSort(field, false) },
      { id: "descending", title: "Sort descending", run: () => commands.setSort(field, true) },
      { id: "left", title: "Move left", keys: "Alt ←", disabled: fixed, run: () => commands.moveColumn(field, -1) },
      { id: "right", title: "Move right", keys: "Alt →", disabled: fixed, run: () => commands.moveColumn(field, 1) },
      {
        id: "hide-column",
        title: "Hide this column",
        icon: EyeOff,
        disabled: fixed,
        run: () => commands.hideColumn(field),
      },
      {
        id: "columns",
        title: "Choose columns …",
        keys: "Ctrl ⇧ C",
        run: () => commands.openDialog({ kind: "columns" }),
      },
    ],
  };
}
