/** The query language over plain rows, one row at a time: slow, obvious, and written without the engine's parts. */
import type { CaseColumns } from "../../workers/query/columns.ts";
import type { CompareNode, QueryNode, RangeNode, Text } from "../../workers/query/tree.ts";
import type { Sort } from "../../workers/contract.ts";
import { FLAG } from "../../workers/contract.ts";
import { type FakeRow, rawOf, valuesOf } from "../support/fake-columns.ts";

export interface ReferenceCase {
  readonly rows: readonly FakeRow[];
  readonly columns: CaseColumns;
}

export function matching({ rows, columns }: ReferenceCase, node: QueryNode): number[] {
  return [...rows.keys()].filter(
    (id) => !columns.removed.some(({ first, end }) => id >= first && id < end) && matches({ rows, columns }, node, id),
  );
}

/** All values of a field, those a query compares with. */
export function fieldValues({ rows, columns }: ReferenceCase, field: string, id: number): readonly string[] {
  const row = rows[id] as FakeRow;
  const member = columns.members[row.member ?? 0];
  const source = columns.sources.find((one) => one.id === member?.source);
  switch (field) {
    case "id":
      return [String(id)];
    case "flag":
      return Object.entries(FLAG).flatMap(([name, bit]) => (((row.flags ?? 0) & bit) === 0 ? [] : [name]));
    case "source":
      return [source?.code ?? "", source?.name ?? ""];
    case "member":
      return [member?.path ?? ""];
    case "format":
      return [member?.format ?? ""];
    case "carrier":
      return [member?.carrier ?? ""];
    default:
      return valuesOf(row, field);
  }
}

function matches(reference: ReferenceCase, node: QueryNode, id: number): boolean {
  const row = reference.rows[id] as FakeRow;
  switch (node.kind) {
    case "all":
      return true;
    case "and":
      return node.parts.every((part) => matches(reference, part, id));
    case "or":
      return node.parts.some((part) => matches(reference, part, id));
    case "not":
      return !matches(reference, node.part, id);
    case "time":
      return row.time !== undefined && (node.op === ">=" ? row.time >= node.at : row.time < node.at);
    case "has":
      return node.field === "time" ? row.time !== undefined : fieldValues(reference, node.field, id).length > 0;
    case "word": {
      const values = Object.keys(row.fields ?? {}).flatMap((name) => valuesOf(row, name));
      return [rawOf(row), ...values].some((value) => hasWord(value, node.text));
    }
    case "compare":
    case "range":
      return fieldValues(reference, node.field, id).some((value) => passes(value, node));
  }
}

function passes(value: string, node: CompareNode | RangeNode): boolean {
  if (node.kind === "range") return order(value, node.from) >= 0 && order(value, node.to) <= 0;
  const { text, pattern } = node.value;
  switch (node.op) {
    case ":":
      return pattern ? fitsWhole(value, text) : hasPhrase(value, text);
    case "=":
      return value === text;
    case "<":
      return order(value, text) < 0;
    case "<=":
      return order(value, text) <= 0;
    case ">":
      return order(value, text) > 0;
    case ">=":
      return order(value, text) >= 0;
  }
}

function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function tokens(text: string): readonly string[] {
  return lower(text).match(/[a-z0-9\u0080-\uffff]+/g) ?? [];
}

function hasPhrase(value: string, text: string): boolean {
  const wanted = tokens(text);
  if (text === "") return value === "";
  if (wanted.length === 0) return lower(value).includes(lower(text));
  const there = tokens(value);
  return there.some((_, at) => wanted.every((token, i) => there[at + i] === token));
}

function fitsWhole(value: string, pattern: string): boolean {
  return new RegExp(`^${regexOf(pattern, "[^]*", "[^]")}$`, "u").test(lower(value));
}

function hasWord(value: string, { text, pattern }: Text): boolean {
  if (!pattern) return hasPhrase(value, text);
  const edge = "(?:(?<![a-z0-9\\u{80}-\\u{10ffff}])|(?![a-z0-9\\u{80}-\\u{10ffff}]))";
  const inner = regexOf(text, "[^ \\t-\\r]*", "[^ \\t-\\r]");
  const start = text.startsWith("*") ? "" : edge;
  const end = text.endsWith("*") ? "" : edge;
  return new RegExp(`${start}${inner}${end}`, "u").test(lower(value));
}

function regexOf(pattern: string, star: string, one: string): string {
  return Array.from(lower(pattern))
    .map((char) => (char === "*" ? star : char === "?" ? one : char.replace(/[\\^$.|+()[\]{}/-]/u, "\\$&")))
    .join("");
}

/** Numbers where both are, else code points. */
export function order(a: string, b: string): number {
  const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
  if (number.test(a) && number.test(b)) return Math.sign(Number(a) - Number(b));
  const x = Array.from(a, (char) => char.codePointAt(0) as number);
  const y = Array.from(b, (char) => char.codePointAt(0) as number);
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return (x[i] as number) - (y[i] as number);
  return x.length - y.length;
}

/** Ids in the order of the sort. */
export function sorted(reference: ReferenceCase, ids: readonly number[], { field, descending }: Sort): number[] {
  const time = (id: number) => reference.rows[id]?.time ?? Number.POSITIVE_INFINITY;
  const byTime = (a: number, b: number) => (time(a) === time(b) ? a - b : time(a) - time(b));
  const sign = descending ? -1 : 1;
  if (field === "id") return [...ids].sort((a, b) => sign * (a - b));
  if (field === "time") {
    const dated = ids.filter((id) => reference.rows[id]?.time !== undefined);
    const undated = ids.filter((id) => reference.rows[id]?.time === undefined);
    return [...dated.sort((a, b) => sign * (time(a) - time(b)) || a - b), ...undated.sort((a, b) => a - b)];
  }
  const value = (id: number) => fieldValues(reference, field, id)[0];
  const present = ids.filter((id) => value(id) !== undefined);
  const numbers = present.every((id) => Number.isFinite(Number(value(id))) && /\d/.test(value(id) as string));
  const text = (a: string, b: string) => order(`x${a}`, `x${b}`);
  const compare = (a: string, b: string) => (numbers ? Number(a) - Number(b) || text(a, b) : text(a, b));
  return [
    ...present.sort((a, b) => sign * compare(value(a) as string, value(b) as string) || byTime(a, b)),
    ...ids.filter((id) => value(id) === undefined).sort(byTime),
  ];
}
