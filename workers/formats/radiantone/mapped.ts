/** A raw source that is read through the two definition files a person gave with it. */
import { jsonText } from "../../base/json.ts";
import type { MeaningOrigin, Reading } from "../../contract.ts";
import type { CarriedRecord, ReadContext, Recognition } from "../format.ts";
import type { Meaning } from "../object-entry.ts";
import { parseVendorDate } from "./dates.ts";
import { definitionsOf } from "./event-column.ts";
import { execute } from "./execute.ts";
import { mappingFit, UnfilledWatch } from "./fit.ts";
import { writeDerivedLevel } from "./level.ts";
import { MANDATORY } from "./table.ts";
import { flagOddTypes } from "./target-types.ts";

const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
export function isMapped({ mapping }: ReadContext): boolean {
  return mapping?.eventId !== undefined;
}

/** undefined: without definitions, or none that fit. */
export function recogniseMapped(
  records: readonly CarriedRecord[],
  id: string,
  { mapping }: Reading,
): Recognition | undefined {
  if (mapping === undefined || id !== "radiantone") return undefined;
  const { fits, known, eventId } = mappingFit(records, mapping);
  if (!fits) return undefined;
  const reason = `${known} of ${records.length} records have an event id of the definitions in ${eventId}`;
  return { confidence: 1, reasons: [reason] };
}

/** Names the column of the event ids; definitions that do not fit the records are not kept with them. */
export function studyMapping(records: readonly CarriedRecord[], reading: Reading): Reading {
  const { mapping, ...rest } = reading;
  if (mapping === undefined) return reading;
  const { fits, eventId } = mappingFit(records, mapping);
  return fits && eventId !== undefined ? { ...rest, mapping: { ...mapping, eventId } } : rest;
}

/** Tells at the end of a member which placeholders nothing filled; undefined where it is read without definitions. */
export function watchMapping({ mapping }: ReadContext): UnfilledWatch | undefined {
  const definitions = mapping?.eventId === undefined ? undefined : definitionsOf(mapping).definitions;
  return definitions === undefined ? undefined : new UnfilledWatch(definitions);
}

export const mappedMeaning: Meaning = (mapping, writer, context) => {
  const { eventId = "" } = context.mapping ?? {};
  const definitions = context.mapping === undefined ? undefined : definitionsOf(context.mapping).definitions;
  if (definitions === undefined) throw new Error("a broken definition is refused before the import");
  const value = mapping.object[eventId];
  const id = value === undefined || value === null ? "" : jsonText(value);
  const { date, writeData } = execute(mapping, id, definitions, (flag) => writer.flag(flag));
  const time = date === undefined ? undefined : parseVendorDate(jsonText(date.value), context.dateOrder);
  if (date !== undefined) writer.time(date, time);
  if (time?.at !== undefined) mapping.noteTime();
  writer.complete();
  if (MANDATORY.some((field) => !mapping.has(field))) writer.flag("mandatoryMissing");
  flagOddTypes(mapping, (flag) => writer.flag(flag));
  mapping.write("datasource", context.memberName, undefined, FILE_NAME);
  writeDerivedLevel(mapping);
  writer.flag("levelDerived");
  if (writer.wants("data")) writeData();
};
