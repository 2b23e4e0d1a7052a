/** How far a source is in the case, in one word that every view uses. Pure. */
import type { CaseInfo, Fault, MemberInfo, SourceInfo } from "../../workers/contract.ts";

/** incomplete: part of it is in the case. failed: nothing of it is. notice: all of it is, and something is to be seen. */
export type Standing = "whole" | "notice" | "importing" | "incomplete" | "failed";

export function standingOf(source: SourceInfo): Standing {
  switch (source.state) {
    case "importing":
      return "importing";
    case "cancelled":
      return "incomplete";
    case "failed":
      return isInterrupted(source) || hasContent(source) ? "incomplete" : "failed";
    case "ready":
    case "replaced":
      if (source.members.some(({ state }) => state === "failed")) return "incomplete";
      return noticesOf(source) > 0 ? "notice" : "whole";
  }
}

/** The engine or the machine ended before the import did. */
export function isInterrupted(source: SourceInfo): boolean {
  return source.state === "failed" && source.problems.some(({ code }) => code === "cancelled");
}

const hasContent = ({ members }: SourceInfo): boolean =>
  members.some((member) => member.entries > 0 || member.rejects > 0);

/** Things to see in a source that was read: its own problems and those of its members, each counted once. */
export function noticesOf(source: SourceInfo): number {
  return ownProblems(source).length + source.members.filter(({ problem }) => problem !== undefined).length;
}

/** Problems of the source that are not those of a member, which it lists as well. */
export function ownProblems({ problems, members }: SourceInfo): readonly Fault[] {
  const told = new Set(
    members.flatMap(({ problem }) => (problem === undefined ? [] : [`${problem.code} ${problem.message}`])),
  );
  return problems.filter(({ code, message }) => !told.has(`${code} ${message}`));
}

/** A member that was read whole and has something to say all the same, for example that it is one page of many. */
export const isNotice = (member: MemberInfo): boolean => member.state === "ready" && member.problem !== undefined;

/** A limit that guards against archives made to harm has stopped the reading. */
export function metLimit({ problems, members }: SourceInfo): boolean {
  const isLimit = (problem: Fault | undefined): boolean => problem?.code === "container.too-large";
  return problems.some(isLimit) || members.some(({ problem }) => isLimit(problem));
}

export const lacksPassword = (problem: Fault | undefined): boolean =>
  problem?.code === "container.encrypted" || problem?.code === "container.password";

/** Members stay closed for want of a password. */
export const isLocked = ({ members }: SourceInfo): boolean => members.some(({ problem }) => lacksPassword(problem));

/** Removed and replaced ones are kept in the case and shown nowhere. */
export const shownSources = (info: CaseInfo): readonly SourceInfo[] =>
  info.sources.filter((source) => source.state !== "replaced");

/** Something of the case is missing because an import ended before its end, not because bytes could not be read. */
export const isCaseIncomplete = (info: CaseInfo): boolean =>
  info.state === "incomplete" && shownSources(info).some((source) => standingOf(source) === "incomplete");
