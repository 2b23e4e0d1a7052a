/** The effective times of a case from what it holds: the same for the reader and for the writer, which orders by them. */
import { hash64 } from "../base/hash.ts";
import { type ClockCorrection, HOST_FIELDS, type HostField, type MemberId } from "../contract.ts";
import type { StoredField } from "../query/columns.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import {
  type ChangedMember,
  effectiveTimes,
  type HostClock,
  type TimeColumns,
  type TimeView,
} from "./effective-time.ts";
import { bytesOf } from "./segment-codec.ts";
import { allMembers } from "./statements/members.ts";
import { readSetting, writeSetting } from "./statements/settings.ts";
import { writtenTimes } from "./statements/time-changes.ts";
import { type HostChange, storedZone, type TimeInForce } from "./time-in-force.ts";

/** `column` gives a column by the name of its field, where there is one. undefined: all is as it was imported. */
export function* timeView(
  db: ReadDb,
  recorded: TimeColumns,
  inForce: TimeInForce,
  column: (field: HostField) => StoredField | undefined,
): Generator<undefined, TimeView | undefined> {
  const members = changedMembers(db, inForce, recorded.time.length);
  const hostClock = hostClockOf(inForce.hosts, column);
  if (members.length === 0 && hostClock === undefined) return undefined;
  return yield* effectiveTimes(recorded, members, hostClock);
}

function changedMembers(db: ReadDb, { members }: TimeInForce, entries: number): ChangedMember[] {
  if (members.size === 0) return [];
  return allMembers(db).flatMap((row): ChangedMember[] => {
    const change = members.get(row.id as MemberId);
    if (change === undefined) return [];
    const first = Math.min(row.first_entry, entries);
    const end = Math.min(row.first_entry + row.entries, entries);
    const written = change.year === undefined ? new Map<number, number>() : readWritten(db, row.id);
    return [{ first, end, importedZone: storedZone(row.zone), change, written }];
  });
}

/** Entry numbers and times, one pair after another. */
export function packWritten(pairs: Float64Array): Uint8Array {
  return bytesOf(pairs);
}

function readWritten(db: ReadDb, member: number): ReadonlyMap<number, number> {
  const bytes = writtenTimes(db, member);
  const found = new Map<number, number>();
  if (bytes === undefined) return found;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 16 <= bytes.byteLength; at += 16) {
    const wall = view.getFloat64(at + 8, true);
    if (Number.isSafeInteger(wall)) found.set(view.getFloat64(at, true), wall);
  }
  return found;
}

/** That of the nearer field; of an entry with several values of one the first that has a correction. */
function hostClockOf(
  hosts: readonly HostChange[],
  column: (field: HostField) => StoredField | undefined,
): HostClock | undefined {
  const clocks = HOST_FIELDS.flatMap((field): readonly HostClock[] => {
    const ofField = new Map(hosts.flatMap((host) => (host.field === field ? [[host.host, host.clock] as const] : [])));
    const values = ofField.size === 0 ? undefined : column(field);
    return values === undefined ? [] : [clockOfField(values, ofField)];
  });
  const [first, second] = clocks;
  if (first === undefined || second === undefined) return first;
  return (entry) => first(entry) ?? second(entry);
}

/** Hashes are taken for the values, as 64 bits tell them apart. */
function clockOfField(field: StoredField, hosts: ReadonlyMap<string, ClockCorrection>): HostClock {
  if (field.kind === "hash64") return hashedClock(field.words, hosts);
  const { dictionary } = field;
  const clocks = Array.from({ length: dictionary.size }, (_, code) => hosts.get(dictionary.text(code)));
  if (field.kind === "dict") return (entry) => clocks[(field.codes[entry] as number) - 1];
  return (entry) => {
    for (let at = entry === 0 ? 0 : (field.ends[entry - 1] as number); at < (field.ends[entry] as number); at++) {
      const clock = clocks[field.codes[at] as number];
      if (clock !== undefined) return clock;
    }
    return undefined;
  };
}

function hashedClock(words: Uint32Array, hosts: ReadonlyMap<string, ClockCorrection>): HostClock {
  const known = [...hosts].map(([host, clock]) => {
    const pair = new Uint32Array(2);
    hash64(host, pair, 0);
    return { a: pair[0], b: pair[1], clock };
  });
  return (entry) => known.find(({ a, b }) => words[entry * 2] === a && words[entry * 2 + 1] === b)?.clock;
}

const CHANGES = "time_changes";

/** Grows with every change of an assumption: readers that hold times in memory look whether they must make them anew. */
export function timeVersion(db: ReadDb): string {
  return readSetting(db, CHANGES) ?? "0";
}

export function noteTimeChange(db: WriteDb): void {
  writeSetting(db, CHANGES, String(Number(timeVersion(db)) + 1));
}
