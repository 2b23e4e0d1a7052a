/**
 * Tombstone and append: what is imported in place of something in the case is written out of every view, and changes
 * places with it in one transaction when all of it is whole. Before that transaction the old is shown, after it the new.
 */
import type { Fault, SourceId } from "../contract.ts";
import type { WriteDb } from "./connection.ts";
import { parseFaults } from "./fault-json.ts";
import { type MemberPlace, membersAt, moveMember } from "./statements/members.ts";
import { replaceSource, setSourceProblems, showSource, sourceOf } from "./statements/sources.ts";

/** What a source of the next run takes the place of. */
export interface Replacement {
  readonly old: SourceId;
  /** Path of its file, by which the source of the run is known. */
  readonly path: string;
  /** Paths of the members that are read again; undefined: the source as a whole. */
  readonly members: readonly string[] | undefined;
}

/** A source that was read out of sight, and ended whole. */
export interface Arrived {
  readonly replacement: Replacement;
  readonly source: SourceId;
  readonly problems: readonly Fault[];
}

interface Line {
  readonly kind: "source.replace" | "member.replace";
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Changes the places of all of them, or of none where one is worse than what it would replace, or that is not shown any
 * more. Returns the lines for the log. To be called in a transaction.
 */
export function replaceAll(db: WriteDb, arrived: readonly Arrived[]): readonly Line[] {
  if (!areFit(db, arrived)) return [];
  return arrived.flatMap((each) => {
    const { members } = each.replacement;
    return members === undefined ? replaceWhole(db, each) : replaceMembers(db, each, members);
  });
}

export function areFit(db: WriteDb, arrived: readonly Arrived[]): boolean {
  return arrived.every((each) => isFit(db, each));
}

function isFit(db: WriteDb, { replacement, source }: Arrived): boolean {
  const state = sourceOf(db, replacement.old)?.state;
  if (state === undefined || state === "replaced") return false;
  return (replacement.members ?? []).every((path) => {
    const [before, after] = [membersAt(db, replacement.old, path), membersAt(db, source, path)];
    return after.length > 0 && worst(after) >= worst(before);
  });
}

/** What was read whole is not given up for what was not. */
function worst(members: readonly MemberPlace[]): number {
  return Math.min(...members.map(({ state }) => (state === "ready" ? 2 : state === "failed" ? 1 : 0)));
}

function replaceWhole(db: WriteDb, { replacement: { old }, source }: Arrived): readonly Line[] {
  replaceSource(db, old);
  showSource(db, source);
  return [{ kind: "source.replace", payload: { source: old, by: source } }];
}

/** The source stays; its old members go to the one that nobody sees, and the new ones come from there. */
function replaceMembers(db: WriteDb, arrived: Arrived, paths: readonly string[]): readonly Line[] {
  const { old } = arrived.replacement;
  const kept = parseFaults(sourceOf(db, old)?.problems ?? "[]").filter(
    ({ member }) => member === undefined || !paths.includes(member),
  );
  setSourceProblems(db, old, JSON.stringify([...kept, ...arrived.problems]));
  return paths.map((path) => {
    const [before, after] = [membersAt(db, old, path), membersAt(db, arrived.source, path)];
    for (const { id } of before) moveMember(db, id, arrived.source);
    for (const { id } of after) moveMember(db, id, old);
    const ids = (members: readonly MemberPlace[]): readonly number[] => members.map(({ id }) => id);
    return { kind: "member.replace", payload: { source: old, path, members: ids(before), by: ids(after) } };
  });
}
