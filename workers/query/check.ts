/** What the query bar shows while one types; runs nothing. */
import type { QueryCheck, QueryToken } from "../contract.ts";
import type { Parsed } from "./parser.ts";
import type { FieldNames } from "./names.ts";
import type { Token, TokenType } from "./lexer.ts";
import { faultOf } from "../base/fault.ts";
import { lex } from "./lexer.ts";
import { parse } from "./parser.ts";

const KINDS: Readonly<Record<TokenType, QueryToken["kind"]>> = {
  open: "bracket",
  close: "bracket",
  "range-open": "bracket",
  "range-close": "bracket",
  and: "keyword",
  or: "keyword",
  not: "keyword",
  to: "keyword",
  word: "word",
  quoted: "quoted",
  field: "field",
  operator: "operator",
  comma: "operator",
  dots: "operator",
  value: "value",
};

export function check(text: string, names: FieldNames, zone: string): QueryCheck {
  const tokens = lex(text).tokens.map(queryToken);
  try {
    const parsed = parse(text, names, zone);
    return { tokens, fault: undefined, inferred: inferred(text, parsed), instants: parsed.instants };
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return { tokens, fault, inferred: undefined, instants: [] };
  }
}

function queryToken({ type, start, end }: Token): QueryToken {
  return { start, end, kind: KINDS[type] };
}

function inferred(text: string, { brackets }: Parsed): string | undefined {
  if (brackets.length === 0) return undefined;
  const signs = brackets.flatMap(({ open, close }) => [
    { at: open, sign: "(" },
    { at: close, sign: ")" },
  ]);
  let result = "";
  let done = 0;
  // Closing before opening at one place; places of one kind at one place are alike.
  for (const { at, sign } of signs.toSorted((a, b) => a.at - b.at || (a.sign > b.sign ? -1 : 1))) {
    result += text.slice(done, at) + sign;
    done = at;
  }
  return result + text.slice(done);
}
