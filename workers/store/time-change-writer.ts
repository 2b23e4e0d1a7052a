/**
 * Changes of the assumptions about time on their way into the case: what will be is worked out first, in slices, and then
 * written in one transaction with the order of the entries and the extents of the members.
 */
import { clockTrouble } from "../base/clock.ts";
import { raise } from "../base/fault.ts";
import { isZone } from "../base/zone.ts";
import type { LoggedTimeChange, MemberId, SourceId, TimeChange } from "../contract.ts";
import type { WriteDb } from "./connection.ts";
import type { EntryWriter } from "./entry-writer.ts";
import { changedExtents, effectiveTime, type MemberExtent, writeExtents } from "./retimed.ts";
import { allMembers, type MemberRow } from "./statements/members.ts";
import { allSources } from "./statements/sources.ts";
import { insertTimeChange, keepWrittenTimes, setTimeChangeState, writtenTimes } from "./statements/time-changes.ts";
import { replaceOrder, storeTimeOrder, wholeOrder } from "./stored-order.ts";
import { changeRow, isYear } from "./time-change-json.ts";
import { memberOf, timeChanges, timeInForce } from "./time-in-force.ts";
import { noteTimeChange, packWritten } from "./time-view.ts";

/** do: `written` holds what `written_time` keeps of the member, where its year is changed. */
export type TimeChangeStep =
  | { readonly kind: "do"; readonly change: TimeChange; readonly written?: Float64Array }
  | { readonly kind: "undo" }
  | { readonly kind: "redo" };

interface PlannedTimes {
  readonly entries: number;
  readonly time: Float64Array;
  readonly order: Uint32Array | undefined;
}
/** The change that a step is about, and what the times will be; undefined = nothing to undo or to redo. */
export interface PlannedStep extends PlannedTimes {
  readonly step: TimeChangeStep;
  readonly before: LoggedTimeChange | undefined;
}

export async function planStep(
  db: WriteDb,
  entries: EntryWriter,
  step: TimeChangeStep,
): Promise<PlannedStep | undefined> {
  const changes = timeChanges(db);
  if (step.kind === "do") {
    const next = [...changes.filter(({ state }) => state === "done"), newChange(step.change)];
    return { ...(await planTimes(db, entries, next)), step, before: undefined };
  }
  const shown = changes.filter(isShown(db));
  const before =
    step.kind === "undo"
      ? shown.findLast(({ state }) => state === "done")
      : shown.find(({ state }) => state === "undone");
  if (before === undefined) return undefined;
  const state = step.kind === "undo" ? "undone" : "done";
  const next = changes.map((change) => (change.id === before.id ? ({ ...change, state } as const) : change));
  return { ...(await planTimes(db, entries, next)), step, before };
}

async function planTimes(
  db: WriteDb,
  entries: EntryWriter,
  changes: readonly LoggedTimeChange[],
): Promise<PlannedTimes> {
  const time = await effectiveTime(db, entries, timeInForce(changes));
  return { entries: entries.entries, time, order: await wholeOrder(time) };
}

/** Whether a change is about what the case still shows: undoing one of a replaced source would do nothing. */
function isShown(db: WriteDb): (logged: LoggedTimeChange) => boolean {
  const replaced = new Set(allSources(db).flatMap(({ id, state }) => (state === "replaced" ? [id] : [])));
  const gone = new Set(allMembers(db).flatMap(({ id, source_id }) => (replaced.has(source_id) ? [id] : [])));
  return ({ change }) => {
    const member = memberOf(change);
    return member === undefined || !gone.has(member);
  };
}

export function keepWritten(db: WriteDb, { change, written }: Extract<TimeChangeStep, { kind: "do" }>): void {
  if (change.kind !== "year" || written === undefined || written.length === 0) return;
  if (writtenTimes(db, change.member) === undefined) keepWrittenTimes(db, change.member, packWritten(written));
}

/** `now`: ms since 1970 UTC. Returns the change as it now stands. */
export function writeStep(db: WriteDb, planned: PlannedStep, now: number, examiner: string): LoggedTimeChange {
  writeTimes(db, planned);
  const { step, before } = planned;
  if (step.kind === "do") {
    const at = Math.floor(now);
    const id = insertTimeChange(db, { ...changeRow(step.change), at, examiner });
    return { id, at, examiner, change: step.change, state: "done" };
  }
  if (before === undefined) throw new Error("a step without its change was planned");
  const state = step.kind === "undo" ? "undone" : "done";
  setTimeChangeState(db, before.id, state);
  return { ...before, state };
}

function writeTimes(db: WriteDb, { time, order }: PlannedTimes): void {
  replaceOrder(db, order);
  writeExtents(db, changedExtents(db, time));
  noteTimeChange(db);
}

/** Fault: request.stale. */
export function refuseWhileImporting(): never {
  const next = "Wait for its end, then change what is assumed about time.";
  return raise("request.stale", "A source is being imported.", next);
}

/** What the log says of a step. */
export function stepPayload(db: WriteDb, { id, change }: LoggedTimeChange): object {
  const { kind, member_id: member, field, host, value } = changeRow(change);
  const path = allMembers(db).find((row) => row.id === member)?.path;
  const place = member === null ? { field, host } : { member, path };
  return { change: id, kind, ...place, value: value === null ? null : (JSON.parse(value) as unknown) };
}

/**
 * The corrections of a source's members that hold for the one that takes its place, by their paths. It was read with the
 * zones and years that were in force, so these need no change.
 */
export function carriedChanges(db: WriteDb, old: SourceId, by: SourceId): readonly TimeChange[] {
  const rows = allMembers(db);
  const { members } = timeInForce(timeChanges(db));
  return rows.flatMap((row): TimeChange[] => {
    const clock = row.source_id === old ? members.get(row.id as MemberId)?.clock : undefined;
    const twin = rows.find((each) => each.source_id === by && each.path === row.path && each.ordinal === row.ordinal);
    if (clock === undefined || twin === undefined) return [];
    return [{ kind: "clock", of: { member: twin.id as MemberId }, clock }];
  });
}

/** What the end of a source changes about times beyond its own: the order, and what is assumed of it already. */
export interface SettledTimes {
  readonly carried: readonly TimeChange[];
  /** Where changes are carried over. */
  readonly planned: PlannedTimes | undefined;
  /** Where a correction of a host may hold for what was imported: of the members that it holds for. */
  readonly extents: readonly MemberExtent[];
}

/** Stores the order, unless `carried` changes it: then it is written with them. */
export async function settledTimes(
  db: WriteDb,
  entries: EntryWriter,
  carried: readonly TimeChange[],
  transact: (write: () => void) => void,
): Promise<SettledTimes> {
  const changes = timeChanges(db);
  if (carried.length > 0) {
    const planned = await planTimes(db, entries, [...changes, ...carried.map(newChange)]);
    return { carried, planned, extents: [] };
  }
  await storeTimeOrder(db, entries, transact);
  return { carried, planned: undefined, extents: await extentsByHosts(db, entries) };
}

/** Members read as their clocks showed, of which a correction of their host is in force already. */
export async function extentsByHosts(db: WriteDb, entries: EntryWriter): Promise<readonly MemberExtent[]> {
  const inForce = timeInForce(timeChanges(db));
  if (inForce.hosts.length === 0) return [];
  return changedExtents(db, await effectiveTime(db, entries, inForce));
}

/** In the transaction that ends the source. Returns the changes that were carried over. */
export function settleTimes(
  db: WriteDb,
  { carried, planned, extents }: SettledTimes,
  by: { readonly now: number; readonly examiner: string },
): readonly LoggedTimeChange[] {
  const at = Math.floor(by.now);
  const { examiner } = by;
  const changes = carried.map((change): LoggedTimeChange => {
    const id = insertTimeChange(db, { ...changeRow(change), at, examiner });
    return { id, at, examiner, change, state: "done" };
  });
  if (planned !== undefined) writeTimes(db, planned);
  else writeExtents(db, extents);
  return changes;
}

/** A change as `timeInForce` takes it, before it has a row. */
function newChange(change: TimeChange): LoggedTimeChange {
  return { id: Number.MAX_SAFE_INTEGER, at: 0, examiner: "", change, state: "done" };
}

/** Faults: request.invalid, request.stale. */
export function requireSound(db: WriteDb, change: TimeChange): void {
  if (change.kind === "clock") {
    if ("member" in change.of) requireMember(db, change.of.member);
    const trouble = change.clock === undefined ? undefined : clockTrouble(change.clock);
    if (trouble !== undefined)
      raise("request.invalid", trouble, "Correct the points or the shift, and apply it again.");
    return;
  }
  const member = requireMember(db, change.member);
  if (change.kind === "zone" && change.zone !== undefined && !isZone(change.zone)) {
    const next = "Choose a zone such as Europe/Paris, or +02:00.";
    raise("request.invalid", `No time zone is called ${JSON.stringify(change.zone)}.`, next);
  }
  if (change.kind === "year" && change.year !== undefined && !isYear(change.year)) {
    const next = "Give the year of the first time that is written without one.";
    raise("request.invalid", `${String(change.year)} cannot be the year of times in ${member.path}.`, next);
  }
}

function requireMember(db: WriteDb, id: MemberId): MemberRow {
  const member = allMembers(db).find((row) => row.id === id);
  return member ?? raise("request.stale", `There is no member ${id} in the case.`, "Look at the list again.");
}
