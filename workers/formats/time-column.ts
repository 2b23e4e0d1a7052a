/**
 * Which field of a record holds the time of its event, where only names and values can tell. The choice is made for each
 * record alone, by one fixed ranking and what the member's reading says, so that an entry read again for the detail view
 * has the time that the import gave it.
 */
import { eachLeaf } from "../base/json-leaves.ts";
import { jsonText, type JsonObject } from "../base/json.ts";
import type { ParsedTime } from "../base/time.ts";
import { isEitherOrder, orderOf, parseWritten } from "../base/written-time.ts";
import type { MemberQuestion, Reading, TimeField } from "../contract.ts";
import type { CarriedRecord, ReadContext } from "./format.ts";
import { type Found, Mapping } from "./mapper.ts";

export interface RecordTime {
  readonly found: Found;
  /** undefined: written where a time should be, and none that can be read. */
  readonly time: ParsedTime | undefined;
}
type TimeContext = Pick<ReadContext, "timeField" | "dateOrder">;

/** `names`: the paths that hold the time by name, best first. Keep them in a constant. */
export function timeOf(mapping: Mapping, names: readonly string[], context: TimeContext): RecordTime | undefined {
  const read = (text: string): ParsedTime | undefined => parseWritten(text, context.dateOrder);
  if (context.timeField !== undefined) return mapping.time(sameList([context.timeField]), read);
  return pairedTime(mapping, read) ?? namedTime(mapping, names, read);
}

type Read = (text: string) => ParsedTime | undefined;

function namedTime(mapping: Mapping, names: readonly string[], read: Read): RecordTime | undefined {
  const named = mapping.time(names, read);
  if (named?.time !== undefined) return named;
  return mapping.time(sameList(otherTimes(mapping.object, read)), read) ?? named;
}

const DATE = ["date"] as const;
const CLOCK = ["time"] as const;
const ZONE = ["timezone", "tz"] as const;
const DATE_ALONE = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}$/;
const CLOCK_ALONE = /^\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?$/;
const ZONE_ALONE = /^(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$/;

/** A date and a clock in fields of their own, as tables have them. */
function pairedTime(mapping: Mapping, read: Read): RecordTime | undefined {
  const date = mapping.find(DATE);
  const clock = mapping.find(CLOCK);
  if (typeof date?.value !== "string" || typeof clock?.value !== "string") return undefined;
  if (!DATE_ALONE.test(date.value.trim()) || !CLOCK_ALONE.test(clock.value.trim())) return undefined;
  const zone = mapping.find(ZONE);
  const offset = zone === undefined ? "" : jsonText(zone.value).trim();
  const hasOffset = ZONE_ALONE.test(offset);
  const value = `${date.value.trim()} ${clock.value.trim()}${hasOffset ? ` ${offset}` : ""}`;
  mapping.use(date.path, clock.path, ...(hasOffset && zone !== undefined ? [zone.path] : []));
  const origin = { kind: "record", text: `fields ${date.path} and ${clock.path}` } as const;
  const time = read(value);
  if (time?.at !== undefined) mapping.noteTime();
  return { found: { path: date.path, value, origin }, time };
}

/** The time in the field that a person named, whatever the format would take; undefined: nobody named one. */
export function saidTime(mapping: Mapping, context: TimeContext): RecordTime | undefined {
  return context.timeField === undefined ? undefined : timeOf(mapping, NO_NAMES, context);
}
const NO_NAMES: readonly string[] = [];

/** Leaves whose names speak of the event's time and whose values are whole times, or dates that cannot be read. */
function otherTimes(object: JsonObject, read: Read): readonly string[] {
  const paths: string[] = [];
  eachLeaf(object, (path, text) => {
    if (!couldBeTime(text) || !isTimeName(path)) return;
    if (read(text) !== undefined || DATE_START.test(text)) paths.push(path);
  });
  return paths;
}

/** With a clock, so that a version or a number is none. */
const DATE_START = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}[ T,]+\d{1,2}:\d\d/;

/** Times that begin otherwise than with a digit are found by their names only. */
function couldBeTime(text: string): boolean {
  const first = text.charCodeAt(0);
  return text.length >= 8 && ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d);
}

const MOST_LISTS = 1_000;
const lists = new Map<string, readonly string[]>();

/** One list for the same paths, because shapes keep their lookups by the list. */
function sameList(paths: readonly string[]): readonly string[] {
  const key = JSON.stringify(paths);
  const known = lists.get(key);
  if (known !== undefined) return known;
  if (lists.size >= MOST_LISTS) lists.clear();
  lists.set(key, paths);
  return paths;
}

/** Whether a name says "time of the event", for columns that no synonym knows. */
function isTimeName(name: string): boolean {
  return (EVENT_TIME.test(name) || /[a-z]At$/.test(name)) && !OTHER_TIME.test(name);
}
const EVENT_TIME = /time|date|stamp|when|occurred|logged|created|_at$|(?:^|[._])ts$/i;
/** Other times than that of the event. */
const OTHER_TIME = /expir|until|valid|birth|updat|modif|end|last|next|timeout|duration|zone|elapsed|uptime|runtime/i;

/** Finds what the first records tell of the rest: the only column that reads as a time, and the order of its dates. */
export function studyTimes(records: readonly CarriedRecord[], names: readonly string[], reading: Reading): Reading {
  const objects = objectsOf(records);
  const timeField = reading.timeField ?? onlyTimeColumn(objects, names);
  const found = { ...reading, ...(timeField === undefined ? {} : { timeField }) };
  const dateOrder = reading.dateOrder ?? orderOf(writtenTimes(objects, names, found));
  return { ...found, ...(dateOrder === undefined ? {} : { dateOrder }) };
}

/** Asks for the time column where none or several could be it, and for the order of dates that may mean two days. */
export function timeQuestions(
  records: readonly CarriedRecord[],
  names: readonly string[],
  reading: Reading,
): readonly MemberQuestion[] {
  const objects = objectsOf(records);
  const questions: MemberQuestion[] = [];
  const fields = reading.timeField === undefined ? openFields(objects, names) : [];
  if (fields.length > 0) questions.push({ kind: "time-field", fields });
  const written = writtenTimes(objects, names, reading).filter(isEitherOrder);
  if (written.length > 0 && reading.dateOrder === undefined) {
    questions.push({ kind: "date-order", samples: written.slice(0, MOST_SAMPLES) });
  }
  return questions;
}

const MOST_SAMPLES = 5;
const MOST_FIELDS = 12;

function objectsOf(records: readonly CarriedRecord[]): readonly JsonObject[] {
  return records.flatMap(({ body }) => (body.kind === "object" ? [body.value] : []));
}

/** Reads a date of either order, for a look at what is written. */
function readAny(text: string): ParsedTime | undefined {
  return parseWritten(text, "day-first") ?? parseWritten(text, "month-first");
}

/** How many of the objects have a readable time by name. */
function datedBy(objects: readonly JsonObject[], names: readonly string[]): number {
  return objects.filter((object) => isDatedBy(object, names)).length;
}
function isDatedBy(object: JsonObject, names: readonly string[]): boolean {
  const mapping = new Mapping(object, () => {});
  return (pairedTime(mapping, readAny) ?? namedTime(mapping, names, readAny))?.time !== undefined;
}

/** The time of each record as it is written. */
function writtenTimes(objects: readonly JsonObject[], names: readonly string[], reading: Reading): readonly string[] {
  const field = reading.timeField === undefined ? {} : { timeField: reading.timeField };
  return objects.flatMap((object) => {
    const written = (["day-first", "month-first"] as const).map((dateOrder) =>
      timeOf(new Mapping(object, () => {}), names, { ...field, dateOrder }),
    );
    const time = written.find((each) => each?.time !== undefined);
    return time === undefined ? [] : [jsonText(time.found.value)];
  });
}

/** Fields of which most values read as times, in the order of the records. */
export function fieldsOfTimes(records: readonly CarriedRecord[]): readonly TimeField[] {
  return offered([...columnsOf(objectsOf(records))].filter(isOfTimes));
}

function isOfTimes([, { values, times }]: readonly [string, Column]): boolean {
  return times * 2 > values.length;
}

function offered(columns: readonly (readonly [string, Column])[]): readonly TimeField[] {
  return columns
    .slice(0, MOST_FIELDS)
    .map(([name, { values }]) => ({ name, samples: [...new Set(values)].slice(0, MOST_SAMPLES) }));
}

interface Column {
  readonly values: string[];
  times: number;
}

function columnsOf(objects: readonly JsonObject[]): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const object of objects) {
    eachLeaf(object, (path, text) => {
      if (text.trim() === "" || text === "null") return;
      const column = columns.get(path) ?? { values: [], times: 0 };
      columns.set(path, column);
      column.values.push(text);
      if (readAny(text) !== undefined) column.times++;
    });
  }
  return columns;
}

/** Where names tell nothing: the one column of which every value is a date with a clock. */
function onlyTimeColumn(objects: readonly JsonObject[], names: readonly string[]): string | undefined {
  if (objects.length === 0 || datedBy(objects, names) * 2 >= objects.length) return undefined;
  const fitting = [...columnsOf(objects)].filter(
    ([path, { values, times }]) =>
      times === values.length && times * 2 >= objects.length && !OTHER_TIME.test(path) && values.every(hasClock),
  );
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}

/** A number is no time by itself: identifiers have as many digits. */
function hasClock(text: string): boolean {
  return /\d:\d\d/.test(text) || /\dT\d{4}/.test(text);
}

/** Columns to choose from, those that read as times first; empty where there is no question. */
function openFields(objects: readonly JsonObject[], names: readonly string[]): readonly TimeField[] {
  if (objects.length === 0) return [];
  const byName = objects.filter((object) => {
    const mapping = new Mapping(object, () => {});
    return (pairedTime(mapping, readAny) ?? mapping.time(names, readAny))?.time !== undefined;
  }).length;
  if (byName * 2 >= objects.length) return [];
  const columns = [...columnsOf(objects)];
  const times = columns.filter(isOfTimes);
  const isDated = datedBy(objects, names) * 2 >= objects.length;
  if (isDated && times.filter(([path]) => isTimeName(path)).length < 2) return [];
  return offered(
    times.length > 0 ? times : columns.filter(([, { values }]) => values.some((text) => /\d{2}/.test(text))),
  );
}
