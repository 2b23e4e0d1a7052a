/** Everything that restricts the view, chips and text and range, as one tree whose parts are known by where they come from. */
import type { Clause, ClauseCount, QueryRequest } from "../contract.ts";
import type { FieldNames } from "./names.ts";
import type { QueryNode } from "./tree.ts";
import { comparison } from "./predicate.ts";
import { parse } from "./parser.ts";
import { and, compare, has, not, or, timeBound } from "./tree.ts";

export interface QueryPart {
  readonly part: ClauseCount["part"];
  readonly node: QueryNode;
}

/** Faults: those of `parse`; query.field for a chip on a field that the case does not have. */
export function queryParts(
  request: Pick<QueryRequest, "clauses" | "text" | "range" | "zone">,
  names: FieldNames,
): readonly QueryPart[] {
  const { clauses, text, range, zone } = request;
  const parts: QueryPart[] = [];
  clauses.forEach((clause, index) => {
    if (clause.enabled) parts.push({ part: { kind: "clause", index }, node: clauseNode(clause, names, zone) });
  });
  const { tree } = parse(text, names, zone);
  const conditions = tree.kind === "and" ? tree.parts : tree.kind === "all" ? [] : [tree];
  conditions.forEach((node, index) => parts.push({ part: { kind: "text", index }, node }));
  const bounds = [
    ...(range.from === undefined ? [] : [timeBound(">=", range.from)]),
    ...(range.to === undefined ? [] : [timeBound("<", range.to)]),
  ];
  if (bounds.length > 0) parts.push({ part: { kind: "range", index: 0 }, node: and(bounds) });
  return parts;
}

export function queryTree(request: Parameters<typeof queryParts>[0], names: FieldNames): QueryNode {
  return and(queryParts(request, names).map(({ node }) => node));
}

function clauseNode(clause: Clause, names: FieldNames, zone: string): QueryNode {
  const field = names.require(clause.field);
  const node = clause.values.length === 0 ? has(field) : or(clause.values.map((value) => exact(field, value, zone)));
  return clause.not === (clause.values.length === 0) ? node : not(node);
}

const READ_AS_TYPED: ReadonlySet<string> = new Set(["time", "id", "flag", "assumed", "repeat"]);

/** Every other value stands for its own bytes. */
function exact(field: string, value: string, zone: string): QueryNode {
  if (!READ_AS_TYPED.has(field)) return compare(field, "=", value);
  const token = { type: "quoted", start: 0, end: value.length, text: value } as const;
  const operator = { type: "operator", start: 0, end: 1, text: "=" } as const;
  return comparison({ field, operator, zone, instants: [] }, token);
}
