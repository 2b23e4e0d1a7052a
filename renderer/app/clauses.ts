/** Chips as values: what including and excluding a value does to the list. Pure. */
import type { Clause, MemberInfo, SourceInfo } from "../../workers/contract.ts";

/** Adds a value to the including chip of its field; the value's exclusion goes. */
export function withValue(clauses: readonly Clause[], field: string, value: string): readonly Clause[] {
  const rest = removeValue(clauses, field, value, true);
  return addTo(rest, field, value, false);
}

/** Adds a value to the excluding chip of its field; the value's inclusion goes. */
export function withoutValue(clauses: readonly Clause[], field: string, value: string): readonly Clause[] {
  const rest = removeValue(clauses, field, value, false);
  return addTo(rest, field, value, true);
}

export function hasValue(clauses: readonly Clause[], field: string, value: string, not: boolean): boolean {
  return clauses.some((clause) => fits(clause, field, not) && clause.enabled && clause.values.includes(value));
}

/** Takes a value out of its chip; a chip without values would mean "missing", so the last one takes the chip along. */
export function removeValue(clauses: readonly Clause[], field: string, value: string, not: boolean): readonly Clause[] {
  return clauses.flatMap((clause) => {
    if (!fits(clause, field, not) || !clause.values.includes(value)) return [clause];
    const values = clause.values.filter((other) => other !== value);
    return values.length === 0 ? [] : [{ ...clause, values }];
  });
}

/** Entries without the field (or, excluded, only those with it). */
export function withMissing(clauses: readonly Clause[], field: string, not: boolean): readonly Clause[] {
  const rest = clauses.filter((clause) => !(clause.field === field && clause.values.length === 0));
  return [...rest, { field, not, values: [], enabled: true }];
}

/** A chip of one value. */
export const clauseOf = (field: string, value: string): Clause => ({
  field,
  not: false,
  values: [value],
  enabled: true,
});

/** Only the entries of a member. Two sources may have one name, or one path in them: the code is of one alone. */
export function clausesOf(source: SourceInfo, member: MemberInfo): readonly Clause[] {
  const packed = source.container === "plain" ? [] : [clauseOf("member", member.path)];
  return [clauseOf("source", source.code), ...packed];
}

function addTo(clauses: readonly Clause[], field: string, value: string, not: boolean): readonly Clause[] {
  const at = clauses.findIndex((clause) => fits(clause, field, not) && clause.values.length > 0 && clause.enabled);
  const found = clauses[at];
  if (found === undefined) return [...clauses, { field, not, values: [value], enabled: true }];
  if (found.values.includes(value)) return clauses;
  return clauses.with(at, { ...found, values: [...found.values, value] });
}

const fits = (clause: Clause, field: string, not: boolean): boolean => clause.field === field && clause.not === not;
