/** What is assumed about time otherwise than at the import, in words: for the manifest of an export and the command line. */
import { clockText } from "../base/clock-text.ts";
import type { ClockCorrection, TimeChange } from "../contract.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { timeInForce } from "../store/time-in-force.ts";

/** One line an assumption in force. */
export function assumptionTexts(reader: CaseReader): readonly string[] {
  const { members, hosts } = timeInForce(reader.timeChanges());
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

/** A change in words, without the place that it is about. */
export function changeText(change: TimeChange): string {
  if (change.kind === "zone") return `zone ${change.zone ?? "as imported"}`;
  if (change.kind === "year") return `year ${change.year ?? "as imported"}`;
  return `clock ${correctionText(change.clock)}`;
}

function correctionText(clock: ClockCorrection | undefined): string {
  return clock === undefined ? "as recorded" : clockText(clock);
}
