/** The conditions of a query as rows, with what taking each one out would do. Pure. */
import type { ClauseCount, TimeRange } from "../../../workers/contract.ts";
import type { QueryState } from "../../state/view-state.ts";

export interface Condition extends ClauseCount {
  /** The query without it. */
  readonly relaxed: Partial<QueryState>;
}

export function conditionsOf(counts: readonly ClauseCount[], query: QueryState): readonly Condition[] {
  const texts = counts.filter((count) => count.part.kind === "text").map((count) => count.text);
  return counts.map((count) => ({ ...count, relaxed: without(count, query, texts) }));
}

/** The one whose removal brings most back; undefined when none brings anything. */
export function bestRelaxation(conditions: readonly Condition[]): Condition | undefined {
  const best = conditions.toSorted((one, other) => other.without - one.without)[0];
  return best !== undefined && best.without > 0 ? best : undefined;
}

function without({ part, text }: ClauseCount, query: QueryState, texts: readonly string[]): Partial<QueryState> {
  const open: TimeRange = {};
  switch (part.kind) {
    case "range":
      return { range: open };
    case "clause":
      return { clauses: query.clauses.filter((_, index) => index !== part.index) };
    case "text":
      return { text: textWithout(text, texts) };
  }
}

/** Conditions of the text are joined by AND: what is left is the others, as the engine writes them. */
function textWithout(text: string, texts: readonly string[]): string {
  const others = texts.toSpliced(texts.indexOf(text), 1);
  return others.length === 1 ? (others[0] as string) : others.map(bracketed).join(" ");
}

const bracketed = (text: string): string => (/\sOR\s/.test(text) ? `(${text})` : text);
