/**
 * All that decides what the window shows, as one small serialisable object. Results belong to the engine, everything
 * derived is computed, and what only one component cares about stays in that component.
 */
import type {
  Clause,
  EntryId,
  MatchRole,
  MatchState,
  MemberId,
  Sort,
  SourceId,
  TimeRange,
} from "../../workers/contract.ts";
import type { Grant, Theme } from "../engine/bridge.ts";
import type { ReadingProfile } from "./profiles.ts";

export type OpenView = "entries" | "evidence" | "rejects" | "identities";
export type Density = "dense" | "medium" | "roomy";
export type HistogramSize = "full" | "compact" | "strip";
/** The regions of the window; below 800 px they are tabs, one at a time. */
export type Region = "timeline" | "facets" | "entries" | "detail";

export interface ColumnLayout {
  /** Query name of the field. */
  readonly name: string;
  /** CSS pixels at a scale of 1. */
  readonly width: number;
  readonly visible: boolean;
}

/** What restricts the view. One step of back and forward. */
export interface QueryState {
  readonly clauses: readonly Clause[];
  readonly text: string;
  readonly range: TimeRange;
}

interface Pane {
  readonly size: number;
  readonly visible: boolean;
}

/** Kept for each case. */
export interface Layout {
  readonly columns: readonly ColumnLayout[];
  readonly sort: Sort;
  readonly sidebar: Pane;
  readonly detail: Pane;
  readonly detailDock: "right" | "below";
  readonly histogram: HistogramSize;
  readonly facets: readonly string[];
}

/** Kept for the person. */
export interface Preferences {
  readonly theme: Theme;
  /** "UTC", a fixed offset such as "+02:00", an IANA name, or "local" for this computer's zone. */
  readonly zone: string;
  readonly density: Density;
  readonly letterKeys: boolean;
  readonly systemFont: boolean;
}

export type OpenDialog =
  | { readonly kind: "import"; readonly grants: readonly Grant[] }
  | { readonly kind: "mapping" }
  | { readonly kind: "again"; readonly source: SourceId; readonly member: MemberId }
  | { readonly kind: "export" }
  | { readonly kind: "palette" }
  | { readonly kind: "keys" }
  | { readonly kind: "about" }
  | { readonly kind: "columns" }
  | { readonly kind: "zone" }
  | { readonly kind: "explain" }
  /** What is assumed about the times of a member; without one, of the first that is listed. */
  | { readonly kind: "times"; readonly member: MemberId | undefined }
  | undefined;

export interface ViewState extends QueryState, Layout, Preferences {
  readonly view: OpenView;
  /** Shown alone in a narrow window. */
  readonly region: Region;
  readonly focused: EntryId | undefined;
  /** Chosen in the evidence view, and what the rejects view is narrowed to. */
  readonly member: MemberId | undefined;
  readonly rejectCode: string | undefined;
  /** Chosen in the identities view, and the pair of it that is looked at, from 0. */
  readonly worklist: { readonly role: MatchRole; readonly state: MatchState; readonly at: number };
  readonly dialog: OpenDialog;
  readonly back: readonly QueryState[];
  readonly forward: readonly QueryState[];
  /** Query texts that were run, newest first. */
  readonly recent: readonly string[];
  /** How members that look alike are read, oldest first. */
  readonly profiles: readonly ReadingProfile[];
}

export const WIDTHS = {
  sidebar: { least: 180, most: 400, usual: 236 },
  detail: { least: 300, usual: 366 },
} as const;

export const DEFAULT_COLUMNS: readonly ColumnLayout[] = [
  { name: "time", width: 172, visible: true },
  { name: "source", width: 38, visible: true },
  { name: "outcome", width: 70, visible: true },
  { name: "actor", width: 104, visible: true },
  { name: "actor.identity", width: 168, visible: false },
  { name: "action", width: 150, visible: true },
  { name: "target", width: 320, visible: true },
  { name: "to", width: 110, visible: false },
  { name: "from", width: 120, visible: false },
  { name: "session", width: 80, visible: false },
  { name: "level", width: 80, visible: false },
  { name: "label", width: 240, visible: false },
];

/** What indicators of other logs name, too: shown where the case has them. */
const INDICATOR_FACETS = ["raw.indicator.ip", "raw.indicator.hostname", "raw.indicator.actor_id"];
const DEFAULT_FACETS: readonly string[] = [
  "outcome",
  "actor",
  "action",
  "target.type",
  "to",
  "session",
  ...INDICATOR_FACETS,
];

export const DEFAULT_LAYOUT: Layout = {
  columns: DEFAULT_COLUMNS,
  sort: { field: "time", descending: false },
  sidebar: { size: WIDTHS.sidebar.usual, visible: true },
  detail: { size: WIDTHS.detail.usual, visible: true },
  detailDock: "right",
  histogram: "full",
  facets: DEFAULT_FACETS,
};

export const DEFAULT_PREFERENCES: Preferences = {
  theme: "system",
  zone: "UTC",
  density: "dense",
  letterKeys: true,
  systemFont: false,
};

export const EMPTY_QUERY: QueryState = { clauses: [], text: "", range: {} };

export const INITIAL_VIEW: ViewState = {
  ...EMPTY_QUERY,
  ...DEFAULT_LAYOUT,
  ...DEFAULT_PREFERENCES,
  view: "entries",
  region: "entries",
  focused: undefined,
  member: undefined,
  rejectCode: undefined,
  worklist: { role: "actor", state: "unmatched", at: 0 },
  dialog: undefined,
  back: [],
  forward: [],
  recent: [],
  profiles: [],
};

export function layoutOf(view: ViewState): Layout {
  const { columns, sort, sidebar, detail, detailDock, histogram, facets } = view;
  return { columns, sort, sidebar, detail, detailDock, histogram, facets };
}

export function preferencesOf(view: ViewState): Preferences {
  const { theme, zone, density, letterKeys, systemFont } = view;
  return { theme, zone, density, letterKeys, systemFont };
}

export function queryOf(view: ViewState): QueryState {
  return { clauses: view.clauses, text: view.text, range: view.range };
}

export function isRestricted(query: QueryState): boolean {
  const ranged = query.range.from !== undefined || query.range.to !== undefined;
  return ranged || query.text.trim() !== "" || query.clauses.some((clause) => clause.enabled);
}

export function sameQuery(one: QueryState, other: QueryState): boolean {
  return JSON.stringify(queryKey(one)) === JSON.stringify(queryKey(other));
}

const queryKey = ({ clauses, text, range }: QueryState): unknown => [
  clauses.map(({ field, not, values, enabled }) => [field, not, values, enabled]),
  text.trim(),
  range.from ?? "",
  range.to ?? "",
];
