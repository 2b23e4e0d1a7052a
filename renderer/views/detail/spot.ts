/** The one field in focus, shared by all tabs and kept from entry to entry by its name. */
import type { ByteMark, DetailRecord, EntryDetail, RecordToken } from "../../../workers/contract.ts";
import { lenientText } from "./utf8.ts";

export interface Spot {
  /** Query name, for example `target` or `raw.exit`. */
  readonly field: string;
  /** Which of the field's values. */
  readonly index: number;
  /** The record it was picked in, where it was picked in one. */
  readonly record: number | undefined;
}

export const originalName = (field: string): string => field.replace(/^raw\./, "");

/** The bytes of a spot in an entry: of the record it was picked in, else where the field says they are. */
export function markOf(entry: EntryDetail, spot: Spot | undefined): ByteMark | undefined {
  if (spot === undefined) return undefined;
  const name = originalName(spot.field);
  if (spot.record !== undefined) {
    const place = tokenPlaces(entry, name).find(({ record }) => record === spot.record);
    if (place !== undefined) return markAt(place);
  }
  const field = entry.fields.find((own) => own.name === spot.field);
  if (field?.mark !== undefined && spot.index === 0) return field.mark;
  const places = tokenPlaces(entry, name);
  const place = places[spot.index] ?? places[0];
  if (place !== undefined && spot.field.startsWith("raw.")) return markAt(place);
  return field?.mark ?? entry.interpretations.find((own) => own.field === name)?.mark;
}

export function overlaps(one: ByteMark | undefined, other: ByteMark | undefined): boolean {
  if (one === undefined || other === undefined || one.record !== other.record) return false;
  return one.start < other.end && other.start < one.end;
}

export interface TokenPlace {
  readonly record: number;
  readonly token: RecordToken;
}

const markAt = ({ record, token }: TokenPlace): ByteMark => ({ record, start: token.start, end: token.end });

/** Every value of an original field, in the order of the records. */
function tokenPlaces(entry: EntryDetail, name: string): readonly TokenPlace[] {
  return entry.records.flatMap(({ tokens }, record) =>
    tokens.filter((token) => isValue(token) && token.field === name).map((token) => ({ record, token })),
  );
}

/** Values that can be walked to, in the order of the bytes. */
export function allPlaces(entry: EntryDetail): readonly TokenPlace[] {
  return entry.records.flatMap(({ tokens }, record) =>
    tokens.filter((token) => isValue(token) && token.field !== undefined).map((token) => ({ record, token })),
  );
}

const isValue = (token: RecordToken): boolean => token.kind === "value" || token.kind === "type";

/**
 * The value a filter needs for the bytes of a token: the field's own reading, which is what is indexed; of several, the
 * one in the same place, or the one that is written like that.
 */
export function valueAt(entry: EntryDetail, { record, token }: TokenPlace): string {
  const name = token.field ?? "";
  const values = entry.fields.find((field) => field.name === `raw.${name}`)?.values ?? [];
  const written = tokenText(entry.records[record], token);
  const places = tokenPlaces(entry, name);
  const nth = places.findIndex((place) => place.record === record && place.token.start === token.start);
  const same = values.length === places.length ? values[nth] : values.find((value) => value === unquoted(written));
  return same ?? values[0] ?? unquoted(written);
}

export function tokenText(record: DetailRecord | undefined, { start, end }: RecordToken): string {
  return record === undefined ? "" : lenientText(record.bytes.subarray(start, end));
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

/** What of a failed outcome is named, for the badge: "EACCES" of "EACCES, permission denied". */
export function errorName(entry: EntryDetail): string | undefined {
  const named = entry.interpretations.find(
    ({ origin, meaning }) => origin.kind === "table" && /^E[A-Z0-9]{2,}\b/.test(meaning),
  );
  return named === undefined ? undefined : /^\w+/.exec(named.meaning)?.[0];
}
