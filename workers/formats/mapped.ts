/**
 * Formats whose meaning is a field table: one object or row an entry, recognised by the fields that it has. What a table
 * cannot say is added by `write`, before the rules.
 */
import type { JsonObject } from "../base/json.ts";
import type { MeaningOrigin } from "../contract.ts";
import type { FieldTable } from "./field-table.ts";
import { type AnyFormat, type CarriedRecord, defineFormat, type ReadContext, type Recognition } from "./format.ts";
import type { Mapping } from "./mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "./object-entry.ts";
import { emptyCells } from "./table-row.ts";
import type { RecordTime } from "./time-column.ts";

const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };

export interface MappedFormat {
  readonly id: string;
  readonly title: string;
  readonly samples: readonly string[];
  readonly secrets?: readonly string[];
  readonly table: FieldTable;
  /** What the detail view calls one record. */
  readonly recordTitle: string;
  /** What every record of this format has, as the reason that a person reads. */
  readonly has: string;
  fits(object: JsonObject): boolean;
  /** The time of the event, where it is more than the first of the table's fields that reads as one. */
  time?(mapping: Mapping, context: ReadContext): RecordTime | undefined;
  write?(mapping: Mapping): void;
  /** The value without what its program writes for nothing. */
  clean?(value: JsonObject): JsonObject;
}

export function defineMapped(format: MappedFormat): AnyFormat {
  const meaning = meaningOf(format);
  const cleaned = (entry: ObjectEntry): ObjectEntry =>
    format.clean === undefined ? entry : { ...entry, expanded: format.clean(entry.value) };
  return defineFormat<ObjectEntry>({
    id: format.id,
    title: format.title,
    version: "1",
    accepts: "object",
    samples: format.samples,
    ...(format.secrets === undefined ? {} : { secrets: format.secrets }),
    recognise: (records) => recognise(format, records),
    describe: () => format.title,
    recordsIn: () => 1,
    assemble: (_context, output) => assembleObjects(output),
    read: (entry, context, sink) => readObject(cleaned(entry), meaning, context, sink),
    explain: (_records, entry, context) => explainObject(cleaned(entry), meaning, context, format.recordTitle),
  });
}

function meaningOf(format: MappedFormat): Meaning {
  return (mapping, writer, context) => {
    const time = format.time === undefined ? mapping.time(format.table.time) : format.time(mapping, context);
    if (time !== undefined) writer.time(time.found, time.time);
    format.write?.(mapping);
    mapping.run(format.table.rules);
    writer.complete();
    mapping.write("datasource", context.memberName, undefined, FILE_NAME);
    mapping.write("family", format.id);
    if (!mapping.has("level")) {
      mapping.write("level", mapping.written("outcome") === "fail" ? "warning" : "info", undefined, FROM_OUTCOME);
      writer.flag("levelDerived");
    }
    const rest = writer.wants("data") ? mapping.rest(emptyCells(mapping.object)) : undefined;
    if (rest !== undefined) mapping.write("data", rest, undefined, REST);
  };
}

/** Above what reads any object, below what is sure of every record; few among many others are no reason. */
const SURE = 0.97;

function recognise({ fits, has }: MappedFormat, records: readonly CarriedRecord[]): Recognition {
  const fitting = records.filter(({ body }) => body.kind === "object" && fits(body.value)).length;
  if (fitting === 0) return { confidence: 0, reasons: [`no record has ${has}`] };
  const share = fitting / records.length;
  const confidence = share < 0.5 ? share / 2 : 0.87 + (SURE - 0.87) * share;
  return { confidence, reasons: [`${fitting} of ${records.length} records have ${has}`] };
}
