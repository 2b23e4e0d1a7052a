/** Which assumptions about time hold: of each kind and place the last change that is done. */
import { isZone } from "../base/zone.ts";
import type { ClockCorrection, HostScope, LoggedTimeChange, MemberId, TimeChange } from "../contract.ts";
import type { ReadDb } from "./connection.ts";
import { parseJson } from "./fault-json.ts";
import { parseReading } from "./reading-json.ts";
import { allMembers } from "./statements/members.ts";
import { allReadings } from "./statements/readings.ts";
import { allTimeChanges } from "./statements/time-changes.ts";
import { loggedChange } from "./time-change-json.ts";

/** What differs from the import; nothing stands for as imported. */
export interface MemberChange {
  readonly zone?: string;
  readonly year?: number;
  readonly clock?: ClockCorrection;
}
export interface TimeInForce {
  readonly members: ReadonlyMap<MemberId, MemberChange>;
  readonly hosts: readonly HostChange[];
}
export interface HostChange extends HostScope {
  readonly clock: ClockCorrection;
}

/** undefined: the change is about a host. */
export function memberOf(change: TimeChange): MemberId | undefined {
  if (change.kind !== "clock") return change.member;
  return "member" in change.of ? change.of.member : undefined;
}

/** Oldest first; without those that were dropped. */
export function timeChanges(db: ReadDb): LoggedTimeChange[] {
  return allTimeChanges(db).flatMap((row) => loggedChange(row) ?? []);
}

export function timeInForce(changes: readonly LoggedTimeChange[]): TimeInForce {
  const members = new Map<MemberId, MemberChange>();
  const hosts = new Map<string, HostChange>();
  for (const { change, state } of changes) {
    if (state !== "done") continue;
    if (change.kind !== "clock") put(members, change.member, change.kind, change);
    else if ("member" in change.of) put(members, change.of.member, "clock", change);
    else putHost(hosts, change.of, change.clock);
  }
  return { members, hosts: [...hosts.values()] };
}

function putHost(hosts: Map<string, HostChange>, { field, host }: HostScope, clock: ClockCorrection | undefined): void {
  const key = `${field}:${host}`;
  if (clock === undefined) hosts.delete(key);
  else hosts.set(key, { field, host, clock });
}

function put(
  members: Map<MemberId, MemberChange>,
  member: MemberId,
  kind: keyof MemberChange,
  change: { readonly [Name in keyof MemberChange]?: MemberChange[Name] | undefined },
): void {
  const { [kind]: _before, ...rest } = members.get(member) ?? {};
  const value = change[kind];
  const next: MemberChange = value === undefined ? rest : { ...rest, [kind]: value };
  if (Object.keys(next).length === 0) members.delete(member);
  else members.set(member, next);
}

export interface ImportedTime {
  readonly zone: string | undefined;
  readonly year: number | undefined;
}

/** What each member was imported with, whatever was changed since. */
export function importedTimes(db: ReadDb): ReadonlyMap<MemberId, ImportedTime> {
  const readings = allReadings(db);
  return new Map(
    allMembers(db).map(({ id, zone }) => [
      id as MemberId,
      { zone: storedZone(zone), year: parseReading(readings.get(id)).year },
    ]),
  );
}

/** A forged case may hold anything there. */
export function storedZone(stored: string | null): string | undefined {
  const zone = stored === null ? undefined : parseJson(stored);
  return typeof zone === "string" && isZone(zone) ? zone : undefined;
}
