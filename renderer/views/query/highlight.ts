import type { QueryCheck, QueryToken } from "../../../workers/contract.ts";

export interface HighlightRun {
  readonly start: number;
  readonly text: string;
  readonly kind: QueryToken["kind"] | "plain";
  /** The place of the mistake, drawn with a wavy line. */
  readonly fault: boolean;
}

/** Cuts the text at its tokens; what no token covers stays plain. Together the runs are the text. */
export function highlightRuns(text: string, check: QueryCheck | undefined): readonly HighlightRun[] {
  const at = check?.fault?.offset;
  const runs: HighlightRun[] = [];
  const push = (start: number, end: number, kind: HighlightRun["kind"]): void => {
    if (end <= start) return;
    const fault = at !== undefined && at >= start && (at < end || (at === end && end === text.length));
    runs.push({ start, text: text.slice(start, end), kind, fault });
  };
  // The engine checks the text without blanks around it.
  const lead = text.length - text.trimStart().length;
  let done = 0;
  for (const token of check?.tokens ?? []) {
    const start = Math.max(done, token.start + lead);
    const end = Math.min(text.length, token.end + lead);
    push(done, start, "plain");
    push(start, end, token.kind);
    done = Math.max(done, end);
  }
  push(done, text.length, "plain");
  return runs;
}
