/** What is kept between starts. It is read as hostile as any file: what does not fit falls back, field by field. */
import * as v from "valibot";
import { type ReadingProfile, profilesSchema } from "./profiles.ts";
import { DEFAULT_LAYOUT, DEFAULT_PREFERENCES, type Layout, type Preferences, WIDTHS } from "./view-state.ts";

export interface Settings extends Preferences {
  readonly version: 1;
  /** By case file name; the least recently used are forgotten. */
  readonly layouts: Readonly<Record<string, Layout>>;
  readonly recentQueries: readonly string[];
  readonly profiles: readonly ReadingProfile[];
}

const MOST_LAYOUTS = 40;
const width = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const columnSchema = v.object({ name, width: width(24, 4000), visible: v.boolean() });
const layoutSchema = v.object({
  columns: v.fallback(v.pipe(v.array(columnSchema), v.minLength(1), v.maxLength(600)), [...DEFAULT_LAYOUT.columns]),
  sort: v.fallback(v.object({ field: name, descending: v.boolean() }), DEFAULT_LAYOUT.sort),
  sidebar: v.fallback(
    v.object({ size: width(WIDTHS.sidebar.least, WIDTHS.sidebar.most), visible: v.boolean() }),
    DEFAULT_LAYOUT.sidebar,
  ),
  detail: v.fallback(v.object({ size: width(120, 4000), visible: v.boolean() }), DEFAULT_LAYOUT.detail),
  detailDock: v.fallback(v.picklist(["right", "below"]), DEFAULT_LAYOUT.detailDock),
  histogram: v.fallback(v.picklist(["full", "compact", "strip"]), DEFAULT_LAYOUT.histogram),
  facets: v.fallback(v.pipe(v.array(name), v.maxLength(100)), [...DEFAULT_LAYOUT.facets]),
});
const settingsSchema = v.object({
  theme: v.fallback(v.picklist(["system", "light", "dark", "high-contrast"]), DEFAULT_PREFERENCES.theme),
  zone: v.fallback(v.pipe(name, v.check(isZone, "not a zone")), DEFAULT_PREFERENCES.zone),
  density: v.fallback(v.picklist(["dense", "medium", "roomy"]), DEFAULT_PREFERENCES.density),
  letterKeys: v.fallback(v.boolean(), DEFAULT_PREFERENCES.letterKeys),
  systemFont: v.fallback(v.boolean(), DEFAULT_PREFERENCES.systemFont),
  layouts: v.fallback(v.record(v.string(), layoutSchema), {}),
  recentQueries: v.fallback(v.pipe(v.array(v.string()), v.maxLength(50)), []),
  profiles: v.fallback(profilesSchema, []),
});

export function decodeSettings(stored: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, typeof stored === "object" && stored !== null ? stored : {});
  const settings = parsed.success
    ? parsed.output
    : { ...DEFAULT_PREFERENCES, layouts: {}, recentQueries: [], profiles: [] };
  return { version: 1, ...settings };
}

/** The layout of a case at the end, so that the oldest are the first to go. */
export function withLayout(settings: Settings, caseFile: string, layout: Layout): Settings {
  const others = Object.entries(settings.layouts).filter(([file]) => file !== caseFile);
  const kept = [...others.slice(1 - MOST_LAYOUTS), [caseFile, layout] as const];
  return { ...settings, layouts: Object.fromEntries(kept) };
}

/** "UTC", "local", an offset of at most 18 hours, or a name this computer's tables know. */
export function isZone(zone: string): boolean {
  if (zone === "UTC" || zone === "local") return true;
  if (/^[+-](0\d|1[0-8]):[0-5]\d$/.test(zone)) return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
