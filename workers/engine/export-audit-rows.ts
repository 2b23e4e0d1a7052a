/** The entries of a result as rows of the `Linux.Auditd` schema. What is no such row is refused before a byte is written. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { raise } from "../base/fault.ts";
import { emptyObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts";
import { auditRowProblem } from "../base/linux-auditd-check.ts";
import { EXTRA_FIELDS, SCHEMA_NAME } from "../base/linux-auditd.ts";
import { printAt } from "../base/time.ts";
import type { EpochMicros } from "../contract.ts";
import type { AuditRows, ExportOptions } from "../export/export-writer.ts";
import { bind } from "../query/bind.ts";
import type { Result } from "../query/result.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { parseAgain } from "./case-reread.ts";
import type { CaseSecrets } from "./secrets.ts";

/** Entries of one page: some 50 ms of work. */
const PAGE = 256;
/** Of Panther's standard fields, those that rows get here where they have none (Panther documentation). */
const OWN_STANDARD = ["p_log_type", "p_event_time"] as const;
const AUDIT = "linux-auditd";

/** Without `secrets` they are written as recorded. Fault format.unfit where entries cannot be such rows. */
export function auditRows(
  reader: CaseReader,
  result: Result,
  options: Pick<ExportOptions, "provenance">,
  secrets: CaseSecrets | undefined,
): AuditRows {
  return {
    entries: result.matched,
    standard: standardFields(result),
    async *pages(signal) {
      requireAuditEntries(result);
      for (let first = 0; first < result.matched && !signal.aborted; first += PAGE) {
        yield auditRowsPage(reader, result, first, PAGE, options, secrets);
        // A cancel arrives as a message, which needs a turn to be heard.
        await nextTurn();
      }
    },
  };
}

export function auditRowsPage(
  reader: CaseReader,
  result: Result,
  first: number,
  count: number,
  { provenance }: Pick<ExportOptions, "provenance">,
  secrets: CaseSecrets | undefined,
): readonly (readonly JsonObject[])[] {
  const { entries } = result.rows(first, count, []);
  return Array.from(entries, (entry) => rowsOf(reader, entry, provenance, secrets));
}

/** The fault tells how many entries are no audit records, or have no time, and how to leave them out. */
export function requireAuditEntries({ columns, selection, matched }: Result): void {
  const family = bind(columns, "family");
  const code = family.kind === "dict" ? codeOf(family.dictionary, AUDIT) : -1;
  let others = 0;
  let undated = 0;
  for (let at = 0; at < selection.length; at++) {
    const entry = selection[at] as number;
    if (family.kind !== "dict" || family.codes[entry] !== code + 1 || code < 0) others++;
    else if (Number.isNaN(columns.time[entry])) undated++;
  }
  if (others + undated === 0) return;
  const told = [
    ...(others === 0 ? [] : [`${others} ${others === 1 ? "is" : "are"} no Linux audit record`]),
    ...(undated === 0 ? [] : [`${undated} ${undated === 1 ? "has" : "have"} no time`]),
  ];
  const wanted = [...(others === 0 ? [] : [`family:${AUDIT}`]), ...(undated === 0 ? [] : ["has:time"])];
  raise(
    "format.unfit",
    `Of ${matched} entries, ${told.join(" and ")}: they cannot be rows of ${SCHEMA_NAME}.`,
    `Add ${wanted.join(" ")} to the query to leave them out, or export as CSV.`,
  );
}

function codeOf(dictionary: { readonly size: number; text(code: number): string }, text: string): number {
  for (let code = 0; code < dictionary.size; code++) if (dictionary.text(code) === text) return code;
  return -1;
}

/** Top-level names of Panther's own fields that entries of the case have. */
function standardFields({ columns }: Result): readonly string[] {
  const found = [...columns.originalNames, ...columns.overflowNames]
    .filter((name) => name.startsWith("p_"))
    .map((name) => name.split(".")[0] as string);
  return [...new Set([...OWN_STANDARD, ...found])];
}

function rowsOf(
  reader: CaseReader,
  entry: number,
  provenance: boolean,
  secrets: CaseSecrets | undefined,
): readonly JsonObject[] {
  const found = parseAgain(reader, entry).entry?.auditRows() ?? [];
  const at = (reader.time[entry] ?? Number.NaN) as EpochMicros;
  const rows = found.map((row) => masked(completed(row, at, reader.precision[entry] ?? 0, provenance), entry, secrets));
  const problem =
    rows.length === 0 ? "it holds no record" : rows.map(auditRowProblem).find((each) => each !== undefined);
  if (problem === undefined) return rows;
  return raise(
    "format.unfit",
    `Entry ${entry} cannot be a row of ${SCHEMA_NAME}: ${problem}.`,
    `Add NOT id:${entry} to the query to leave it out, or export as CSV.`,
  );
}

/** With the entry's time where the record has none of its own, and with what names a row of this log. */
function completed(row: JsonObject, at: EpochMicros, precision: number, provenance: boolean): JsonObject {
  const whole = emptyObject();
  for (const name in row) if (provenance || !name.startsWith("p_")) whole[name] = row[name] as JsonValue;
  if (whole["timestamp"] === undefined) whole["timestamp"] = at / 1_000_000;
  if (!provenance) return whole;
  whole["p_log_type"] ??= SCHEMA_NAME;
  // As Panther writes times: UTC, without a mark.
  whole["p_event_time"] ??= printAt(at, 0, Math.min(6, precision)).replace("T", " ").replace("Z", "");
  return whole;
}

/** Keystrokes, by the names that the schema and the records have for them. */
const SECRET = new Set(["data", "msg"]);

function masked(row: JsonObject, entry: number, secrets: CaseSecrets | undefined): JsonObject {
  const values = secrets?.valuesOf(entry) ?? [];
  if (secrets === undefined || values.length === 0) return row;
  const { masking } = secrets;
  const hide = (name: string, value: JsonValue, isTop: boolean): JsonValue => {
    if (typeof value === "string")
      return SECRET.has(name) ? masking.mask(value) : masking.without(value, values, false);
    if (isJsonArray(value)) return value.map((item) => hide(name, item, false));
    return isJsonObject(value) && (isTop || !SECRET.has(name)) ? eachField(value, hide) : value;
  };
  return eachField(row, hide);
}

function eachField(
  object: JsonObject,
  change: (name: string, value: JsonValue, isTop: boolean) => JsonValue,
): JsonObject {
  const changed = emptyObject();
  for (const name in object) changed[name] = change(name, object[name] as JsonValue, name === EXTRA_FIELDS);
  return changed;
}
