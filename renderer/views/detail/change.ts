/** What changed from an old value to a new one, line by line. Pure. */
import { diffArrays } from "diff";
import { jsonLines } from "./json-lines.ts";

/** Lines of both sides that belong together: equal, replaced by each other, or only on one side. */
export interface Hunk {
  readonly kind: "same" | "changed" | "removed" | "added";
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** Beyond this many edits the two have nothing in common that is worth finding. */
const MOST_EDITS = 2000;
/** Unchanged lines are kept in sight this far around a change. */
const AROUND = 2;
const LEAST_FOLDED = 4;

export function hunksOf(before: string, after: string): readonly Hunk[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  const parts = diffArrays([...old], [...next], { maxEditLength: MOST_EDITS, comparator: isSame });
  if (parts === undefined) return [{ kind: "changed", old, new: next }];
  const hunks: Hunk[] = [];
  let [atOld, atNew] = [0, 0];
  for (const { count, added, removed } of parts) {
    const own = {
      old: added ? [] : old.slice(atOld, atOld + count),
      new: removed ? [] : next.slice(atNew, atNew + count),
    };
    atOld += own.old.length;
    atNew += own.new.length;
    const last = hunks.at(-1);
    if (!added && !removed) hunks.push({ kind: "same", ...own });
    else if (last !== undefined && last.kind === (added ? "removed" : "added")) {
      hunks[hunks.length - 1] = { kind: "changed", old: [...last.old, ...own.old], new: [...last.new, ...own.new] };
    } else hunks.push({ kind: added ? "added" : "removed", ...own });
  }
  return hunks;
}

/** That a member is followed by another one now is no change of the member. */
const isSame = (one: string, other: string): boolean => one.replace(/,$/, "") === other.replace(/,$/, "");

function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  return jsonLines(text) ?? text.split("\n");
}

/** Equal lines far from a change, as their number and what to show around them. */
export function foldedSame(
  lines: number,
  isFirst: boolean,
  isLast: boolean,
): { readonly head: number; readonly hidden: number } {
  const head = isFirst ? 0 : AROUND;
  const hidden = lines - head - (isLast ? 0 : AROUND);
  return hidden < LEAST_FOLDED ? { head: lines, hidden: 0 } : { head, hidden };
}

const lineWord = (count: number): string => (count === 1 ? "line" : "lines");

/** The glyph and the words that say of a hunk what its place says too. */
export function hunkWords({ kind, old, new: next }: Hunk): { readonly glyph: string; readonly words: string } {
  switch (kind) {
    case "same":
      return { glyph: "=", words: `${old.length} ${lineWord(old.length)} the same` };
    case "changed":
      return { glyph: "≠", words: old.length === 1 && next.length === 1 ? "changed" : changedWords(old, next) };
    case "removed":
      return { glyph: "−", words: `${old.length} ${lineWord(old.length)} only before` };
    case "added":
      return { glyph: "+", words: `${next.length} ${lineWord(next.length)} only after` };
  }
}

const changedWords = (old: readonly string[], next: readonly string[]): string =>
  old.length === next.length
    ? `${old.length} lines changed`
    : `${old.length} ${lineWord(old.length)} became ${next.length}`;
