/**
 * The one decoder of requests. The renderer shows hostile text and is not trusted: whatever it sends is checked for
 * shape and size here, and past this edge there are only types.
 */
import * as v from "valibot";
import { type EngineApi, HOST_FIELDS, LEDGER_KINDS, MATCH_ROLES, MATCH_STATES, RULED_ENTITIES } from "../contract.ts";
import { MAX_POINTS } from "../base/clock.ts";
import { raise } from "../base/fault.ts";

const MAX_TEXT = 16_384;
const MAX_VALUES = 1_000;

const count = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(max));
const id = count(Number.MAX_SAFE_INTEGER);
const seen = v.pipe(v.number(), v.safeInteger(), v.minValue(-1));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const grant = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const micros = v.pipe(v.number(), v.safeInteger());
const zone = text(64);
const name = text(1_024);
const path = text(32_768);
const list = <const Item extends v.GenericSchema>(item: Item, max: number) => v.pipe(v.array(item), v.maxLength(max));

const range = v.strictObject({ from: v.exactOptional(micros), to: v.exactOptional(micros) });
const clause = v.strictObject({
  field: name,
  not: v.boolean(),
  values: list(text(MAX_TEXT), MAX_VALUES),
  enabled: v.boolean(),
});
const query = v.strictObject({
  clauses: list(clause, 200),
  text: text(MAX_TEXT),
  range,
  zone,
  sort: v.strictObject({ field: name, descending: v.boolean() }),
});
const columns = list(name, 600);
const exportParts = {
  query,
  format: v.picklist(["csv", "csv-zip", "linux-auditd-jsonl", "linux-auditd-csv"]),
  columns: v.union([v.literal("all"), columns]),
  provenance: v.boolean(),
  recordedTime: v.exactOptional(v.boolean()),
  formulaGuard: v.boolean(),
  lineEnd: v.picklist(["lf", "crlf"]),
  secrets: v.picklist(["masked", "full"]),
};
/** Chars of one definition file. */
const MAX_DEFINITION = 4_000_000;
const definitions = { properties: text(MAX_DEFINITION), attributes: text(MAX_DEFINITION) };
const eventId = v.pipe(name, v.minLength(1));
const definitionName = v.picklist(["eventproperties.csv", "eventmapping.csv"]);
const mappingEdit = v.variant("kind", [
  v.strictObject({
    kind: v.literal("cell"),
    file: definitionName,
    row: count(1_000_000),
    cell: count(1_000),
    value: text(MAX_TEXT),
  }),
  v.strictObject({ kind: v.literal("add"), id: eventId, like: v.exactOptional(name) }),
  v.strictObject({ kind: v.literal("remove"), id: name }),
  v.strictObject({ kind: v.literal("remove-row"), file: definitionName, row: count(1_000_000) }),
  v.strictObject({ kind: v.literal("header") }),
  v.strictObject({ kind: v.literal("property") }),
]);
const answer = v.strictObject({
  year: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1684), v.maxValue(2255))),
  timeField: v.exactOptional(name),
  dateOrder: v.exactOptional(v.picklist(["day-first", "month-first"])),
  encoding: v.exactOptional(v.picklist(["utf-8", "utf-16le", "utf-16be", "windows-1252"])),
  delimiter: v.exactOptional(v.pipe(v.string(), v.regex(/^[\t\u001c-\u001f !#-~]$/))),
  mapping: v.exactOptional(
    v.strictObject({
      ...definitions,
      eventId: v.exactOptional(name),
    }),
  ),
  zone: v.exactOptional(zone),
});
const importItem = v.strictObject({
  grant,
  choices: v.record(path, text(128)),
  skip: list(path, 100_000),
  zone: v.exactOptional(zone),
  answers: v.exactOptional(v.record(path, answer)),
  beyondLimits: v.exactOptional(v.boolean()),
});

const policy = v.strictObject({
  name: text(1_024),
  rules: list(
    v.strictObject({
      entity: v.picklist(RULED_ENTITIES),
      match: v.picklist(LEDGER_KINDS),
      param1: v.pipe(text(1_024), v.minLength(1)),
      param2: v.nullable(v.pipe(text(1_024), v.minLength(1))),
      display: text(1_024),
      isOff: v.boolean(),
    }),
    1_000,
  ),
});
const ledgerTable = v.strictObject({ grant, kind: v.exactOptional(v.picklist(LEDGER_KINDS)) });
const clock = v.union([
  v.strictObject({ kind: v.literal("fixed"), micros }),
  v.strictObject({
    kind: v.literal("points"),
    points: list(v.strictObject({ shown: micros, actual: micros }), MAX_POINTS),
  }),
]);
const timeChange = v.union([
  v.strictObject({ kind: v.literal("zone"), member: id, zone: v.optional(zone) }),
  v.strictObject({ kind: v.literal("year"), member: id, year: v.optional(micros) }),
  v.strictObject({
    kind: v.literal("clock"),
    of: v.union([
      v.strictObject({ member: id }),
      v.strictObject({ field: v.picklist(HOST_FIELDS), host: text(MAX_TEXT) }),
    ]),
    clock: v.optional(clock),
  }),
]);

/** One tuple of arguments a method of `EngineApi`. */
export const REQUESTS = {
  watchCase: v.tuple([seen]),
  createCase: v.tuple([grant]),
  openCase: v.tuple([grant]),
  closeCase: v.tuple([]),
  inspect: v.tuple([list(grant, 10_000)]),
  preview: v.tuple([grant, path, text(128), answer]),
  unlock: v.tuple([grant, v.pipe(text(1_024), v.minLength(1))]),
  unlockSource: v.tuple([id, v.pipe(text(1_024), v.minLength(1))]),
  usePasswordFile: v.tuple([grant, list(grant, 100_000)]),
  openMapping: v.tuple([grant]),
  editMapping: v.tuple([v.strictObject(definitions), list(mappingEdit, 100_000)]),
  saveMapping: v.tuple([grant, v.strictObject(definitions)]),
  startImport: v.tuple([
    v.strictObject({
      items: v.pipe(list(importItem, 100_000), v.minLength(1)),
      beside: v.exactOptional(list(grant, 100_000)),
    }),
  ]),
  startExport: v.tuple([v.strictObject({ ...exportParts, target: grant })]),
  watch: v.tuple([id, seen]),
  cancel: v.tuple([id]),
  removeSource: v.tuple([id]),
  importAgain: v.tuple([id, v.boolean()]),
  lookAgain: v.tuple([id]),
  importMemberAgain: v.tuple([id, v.strictObject({ choice: v.exactOptional(text(128)), answer })]),
  rejects: v.tuple([id, count(500), v.optional(id), v.optional(text(128))]),
  byteMap: v.tuple([id, v.pipe(count(4_096), v.minValue(1))]),
  coverage: v.tuple([v.pipe(count(2_000), v.minValue(1))]),
  bytes: v.tuple([id, id, count(1_048_576), v.optional(id)]),
  fields: v.tuple([]),
  check: v.tuple([text(MAX_TEXT), zone]),
  open: v.tuple([query]),
  rows: v.tuple([id, id, count(500), list(name, 64)]),
  histogram: v.tuple([id, v.pipe(count(2_000), v.minValue(1)), range]),
  facets: v.tuple([id, list(name, 40), count(1_000), text(1_024)]),
  entry: v.tuple([id]),
  reveal: v.tuple([id]),
  overlaps: v.tuple([]),
  timeAssumptions: v.tuple([]),
  changeTime: v.tuple([timeChange]),
  undoTimeChange: v.tuple([]),
  redoTimeChange: v.tuple([]),
  locate: v.tuple([id, v.union([v.strictObject({ entry: id }), v.strictObject({ time: micros })])]),
  explain: v.tuple([query]),
  exportPreview: v.tuple([v.strictObject(exportParts)]),
  identities: v.tuple([]),
  addLedgerTables: v.tuple([v.pipe(list(ledgerTable, 1_000), v.minLength(1))]),
  removeLedgerTable: v.tuple([id]),
  setIdentityPolicy: v.tuple([v.union([policy, grant])]),
  undoIdentities: v.tuple([]),
  redoIdentities: v.tuple([]),
  worklist: v.tuple([v.picklist(MATCH_ROLES), v.picklist(MATCH_STATES), id, count(500)]),
  close: v.tuple([id]),
} as const satisfies Record<keyof EngineApi, v.GenericSchema>;

export type MethodName = keyof typeof REQUESTS;

/** The arguments as checked, or a `request.invalid` Fault that names the first thing wrong. */
export function validate(method: MethodName, values: readonly unknown[]): readonly unknown[] {
  const schema: v.GenericSchema<unknown, readonly unknown[]> = REQUESTS[method];
  const parsed = v.safeParse(schema, padded(values, REQUESTS[method].items.length), { abortEarly: true });
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const where = v.getDotPath(issue) ?? "request";
  raise(
    "request.invalid",
    `The request ${method} was refused: argument ${where}: ${issue.message.slice(0, 300)}`,
    "Reload the window; if it happens again, report the steps that led here.",
  );
}

/** Arguments left out at the end count as undefined; more than there are stay, and are ignored by the tuple. */
function padded(values: readonly unknown[], length: number): unknown[] {
  return Array.from({ length: Math.max(length, values.length) }, (_, at) => values[at]);
}
