/** How a member is read, as the case keeps it. A forged case may hold anything there, so it is checked for its shape. */
import type { IdentityNames, MappingReading, Reading, SirenSettings } from "../contract.ts";
import { parseJson } from "./fault-json.ts";

type Loose = Readonly<Record<string, unknown>>;

export function printReading(reading: Reading): string | undefined {
  return Object.keys(reading).length === 0 ? undefined : JSON.stringify(reading);
}

export function parseReading(stored: string | undefined): Reading {
  const held = stored === undefined ? undefined : parseJson(stored);
  if (!isRecord(held)) return {};
  return {
    ...part(held, "encoding", oneOf("utf-8", "utf-16le", "utf-16be", "windows-1252")),
    ...part(held, "lineEnds", oneOf("lf", "cr")),
    ...part(held, "table", isTable),
    ...part(held, "year", isYear),
    ...part(held, "yearFrom", oneOf("records", "person", "file time")),
    ...part(held, "delimiter", isDelimiter),
    ...part(held, "timeField", isText),
    ...part(held, "dateOrder", oneOf("day-first", "month-first")),
    ...part(held, "names", isNames),
    ...part(held, "mapping", isMapping),
    ...part(held, "settings", isSettings),
  };
}

function part<Name extends keyof Reading>(
  held: Loose,
  name: Name,
  fits: (value: unknown) => value is NonNullable<Reading[Name]>,
): Pick<Reading, Name> | undefined {
  const value = held[name];
  return fits(value) ? ({ [name]: value } as Pick<Reading, Name>) : undefined;
}

function oneOf<const Word extends string>(...words: readonly Word[]): (value: unknown) => value is Word {
  return (value): value is Word => words.some((word) => word === value);
}

function isRecord(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** One character of ASCII. */
function isDelimiter(value: unknown): value is string {
  return isText(value) && /^[\t\u001c-\u001f !#-~]$/.test(value);
}

function isYear(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1684 && value <= 2255;
}

function isTable(value: unknown): value is NonNullable<Reading["table"]> {
  return (
    isRecord(value) && isText(value["delimiter"]) && Array.isArray(value["columns"]) && value["columns"].every(isText)
  );
}

function isNames(value: unknown): value is IdentityNames {
  return isRecord(value) && isText(value["origin"]) && isNameMap(value["users"]) && isNameMap(value["groups"]);
}

function isMapping(value: unknown): value is MappingReading {
  if (!isRecord(value) || !isText(value["properties"]) || !isText(value["attributes"])) return false;
  return value["eventId"] === undefined || isText(value["eventId"]);
}

function isSettings(value: unknown): value is SirenSettings {
  if (!isRecord(value)) return false;
  const { origin, modified, says, loggedTypes, bodyTypes, responseBodies, filters, exportBatch, instanceName } = value;
  return (
    isText(origin) &&
    (modified === undefined || Number.isSafeInteger(modified)) &&
    isTexts(says) &&
    (loggedTypes === undefined || isTexts(loggedTypes)) &&
    isTexts(bodyTypes) &&
    typeof responseBodies === "boolean" &&
    Array.isArray(filters) &&
    filters.every(isFilter) &&
    Number.isSafeInteger(exportBatch) &&
    (instanceName === undefined || isText(instanceName))
  );
}

function isFilter(value: unknown): boolean {
  return isRecord(value) && isText(value["kind"]) && isText(value["pattern"]) && isText(value["says"]);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isNameMap(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every(isText);
}
