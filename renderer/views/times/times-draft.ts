/** What a person changes about the times of one member, and the changes that this comes to. Pure. */
import type {
  ClockCorrection,
  ClockScope,
  MemberId,
  MemberTimes,
  SourceInfo,
  TimeAssumptions,
  TimeChange,
} from "../../../workers/contract.ts";
import { isZone } from "../../state/settings.ts";
import { shownText } from "../../ui/text-runs.ts";
import { type ClockDraft, readClock } from "./clock-draft.ts";

export interface TimesDraft {
  readonly zone: string;
  readonly year: string;
  /** Key of `scopesOf`. */
  readonly scope: string;
  readonly clock: ClockDraft;
}
export interface ScopeChoice {
  readonly key: string;
  readonly title: string;
  readonly of: ClockScope;
  /** The correction in force there. */
  readonly clock: ClockCorrection | undefined;
}

/** The member itself, then the hosts that its entries name. */
export function scopesOf(times: MemberTimes, { hosts }: TimeAssumptions): readonly ScopeChoice[] {
  const own: ScopeChoice = { key: "member", title: "this log alone", of: { member: times.member }, clock: times.clock };
  const named = times.hosts.map(({ field, host }): ScopeChoice => {
    const known = hosts.find((each) => each.field === field && each.host === host);
    const title = field === "to" ? `host ${host}, in every log` : `data source ${host}, in every log`;
    return { key: `${field}:${host}`, title, of: { field, host }, clock: known?.clock };
  });
  return [own, ...named];
}

/** What each member is called: its path, and of two with one path the code of the source beside it. */
export function logNames(members: readonly MemberId[], sources: readonly SourceInfo[]): readonly string[] {
  const places = members.map((id) => {
    const source = sources.find((own) => own.members.some((member) => member.id === id));
    return { path: source?.members.find((member) => member.id === id)?.path ?? "", code: source?.code ?? "" };
  });
  const isShared = (path: string): boolean => places.filter((place) => place.path === path).length > 1;
  return places.map(({ path, code }) => `${isShared(path) ? `${code}: ` : ""}${shownText(path)}`);
}

/** The changes, or for each part what is wrong with it. */
export interface ReadTimes {
  readonly changes: readonly TimeChange[];
  readonly trouble: { readonly zone?: string; readonly year?: string; readonly clock?: string };
}

/** `zone`: what the times of points are written in. */
export function readTimes(draft: TimesDraft, times: MemberTimes, scope: ScopeChoice, zone: string): ReadTimes {
  const { member } = times;
  const changes: TimeChange[] = [];
  const trouble: { zone?: string; year?: string; clock?: string } = {};
  const wantedZone = draft.zone.trim();
  if (wantedZone !== (times.zone ?? "UTC")) {
    if (!isZone(wantedZone) || wantedZone === "local")
      trouble.zone = "No zone has this name; offsets are written +02:00.";
    else changes.push({ kind: "zone", member, zone: wantedZone });
  }
  const wantedYear = draft.year.trim();
  if (wantedYear !== (times.year === undefined ? "" : String(times.year))) {
    if (/^(?:1[7-9]|2[0-2])\d\d$/.test(wantedYear)) changes.push({ kind: "year", member, year: Number(wantedYear) });
    else trouble.year = "Write a year of four digits.";
  }
  const clock = readClock(draft.clock, zone);
  if (!clock.ok) trouble.clock = clock.trouble;
  else if (JSON.stringify(clock.clock) !== JSON.stringify(scope.clock)) {
    changes.push({ kind: "clock", of: scope.of, clock: clock.clock });
  }
  return { changes, trouble };
}
