/**
 * The filters of AQtive Guard's own `cs logs bundle` (date from and to, log type, log level) as conditions of a query.
 * Source of the names and of the form of dates: the vendor's administration guide. Pure.
 */
import type { Clause, EpochMicros, Facet, TimeRange } from "../../../workers/contract.ts";

const LOG_TYPES = ["AUDIT", "WEB", "APPLICATION", "ANALYSIS", "TANIUM"] as const;
/** Rising. */
export const LEVELS = ["debug", "info", "warning", "error", "critical"] as const;

const DAY = 86_400_000_000;
const SECOND = 1_000_000;

export interface TypeCount {
  readonly title: string;
  /** The spellings that the evidence has; none where it has no such entry. */
  readonly values: readonly string[];
  readonly count: number;
}

/** The five types, found or not, then whatever else is written there. */
export function typeCounts(facet: Facet | undefined): readonly TypeCount[] {
  const found = new Map<string, { readonly values: string[]; count: number }>(
    LOG_TYPES.map((title) => [title, { values: [], count: 0 }]),
  );
  for (const { value, count } of facet?.values ?? []) {
    const title = value.toUpperCase();
    const known = found.get(title) ?? { values: [], count: 0 };
    known.values.push(value);
    known.count += count;
    found.set(title, known);
  }
  return [...found].map(([title, known]) => ({ title, ...known }));
}

/** Entries of this level and above, by the five levels. */
export function levelCounts(facet: Facet | undefined): readonly number[] {
  const own = LEVELS.map((level) => facet?.values.find(({ value }) => value === level)?.count ?? 0);
  return own.map((_, at) => own.slice(at).reduce((sum, count) => sum + count, 0));
}

/** The lowest of the five levels that was written. */
export function floorSeen(facet: Facet | undefined): string | undefined {
  return LEVELS.find((level) => facet?.values.some(({ value, count }) => value === level && count > 0));
}

const isOwn = (clause: Clause, field: string): boolean => clause.field === field && !clause.not && clause.enabled;

export function isTypeOn(clauses: readonly Clause[], { values }: TypeCount): boolean {
  return (
    values.length > 0 &&
    clauses.some((each) => isOwn(each, "category") && values.every((value) => each.values.includes(value)))
  );
}

/** Includes every spelling of a type, or takes them all back. */
export function withType(clauses: readonly Clause[], type: TypeCount): readonly Clause[] {
  const rest = clauses.filter((clause) => !isOwn(clause, "category"));
  const now = clauses.filter((clause) => isOwn(clause, "category")).flatMap(({ values }) => values);
  const kept = now.filter((value) => !type.values.includes(value));
  const values = isTypeOn(clauses, type) ? kept : [...kept, ...type.values];
  return values.length === 0 ? rest : [...rest, { field: "category", not: false, values, enabled: true }];
}

/** The level from which on entries are included; undefined where the chips say something else, or nothing. */
export function leastLevel(clauses: readonly Clause[]): string | undefined {
  const own = clauses.filter((clause) => isOwn(clause, "level"));
  const [clause] = own;
  if (clause === undefined || own.length > 1) return undefined;
  const at = LEVELS.findIndex((level) => clause.values.includes(level));
  const wanted: readonly string[] = at < 0 ? [] : LEVELS.slice(at);
  const isSame = wanted.length === clause.values.length && wanted.every((level) => clause.values.includes(level));
  return isSame && at >= 0 ? LEVELS[at] : undefined;
}

/** "" = any level, also none. */
export function withLeastLevel(clauses: readonly Clause[], level: string): readonly Clause[] {
  const rest = clauses.filter((clause) => !isOwn(clause, "level"));
  const at = LEVELS.findIndex((own) => own === level);
  return at < 0 ? rest : [...rest, { field: "level", not: false, values: LEVELS.slice(at), enabled: true }];
}

/**
 * A date of the bundle's options, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, as UTC. `to` takes the day or the second that
 * is written in: the end of a range is the first instant after it. undefined = it is no such date.
 */
export function readDate(text: string, end: "from" | "to"): EpochMicros | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d))?$/.exec(text.trim());
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(at).toISOString();
  const written = `${found[1]}-${found[2]}-${found[3]}T${found[4] ?? "00"}:${found[5] ?? "00"}:${found[6] ?? "00"}.000Z`;
  // 30 February, or 25 o'clock, would become another moment.
  if (back !== written) return undefined;
  const unit = found[4] === undefined ? DAY : SECOND;
  return (at * 1000 + (end === "to" ? unit : 0)) as EpochMicros;
}

/** An end of the range in the same form; "" where it is open. A part of a second is left out. */
export function dateText(range: TimeRange, end: "from" | "to"): string {
  const at = end === "from" ? range.from : range.to;
  if (at === undefined) return "";
  if (at % DAY === 0) return textOf(end === "from" ? at : at - DAY).slice(0, 10);
  return textOf(end === "from" ? at : Math.ceil(at / SECOND) * SECOND - SECOND);
}

const textOf = (at: number): string => new Date(Math.floor(at / 1000)).toISOString().slice(0, 19).replace("T", " ");

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** "1 Mar – 3 Mar 2025", in UTC as the bundle's own dates are. */
export function reachText(first: EpochMicros | undefined, last: EpochMicros | undefined): string {
  if (first === undefined || last === undefined) return "no time known";
  const [from, to] = [partsOf(first), partsOf(last)];
  const start = from.year === to.year ? from.day : `${from.day} ${from.year}`;
  return from.day === to.day && from.year === to.year ? `${to.day} ${to.year}` : `${start} – ${to.day} ${to.year}`;
}

function partsOf(at: EpochMicros): { readonly day: string; readonly year: number } {
  const date = new Date(Math.floor(at / 1000));
  return { day: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`, year: date.getUTCFullYear() };
}
