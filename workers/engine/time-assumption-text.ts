/** What is assumed about time otherwise than at the import, in words: for the manifest of an export and the command line. */
import { clockText } from "../base/clock-text.ts";
import type { ClockCorrection, LoggedTimeChange, TimeChange } from "../contract.ts";
import { shownSources } from "../query/shown.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { memberOf, timeInForce } from "../store/time-in-force.ts";

/** One line an assumption in force. */
export function assumptionTexts(reader: CaseReader): readonly string[] {
  const { members, hosts } = timeInForce(shownTimeChanges(reader));
  const ofMembers = [...members].flatMap(([id, { zone, year, clock }]) => {
    const { path } = reader.memberInfo(id);
    return [
      ...(zone === undefined ? [] : [`${path}: zone ${zone}`]),
      ...(year === undefined ? [] : [`${path}: year ${year}`]),
      ...(clock === undefined ? [] : [`${path}: clock ${clockText(clock)}`]),
    ];
  });
  return [...ofMembers, ...hosts.map(({ field, host, clock }) => `${field} ${host}: clock ${clockText(clock)}`)];
}

/** Without those about members that were replaced or removed. */
export function shownTimeChanges(reader: CaseReader): readonly LoggedTimeChange[] {
  const shown = new Set(shownSources(reader).flatMap(({ members }) => members.map(({ id }) => id)));
  return reader.timeChanges().filter(({ change }) => {
    const member = memberOf(change);
    return member === undefined || shown.has(member);
  });
}

/** A change in words, without the place that it is about. */
export function changeText(change: TimeChange): string {
  if (change.kind === "zone") return `zone ${change.zone ?? "as imported"}`;
  if (change.kind === "year") return `year ${change.year ?? "as imported"}`;
  return `clock ${correctionText(change.clock)}`;
}

function correctionText(clock: ClockCorrection | undefined): string {
  return clock === undefined ? "as recorded" : clockText(clock);
}

/** What a change is about: a member by its path, or a host. */
export function placeText(reader: CaseReader, change: TimeChange): string {
  const scope = change.kind === "clock" ? change.of : { member: change.member };
  return "host" in scope ? `${scope.field} ${scope.host}` : reader.memberInfo(scope.member).path;
}
