/** Every command with its name and key: the palette lists them, the key help prints them, the window's keys run them. */
import type { ViewState } from "../state/view-state.ts";
import type { Commands } from "./commands.ts";
import { cycleRegions, focusRegion } from "./regions.ts";

export interface Action {
  readonly id: string;
  readonly title: string;
  readonly group: "Evidence" | "Query" | "View" | "Go" | "Grid";
  /** Several ways are separated by a blank: "F1 Ctrl+Shift+P". */
  readonly keys?: string;
  /** Absent for keys that a region handles itself; they are only listed. */
  readonly run?: (commands: Commands) => void;
  /** Single characters act only outside of text fields, and can be switched off. */
  readonly letter?: boolean;
  readonly needsCase?: boolean;
  /** In text fields the key has a meaning of its own. */
  readonly outsideText?: boolean;
}

export const ACTIONS: readonly Action[] = [
  {
    id: "add-files",
    title: "Add evidence: files",
    group: "Evidence",
    keys: "Ctrl+O",
    run: (c) => c.addEvidence(),
  },
  {
    id: "add-folder",
    title: "Add evidence: a folder",
    group: "Evidence",
    keys: "Ctrl+Shift+O",
    run: (c) => c.addEvidence("folder"),
  },
  {
    id: "mapping",
    title: "RadiantOne mapping: open and edit",
    group: "Evidence",
    run: (c) => c.openDialog({ kind: "mapping" }),
  },
  { id: "open-case", title: "Open a case", group: "Evidence", run: (c) => c.openCase() },
  { id: "new-case", title: "New case", group: "Evidence", run: (c) => c.newCase() },
  { id: "close-case", title: "Close the case", group: "Evidence", needsCase: true, run: (c) => c.closeCase() },
  {
    id: "export",
    title: "Export what is filtered",
    group: "Evidence",
    keys: "Ctrl+E",
    needsCase: true,
    run: (c) => c.openDialog({ kind: "export" }),
  },
  {
    id: "evidence",
    title: "Show sources and ledger",
    group: "Evidence",
    needsCase: true,
    run: (c) => c.openView("evidence"),
  },
  {
    id: "times",
    title: "Change what is assumed about time",
    group: "Evidence",
    needsCase: true,
    run: (c) => c.openDialog({ kind: "times", member: undefined }),
  },
  {
    id: "undo-time",
    title: "Undo the last change about time",
    group: "Evidence",
    keys: "Ctrl+Z",
    needsCase: true,
    outsideText: true,
    run: (c) => c.undoTimeChange(),
  },
  {
    id: "redo-time",
    title: "Redo the change about time",
    group: "Evidence",
    keys: "Ctrl+Shift+Z",
    needsCase: true,
    outsideText: true,
    run: (c) => c.redoTimeChange(),
  },
  { id: "rejects", title: "Show rejects", group: "Evidence", needsCase: true, run: (c) => c.openView("rejects") },
  {
    id: "identities",
    title: "Match identities",
    group: "Evidence",
    needsCase: true,
    run: (c) => c.openView("identities"),
  },

  {
    id: "query",
    title: "Edit the query",
    group: "Query",
    keys: "Ctrl+L Ctrl+F",
    needsCase: true,
    run: () => focusRegion("query"),
  },
  {
    id: "query-letter",
    title: "Edit the query",
    group: "Query",
    keys: "/",
    letter: true,
    needsCase: true,
    run: () => focusRegion("query"),
  },
  { id: "clear", title: "Clear the query", group: "Query", needsCase: true, run: (c) => c.clearQuery() },
  {
    id: "show-once",
    title: "Show once what is recorded twice",
    group: "Query",
    needsCase: true,
    run: (c) => c.excludeValue("repeat", "again"),
  },
  { id: "back", title: "Query before", group: "Query", keys: "Alt+Left", needsCase: true, run: (c) => c.back() },
  { id: "forward", title: "Query after", group: "Query", keys: "Alt+Right", needsCase: true, run: (c) => c.forward() },
  {
    id: "explain",
    title: "Explain the query",
    group: "Query",
    needsCase: true,
    run: (c) => c.openDialog({ kind: "explain" }),
  },
  { id: "all-time", title: "Show all times", group: "Query", needsCase: true, run: (c) => c.setRange({}) },
  { id: "show-new", title: "Show what arrived since", group: "Query", needsCase: true, run: (c) => c.showNew() },

  {
    id: "palette",
    title: "Commands",
    group: "View",
    keys: "Ctrl+Shift+P F1",
    run: (c) => c.openDialog({ kind: "palette" }),
  },
  {
    id: "keys",
    title: "Keyboard help",
    group: "View",
    keys: "?",
    letter: true,
    run: (c) => c.openDialog({ kind: "keys" }),
  },
  { id: "about", title: "About Exhibit", group: "View", run: (c) => c.openDialog({ kind: "about" }) },
  {
    id: "sidebar",
    title: "Show or hide the sidebar",
    group: "View",
    keys: "Ctrl+\\",
    needsCase: true,
    run: (c) => c.toggleSidebar(),
  },
  {
    id: "detail",
    title: "Show or hide the detail",
    group: "View",
    keys: "Ctrl+J",
    needsCase: true,
    run: (c) => c.toggleDetail(),
  },
  { id: "dock-right", title: "Detail at the right", group: "View", needsCase: true, run: (c) => c.dockDetail("right") },
  { id: "dock-below", title: "Detail below", group: "View", needsCase: true, run: (c) => c.dockDetail("below") },
  {
    id: "columns",
    title: "Choose columns",
    group: "View",
    keys: "Ctrl+Shift+C",
    needsCase: true,
    run: (c) => c.openDialog({ kind: "columns" }),
  },
  { id: "histogram-full", title: "Timeline: full", group: "View", needsCase: true, run: (c) => c.setHistogram("full") },
  {
    id: "histogram-compact",
    title: "Timeline: compact",
    group: "View",
    needsCase: true,
    run: (c) => c.setHistogram("compact"),
  },
  {
    id: "histogram-strip",
    title: "Timeline: strip",
    group: "View",
    needsCase: true,
    run: (c) => c.setHistogram("strip"),
  },
  { id: "dense", title: "Rows: dense", group: "View", needsCase: true, run: (c) => c.setDensity("dense") },
  { id: "medium", title: "Rows: medium", group: "View", needsCase: true, run: (c) => c.setDensity("medium") },
  { id: "roomy", title: "Rows: roomy", group: "View", needsCase: true, run: (c) => c.setDensity("roomy") },
  { id: "zone", title: "Time zone", group: "View", keys: "Ctrl+T", run: (c) => c.openDialog({ kind: "zone" }) },
  { id: "theme-system", title: "Theme: as the system", group: "View", run: (c) => c.setTheme("system") },
  { id: "theme-dark", title: "Theme: dark", group: "View", run: (c) => c.setTheme("dark") },
  { id: "theme-light", title: "Theme: light", group: "View", run: (c) => c.setTheme("light") },
  { id: "theme-contrast", title: "Theme: high contrast", group: "View", run: (c) => c.setTheme("high-contrast") },

  { id: "next-region", title: "Next region", group: "Go", keys: "F6", run: () => cycleRegions(1) },
  { id: "last-region", title: "Region before", group: "Go", keys: "Shift+F6", run: () => cycleRegions(-1) },
  {
    id: "next-name",
    title: "Entries of the next name of the worklist",
    group: "Go",
    keys: "F4",
    needsCase: true,
    run: (c) => c.stepWorklist(1),
  },
  {
    id: "last-name",
    title: "Entries of the name before",
    group: "Go",
    keys: "Shift+F4",
    needsCase: true,
    run: (c) => c.stepWorklist(-1),
  },
  { id: "entries", title: "Show the entries", group: "Go", needsCase: true, run: (c) => c.openView("entries") },

  { id: "grid-down", title: "Row down, row up", group: "Grid", keys: "Down Up j k" },
  { id: "grid-ends", title: "First row, last row", group: "Grid", keys: "Ctrl+Home Ctrl+End" },
  { id: "grid-open", title: "Open the row in the detail", group: "Grid", keys: "Enter" },
  { id: "grid-include", title: "Only this value", group: "Grid", keys: "i" },
  { id: "grid-exclude", title: "Not this value", group: "Grid", keys: "x" },
  { id: "grid-cells", title: "Walk the cells of a row", group: "Grid", keys: "F2" },
  { id: "grid-menu", title: "Menu of the value", group: "Grid", keys: "Shift+F10" },
];

/** What can be run now, for the palette. */
export function runnable(view: ViewState, hasCase: boolean): readonly Action[] {
  const seen = new Set<string>();
  return ACTIONS.filter((action) => {
    if (action.run === undefined || (action.needsCase === true && !hasCase) || seen.has(action.title)) return false;
    if (view.view === "entries" && action.id === "entries") return false;
    seen.add(action.title);
    return true;
  });
}
