/**
 * What a query means, apart from how it was typed. Field names are resolved (names.ts), time literals are instants, so
 * a tree means the same whatever the zone on screen. Trees are frozen, flat (no AND directly inside an AND, no OR
 * inside an OR) and plain data.
 *
 * Matching is two-valued: NOT matches exactly the entries that its part does not, absent fields and undated entries
 * included. `field!=x` is `NOT field=x`; `missing:f` is `NOT has:f`. A field with several values matches when any does.
 */
import type { EpochMicros } from "../contract.ts";

/** pattern: `*` and `?` are wildcards; otherwise the text stands for itself. */
export interface Text {
  readonly text: string;
  readonly pattern: boolean;
}
/** `:` contains the words (or fits the pattern), `=` the same bytes; the others compare numbers, else code points. */
export type CompareOp = ":" | "=" | "<" | "<=" | ">" | ">=";

interface AllNode {
  readonly kind: "all";
}
interface AndNode {
  readonly kind: "and";
  readonly parts: readonly QueryNode[];
}
interface OrNode {
  readonly kind: "or";
  readonly parts: readonly QueryNode[];
}
interface NotNode {
  readonly kind: "not";
  readonly part: QueryNode;
}
/** A word or phrase anywhere in the entry: its bytes as recorded, or any of its values. */
interface WordNode {
  readonly kind: "word";
  readonly text: Text;
}
export interface CompareNode {
  readonly kind: "compare";
  readonly field: string;
  readonly op: CompareOp;
  readonly value: Text;
}
/** Both ends belong to the range. */
export interface RangeNode {
  readonly kind: "range";
  readonly field: string;
  readonly from: string;
  readonly to: string;
}
/** A bound of the entry's time; undated entries fail it. */
export interface TimeNode {
  readonly kind: "time";
  readonly op: ">=" | "<";
  readonly at: EpochMicros;
}
interface HasNode {
  readonly kind: "has";
  readonly field: string;
}
export type QueryNode = AllNode | AndNode | OrNode | NotNode | WordNode | CompareNode | RangeNode | TimeNode | HasNode;

export const ALL: AllNode = Object.freeze({ kind: "all" });

export function and(parts: readonly QueryNode[]): QueryNode {
  const flat = parts.flatMap((part) => (part.kind === "and" ? part.parts : part.kind === "all" ? [] : [part]));
  if (flat.length === 0) return ALL;
  return flat.length === 1 ? (flat[0] as QueryNode) : Object.freeze({ kind: "and", parts: Object.freeze(flat) });
}

export function or(parts: readonly QueryNode[]): QueryNode {
  const flat = parts.flatMap((part) => (part.kind === "or" ? part.parts : [part]));
  return flat.length === 1 ? (flat[0] as QueryNode) : Object.freeze({ kind: "or", parts: Object.freeze(flat) });
}

export function not(part: QueryNode): NotNode {
  return Object.freeze({ kind: "not", part });
}

export function word(text: string, pattern = false): WordNode {
  return Object.freeze({ kind: "word", text: Object.freeze({ text, pattern }) });
}

export function compare(field: string, op: CompareOp, text: string, pattern = false): CompareNode {
  return Object.freeze({ kind: "compare", field, op, value: Object.freeze({ text, pattern }) });
}

export function range(field: string, from: string, to: string): RangeNode {
  return Object.freeze({ kind: "range", field, from, to });
}

export function timeBound(op: ">=" | "<", at: EpochMicros): TimeNode {
  return Object.freeze({ kind: "time", op, at });
}

export function has(field: string): HasNode {
  return Object.freeze({ kind: "has", field });
}
