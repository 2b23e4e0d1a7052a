/** What of an entry deserves a panel of its own above its fields. Pure. */
import type {
  Clause,
  DetailField,
  EntryDetail,
  EntryCopy,
  EpochMicros,
  MemberId,
  TimeStep,
} from "../../../workers/contract.ts";
import { exportClauses } from "./export-group.ts";
import { longValue } from "./long-value.ts";

export interface EntryPanels {
  readonly change: { readonly old: string | undefined; readonly new: string | undefined } | undefined;
  /** A command that somebody ran in a remote shell, and what it answered. */
  readonly command: { readonly text: string; readonly output: string | undefined } | undefined;
  readonly trace: string | undefined;
  /** The request that this entry is a part of. */
  readonly request: { readonly field: string; readonly value: string } | undefined;
  /** The audit event whose other records are rows of their own: its serial and time, as the row has them. */
  readonly event: { readonly serial: string; readonly time: string } | undefined;
  readonly copies: readonly EntryCopy[];
  /** JSON of what a session audit entry holds of request and answer. */
  readonly bodies: string | undefined;
  /** A session audit entry, of which settings beside its log may say something. */
  readonly audited: EntryDetail | undefined;
  /** An export that may be told in several entries: what finds the others. */
  readonly batch: { readonly entry: EntryDetail; readonly clauses: readonly Clause[] } | undefined;
  readonly times: TimePanel | undefined;
}
/** How the time came about where something was assumed: what is shown, what the import read, and why. */
export interface TimePanel {
  readonly member: MemberId;
  readonly shown: EpochMicros | undefined;
  readonly recorded: EpochMicros | undefined;
  readonly precision: number;
  readonly steps: readonly TimeStep[];
}

const COMMAND = /^raw\.(?:details\.|data\.)?(?:command|commandLine|cmd)$/i;
const OUTPUT = /^raw\.(?:details\.|data\.)?(?:output|stdout|result)$/i;
const TRACE = /^raw\.(?:.*\.)?(?:stack_?trace|exc_info|traceback)$/i;

export function panelsOf(entry: EntryDetail): EntryPanels {
  const family = valueOf(entry, "family");
  return {
    change: changeOf(entry),
    command: family === "binalyze-air" ? commandOf(entry.fields) : undefined,
    trace: traceOf(entry.fields),
    request: family === "aqtive-guard" ? requestOf(entry.fields) : undefined,
    event: family === "linux-auditd" ? eventOf(entry.fields) : undefined,
    copies: entry.copies,
    bodies: family === "siren-investigate" ? bodiesOf(entry) : undefined,
    audited: family === "siren-investigate" ? entry : undefined,
    batch: batchOf(entry),
    times: timesOf(entry),
  };
}

export const hasPanels = ({ copies, ...panels }: EntryPanels): boolean =>
  copies.length > 0 || Object.values(panels).some((panel) => panel !== undefined);

/** A masked value is no JSON of the record. */
function bodiesOf(entry: EntryDetail): string | undefined {
  const text = valueOf(entry, "data");
  const isMasked = entry.fields.some(({ name, masked }) => name === "data" && masked);
  return text?.startsWith("{") === true && !isMasked ? text : undefined;
}

function batchOf(entry: EntryDetail): EntryPanels["batch"] {
  const clauses = exportClauses(entry);
  return clauses === undefined ? undefined : { entry, clauses };
}

function timesOf({ member, time, precision, times }: EntryDetail): TimePanel | undefined {
  const { recorded, steps } = times;
  return steps.length === 0 ? undefined : { member, shown: time, recorded, precision, steps };
}

function changeOf(entry: EntryDetail): EntryPanels["change"] {
  const [old, next] = [valueOf(entry, "old"), valueOf(entry, "new")];
  return old === undefined && next === undefined ? undefined : { old, new: next };
}

function commandOf(fields: readonly DetailField[]): EntryPanels["command"] {
  const text = firstOf(fields, COMMAND);
  return text === undefined ? undefined : { text, output: firstOf(fields, OUTPUT) };
}

function traceOf(fields: readonly DetailField[]): string | undefined {
  const text = firstOf(fields, TRACE);
  return text !== undefined && longValue(text) !== undefined ? text : undefined;
}

function requestOf(fields: readonly DetailField[]): EntryPanels["request"] {
  const value = firstOf(fields, /^raw\.request_id$/);
  if (value === undefined) return undefined;
  const isMapped = fields.some(({ name, values }) => name === "custom2" && values[0] === value);
  return { field: isMapped ? "custom2" : "raw.request_id", value };
}

function eventOf(fields: readonly DetailField[]): EntryPanels["event"] {
  const [serial, time] = [firstOf(fields, /^raw\.eventId$/), firstOf(fields, /^raw\.timestamp$/)];
  return serial === undefined || time === undefined ? undefined : { serial, time };
}

function firstOf(fields: readonly DetailField[], name: RegExp): string | undefined {
  const found = fields.find((field) => name.test(field.name) && (field.values[0] ?? "") !== "");
  return found?.values[0];
}

function valueOf({ fields }: EntryDetail, name: string): string | undefined {
  const field = fields.find((own) => own.name === name);
  if (field === undefined || field.values.every((value) => value === "")) return undefined;
  return field.values.join("\n");
}
