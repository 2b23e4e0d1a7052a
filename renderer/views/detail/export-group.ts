/**
 * Siren Investigate logs a data export in batches: one export by one user is several entries close together (documented;
 * 100 rows an entry unless the settings say else, 1 to 2000 allowed). A batch with fewer rows ends its export. Pure.
 */
import type { Clause, DetailField, EntryDetail, EntryId, EpochMicros, TimeRange } from "../../../workers/contract.ts";

const USUAL_BATCH = 100;
/** Batches further apart are of two exports (our choice: the vendor says nothing of it). */
const MOST_APART_US = 60_000_000;
/** How far around an entry its batches are looked for. */
const AROUND_US = 1_800_000_000;

export interface ExportPart {
  readonly entry: EntryId;
  readonly time: number;
  /** undefined where the body of the answer was not logged. */
  readonly rows: number | undefined;
}
/** What was found around an entry, in the order of time. */
export interface FoundParts {
  readonly parts: readonly ExportPart[];
  /** Where was looked. */
  readonly range: TimeRange;
  /** There are more in that range, before or after these, than were asked for. */
  readonly before: boolean;
  readonly after: boolean;
}
export interface ExportGroup {
  readonly parts: readonly ExportPart[];
  /** Place of the entry among them, from 0. */
  readonly at: number;
  /** Rows of all parts; undefined where one does not say. */
  readonly rows: number | undefined;
  /** Rows of a full batch, as assumed. */
  readonly batch: number;
  /** It may have batches before or after those found: where it begins or ends was not seen. */
  readonly isOpen: { readonly before: boolean; readonly after: boolean };
}

/** Other batches have the same type, user, session, instance and index; undefined for an entry that is no export. */
export function exportClauses(entry: EntryDetail): readonly Clause[] | undefined {
  const value = (name: string): string | undefined => valuesOf(entry.fields, name)[0];
  if (value("family") !== "siren-investigate" || value("category") !== "dataExport") return undefined;
  if (entry.time === undefined) return undefined;
  return ["category", "datasource", "actor", "session", "target"].map((field) => {
    const own = value(field);
    return { field, not: false, values: own === undefined ? [] : [own], enabled: true };
  });
}

export function aroundEntry(time: EpochMicros): TimeRange {
  return { from: (time - AROUND_US) as EpochMicros, to: (time + AROUND_US) as EpochMicros };
}

/** `usual`: rows of a full batch, as the settings say. undefined: the entry is not among the parts. */
export function groupOf(found: FoundParts, entry: EntryId, usual = USUAL_BATCH): ExportGroup | undefined {
  const { parts } = found;
  const batch = Math.max(usual, ...parts.map(({ rows }) => rows ?? 0));
  let group: ExportPart[] = [];
  for (const part of parts) {
    const last = group.at(-1);
    const isNext = last !== undefined && part.time - last.time <= MOST_APART_US && isFull(last, batch);
    if (!isNext && group.some((own) => own.entry === entry)) break;
    group = isNext ? [...group, part] : [part];
  }
  const at = group.findIndex((own) => own.entry === entry);
  if (at === -1) return undefined;
  const rows = group.map((part) => part.rows);
  const sum = rows.reduce(
    (total: number | undefined, own) => (total === undefined || own === undefined ? undefined : total + own),
    0,
  );
  return { parts: group, at, rows: sum, batch, isOpen: isOpen(found, group, batch) };
}

function isOpen(found: FoundParts, group: readonly ExportPart[], batch: number): ExportGroup["isOpen"] {
  const { parts, range, before, after } = found;
  const [first, last] = [group[0], group.at(-1)];
  const isNear = (one: number | undefined, other: number | undefined): boolean =>
    one !== undefined && other !== undefined && Math.abs(one - other) <= MOST_APART_US;
  return {
    before: first === parts[0] && (before || isNear(first?.time, range.from)),
    after: last !== undefined && last === parts.at(-1) && isFull(last, batch) && (after || isNear(last.time, range.to)),
  };
}

const isFull = ({ rows }: ExportPart, batch: number): boolean => rows === undefined || rows >= batch;

/** From the first part to the last. */
export function rangeOf({ parts }: ExportGroup): TimeRange {
  const times = parts.map(({ time }) => time);
  return { from: Math.min(...times) as EpochMicros, to: (Math.max(...times) + 1) as EpochMicros };
}

function valuesOf(fields: readonly DetailField[], name: string): readonly string[] {
  return fields.find((field) => field.name === name)?.values.filter((value) => value !== "") ?? [];
}
