/**
 * Query text to tree. Precedence is NOT, AND, OR; terms side by side are joined by AND. Every fault names the column it
 * was found at.
 */
import type { Lexed, Token, TokenType } from "./lexer.ts";
import type { FieldNames } from "./names.ts";
import type { Instant } from "./time-literal.ts";
import type { QueryNode } from "./tree.ts";
import { FaultError, raise } from "../base/fault.ts";
import { lex, syntax } from "./lexer.ts";
import { comparison, rangeBetween } from "./predicate.ts";
import { refuseReservedField, refuseReservedWord } from "./reserved.ts";
import { ALL, and, has, not, or, word } from "./tree.ts";

export interface Parsed {
  readonly tree: QueryNode;
  /** Time literals that were read with the help of the zone, in order. */
  readonly instants: readonly Instant[];
  /** Places of brackets that precedence implies. */
  readonly brackets: readonly { readonly open: number; readonly close: number }[];
}

const LONGEST = 65_536;
const DEEPEST = 200;

/** Faults: query.syntax, query.field (both with the column), request.invalid for an unknown zone. */
export function parse(text: string, names: FieldNames, zone: string): Parsed {
  if (text.length > LONGEST) {
    raise("request.invalid", `A query may have ${LONGEST} characters; this one has ${text.length}.`, "Shorten it.");
  }
  return new Parser(text, lex(text), names, zone).run();
}

class Parser {
  readonly #text: string;
  readonly #lexed: Lexed;
  readonly #names: FieldNames;
  readonly #zone: string;
  readonly #instants: Instant[] = [];
  readonly #brackets: { open: number; close: number }[] = [];
  #next = 0;
  #depth = 0;

  constructor(text: string, lexed: Lexed, names: FieldNames, zone: string) {
    this.#text = text;
    this.#lexed = lexed;
    this.#names = names;
    this.#zone = zone;
  }

  run(): Parsed {
    const tree = this.#peek() === undefined ? ALL : this.#or();
    const rest = this.#peek();
    if (rest !== undefined) syntax(rest.start, "This bracket closes nothing.", "Take it away, or open one before it.");
    return { tree, instants: this.#instants, brackets: this.#brackets };
  }

  #or(): QueryNode {
    const parts: QueryNode[] = [];
    const implied: { open: number; close: number }[] = [];
    do {
      const open = this.#peek()?.start ?? 0;
      const { node, joined } = this.#and();
      parts.push(node);
      if (joined) implied.push({ open, close: this.#last().end });
    } while (this.#take("or") !== undefined);
    if (parts.length > 1) this.#brackets.push(...implied);
    return or(parts);
  }

  #and(): { readonly node: QueryNode; readonly joined: boolean } {
    const parts = [this.#unary()];
    for (;;) {
      const next = this.#peek();
      if (next === undefined || next.type === "or" || next.type === "close") break;
      this.#take("and");
      parts.push(this.#unary());
    }
    return { node: and(parts), joined: parts.length > 1 };
  }

  #unary(): QueryNode {
    if (this.#take("not") === undefined) return this.#atom();
    return this.#deeper(() => not(this.#unary()));
  }

  #atom(): QueryNode {
    const token = this.#peek();
    if (token === undefined) return this.#missingTerm();
    this.#next++;
    switch (token.type) {
      case "open":
        return this.#deeper(() => this.#group(token));
      case "word":
        refuseReservedWord(token.text, token.start);
        return this.#wordNode(token, /[*?]/u.test(token.text));
      case "quoted":
        return this.#wordNode(token, false);
      case "field":
        return this.#predicate(token);
      default:
        this.#next--;
        return this.#missingTerm();
    }
  }

  #missingTerm(): never {
    const here = this.#peek();
    const last = this.#lexed.tokens[this.#next - 1];
    const joins = last?.type === "or" || last?.type === "and" || last?.type === "not";
    const word = joins ? last : here;
    if (word === undefined) syntax(last?.start ?? 0, "This bracket is never closed.", "Add ) where it ends.");
    if (word.type === "close") {
      syntax(word.start, "This bracket closes nothing.", "Take it away, or open one before it.");
    }
    const message = word.type === "not" ? "has nothing to exclude." : "has nothing to join on one side.";
    const next = `Write a condition there; to search for the word, write "${word.text}".`;
    return syntax(word.start, `${word.text.toUpperCase()} ${message}`, next);
  }

  #group(open: Token): QueryNode {
    if (this.#peek()?.type === "close") {
      syntax(open.start, "There is nothing between these brackets.", "Write a condition, or take them away.");
    }
    const node = this.#or();
    this.#close(open);
    return node;
  }

  #close(open: Token): void {
    if (this.#take("close") === undefined) syntax(open.start, "This bracket is never closed.", "Add ) where it ends.");
  }

  #wordNode(token: Token, pattern: boolean): QueryNode {
    if (token.text === "") syntax(token.start, "There is no text in these quotes.", "Write a word, or take them away.");
    if (pattern && /^[*?]+$/u.test(token.text)) {
      syntax(
        token.start,
        `"${token.text}" alone would match anything.`,
        "Leave it out, or write field:* for a field that is there.",
      );
    }
    return word(token.text, pattern);
  }

  #predicate(name: Token): QueryNode {
    const operator = this.#lexed.tokens[this.#next];
    if (operator === undefined) return this.#fail(name.start);
    this.#next++;
    refuseReservedField(name.text, name.start);
    const special = /^(?:has|missing|_exists_)$/iu.test(name.text) && ":=".includes(operator.text);
    const field = special ? undefined : this.#names.require(name.text, name.start);
    const one = field === undefined ? () => this.#presence(name) : () => this.#value(field, operator);
    const open = this.#take("open");
    const node = open === undefined ? one() : this.#list(open, one);
    return operator.text === "!=" || name.text.toLowerCase() === "missing" ? not(node) : node;
  }

  #list(open: Token, one: () => QueryNode): QueryNode {
    const parts: QueryNode[] = [];
    for (;;) {
      const next = this.#peek();
      if (next === undefined) break;
      if (next.type === "close" && parts.length === 0) syntax(next.start, "This list is empty.", "Write field:(a, b).");
      if (next.type !== "value" && next.type !== "quoted" && next.type !== "range-open" && next.type !== "dots") {
        syntax(next.start, "A value is missing here.", "Separate values by a comma or OR, for example field:(a, b).");
      }
      parts.push(one());
      if (this.#take("comma") === undefined && this.#take("or") === undefined) break;
    }
    const next = this.#peek();
    if (next !== undefined && next.type !== "close") {
      syntax(
        next.start,
        "A list takes single values.",
        "Separate them by a comma or OR; put text with blanks in quotes.",
      );
    }
    this.#close(open);
    return or(parts);
  }

  #presence(operator: Token): QueryNode {
    const token = this.#take("value") ?? this.#take("quoted");
    if (token === undefined) return this.#fail(operator.start);
    return has(this.#names.require(token.text, token.start));
  }

  #value(field: string, operator: Token): QueryNode {
    const context = { field, operator, zone: this.#zone, instants: this.#instants };
    const square = this.#take("range-open");
    if (square !== undefined) {
      const from = this.#rangeEnd(square);
      if (this.#take("to") === undefined)
        syntax(square.start, "A range in brackets reads [a TO b].", "Write TO between its ends.");
      const to = this.#rangeEnd(square);
      if (this.#take("range-close") === undefined)
        syntax(square.start, "This bracket is never closed.", "Add ] after the range.");
      return rangeBetween(context, square.start, isStar(from) ? undefined : from, isStar(to) ? undefined : to);
    }
    const from = this.#take("value") ?? this.#take("quoted");
    const dots = this.#take("dots");
    if (dots === undefined) return from === undefined ? this.#fail(operator.start) : comparison(context, from);
    const end = this.#lexed.tokens[this.#next];
    const isEnd = end !== undefined && end.start === dots.end && (end.type === "value" || end.type === "quoted");
    if (isEnd) this.#next++;
    return rangeBetween(context, (from ?? dots).start, from, isEnd ? end : undefined);
  }

  #rangeEnd(square: Token): Token {
    const end = this.#take("value") ?? this.#take("quoted");
    if (end === undefined) {
      if (this.#peek() === undefined) syntax(square.start, "This bracket is never closed.", "Write [a TO b].");
      return syntax(square.start, "A range in brackets has two ends.", "Write [a TO b], with * for an open end.");
    }
    return end;
  }

  #deeper(inner: () => QueryNode): QueryNode {
    if (++this.#depth > DEEPEST) {
      syntax(this.#last().start, `Conditions are nested more than ${DEEPEST} deep.`, "Take brackets away.");
    }
    const node = inner();
    this.#depth--;
    return node;
  }

  /** The next token; where the lexer stopped, its fault. */
  #peek(): Token | undefined {
    const token = this.#lexed.tokens[this.#next];
    if (token === undefined && this.#lexed.fault !== undefined) throw new FaultError(this.#lexed.fault);
    return token;
  }
  #take(type: TokenType): Token | undefined {
    const token = this.#peek();
    if (token?.type !== type) return undefined;
    this.#next++;
    return token;
  }
  #last(): Token {
    return this.#lexed.tokens[this.#next - 1] as Token;
  }
  #fail(offset: number): never {
    if (this.#lexed.fault !== undefined) throw new FaultError(this.#lexed.fault);
    return syntax(Math.min(offset, this.#text.length), "A value is missing here.", "Write a value, or * for any.");
  }
}

function isStar(token: Token): boolean {
  return token.type === "value" && token.text === "*";
}
