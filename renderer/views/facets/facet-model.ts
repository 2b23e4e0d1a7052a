/** What the facet list shows, as flat lines for one tab stop. Pure. */
import type { Clause, Facet } from "../../../workers/contract.ts";

export type FacetLine =
  | { readonly kind: "field"; readonly field: string; readonly distinct: number; readonly open: boolean }
  | {
      readonly kind: "value";
      readonly field: string;
      readonly value: string;
      readonly count: number;
      /** Share of the largest count of the field, 0 … 1. */
      readonly share: number;
      readonly chosen: "is" | "not" | undefined;
    }
  | {
      readonly kind: "missing";
      readonly field: string;
      readonly count: number;
      readonly share: number;
      readonly chosen: boolean;
    }
  | { readonly kind: "more"; readonly field: string; readonly hidden: number };

export interface FacetView {
  readonly closed: ReadonlySet<string>;
  /** Order of values to keep while the pointer is inside, by field. */
  readonly held: ReadonlyMap<string, readonly string[]> | undefined;
}

export function facetLines(
  facets: readonly Facet[],
  clauses: readonly Clause[],
  view: FacetView,
): readonly FacetLine[] {
  return facets.flatMap((facet) => {
    const open = facet.values.length > 0 && !view.closed.has(facet.field);
    const head: FacetLine = { kind: "field", field: facet.field, distinct: facet.distinct, open };
    return open ? [head, ...valueLines(facet, clauses, view.held?.get(facet.field))] : [head];
  });
}

function valueLines(
  facet: Facet,
  clauses: readonly Clause[],
  held: readonly string[] | undefined,
): readonly FacetLine[] {
  const { field } = facet;
  const most = Math.max(facet.missing, ...facet.values.map(({ count }) => count));
  const lines: FacetLine[] = inOrder(facet, held).map(({ value, count }) => ({
    kind: "value",
    field,
    value,
    count,
    share: count / most,
    chosen: chosenAs(clauses, field, value),
  }));
  const hidden = facet.distinct - facet.values.length;
  if (hidden > 0) lines.push({ kind: "more", field, hidden });
  if (facet.missing > 0) {
    const chosen = clauses.some(
      (clause) => clause.field === field && clause.enabled && !clause.not && clause.values.length === 0,
    );
    lines.push({ kind: "missing", field, count: facet.missing, share: facet.missing / most, chosen });
  }
  return lines;
}

/** Values that were there keep their places; new ones follow. */
function inOrder(facet: Facet, held: readonly string[] | undefined): Facet["values"] {
  if (held === undefined) return facet.values;
  const place = new Map(held.map((value, index) => [value, index]));
  const at = (value: string): number => place.get(value) ?? held.length;
  return facet.values.toSorted((one, other) => at(one.value) - at(other.value));
}

function chosenAs(clauses: readonly Clause[], field: string, value: string): "is" | "not" | undefined {
  const clause = clauses.find((each) => each.enabled && each.field === field && each.values.includes(value));
  return clause && (clause.not ? "not" : "is");
}

export type FacetAct =
  | { readonly kind: "go"; readonly line: number }
  | { readonly kind: "include" | "exclude" | "press" | "open" | "close" };

export function facetAct(key: string, line: number, lines: readonly FacetLine[]): FacetAct | undefined {
  const last = lines.length - 1;
  const here = lines[line];
  if (key === "ArrowDown") return { kind: "go", line: Math.min(last, line + 1) };
  if (key === "ArrowUp") return { kind: "go", line: Math.max(0, line - 1) };
  if (key === "Home") return { kind: "go", line: 0 };
  if (key === "End") return { kind: "go", line: last };
  if (key === "Enter" || key === " ") return { kind: "press" };
  if (key === "ArrowRight") return { kind: "open" };
  if (key === "ArrowLeft") {
    if (here?.kind === "field") return { kind: "close" };
    return { kind: "go", line: lines.findLastIndex((each, at) => at < line && each.kind === "field") };
  }
  if (here?.kind !== "value") return undefined;
  return key === "i" ? { kind: "include" } : key === "x" ? { kind: "exclude" } : undefined;
}
