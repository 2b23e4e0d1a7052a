/** A small stand-in for the query language: words, field:value, field=value, NOT, joined by AND. */
import type { Clause, Fault, QueryRequest, QueryToken } from "../../workers/contract.ts";
import type { FakeRow } from "./fake-rows.ts";

type Test = (row: FakeRow) => boolean;

export const FAKE_FIELDS = [
  "actor",
  "action",
  "target",
  "outcome",
  "to",
  "target.type",
  "session",
  "level",
  "category",
  "family",
  "datasource",
  "custom7",
  "repeat",
  "source",
  "raw.pid",
  "time",
];

export function tokensOf(text: string): readonly QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const found of text.matchAll(
    /(AND|OR|NOT)\b|([\w.]+)([:=])(?:("[^"]*"?)|([^\s()]*))|([()])|("[^"]*"?)|([^\s()]+)/g,
  )) {
    const start = found.index;
    const push = (part: string | undefined, kind: QueryToken["kind"], at: number): number => {
      if (part === undefined || part === "") return at;
      tokens.push({ start: at, end: at + part.length, kind });
      return at + part.length;
    };
    push(found[1], "keyword", start);
    let at = push(found[2], "field", start);
    at = push(found[3], "operator", at);
    at = push(found[4], "quoted", at);
    push(found[5], "value", at);
    push(found[6], "bracket", start);
    push(found[7], "quoted", start);
    push(found[8], "word", start);
  }
  return tokens;
}

export function faultOfText(text: string): Fault | undefined {
  const unclosed = text.split('"').length % 2 === 0 ? text.lastIndexOf('"') : -1;
  if (unclosed >= 0) return syntax("A quote is opened and not closed.", unclosed, []);
  for (const found of text.matchAll(/([\w.]+)[:=](\S*)/g)) {
    const name = found[1] as string;
    if (!FAKE_FIELDS.includes(name) && name !== "host") {
      const near = FAKE_FIELDS.filter((field) => field[0] === name[0]).slice(0, 3);
      return { ...syntax(`There is no field "${name}".`, found.index, near), code: "query.field" };
    }
    if (found[2] === "") return syntax(`A value is missing after "${found[0]}".`, found.index + found[0].length, []);
  }
  return undefined;
}

const syntax = (message: string, offset: number, suggestions: readonly string[]): Fault => ({
  code: "query.syntax",
  message,
  next: suggestions.length > 0 ? `Did you mean ${suggestions.join(", ")}?` : "Go on typing, or take it out.",
  offset,
  suggestions,
});

export function testOf(query: QueryRequest): Test {
  const tests = partsOf(query).map((part) => part.test);
  return (row) => tests.every((test) => test(row));
}

export interface FakePart {
  readonly kind: "clause" | "text" | "range";
  readonly index: number;
  readonly text: string;
  readonly test: Test;
}

export function partsOf(query: QueryRequest): readonly FakePart[] {
  const parts: FakePart[] = query.clauses.flatMap((clause, index) =>
    clause.enabled ? [{ kind: "clause" as const, index, text: clauseText(clause), test: clauseTest(clause) }] : [],
  );
  for (const [index, word] of (query.text.match(/[^\s"]*"[^"]*"|\S+/g) ?? []).entries()) {
    parts.push({ kind: "text", index, text: word, test: wordTest(word) });
  }
  const { from, to } = query.range;
  if (from !== undefined || to !== undefined) {
    const test: Test = (row) => row.time >= (from ?? -Infinity) && row.time < (to ?? Infinity);
    parts.push({ kind: "range", index: 0, text: "the time range", test });
  }
  return parts;
}

const clauseText = (clause: Clause): string =>
  `${clause.not ? "NOT " : ""}${clause.field} is ${clause.values.length > 1 ? "any of " : ""}${clause.values.join(", ") || "missing"}`;

function clauseTest(clause: Clause): Test {
  return (row) => {
    const values = row.fields[clause.field] ?? [];
    const found =
      clause.values.length === 0 ? values.length === 0 : values.some((value) => clause.values.includes(value));
    return found !== clause.not;
  };
}

function wordTest(word: string): Test {
  const found = /^([\w.]+)([:=])"?([^"]*)"?$/.exec(word);
  if (found === null) {
    const text = word.replaceAll('"', "").toLowerCase();
    return (row) =>
      Object.values(row.fields).some((values) => values.some((value) => value.toLowerCase().includes(text)));
  }
  const field = found[1] === "host" ? "to" : (found[1] as string);
  const value = (found[3] as string).toLowerCase();
  const exact = found[2] === "=";
  return (row) =>
    (row.fields[field] ?? []).some((own) =>
      exact ? own.toLowerCase() === value : own.toLowerCase().includes(value.replaceAll("*", "")),
    );
}
