/** What a person can do. Mouse, keys, menus and the palette all call these, so that one thing has one way. */
import type { Clause, EntryId, EpochMicros, MemberId, TimeRange } from "../../workers/contract.ts";
import type { Theme } from "../engine/bridge.ts";
import type { Density, HistogramSize, OpenDialog, OpenView, Region } from "../state/view-state.ts";
import { EMPTY_QUERY } from "../state/view-state.ts";
import { type CaseCommands, createCaseCommands } from "./case-commands.ts";
import * as chips from "./clauses.ts";
import { type ColumnCommands, createColumnCommands } from "./column-commands.ts";
import type { CommandParts } from "./command-parts.ts";
import { createIdentityCommands, type IdentityCommands } from "./identity-commands.ts";
import { focusRegion } from "./regions.ts";

interface QueryCommands {
  includeValue(field: string, value: string): void;
  excludeValue(field: string, value: string): void;
  /** Includes the value, or takes it back when it is included. */
  toggleValue(field: string, value: string): void;
  /** Entries without the field; `not` = only those with it. */
  includeMissing(field: string, not?: boolean): void;
  setClauses(clauses: readonly Clause[]): void;
  removeClause(index: number): void;
  toggleClause(index: number): void;
  /** Runs a text; the caller has checked it. */
  setText(text: string): void;
  /** Adds to the text that is being written, and moves there: nothing runs until it is whole. */
  writeQuery(text: string): void;
  setRange(range: TimeRange): void;
  /** Only what lies this near to an instant, that instant included. */
  around(at: EpochMicros, minutes: number): void;
  clearQuery(): void;
  back(): void;
  forward(): void;
  /** The newest revision, when the order was held during an import. */
  showNew(): void;
}

interface ViewCommands {
  focusEntry(entry: EntryId | undefined): void;
  /** Focuses the entry and moves to the detail. */
  openEntry(entry: EntryId): void;
  openView(view: OpenView, at?: { readonly member?: MemberId | undefined; readonly code?: string | undefined }): void;
  openDialog(dialog: OpenDialog): void;
  closeDialog(): void;
  goToRegion(region: Region): void;
  toggleSidebar(): void;
  toggleDetail(): void;
  resizePane(pane: "sidebar" | "detail", size: number): void;
  dockDetail(dock: "right" | "below"): void;
  setHistogram(size: HistogramSize): void;
  setZone(zone: string): void;
  setTheme(theme: Theme): void;
  setDensity(density: Density): void;
  copy(text: string): void;
}

export type Commands = QueryCommands & ViewCommands & ColumnCommands & CaseCommands & IdentityCommands;

export function createCommands(parts: CommandParts): Commands {
  const columns = createColumnCommands(parts.view);
  return {
    ...queryCommands(parts),
    ...viewCommands(parts),
    ...columns,
    ...createIdentityCommands(parts, columns.showColumn),
    ...createCaseCommands(parts),
  };
}

function queryCommands({ view, results, draft }: CommandParts): QueryCommands {
  const clauses = (): readonly Clause[] => view.get().clauses;
  const setClauses = (next: readonly Clause[]): void => view.setQuery({ clauses: next });
  return {
    includeValue: (field, value) => setClauses(chips.withValue(clauses(), field, value)),
    excludeValue: (field, value) => setClauses(chips.withoutValue(clauses(), field, value)),
    toggleValue: (field, value) =>
      setClauses(
        chips.hasValue(clauses(), field, value, false)
          ? chips.removeValue(clauses(), field, value, false)
          : chips.withValue(clauses(), field, value),
      ),
    includeMissing: (field, not = false) => setClauses(chips.withMissing(clauses(), field, not)),
    setClauses,
    removeClause: (index) => setClauses(clauses().filter((_, at) => at !== index)),
    toggleClause: (index) =>
      setClauses(clauses().map((clause, at) => (at === index ? { ...clause, enabled: !clause.enabled } : clause))),
    setText: (text) => view.setQuery({ text: text.trim() }),
    writeQuery: (text) => {
      draft.set(draft.get().trim() === "" ? text : `${draft.get().trimEnd()} ${text}`);
      view.patch({ view: "entries", dialog: undefined });
      focusRegion("query");
    },
    setRange: (range) => view.setQuery({ range }),
    around: (at, minutes) => {
      const reach = minutes * 60_000_000;
      view.setQuery({ range: { from: (at - reach) as EpochMicros, to: (at + reach + 1) as EpochMicros } });
    },
    clearQuery: () => {
      // Also what was written and never run.
      draft.set("");
      view.setQuery(EMPTY_QUERY);
    },
    back: () => view.back(),
    forward: () => view.forward(),
    showNew: () => results.refresh(),
  };
}

function viewCommands({ view, bridge, fail }: CommandParts): ViewCommands {
  const resizePane = (pane: "sidebar" | "detail", size: number): void =>
    view.patch({ [pane]: { ...view.get()[pane], size } });
  const toggle = (pane: "sidebar" | "detail"): void => {
    const now = view.get()[pane];
    view.patch({ [pane]: { ...now, visible: !now.visible } });
  };
  return {
    focusEntry: (focused) => view.patch({ focused }),
    openEntry: (focused) => {
      view.patch({ focused, view: "entries", region: "detail", detail: { ...view.get().detail, visible: true } });
      focusRegion("detail");
    },
    openView: (name, at) => view.patch({ view: name, member: at?.member, rejectCode: at?.code }),
    openDialog: (dialog) => view.patch({ dialog }),
    closeDialog: () => view.patch({ dialog: undefined }),
    goToRegion: (region) => {
      view.patch({ region });
      focusRegion(region);
    },
    toggleSidebar: () => toggle("sidebar"),
    toggleDetail: () => toggle("detail"),
    resizePane,
    dockDetail: (detailDock) => view.patch({ detailDock }),
    setHistogram: (histogram) => view.patch({ histogram }),
    setZone: (zone) => view.patch({ zone }),
    setTheme: (theme) => {
      view.patch({ theme });
      bridge.setTheme(theme).catch(fail);
    },
    setDensity: (density) => view.patch({ density }),
    copy: (text) => {
      bridge.copyText(text).catch(fail);
    },
  };
}
