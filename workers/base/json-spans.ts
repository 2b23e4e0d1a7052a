/**
 * Where the values of a JSON record lie in its bytes, for the detail view. Walks the raw text beside the value that a
 * carrier made of it, so that a wrapper which the carrier unwrapped (`{"$date":…}`) counts as one value.
 */
import type { RecordToken } from "../contract.ts";
import { joinPath } from "./json-leaves.ts";
import { parseJson, Repeats } from "./json-parse.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.ts";

export interface ValueSpan {
  /** Byte offsets within the record; of a text they include the quotes. */
  readonly start: number;
  readonly end: number;
  /** The first name of a wrapper that the carrier unwrapped, for example `$date`. */
  readonly wrapper: string | undefined;
}
export interface JsonSpans {
  /** By the dotted path of `eachLeaf`; of a list, the whole array. */
  readonly values: ReadonlyMap<string, ValueSpan>;
  /** Cover the record without gaps, in order. */
  readonly tokens: readonly RecordToken[];
}

/** `latin1` is the record as it lies in the member, line end included, and holds one valid JSON object. */
export function jsonSpans(latin1: string, value: JsonObject): JsonSpans {
  const walker = new Walker(latin1);
  walker.walk(value);
  return { values: walker.values, tokens: walker.tokens };
}

const SCALAR = /[^\s,:{}[\]"]+/y;
const BLANKS = /\s*/y;

class Walker {
  readonly values = new Map<string, ValueSpan>();
  readonly tokens: RecordToken[] = [];
  readonly #text: string;
  #at = 0;
  #covered = 0;

  constructor(text: string) {
    this.#text = text;
  }

  walk(value: JsonObject): void {
    this.#blanks();
    this.#object(undefined, value);
    this.#separate(this.#text.length);
  }

  #value(path: string, value: JsonValue | undefined): void {
    const start = this.#at;
    const unit = this.#text[start];
    const isOpen = (unit === "{" && isJsonObject(value)) || (unit === "[" && isJsonArray(value));
    if (isOpen) {
      const tokens = this.tokens.length;
      if (isJsonObject(value)) this.#object(path, value);
      else this.#array(path, isJsonArray(value) ? value : []);
      this.#note(path, start, undefined);
      if (this.tokens.length === tokens) this.#token(start, this.#at, "value", path);
    } else {
      const wrapper = unit === "{" ? this.#firstName(start) : undefined;
      this.#skip();
      this.#note(path, start, wrapper);
      this.#token(start, this.#at, "value", path);
    }
  }

  #object(path: string | undefined, value: JsonObject): void {
    const given = this.#givenNames(value);
    let ordinal = 0;
    this.#members("}", () => {
      const start = this.#at;
      const written = this.#name();
      const name = given?.[ordinal++] ?? written;
      this.#token(start, this.#at, "key");
      this.#blanks();
      this.#at++;
      this.#blanks();
      this.#value(path === undefined ? name : joinPath(path, name), value[name]);
    });
  }

  /** What the parser called each member, in order; undefined where no key is repeated, so that names are as written. */
  #givenNames(value: JsonObject): readonly string[] | undefined {
    if (!Object.keys(value).some((name) => /#\d+$/.test(name))) return undefined;
    const start = this.#at;
    const given: string[] = [];
    const placed = new Map<string, number>();
    const repeats = new Repeats();
    this.#members("}", () => {
      const name = this.#name();
      const before = placed.get(name);
      if (before !== undefined) {
        const renamed = repeats.rename(name, (taken) => placed.has(taken));
        placed.set(renamed, before);
        given[before] = renamed;
      }
      placed.set(name, given.push(name) - 1);
      this.#blanks();
      this.#at++;
      this.#blanks();
      this.#skip();
    });
    this.#at = start;
    return given;
  }

  #array(path: string, items: readonly JsonValue[]): void {
    let index = 0;
    this.#members("]", () => this.#value(path, items[index++]));
  }

  #members(close: string, member: () => void): void {
    this.#at++;
    this.#blanks();
    while (this.#at < this.#text.length && this.#text[this.#at] !== close) {
      member();
      this.#blanks();
      if (this.#text[this.#at] === ",") this.#at++;
      this.#blanks();
    }
    this.#at++;
  }

  #name(): string {
    const start = this.#at;
    this.#string();
    const parsed = parseJson(this.#text.slice(start, this.#at));
    return parsed.ok && typeof parsed.value === "string" ? parsed.value : "";
  }

  #firstName(start: number): string | undefined {
    const found = /^\{\s*"([^"\\]*)"/.exec(this.#text.slice(start, start + 200));
    return found?.[1];
  }

  /** Moves past one value of any kind without looking into it. */
  #skip(): void {
    let depth = 0;
    do {
      const unit = this.#text[this.#at];
      if (unit === "{" || unit === "[") depth++;
      if (unit === "}" || unit === "]") depth--;
      if (unit === '"') this.#string();
      else if (!this.#match(SCALAR)) this.#at++;
    } while (depth > 0 && this.#at < this.#text.length);
  }

  /** Strings can be megabytes long: a loop, because a pattern would need as much of the stack. */
  #string(): void {
    let at = this.#at + 1;
    while (at < this.#text.length && this.#text[at] !== '"') at += this.#text[at] === "\\" ? 2 : 1;
    this.#at = Math.min(at + 1, this.#text.length);
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return false;
    this.#at += found[0].length;
    return found[0].length > 0;
  }
  #blanks(): void {
    this.#match(BLANKS);
  }

  #note(path: string, start: number, wrapper: string | undefined): void {
    const known = this.values.get(path);
    if (known === undefined || known.start > start) this.values.set(path, { start, end: this.#at, wrapper });
  }

  #token(start: number, end: number, kind: "key" | "value", field?: string): void {
    this.#separate(start);
    this.tokens.push(field === undefined ? { start, end, kind } : { start, end, kind, field });
    this.#covered = end;
  }
  #separate(end: number): void {
    if (end > this.#covered) this.tokens.push({ start: this.#covered, end, kind: "separator" });
    this.#covered = Math.max(this.#covered, end);
  }
}
