import { statSync } from "node:fs";
import { basename } from "node:path";
import type {
  CaseInfo,
  EpochMicros,
  Fault,
  Ledger,
  MemberId,
  MemberInfo,
  Reading,
  Sha256,
  SourceId,
  SourceInfo,
} from "../contract.ts";
import { fault } from "../base/fault.ts";
import type { ReadDb } from "./connection.ts";
import { parseFault, parseFaults, parseJson, parseStrings } from "./fault-json.ts";
import { readRun } from "./identity-store.ts";
import { parseReading } from "./reading-json.ts";
import { SCHEMA_VERSION } from "./migrations/registry.ts";
import { allMembers, type MemberRow } from "./statements/members.ts";
import { allReadings } from "./statements/readings.ts";
import { readSetting } from "./statements/settings.ts";
import { allSources, type SourceRow } from "./statements/sources.ts";
import { timeVersion } from "./time-view.ts";
import { type MemberChange, storedZone, timeChanges, timeInForce } from "./time-in-force.ts";

/**
 * What a case says of itself. `running`: the sources that are being imported right now; any other that is still marked
 * "importing" was cut off by a crash and is told as failed, with that reason.
 */
export function readCaseInfo(db: ReadDb, file: string, running: readonly SourceId[]): CaseInfo {
  const sources = readSources(db, running);
  const live = sources.filter((source) => source.state !== "replaced");
  const members = live.flatMap((source) => source.members);
  const counted = members.filter((member) => member.state !== "refused");
  const matched = readRun(db);
  return {
    name: basename(file).replace(/\.exhibit$/, ""),
    file,
    schema: SCHEMA_VERSION,
    revision: Number(readSetting(db, "revision") ?? 0),
    entries: sum(members.map((member) => member.entries)),
    rejects: sum(members.map((member) => member.rejects)),
    state: stateOf(live, counted),
    timeRevision: Number(timeVersion(db)),
    accounted: sum(counted.map((member) => accountedBytes(member.ledger))),
    bytes: sum(counted.map((member) => member.ledger.total)),
    sources,
    ...(matched === undefined || matched.setup === 0 ? {} : { matchedAt: matched.at }),
    bytesOnDisk: sizeOf(file) + sizeOf(`${file}-wal`),
  };
}

/** Every source with its members, removed ones too, in the order of their import. */
export function readSources(db: ReadDb, running: readonly SourceId[]): SourceInfo[] {
  const readings = allReadings(db);
  const changed = timeInForce(timeChanges(db)).members;
  const members = allMembers(db).map((row) => ({
    ...row,
    reading: readings.get(row.id),
    change: changed.get(row.id as MemberId) ?? {},
  }));
  const rows = allSources(db);
  const order = placesOf(rows, members);
  return rows.map((row) =>
    sourceOf(row, members.filter(({ source_id: of }) => of === row.id).toSorted(order), running),
  );
}

/** In the order of the import; a member that was imported again has the place of the first of its kind. */
function placesOf(
  sources: readonly SourceRow[],
  members: readonly MemberRow[],
): (a: MemberRow, b: MemberRow) => number {
  const paths = new Map(sources.map(({ id, path }) => [id, path]));
  const keyOf = ({ source_id: of, ordinal, path }: MemberRow): string => JSON.stringify([paths.get(of), ordinal, path]);
  const first = new Map<string, number>();
  for (const member of members) if (!first.has(keyOf(member))) first.set(keyOf(member), member.id);
  const placeOf = (member: MemberRow): number => first.get(keyOf(member)) ?? member.id;
  return (a, b) => placeOf(a) - placeOf(b) || a.id - b.id;
}

type ReadMember = MemberRow & { readonly reading: string | undefined; readonly change: MemberChange };

function accountedBytes(ledger: Ledger): number {
  return ledger.entries + ledger.rejects + ledger.ignored + ledger.blank;
}

function stateOf(live: readonly SourceInfo[], counted: readonly MemberInfo[]): CaseInfo["state"] {
  if (live.length === 0) return "empty";
  if (live.some((source) => source.state === "importing")) return "importing";
  // A member that broke off accounts for the bytes that came out of it, which are not all that it holds.
  const isWhole = counted.every(({ state, ledger }) => state !== "failed" && accountedBytes(ledger) === ledger.total);
  return isWhole && live.every((source) => source.state === "ready") ? "sealed" : "incomplete";
}

/** `members`: its own, in order. */
function sourceOf(row: SourceRow, members: readonly ReadMember[], running: readonly SourceId[]): SourceInfo {
  const id = row.id as SourceId;
  const isCutOff = row.state === "importing" && !running.includes(id);
  const problems = parseFaults(row.problems);
  return {
    id,
    name: row.name,
    path: row.path,
    bytes: row.bytes,
    mtime: row.mtime,
    sha256: (row.sha256 ?? undefined) as Sha256 | undefined,
    container: row.container,
    state: isCutOff ? "failed" : (row.state as SourceInfo["state"]),
    code: row.code,
    lane: row.lane,
    importedAt: row.imported_at,
    members: members.map((member) => memberOf(member, isCutOff)),
    problems: isCutOff ? [...problems, interrupted(row.name)] : problems,
  };
}

function interrupted(name: string): Fault {
  return fault(
    "cancelled",
    `The import of ${name} was interrupted before its end.`,
    "Remove this source and import the file again; what was read is shown until then.",
    { source: name },
  );
}

function memberOf(row: ReadMember, isCutOff: boolean): MemberInfo {
  return {
    id: row.id as MemberId,
    source: row.source_id as SourceId,
    path: row.path,
    carrier: row.carrier,
    format: row.format,
    formatTitle: row.format_title,
    parser: row.parser,
    bytes: row.bytes,
    sha256: (row.sha256 ?? undefined) as Sha256 | undefined,
    state: isCutOff && row.state === "importing" ? "failed" : (row.state as MemberInfo["state"]),
    records: row.records,
    entries: row.entries,
    firstEntry: row.first_entry,
    rejects: row.rejects,
    ignored: row.ignored,
    undated: row.undated,
    duplicates: row.duplicates,
    first: (row.first_time ?? undefined) as EpochMicros | undefined,
    last: (row.last_time ?? undefined) as EpochMicros | undefined,
    ledger: ledgerOf(row),
    reasons: parseStrings(row.reasons),
    overridden: row.overridden !== 0,
    reading: readingOf(row),
    zone: row.change.zone ?? storedZone(row.zone),
    problem: parseFault(row.problem),
  };
}

/** As it is read now: a year that a person gave after the import stands in it. */
function readingOf({ reading, change }: ReadMember): Reading {
  const stored = parseReading(reading);
  return change.year === undefined ? stored : { ...stored, year: change.year, yearFrom: "person" };
}

/** A member that has not ended accounts for nothing yet. */
function ledgerOf(row: MemberRow): Ledger {
  const stored = row.ledger === null ? undefined : parseJson(row.ledger);
  const held = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<Record<keyof Ledger, unknown>>;
  return {
    entries: bytes(held.entries, 0),
    rejects: bytes(held.rejects, 0),
    ignored: bytes(held.ignored, 0),
    blank: bytes(held.blank, 0),
    total: bytes(held.total, row.bytes),
  };
}

function bytes(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : otherwise;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
