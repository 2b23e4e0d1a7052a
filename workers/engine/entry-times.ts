/** How the time of an entry came about: what was assumed, and by whom it was changed after the import. */
import {
  type ClockCorrection,
  type ClockScope,
  type EntryTimes,
  type EpochMicros,
  FLAG,
  HOST_FIELDS,
  type LoggedTimeChange,
  type MemberInfo,
  type TimeStep,
} from "../contract.ts";
import { clockText, shiftText } from "../base/clock-text.ts";
import { shiftAt } from "../base/clock.ts";
import type { CaseReader } from "../store/case-reader.ts";

export function entryTimes(reader: CaseReader, entry: number): EntryTimes {
  const { member } = reader.placeOf(entry);
  const flags = reader.flags[entry] ?? 0;
  const changes = reader.timeChanges().filter(({ state }) => state === "done");
  const steps: TimeStep[] = [];
  if ((flags & FLAG.yearInferred) !== 0) steps.push(yearStep(reader, member, changes));
  if ((flags & FLAG.zoneAssumed) !== 0) steps.push(zoneStep(reader, member, flags, changes));
  if ((flags & FLAG.clockCorrected) !== 0) steps.push(...clockStep(reader, member, entry, changes));
  return {
    recorded: instant(reader.recordedTime[entry]),
    uncorrected: instant(reader.uncorrectedTime[entry]),
    steps,
  };
}

function instant(at: number | undefined): EpochMicros | undefined {
  return at === undefined || Number.isNaN(at) ? undefined : (at as EpochMicros);
}

const YEAR_FROM = {
  records: "taken from dates in its records",
  person: "as a person said",
  "file time": "taken from the time of the file",
} as const;

function yearStep(reader: CaseReader, member: MemberInfo, changes: readonly LoggedTimeChange[]): TimeStep {
  const { year, yearFrom } = member.reading;
  const imported = reader.importedTime(member.id).year;
  const changed = changes.findLast(({ change }) => change.kind === "year" && change.member === member.id);
  const known =
    year === undefined ? "and none is known" : `the first such time of the member is in ${year}, ${fromText(yearFrom)}`;
  const was = `the import took ${imported === undefined ? "none" : String(imported)}`;
  return { kind: "year", text: `No year is written; ${known}${changedText(changed, year !== imported, was)}.` };
}

function fromText(from: keyof typeof YEAR_FROM | undefined): string {
  return from === undefined ? "as nothing said otherwise" : YEAR_FROM[from];
}

function zoneStep(
  reader: CaseReader,
  member: MemberInfo,
  flags: number,
  changes: readonly LoggedTimeChange[],
): TimeStep {
  const imported = reader.importedTime(member.id).zone;
  const changed = changes.findLast(({ change }) => change.kind === "zone" && change.member === member.id);
  const was = `the import read it as ${imported ?? "UTC"}`;
  const text = `No zone is written; read as ${member.zone ?? "UTC"}${changedText(changed, member.zone !== imported, was)}.`;
  return { kind: "zone", text: `${text}${doubt(flags)}` };
}

function doubt(flags: number): string {
  if ((flags & FLAG.timeTwice) !== 0)
    return " Clocks there showed this time twice as they were put back: the earlier is taken.";
  if ((flags & FLAG.timeSkipped) === 0) return "";
  return " Clocks there never showed this time, as they were put forward over it: it is read with the offset before.";
}

function changedText(changed: LoggedTimeChange | undefined, differs: boolean, was: string): string {
  if (changed === undefined || !differs) return "";
  return ` (changed ${byText(changed)}; ${was})`;
}

function byText({ at, examiner }: LoggedTimeChange): string {
  const day = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  return `${examiner === "" ? "" : `by ${examiner} `}on ${day} UTC`;
}

function clockStep(
  reader: CaseReader,
  member: MemberInfo,
  entry: number,
  changes: readonly LoggedTimeChange[],
): readonly TimeStep[] {
  const at = reader.uncorrectedTime[entry] ?? Number.NaN;
  const found = clockOf(reader, member, entry, changes);
  if (found === undefined) return [];
  const { logged, clock, of } = found;
  const text = `The clock of ${of} is corrected by ${shiftText(Math.round(shiftAt(clock, at)))} here`;
  return [{ kind: "clock", text: `${text} (${clockText(clock)}; set ${byText(logged)}).` }];
}

interface FoundClock {
  readonly logged: LoggedTimeChange;
  readonly clock: ClockCorrection;
  /** Whose clock, in words. */
  readonly of: string;
}

/** The member's own correction, else that of the first of its hosts that has one. */
function clockOf(
  reader: CaseReader,
  member: MemberInfo,
  entry: number,
  changes: readonly LoggedTimeChange[],
): FoundClock | undefined {
  const own = lastClock(changes, `member ${member.path}`, (of) => "member" in of && of.member === member.id);
  if (own !== undefined) return own;
  const hosts = reader.text.values(entry, HOST_FIELDS);
  for (const [at, field] of HOST_FIELDS.entries()) {
    for (const host of hosts[at] ?? []) {
      const isOf = (of: ClockScope): boolean => "host" in of && of.field === field && of.host === host;
      const found = lastClock(changes, `host ${host}`, isOf);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function lastClock(
  changes: readonly LoggedTimeChange[],
  of: string,
  isOf: (of: ClockScope) => boolean,
): FoundClock | undefined {
  const logged = changes.findLast(({ change }) => change.kind === "clock" && isOf(change.of));
  if (logged?.change.kind !== "clock" || logged.change.clock === undefined) return undefined;
  return { logged, clock: logged.change.clock, of };
}
