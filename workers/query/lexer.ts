/**
 * Cuts query text into tokens. What a run of characters is depends on where it stands: before an operator it is a
 * field, after one a value (in which `:` and `=` are letters), elsewhere a word.
 */
import type { Fault } from "../contract.ts";
import { faultOf, raise } from "../base/fault.ts";
import { notYet, regexAt } from "./reserved.ts";

export type TokenType =
  | "open"
  | "close"
  | "and"
  | "or"
  | "not"
  | "word"
  | "quoted"
  | "field"
  | "operator"
  | "value"
  | "comma"
  | "dots"
  | "to"
  | "range-open"
  | "range-close";
export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  /** What it stands for: a quoted text without its quotes, a field without back-quotes, an operator as compared. */
  readonly text: string;
}
export interface Lexed {
  readonly tokens: readonly Token[];
  /** The first trouble; `tokens` are those before it. */
  readonly fault: Fault | undefined;
}

export function lex(text: string): Lexed {
  const lexer = new Lexer(text);
  try {
    lexer.run();
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return { tokens: lexer.tokens, fault };
  }
  return { tokens: lexer.tokens, fault: undefined };
}

/** Longest first; a colon before a comparison (as other query languages write it) adds nothing. */
const OPERATORS: readonly (readonly [string, string])[] = [
  [":>=", ">="],
  [":<=", "<="],
  [":>", ">"],
  [":<", "<"],
  ["!=", "!="],
  ["!~", "!~"],
  ["=~", "~"],
  ["==", "="],
  [">=", ">="],
  ["<=", "<="],
  [":", ":"],
  ["=", "="],
  ["~", "~"],
  [">", ">"],
  ["<", "<"],
];
const KEYWORDS: ReadonlyMap<string, TokenType> = new Map([
  ["and", "and"],
  ["or", "or"],
  ["not", "not"],
]);

/** The keyword that a bare word is, without regard to case. */
export function keyword(text: string): TokenType | undefined {
  return KEYWORDS.get(text.toLowerCase());
}

const SPACE = /\s/u;

class Lexer {
  readonly tokens: Token[] = [];
  readonly #text: string;
  /** What each open bracket holds: terms, or the values of a list. */
  readonly #brackets: ("group" | "list")[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#text.length) return;
      if (this.#brackets.at(-1) === "list") this.#listItem();
      else this.#term();
    }
  }

  #term(): void {
    const char = this.#char();
    const next = this.#text[this.#at + 1];
    if (char === "(" || char === ")") return this.#bracket(char, "group");
    if (char === '"' || char === "'") return this.#quoted();
    if (this.#sign()) return;
    if ((char === "!" && next !== "=" && next !== "~") || (char === "-" && next !== undefined && !SPACE.test(next))) {
      return this.#add("not", this.#at + 1);
    }
    const name = this.#name();
    const operator = this.#operatorAt(name.end);
    if (operator === undefined) this.#word(name.quoted);
    else this.#predicate(name.text, name.end, operator);
  }

  /** `&&` and `||`; a single `|` would start a stage. */
  #sign(): boolean {
    const pair = this.#text.slice(this.#at, this.#at + 2);
    if (pair === "&&" || pair === "||") {
      this.#add(pair === "&&" ? "and" : "or", this.#at + 2);
      return true;
    }
    if (pair.startsWith("|")) notYet("Pipe stages", this.#at);
    return false;
  }

  #predicate(name: string, end: number, operator: readonly [string, string]): void {
    const [written, meaning] = operator;
    if (name === "") {
      syntax(this.#at, `A field name is missing before "${written}".`, "Write field:value, or put the text in quotes.");
    }
    this.#add("field", end, name);
    if (meaning === "~" || meaning === "!~") notYet("Regular expressions (~)", end);
    this.#add("operator", end + written.length, meaning);
    this.#skipSpace();
    if (this.#char() === "(") return this.#bracket("(", "list");
    this.#value(written);
  }

  #bracket(char: string, holds: "group" | "list"): void {
    if (char === "(") this.#brackets.push(holds);
    else this.#brackets.pop();
    this.#add(char === "(" ? "open" : "close", this.#at + 1);
  }

  #listItem(): void {
    const char = this.#char();
    if (char === ")") return this.#bracket(char, "list");
    if (char === ",") return this.#add("comma", this.#at + 1);
    if (this.#sign()) return;
    const end = this.#bareEnd(",");
    const type = keyword(this.#text.slice(this.#at, end));
    if (type === undefined) this.#value(",", ",");
    else this.#add(type, end);
  }

  /** A value, or a range of two. `stops` are further characters that end a bare value. */
  #value(after: string, stops = ""): void {
    if (this.#char() === "[") return this.#squareRange(stops);
    const start = this.#at;
    if (!this.#isDots(start)) this.#simpleValue(after, stops);
    if (!this.#isDots(this.#at)) return;
    this.#add("dots", this.#at + 2);
    const char = this.#char();
    if (char === '"' || char === "'" || this.#bareEnd(stops) > this.#at) this.#simpleValue("..", stops);
  }

  #squareRange(stops: string): void {
    this.#add("range-open", this.#at + 1);
    for (;;) {
      this.#skipSpace();
      const char = this.#char();
      if (char === "]") return this.#add("range-close", this.#at + 1);
      if (char === undefined) return;
      const end = this.#bareEnd(`${stops}]`);
      if (this.#text.slice(this.#at, end).toLowerCase() === "to") this.#add("to", end);
      else this.#simpleValue("[", `${stops}]`, false);
    }
  }

  #simpleValue(after: string, stops: string, mayBeRange = true): void {
    const char = this.#char();
    if (char === '"' || char === "'") return this.#quoted();
    if (char === "`") {
      const name = this.#name();
      return this.#add("value", name.end, name.text);
    }
    let end = this.#bareEnd(stops);
    for (let i = this.#at; mayBeRange && i < end; i++) if (this.#isDots(i)) end = i;
    const text = this.#text.slice(this.#at, end);
    if (text === "") {
      const near = this.#at < this.#text.length ? this.#at : Math.max(0, this.#at - 1);
      syntax(near, `A value is missing after "${after}".`, "Write a value, or * for any.");
    }
    this.#refuseRegex();
    this.#add("value", end, text);
  }

  #word(quotedName: boolean): void {
    const end = this.#bareEnd("");
    const text = this.#text.slice(this.#at, end);
    if (quotedName) syntax(end - 1, "An operator is missing after this field name.", "Write for example `name`:value.");
    this.#refuseRegex();
    if (this.#text[end] === "(" && /^(?:near|session)$/iu.test(text)) notYet(`${text}(…)`, this.#at);
    this.#add(keyword(text) ?? "word", end, text);
  }

  #refuseRegex(): void {
    const regex = this.#char() === "/" ? regexAt(this.#text.slice(this.#at)) : undefined;
    if (regex !== undefined) notYet("Regular expressions (/…/)", this.#at, regex);
  }

  /** Whether a range's two dots stand here; dots beside a slash or a third dot belong to a path or an ellipsis. */
  #isDots(at: number): boolean {
    if (this.#text[at] !== "." || this.#text[at + 1] !== ".") return false;
    return !/[./\\]/u.test(this.#text[at - 1] ?? "") && !/[./\\]/u.test(this.#text[at + 2] ?? "");
  }

  /** A possible field name from here: text up to an operator, parts of it back-quoted. */
  #name(): { readonly text: string; readonly end: number; readonly quoted: boolean } {
    let text = "";
    let quoted = false;
    let at = this.#at;
    while (at < this.#text.length) {
      const char = this.#text[at] as string;
      if (char === "`") {
        const part = this.#backQuoted(at);
        text += part.text;
        at = part.end;
        quoted = true;
      } else if (this.#endsBare(at, "") || (this.#operatorAt(at) !== undefined && !(char === "~" && at === this.#at))) {
        break;
      } else {
        text += char;
        at++;
      }
    }
    return { text, end: at, quoted };
  }

  #backQuoted(start: number): { readonly text: string; readonly end: number } {
    let text = "";
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text[at] as string;
      if (char !== "`") text += char;
      else if (this.#text[at + 1] !== "`") return { text, end: at + 1 };
      else {
        text += char;
        at++;
      }
    }
    return syntax(start, "This back-quote is never closed.", "Add a back-quote after the field name.");
  }

  #operatorAt(at: number): readonly [string, string] | undefined {
    return OPERATORS.find(([written]) => this.#text.startsWith(written, at));
  }

  #bareEnd(stops: string): number {
    let at = this.#at;
    while (at < this.#text.length && !this.#endsBare(at, stops)) at++;
    return at;
  }

  #endsBare(at: number, stops: string): boolean {
    const char = this.#text[at] as string;
    return SPACE.test(char) || `()"|${stops}`.includes(char) || this.#text.startsWith("&&", at);
  }

  #quoted(): void {
    const start = this.#at;
    const read = this.#text[start] === '"' ? readDouble(this.#text, start) : readSingle(this.#text, start);
    this.#add("quoted", read.end, read.text);
  }

  #char(): string | undefined {
    return this.#text[this.#at];
  }
  #skipSpace(): void {
    while (this.#at < this.#text.length && SPACE.test(this.#text[this.#at] as string)) this.#at++;
  }
  #add(type: TokenType, end: number, text = this.#text.slice(this.#at, end)): void {
    this.tokens.push({ type, start: this.#at, end, text });
    this.#at = end;
  }
}

export function syntax(offset: number, message: string, next: string, suggestions?: readonly string[]): never {
  return raise("query.syntax", message, next, suggestions === undefined ? { offset } : { offset, suggestions });
}

function readSingle(source: string, start: number): { readonly text: string; readonly end: number } {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] !== "'") continue;
    if (source[at + 1] === "'") at++;
    else return { text: source.slice(start + 1, at).replaceAll("''", "'"), end: at + 1 };
  }
  return syntax(start, "This quotation is never closed.", "Add ' after the text.");
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", n: "\n", t: "\t", r: "\r" };

function readDouble(source: string, start: number): { readonly text: string; readonly end: number } {
  let text = "";
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at] as string;
    if (char === '"') return { text, end: at + 1 };
    if (char !== "\\") {
      text += char;
      continue;
    }
    const hex = /^x([0-9a-f]{2})/iu.exec(source.slice(at + 1, at + 4))?.[1];
    const escaped = hex === undefined ? ESCAPES[source[at + 1] ?? ""] : String.fromCharCode(Number.parseInt(hex, 16));
    if (escaped === undefined && at + 1 < source.length) {
      syntax(
        at,
        `"\\${source[at + 1]}" is no escape in double quotes.`,
        'Known are \\" \\\\ \\n \\r \\t \\xHH; in single quotes a backslash is a letter.',
      );
    }
    text += escaped ?? "";
    at += hex === undefined ? 1 : 3;
  }
  return syntax(start, "This quotation is never closed.", 'Add " after the text.');
}
