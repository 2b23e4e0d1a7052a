/** What is assumed about the times of a case, with the entries that each assumption touches. */
import {
  type ClockCorrection,
  FLAG,
  HOST_FIELDS,
  type HostScope,
  type HostTimes,
  type MemberInfo,
  type MemberTimes,
  type TimeAssumptions,
} from "../contract.ts";
import { hash64, hasManyValues } from "../base/hash.ts";
import { clockText } from "../base/clock-text.ts";
import type { StoredField } from "../query/columns.ts";
import { shownSources } from "../query/shown.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { type HostChange, timeInForce } from "../store/time-in-force.ts";
import { changeText, placeText, shownTimeChanges } from "./time-assumption-text.ts";

/** Hosts of one field that are named of one member. */
const MOST_HOSTS = 20;

export function timeAssumptions(reader: CaseReader): TimeAssumptions {
  const changes = shownTimeChanges(reader);
  const { members: changed, hosts } = timeInForce(changes);
  const shown = shownSources(reader).flatMap(({ members }) => members.filter(({ entries }) => entries > 0));
  return {
    members: shown.map((member) => memberTimes(reader, member, changed.get(member.id)?.clock)),
    hosts: hosts.map(
      (host): HostTimes => ({ ...host, clockText: clockText(host.clock), entries: countHost(reader, shown, host) }),
    ),
    changes: changes.map((each) => ({
      ...each,
      text: `${placeText(reader, each.change)}: ${changeText(each.change)}`,
    })),
  };
}

function memberTimes(reader: CaseReader, member: MemberInfo, clock: ClockCorrection | undefined): MemberTimes {
  const imported = reader.importedTime(member.id);
  const count = (bit: number): number => countFlag(reader, member, bit);
  return {
    member: member.id,
    zoneless: count(FLAG.zoneAssumed),
    yearless: count(FLAG.yearInferred),
    twice: count(FLAG.timeTwice),
    skipped: count(FLAG.timeSkipped),
    corrected: count(FLAG.clockCorrected),
    zone: member.zone,
    importedZone: imported.zone,
    year: member.reading.year,
    importedYear: imported.year,
    clock,
    clockText: clock === undefined ? undefined : clockText(clock),
    hosts: HOST_FIELDS.flatMap((field) => hostsOf(reader, field, member).map((host): HostScope => ({ field, host }))),
  };
}

function countFlag({ flags }: CaseReader, { firstEntry, entries }: MemberInfo, bit: number): number {
  let count = 0;
  const end = Math.min(firstEntry + entries, flags.length);
  for (let entry = firstEntry; entry < end; entry++) if (((flags[entry] as number) & bit) !== 0) count++;
  return count;
}

/** The most frequent first. Of a column of hashes the first entry that has a value tells it. */
function hostsOf(reader: CaseReader, name: HostScope["field"], { firstEntry, entries }: MemberInfo): readonly string[] {
  const field = reader.field(name);
  if (field === undefined) return [];
  const end = Math.min(firstEntry + entries, reader.entries);
  if (field.kind === "hash64") return reader.text.values(firstEntry, [name])[0] ?? [];
  const counts = new Map<number, number>();
  for (let entry = firstEntry; entry < end; entry++) {
    eachCode(field, entry, (code) => counts.set(code, (counts.get(code) ?? 0) + 1));
  }
  const common = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_HOSTS);
  return common.map(([code]) => field.dictionary.text(code));
}

type Coded = Exclude<StoredField, { kind: "hash64" }>;

function eachCode(field: Coded, entry: number, visit: (code: number) => void): void {
  if (field.kind === "dict") {
    const code = field.codes[entry] as number;
    if (code !== 0) visit(code - 1);
    return;
  }
  const start = entry === 0 ? 0 : (field.ends[entry - 1] as number);
  for (const code of field.codes.subarray(start, field.ends[entry])) visit(code);
}

/** Entries of a host, whether its correction holds for them or their member has one of its own. */
function countHost(reader: CaseReader, shown: readonly MemberInfo[], { field: name, host }: HostChange): number {
  const field = reader.field(name);
  if (field === undefined) return 0;
  let isHost: (entry: number) => boolean;
  if (field.kind === "hash64") {
    const mayBe = hashIs(field.words, host);
    isHost = (entry) => mayBe(entry) && (reader.text.values(entry, [name])[0] ?? []).includes(host);
  } else {
    const wanted = codeOf(field, host);
    isHost = (entry) => {
      let found = false;
      eachCode(field, entry, (code) => (found ||= code === wanted));
      return found;
    };
  }
  let count = 0;
  for (const { firstEntry, entries } of shown) {
    const end = Math.min(firstEntry + entries, reader.entries);
    for (let entry = firstEntry; entry < end; entry++) if (isHost(entry)) count++;
  }
  return count;
}

/** Whether an entry may have the text, by the words of its hash. */
function hashIs(words: Uint32Array, text: string): (entry: number) => boolean {
  const wanted = new Uint32Array(2);
  hash64(text, wanted, 0);
  const [a, b] = wanted;
  return (entry) => (words[2 * entry] === a && words[2 * entry + 1] === b) || hasManyValues(words, entry);
}

/** -1: no entry has it. */
function codeOf({ dictionary }: Coded, host: string): number {
  for (let code = 0; code < dictionary.size; code++) if (dictionary.text(code) === host) return code;
  return -1;
}
