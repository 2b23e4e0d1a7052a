import { Ban, Clock, Columns3, Copy, Filter } from "lucide-react";
import type { EpochMicros } from "../../workers/contract.ts";
import type { MenuGroup } from "../ui/menu.tsx";
import { shownText } from "../ui/text-runs.ts";
import type { Commands } from "./commands.ts";
import { keysText } from "./keys.ts";

export interface ValueAt {
  readonly field: string;
  /** What the field is called on screen. */
  readonly title?: string;
  /** "" = the entry has no such field. */
  readonly value: string;
  /** Instant of the entry, for "only ±5 min"; leave it out for undated ones. */
  readonly at?: EpochMicros;
  /** The value stands in a column that can be hidden. */
  readonly column?: boolean;
}

/** The menu of one value, the same in grid, facets and detail. */
export function valueMenu(commands: Commands, place: ValueAt): readonly MenuGroup[] {
  const { field, value, at } = place;
  const title = place.title ?? field;
  const shown = shownText(value, 40);
  const include =
    value === ""
      ? { id: "include", title: `Only entries without ${title}`, run: () => commands.includeMissing(field) }
      : { id: "include", title: `Only ${title} ${shown}`, run: () => commands.includeValue(field, value) };
  const exclude =
    value === ""
      ? { id: "exclude", title: `Only entries with ${title}`, run: () => commands.includeMissing(field, true) }
      : { id: "exclude", title: `Not ${title} ${shown}`, run: () => commands.excludeValue(field, value) };
  const filters = [
    { ...include, icon: Filter, keys: keysText("i") },
    { ...exclude, icon: Ban, keys: keysText("x") },
  ];
  const time =
    at === undefined
      ? []
      : [{ id: "around", title: "Only 5 min before and after", icon: Clock, run: () => commands.around(at, 5) }];
  const rest = [
    {
      id: "copy",
      title: "Copy the value",
      icon: Copy,
      keys: keysText("Ctrl+C"),
      disabled: value === "",
      run: () => commands.copy(value),
    },
    ...(place.column === true && field !== "time"
      ? [{ id: "hide", title: `Hide the column ${title}`, icon: Columns3, run: () => commands.hideColumn(field) }]
      : []),
  ];
  return [{ entries: [...filters, ...time] }, { entries: rest }];
}
