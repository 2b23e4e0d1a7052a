/**
 * Executes field tables: which original field of an object gives which canonical field, by what rule. Code is left only
 * for what a table cannot say.
 */
import {
  type JsonObject,
  type JsonValue,
  emptyObject,
  isJsonArray,
  isJsonObject,
  jsonText,
  printJson,
} from "../base/json.ts";
import { parseTime, type ParsedTime } from "../base/time.ts";
import type { CanonicalName, MeaningOrigin } from "../contract.ts";
import type { FieldRule } from "./field-table.ts";
import { type LiveRule, type Place, type Shape, shapeOf } from "./shape.ts";
import { inWords, verbOf } from "./words.ts";

/** A value in the record and where it was found. */
export interface Found {
  /** As written in the record, whatever synonym it was found by. */
  readonly path: string;
  readonly value: JsonValue;
  /** "as recorded in `path`" */
  readonly origin: MeaningOrigin;
}

/** Takes one field of the entry; `found` is undefined for constants and derived values. */
export type Emit = (to: CanonicalName, value: string, found: Found | undefined, origin: MeaningOrigin) => void;

/** One object under a table: looks fields up and remembers which were used. */
export class Mapping {
  readonly object: JsonObject;
  readonly #emit: Emit;
  /** Fields that were written, and their values beside them: too few for a map to find sooner. */
  readonly #done: CanonicalName[] = [];
  readonly #values: string[] = [];
  readonly #used: string[] = [];
  readonly #shape: Shape;
  #hasTime = false;

  constructor(object: JsonObject, emit: Emit) {
    this.object = object;
    this.#shape = shapeOf(object);
    this.#emit = emit;
  }

  /** Writes a field unless an earlier rule did. The original counts as used, so not as data, unless the value was computed. */
  write(to: CanonicalName, value: string, found?: Found, origin?: MeaningOrigin): boolean {
    if (this.has(to)) return false;
    this.#done.push(to);
    this.#values.push(value);
    if (found !== undefined && origin?.kind !== "computed") this.#used.push(found.path);
    this.#emit(to, value, found, origin ?? found?.origin ?? CONSTANT);
    return true;
  }

  has(to: CanonicalName): boolean {
    return this.#place(to) !== -1;
  }
  /** The value that a rule wrote. */
  written(to: CanonicalName): string | undefined {
    const at = this.#place(to);
    return at === -1 ? undefined : this.#values[at];
  }
  #place(to: CanonicalName): number {
    const done = this.#done;
    for (let at = 0; at < done.length; at++) if (done[at] === to) return at;
    return -1;
  }
  /** `time` found one that can be read. */
  get hasTime(): boolean {
    return this.#hasTime;
  }

  /** The first of the paths that holds something: not absent, null, an empty text or, unless asked for, an object. */
  find(paths: readonly string[], objects = false): Found | undefined {
    return this.#first(this.#shape.places(paths), objects);
  }

  run(rules: readonly FieldRule[]): void {
    for (const rule of this.#shape.rules(rules)) this.#apply(rule);
  }

  /** The first path that reads as a time; else the first that should be one and is not, with `time` undefined. */
  time(
    paths: readonly string[],
    parse: (text: string) => ParsedTime | undefined = parseTime,
  ): { readonly found: Found; readonly time: ParsedTime | undefined } | undefined {
    let unread: Found | undefined;
    for (const place of this.#shape.places(paths)) {
      const found = foundAt(this.object, place);
      if (found === undefined || isJsonObject(found.value) || isJsonArray(found.value)) continue;
      const time = parse(jsonText(found.value));
      if (time !== undefined) {
        this.#used.push(found.path);
        this.#hasTime = time.at !== undefined;
        return { found, time };
      }
      unread ??= found;
    }
    return unread === undefined ? undefined : { found: unread, time: undefined };
  }

  /** Counts fields as used, so not as data: a caller made something of them. */
  use(...paths: readonly string[]): void {
    this.#used.push(...paths);
  }
  /** A caller found the time of the event by itself. */
  noteTime(): void {
    this.#hasTime = true;
  }

  /** JSON text of every top-level field that no rule used whole, but for those named; undefined when none is left. */
  rest(without: readonly string[] = []): string | undefined {
    const rest = emptyObject();
    let isEmpty = true;
    for (const name in this.object) {
      if (this.#used.includes(name) || without.includes(name)) continue;
      rest[name] = this.object[name] as JsonValue;
      isEmpty = false;
    }
    return isEmpty ? undefined : printJson(rest);
  }

  #first(places: readonly Place[], objects = false): Found | undefined {
    for (const place of places) {
      const found = foundAt(this.object, place);
      if (found !== undefined && (objects || !isJsonObject(found.value))) return found;
    }
    return undefined;
  }

  #apply({ rule, from, when }: LiveRule): void {
    if (this.has(rule.to) || (rule.when !== undefined && this.#first(when) === undefined)) return;
    if (rule.constant !== undefined) this.write(rule.to, rule.constant);
    const found = this.#first(from, rule.objects);
    if (found === undefined) return;
    if (rule.as === "list" && isJsonArray(found.value))
      return this.#writeList(rule.to, found.value.map(jsonText), found);
    const isJoined = isJsonArray(found.value) && rule.objects !== true;
    const text = isJoined ? found.value.map(jsonText).join(",") : jsonText(found.value);
    if (rule.as === "words") this.write(rule.to, inWords(text), found, AS_WORDS);
    else if (rule.as === "verb") this.#writeVerb(rule.to, text, found);
    else if (rule.words === undefined) this.write(rule.to, text, found);
    else this.#writeWord(rule, rule.words, text, found);
  }

  #writeList(to: CanonicalName, values: readonly string[], found: Found): void {
    const [first, ...others] = values.filter((value) => value !== "");
    if (first === undefined) return;
    this.write(to, first, found);
    for (const value of others) this.#emit(to, value, found, found.origin);
  }

  #writeVerb(to: CanonicalName, code: string, found: Found): void {
    const verb = verbOf(code);
    if (verb === undefined) this.write(to, code, found);
    else this.write(to, verb, found, VERB_TABLE);
  }

  #writeWord(rule: FieldRule, words: Readonly<Record<string, string>>, text: string, found: Found): void {
    const key = Object.hasOwn(words, text) ? text : text.toLowerCase();
    const word = Object.hasOwn(words, key) ? words[key] : undefined;
    if (word !== undefined) this.write(rule.to, word, found, word === text ? undefined : VALUE_TABLE);
    else if (rule.otherwise === undefined || rule.otherwise === "keep") this.write(rule.to, text, found);
    else if (rule.otherwise !== "drop") this.write(rule.otherwise, text, found);
  }
}

function foundAt(object: JsonObject, { path, names, origin }: Place): Found | undefined {
  let value: JsonValue | undefined = object[names[0] as string];
  for (let i = 1; i < names.length; i++) value = isJsonObject(value) ? value[names[i] as string] : undefined;
  return value !== undefined && holds(value) ? { path, value, origin } : undefined;
}

function holds(value: JsonValue): boolean {
  return value !== null && value !== "" && !(isJsonArray(value) && value.length === 0);
}

const CONSTANT: MeaningOrigin = { kind: "table", text: "the same for every record of this format" };
const AS_WORDS: MeaningOrigin = { kind: "computed", text: "the code in words" };
const VERB_TABLE: MeaningOrigin = { kind: "table", text: "verb table" };
const VALUE_TABLE: MeaningOrigin = { kind: "table", text: "value table" };
