/**
 * One JSON text (RFC 8259) to values, exactly: nothing that the source wrote is rounded, merged or able to reach a
 * prototype. Reads latin1 text (one unit a byte), so that offsets in errors are byte offsets; strings are decoded as
 * UTF-8. Written by hand because JSON.parse drops duplicate keys and rounds numbers in silence.
 */
import { lookup } from "./lookup.ts";
import { decodeUtf8, isAscii } from "./bytes.ts";
import { type NamePlace, outermost } from "./json-names.ts";
import { emptyObject, ExactNumber, type JsonObject, type JsonValue } from "./json.ts";

export type JsonParse =
  | {
      readonly ok: true;
      readonly value: JsonValue;
      /** Names given to repeated keys: the last keeps the name, as in other readers; those before are `name#1`, `name#2` … */
      readonly duplicates: readonly string[];
      /** Every string is well-formed UTF-8; else the bytes that are not stand as `\xHH`. */
      readonly validUtf8: boolean;
      /** Names, strings and numbers all stand in the text just as they are in the value. */
      readonly verbatim: boolean;
    }
  | { readonly ok: false; readonly offset: number; readonly reason: string };

/** Objects and arrays within one another, at most. */
export const JSON_DEPTH = 256;

/** Parses latin1 text that holds exactly one JSON value; blanks around it are allowed. */
export function parseJson(latin1: string): JsonParse {
  const parser = new Parser(latin1);
  try {
    const value = parser.whole();
    const { duplicates, validUtf8, hasEscapes } = parser;
    const verbatim = validUtf8 && !hasEscapes && duplicates.length === 0;
    return { ok: true, value, duplicates, validUtf8, verbatim };
  } catch (error) {
    if (!(error instanceof JsonSyntax)) throw error;
    return { ok: false, offset: error.offset, reason: error.message };
  }
}

/** What the values of a repeated key are called once another takes the name: `name#1`, `name#2` …, as far as they are free. */
export class Repeats {
  /** The last ordinal of each name, so that many repetitions take no more than one look each. */
  readonly #last = new Map<string, number>();

  rename(name: string, isTaken: (name: string) => boolean): string {
    let ordinal = (this.#last.get(name) ?? 0) + 1;
    while (isTaken(`${name}#${ordinal}`)) ordinal++;
    this.#last.set(name, ordinal);
    return `${name}#${ordinal}`;
  }
}

class JsonSyntax extends Error {
  readonly offset: number;
  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPES: Readonly<Record<string, string>> = lookup({
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
});
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEX4 = /^[0-9a-fA-F]{4}$/;

class Parser {
  readonly duplicates: string[] = [];
  validUtf8 = true;
  hasEscapes = false;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonValue {
    this.#blanks();
    const value = this.#value(outermost());
    this.#blanks();
    if (this.#at < this.#text.length) this.#fail(`${this.#here()} after the value`);
    return value;
  }

  /** `place`: of the name whose value it is. */
  #value(place: NamePlace | undefined): JsonValue {
    const unit = this.#text.charCodeAt(this.#at);
    switch (unit) {
      case QUOTE:
        return this.#string();
      case 0x7b:
        return this.#object(place);
      case 0x5b:
        return this.#array(place);
      case 0x74:
        return this.#word("true", true);
      case 0x66:
        return this.#word("false", false);
      case 0x6e:
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #object(outer: NamePlace | undefined): JsonObject {
    const object = emptyObject();
    let repeats: Repeats | undefined;
    let place = outer?.enter();
    this.#enter();
    this.#blanks();
    if (this.#take(0x7d)) return this.#leave(object);
    for (;;) {
      const expected = place?.next;
      if (expected !== undefined && this.#text.startsWith(expected.spelled, this.#at)) {
        this.#at += expected.spelled.length;
        place = expected;
        this.#blanks();
        object[place.name] = this.#value(place);
      } else {
        const name = this.#name();
        place = object[name] === undefined ? place?.follow(name) : undefined;
        this.#blanks();
        const value = this.#value(place);
        if (place === undefined && object[name] !== undefined) {
          repeats ??= new Repeats();
          const renamed = repeats.rename(name, (taken) => taken in object);
          object[renamed] = object[name];
          this.duplicates.push(renamed);
        }
        object[name] = value;
      }
      if (!this.#continues(0x7d)) return this.#leave(object);
    }
  }

  /** Goes on behind a comma (true), or behind what closes the object or array. */
  #continues(close: number): boolean {
    this.#blanks();
    if (!this.#take(0x2c)) {
      if (this.#take(close)) return false;
      this.#fail(`${this.#here()} where "," or "${String.fromCharCode(close)}" should be`);
    }
    this.#blanks();
    return true;
  }

  /** A name and its colon. */
  #name(): string {
    if (this.#text.charCodeAt(this.#at) !== QUOTE) this.#fail(`${this.#here()} where a name in quotes should be`);
    const name = this.#string();
    this.#blanks();
    if (!this.#take(0x3a)) this.#fail(`${this.#here()} where ":" should be`);
    return name;
  }

  #array(place: NamePlace | undefined): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.#enter();
    this.#blanks();
    if (this.#take(0x5d)) return this.#leave(items);
    for (;;) {
      items.push(this.#value(place));
      if (!this.#continues(0x5d)) return this.#leave(items);
    }
  }

  #string(): string {
    const text = this.#text;
    const start = ++this.#at;
    let at = start;
    let units = 0;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) break;
      if (unit === BACKSLASH) return this.#escapedString(start, at);
      // NaN at the end of the text is neither greater nor equal.
      if (!(unit >= 0x20)) this.#failInString(at);
      units |= unit;
      at++;
    }
    this.#at = at + 1;
    return units < 0x80 ? text.slice(start, at) : this.#decode(start, at);
  }

  /** A string from its first backslash on. */
  #escapedString(start: number, backslash: number): string {
    const text = this.#text;
    this.hasEscapes = true;
    let value = this.#decode(start, backslash);
    let plain = backslash;
    for (let at = backslash; ; at++) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        return value + this.#decode(plain, at);
      }
      if (unit === BACKSLASH) {
        value += this.#decode(plain, at);
        this.#at = at + 1;
        value += this.#escape();
        plain = this.#at;
        at = plain - 1;
      } else if (!(unit >= 0x20)) {
        this.#failInString(at);
      }
    }
  }

  #failInString(at: number): never {
    if (at >= this.#text.length) return this.#failAt(at, "the text ends inside a string");
    const hex = this.#text.charCodeAt(at).toString(16).padStart(2, "0");
    return this.#failAt(at, `control character 0x${hex} inside a string`);
  }

  #decode(start: number, end: number): string {
    const raw = this.#text.slice(start, end);
    if (isAscii(raw)) return raw;
    const decoded = decodeUtf8(raw);
    if (!decoded.valid) this.validUtf8 = false;
    return decoded.text;
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at);
    if (letter === "u") {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5);
      if (!HEX4.test(digits)) this.#failAt(this.#at - 1, "\\u without four hex digits");
      this.#at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const value = ESCAPES[letter];
    if (value === undefined) this.#failAt(this.#at - 1, "unknown escape in a string");
    this.#at++;
    return value;
  }

  #number(): number | ExactNumber {
    return this.#smallNumber() ?? this.#anyNumber();
  }

  /** A whole number of few digits, which a double holds and spells as it is written. */
  #smallNumber(): number | undefined {
    let at = this.#at;
    let value = 0;
    let unit = this.#text.charCodeAt(at);
    while (unit >= 0x30 && unit <= 0x39) {
      value = value * 10 + unit - 0x30;
      unit = this.#text.charCodeAt(++at);
    }
    const digits = at - this.#at;
    const hasMore = unit === 0x2e || unit === 0x65 || unit === 0x45;
    const isPadded = digits > 1 && this.#text.charCodeAt(this.#at) === 0x30;
    if (digits === 0 || digits > 15 || hasMore || isPadded) return undefined;
    this.#at = at;
    return value;
  }

  #anyNumber(): number | ExactNumber {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text);
    if (found === null) this.#fail(`${this.#here()} where a value should be`);
    const spelled = found[0];
    this.#at += spelled.length;
    const value = Number(spelled);
    return String(value) === spelled ? value : new ExactNumber(spelled);
  }

  #word<T extends boolean | null>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail(`${this.#here()} where a value should be`);
    this.#at += word.length;
    return value;
  }

  #blanks(): void {
    let unit = this.#text.charCodeAt(this.#at);
    while (unit <= 0x20 && (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09)) {
      unit = this.#text.charCodeAt(++this.#at);
    }
  }

  #take(unit: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== unit) return false;
    this.#at++;
    return true;
  }

  #enter(): void {
    if (++this.#depth > JSON_DEPTH) this.#fail(`nested deeper than ${JSON_DEPTH} levels`);
    this.#at++;
  }
  #leave<T>(value: T): T {
    this.#depth--;
    return value;
  }

  #here(): string {
    if (this.#at >= this.#text.length) return "the text ends";
    const unit = this.#text.charCodeAt(this.#at);
    return unit > 0x20 && unit < 0x7f ? `"${this.#text[this.#at]}"` : `byte 0x${unit.toString(16).padStart(2, "0")}`;
  }
  #fail(reason: string): never {
    return this.#failAt(this.#at, reason);
  }
  #failAt(offset: number, reason: string): never {
    throw new JsonSyntax(offset, reason);
  }
}
