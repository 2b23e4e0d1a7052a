/** One field, one operator, one value or range: what it means for the sort of field it is. */
import type { EpochMicros } from "../contract.ts";
import type { Token } from "./lexer.ts";
import type { CompareOp, QueryNode } from "./tree.ts";
import { FLAG } from "../contract.ts";
import { ASSUMPTIONS } from "./assumed.ts";
import { STATE_FIELDS } from "./identity-fields.ts";
import { syntax } from "./lexer.ts";
import { nearest } from "./nearest.ts";
import { REPEATS } from "./repeats.ts";
import { type Instant, readTimeLiteral, type TimeLiteral } from "./time-literal.ts";
import { and, compare, has, range, timeBound } from "./tree.ts";

export interface PredicateContext {
  /** Query name. */
  readonly field: string;
  readonly operator: Token;
  readonly zone: string;
  /** Where read time literals are noted. */
  readonly instants: Instant[];
}

export function comparison(context: PredicateContext, value: Token): QueryNode {
  const { field, operator } = context;
  const written = operator.text === "!=" ? "=" : operator.text;
  const op = written as CompareOp;
  const bare = value.type === "value";
  if (bare && value.text === "*" && (op === ":" || op === "=")) return has(field);
  if (field === "time") return timeComparison(context, op, value);
  const pattern = bare && /[*?]/u.test(value.text);
  if (pattern && op !== ":") {
    syntax(
      value.start,
      `"${operator.text}" takes no wildcards.`,
      `Write ${field}:${value.text}, or put the text in quotes.`,
    );
  }
  if (field === "id") return compare(field, op === ":" ? "=" : op, entryNumber(value));
  const names = NAMED[field];
  if (names !== undefined && !pattern) return compare(field, op, nameAmong(names, field, value));
  return compare(field, op, value.text, pattern);
}

/** Both ends belong to the range; an end that is not given is open. */
export function rangeBetween(
  context: PredicateContext,
  start: number,
  from: Token | undefined,
  to: Token | undefined,
): QueryNode {
  const { field, operator } = context;
  if (operator.text !== ":" && operator.text !== "=" && operator.text !== "!=") {
    syntax(start, `"${operator.text}" takes one value, not a range.`, `Write ${field}:a..b.`);
  }
  for (const end of [from, to]) {
    if (end?.type === "value" && /[*?]/u.test(end.text)) {
      syntax(end.start, "The ends of a range take no wildcards.", "Leave an end out where it is open.");
    }
  }
  if (from === undefined && to === undefined)
    syntax(start, "This range has no end at all.", `Write ${field}:a..b, or ${field}:*.`);
  if (field === "time") {
    return and([
      ...(from === undefined ? [] : [timeComparison(context, ">=", from)]),
      ...(to === undefined ? [] : [timeComparison(context, "<=", to)]),
    ]);
  }
  const text = (end: Token) => (field === "id" ? entryNumber(end) : end.text);
  if (from === undefined) return compare(field, "<=", text(to as Token));
  return to === undefined ? compare(field, ">=", text(from)) : range(field, text(from), text(to));
}

/**
 * `>` and `<=` count a date as its whole day, but a clock time as the instant at which it begins: `time<=2024-05-01`
 * has all of that day, `time<=2024-05-01T10:00` nothing later than 10:00:00.
 */
function timeComparison(context: PredicateContext, op: CompareOp, value: Token): QueryNode {
  const literal = readTimeLiteral(value.text, context.zone, value.start);
  const after = literal.calendar ? literal.end : ((literal.start + 1) as EpochMicros);
  const isAfter = literal.calendar && (op === ">" || op === "<=");
  note(context, value, literal, isAfter ? literal.end : literal.start);
  switch (op) {
    case ">=":
      return timeBound(">=", literal.start);
    case "<":
      return timeBound("<", literal.start);
    case ">":
      return timeBound(">=", after);
    case "<=":
      return timeBound("<", after);
    case ":":
    case "=":
      return and([timeBound(">=", literal.start), timeBound("<", literal.end)]);
  }
}

function note(context: PredicateContext, value: Token, literal: TimeLiteral, at: EpochMicros): void {
  if (literal.echo) context.instants.push({ start: value.start, text: value.text, at });
}

function entryNumber(value: Token): string {
  if (!/^\d{1,15}$/u.test(value.text)) {
    syntax(value.start, `"${value.text}" is no entry number.`, "Entry numbers are whole numbers from 0.");
  }
  return String(Number(value.text));
}

/** Fields with values of ours, which a reader may misspell. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  flag: Object.keys(FLAG),
  assumed: ASSUMPTIONS,
  repeat: REPEATS,
  ...STATE_FIELDS,
};

function nameAmong(names: readonly string[], field: string, value: Token): string {
  const name = names.find((known) => known.toLowerCase() === value.text.toLowerCase());
  if (name !== undefined) return name;
  const suggestions = nearest(value.text.toLowerCase(), new Map(names.map((known) => [known.toLowerCase(), known])), 3);
  return syntax(
    value.start,
    `No value of ${field} is called "${value.text}".`,
    `Did you mean ${suggestions.join(", ")}?`,
    suggestions,
  );
}
