/**
 * Exports of a RadiantOne log collection: tables whose header is the names of the target fields, in any order and with any
 * separator, and tables of its log viewer, whose header is labels.
 */
import type { JsonObject } from "../../base/json.ts";
import type { CanonicalName, MeaningOrigin } from "../../contract.ts";
import type { FieldRule } from "../field-table.ts";
import {
  type AnyFormat,
  type Assembler,
  type CarriedRecord,
  defineFormat,
  type ReadContext,
  type Recognition,
} from "../format.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { emptyCells } from "../table-row.ts";
import { orderQuestions, studyOrder } from "./date-order.ts";
import { parseVendorDate } from "./dates.ts";
import { writeDerivedLevel } from "./level.ts";
import { isMapped, mappedMeaning, recogniseMapped, studyMapping, watchMapping } from "./mapped.ts";
import { DATE, LABEL_NAMES, MANDATORY, TARGET_RULES, VIEWER_RULES } from "./table.ts";
import { flagOddTypes } from "./target-types.ts";

const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };

interface TableFormat {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly FieldRule[];
  /** Fields that every row must fill, beside those that every format must. */
  readonly mandatory: readonly CanonicalName[];
  readonly samples: readonly string[];
  /** The names by which a row is known, undefined where it is none. */
  fits(names: ReadonlySet<string>): boolean;
  readonly reason: string;
}

function tableFormat(table: TableFormat): AnyFormat {
  const meaning = meaningOf(table);
  return defineFormat<ObjectEntry>({
    id: table.id,
    title: table.title,
    version: "1",
    accepts: "object",
    samples: table.samples,
    recognise: (records, reading) => recogniseMapped(records, table.id, reading) ?? recognise(records, table),
    describe: () => table.title,
    study: (records, reading) => studyOrder(records, DATE, studyMapping(records, reading)),
    questions: (records, reading) => orderQuestions(records, DATE, reading),
    recordsIn: () => 1,
    takesMapping: table.id === "radiantone",
    assemble: (context, output) => watched(assembleObjects(output), context),
    read: (entry, context, sink) => readObject(entry, meaning, context, sink),
    explain: (_records, entry, context) => explainObject(entry, meaning, context, "Row of the export"),
  });
}

/** The viewer lists no more rows than this (documented), so a table of exactly as many is probably cut. */
const MOST_ROWS = 1000;
const PROBABLY_CUT = {
  message: `It has exactly ${MOST_ROWS} rows, which is all that the log viewer lists: it is probably cut.`,
  next: "Export the log again in parts, for example a day at a time.",
};

/** Passes records on, and counts and watches them for what is to be said of the member as a whole. */
function watched(assembler: Assembler, context: ReadContext): Assembler {
  const watch = watchMapping(context);
  let rows = 0;
  return {
    push(record) {
      rows++;
      watch?.see(record);
      assembler.push(record);
    },
    remark: () => (isMapped(context) ? watch?.remark() : rows === MOST_ROWS ? PROBABLY_CUT : undefined),
    finish: () => assembler.finish(),
  };
}

function meaningOf({ rules, mandatory }: TableFormat): Meaning {
  return (mapping, writer, context) => {
    if (isMapped(context)) return mappedMeaning(mapping, writer, context);
    const time = mapping.time(DATE, (text) => parseVendorDate(text, context.dateOrder));
    if (time !== undefined) writer.time(time.found, time.time);
    mapping.run(rules);
    writer.complete();
    if (mandatory.some((field) => !mapping.has(field))) writer.flag("mandatoryMissing");
    flagOddTypes(mapping, (flag) => writer.flag(flag));
    mapping.write("datasource", context.memberName, undefined, FILE_NAME);
    writeDerivedLevel(mapping);
    writer.flag("levelDerived");
    const rest = writer.wants("data") ? mapping.rest(emptyCells(mapping.object)) : undefined;
    if (rest !== undefined) mapping.write("data", rest, undefined, REST);
  };
}

function recognise(records: readonly CarriedRecord[], table: TableFormat): Recognition {
  const fitting = records.filter(({ body }) => body.kind === "object" && table.fits(namesOf(body.value))).length;
  const share = records.length === 0 ? 0 : fitting / records.length;
  return { confidence: 0.99 * share, reasons: [`${fitting} of ${records.length} records have ${table.reason}`] };
}

function namesOf(object: JsonObject): ReadonlySet<string> {
  return new Set(Object.keys(object).map((name) => name.trim().toLowerCase()));
}

/** Names that hardly another log has; with three of them a table is the vendor's. */
const TELLING = [
  "whologin",
  "whorepository",
  "whoidentity",
  "whosessionid",
  "whateventcode",
  "whateventcodelabel",
  "whateventcategory",
  "whataction",
  "whatstatus",
  "whatcount",
  "wheresource",
  "wheredestination",
  ...LABEL_NAMES,
] as const;
const FEWEST_TELLING = 3;

export const radiantone = tableFormat({
  id: "radiantone",
  title: "RadiantOne audit log",
  rules: TARGET_RULES,
  mandatory: MANDATORY,
  samples: [
    '{"datasource":"AD","externalref":"1","family":"securityadmin","date":"20251001004547","whologin":"eva","whorepository":"ACME","whateventcode":"Win-4720","whateventcodelabel":"Account created","whataction":"create","whatcount":"1","whatdisplaylabel":"Account created"}',
  ],
  fits: (names) => TELLING.filter((name) => names.has(name)).length >= FEWEST_TELLING,
  reason: "columns named after the target fields",
});

const LABELS = ["id", "date", "family", "code", "domain", "login"] as const;

/** The viewer lists the columns that its user chose, so that a field without a column is not missing. */
export const radiantoneViewer = tableFormat({
  id: "radiantone-viewer",
  title: "RadiantOne log viewer export",
  rules: VIEWER_RULES,
  mandatory: ["family", "domain"],
  samples: [
    '{"Id":"2000000000","Date":"Feb 9, 2016 2:48:29 PM","Family":"securityadmin","Code":"Win-4720","Domain":"TEST","Login":"eva","Label":"A user account was created"}',
  ],
  fits: (names) => LABELS.every((label) => names.has(label)),
  reason: `the labels of the viewer (${LABELS.join(", ")})`,
});
