/**
 * How a JSON document holds its records, from its first bytes: as the elements of one array, one after another, or as the
 * elements of an array within an envelope (`{"result":{"entities":[…]}}`).
 */
import { bufferOf, bytesOfLatin1, latin1Of } from "../base/bytes.ts";
import { parseJson } from "../base/json-parse.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts";
import { closedJson, parsedStart } from "./json-closed.ts";
import { TOOL_OUTPUT } from "./tool-output.ts";
import { ValueScanner } from "./json-value-scanner.ts";

export type JsonForm =
  | { readonly kind: "array" }
  /** Objects one after another, on one line or several. */
  | { readonly kind: "sequence" }
  /**
   * `path`: the names that lead to the array of records; `isKnown`: they tell whose envelope it is. `outer`: the name of
   * the array that holds the envelopes, in an object of its own.
   */
  | {
      readonly kind: "envelope";
      readonly path: readonly string[];
      readonly isKnown: boolean;
      readonly outer?: string;
    };

/** As many of the first bytes decide the form, whatever the chunks. */
export const FORM_BYTES = 65_536;

const ARRAY = 0x5b;
const OBJECT = 0x7b;

/**
 * Envelopes whose names say what they are, wherever they occur: the Binalyze AIR API, CloudTrail files, a search response
 * of Elasticsearch.
 */
const KNOWN: readonly (readonly string[])[] = [["result", "entities"], ["Records"], ["hits", "hits"]];
/** Names that common APIs give the array of a page, tried in order where an envelope holds several arrays. */
const USUAL = new Set([
  "value",
  "data",
  "items",
  "results",
  "records",
  "events",
  "logs",
  "entries",
  "entities",
  "rows",
]);
/** An object that has one of these is a record itself, whatever arrays it holds. */
const RECORD_NAMES =
  /^(?:_?id|uuid|@?timestamp|time|ts|datetime|date|event_?time|created_?at|published|__REALTIME_.*)$/i;
/** Arrays deeper within an envelope are parts of something else. */
const DEEPEST = 3;

/** undefined: the bytes start like no JSON document. A document that the head or the member cuts off counts as it is. */
export function formOf(head: Uint8Array): JsonForm | undefined {
  const start = firstByteOf(head);
  if (head[start] === ARRAY) return arrayForm(head, start);
  if (head[start] !== OBJECT) return undefined;
  const scanner = new ValueScanner();
  scanner.start();
  const end = scanner.scan(head, start);
  if (end.kind === "broken") return brokenForm(latin1Of(head, start, end.at), latin1Of(head, end.at));
  const isAlone = end.kind === "more" || !/[^\s,]/.test(latin1Of(head, end.at));
  const text = latin1Of(head, start, end.kind === "end" ? end.at : head.length);
  const outline = end.kind === "end" ? text : closedJson(text);
  const parsed = outline === undefined ? undefined : parseJson(outline);
  if (parsed?.ok === false) return brokenForm(text.slice(0, parsed.offset), text.slice(parsed.offset));
  if (parsed === undefined || !isJsonObject(parsed.value)) return { kind: "sequence" };
  const answers = manyAnswers(parsed.value);
  if (answers !== undefined) return answers;
  const path = envelopePath(parsed.value, isAlone);
  return path === undefined ? { kind: "sequence" } : { kind: "envelope", path, isKnown: isKnown(path) };
}

/** The answer to several searches at once: one envelope for each (Elasticsearch reference, "Multi search API"). */
const MANY = "responses";

function manyAnswers(object: JsonObject): JsonForm | undefined {
  const answers = object[MANY];
  if (!isJsonArray(answers)) return undefined;
  const paths = answers.flatMap((answer) => (isJsonObject(answer) ? [envelopePath(answer, false)] : []));
  const path = paths.find((each) => each !== undefined);
  return path === undefined ? undefined : { kind: "envelope", path, isKnown: true, outer: MANY };
}

/**
 * The form of a document in which something is damaged: `text` is what stands before the damage. An envelope, where that
 * lies in the array that is open there, and no further object begins a line.
 */
function brokenForm(text: string, rest: string): JsonForm {
  const known = KNOWN_START.exec(text)?.[1];
  if (known !== undefined) return { kind: "envelope", path: [known], isKnown: true };
  const start = parsedStart(text);
  if (start === undefined || !isJsonObject(start.value)) return { kind: "sequence" };
  const answers = manyAnswers(start.value);
  if (answers !== undefined) return answers;
  const path = envelopePath(start.value, !/\n\s?\{/.test(rest));
  // Outermost are the brackets of the objects on the way, then that of the array.
  const isOpen = path !== undefined && start.closers.at(-1 - path.length) === "]";
  return isOpen ? { kind: "envelope", path, isKnown: isKnown(path) } : { kind: "sequence" };
}
/** An envelope of one name that is known, whatever its first record is like. */
const KNOWN_START = /^\{\s*"(Records)"\s*:\s*\[/;

/** The elements of an array are its records, unless they are envelopes that say what they are: the pages of one search. */
function arrayForm(head: Uint8Array, start: number): JsonForm {
  let at = start + 1;
  while (isBlank(head[at])) at++;
  const first = head[at] === OBJECT ? formOf(head.subarray(at)) : undefined;
  return first?.kind === "envelope" && first.isKnown ? first : { kind: "array" };
}

/** Where the document starts: after a byte order mark, blanks, and what a tool printed before it. */
function firstByteOf(head: Uint8Array): number {
  const bytes = bufferOf(head);
  let at = markLength(bytes);
  for (;;) {
    while (isBlank(bytes[at])) at++;
    const end = bytes.indexOf(0x0a, at);
    if (end === -1 || !TOOL_OUTPUT.test(bytes.toString("latin1", at, Math.min(end, at + 200)))) return at;
    at = end + 1;
  }
}

/** Of a UTF-8 byte order mark at the start of the bytes. */
export function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Blanks of JSON, and the record separator of JSON text sequences (RFC 7464). */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e;
}

function envelopePath(object: JsonObject, isAlone: boolean): readonly string[] | undefined {
  const paths = arraysOf(object);
  const known = paths.find(isKnown);
  if (known !== undefined || !isAlone) return known;
  if (Object.keys(object).some((name) => RECORD_NAMES.test(name))) return undefined;
  const usual = paths.filter((path) => USUAL.has((path.at(-1) ?? "").toLowerCase()));
  return paths.length === 1 ? paths[0] : usual.length === 1 ? usual[0] : undefined;
}

function isKnown(path: readonly string[]): boolean {
  return KNOWN.some((known) => known.join("\0") === path.join("\0"));
}

/** Paths of the arrays that hold objects, or mostly: what else stands among them is damage. */
function arraysOf(value: JsonValue | undefined, path: readonly string[] = []): readonly (readonly string[])[] {
  if (isJsonArray(value)) return path.length > 0 && isMostlyObjects(value) ? [path] : [];
  if (!isJsonObject(value) || path.length >= DEEPEST) return [];
  return Object.keys(value).flatMap((name) => arraysOf(value[name], [...path, name]));
}

function isMostlyObjects(items: readonly JsonValue[]): boolean {
  const objects = items.filter(isJsonObject).length;
  return objects > 0 && objects * 2 > items.length;
}

/**
 * The head of a member whose first record goes on beyond it, closed after the last whole field, so that formats can look
 * at it; undefined when the head holds a whole record, or is no JSON.
 */
export function closedHead(head: Uint8Array): Uint8Array | undefined {
  const start = firstByteOf(head);
  if (head[start] !== OBJECT && head[start] !== ARRAY) return undefined;
  const scanner = new ValueScanner();
  scanner.start();
  if (scanner.scan(head, start).kind !== "more" || holdsRecord(head, start)) return undefined;
  const closed = closedJson(latin1Of(head, start));
  return closed === undefined ? undefined : bytesOfLatin1(closed);
}

/** Whether an array of objects that is open at the end of the head has a whole element before that. */
function holdsRecord(head: Uint8Array, start: number): boolean {
  const closed = closedJson(latin1Of(head, start));
  const parsed = closed === undefined ? undefined : parseJson(closed);
  if (parsed?.ok !== true) return false;
  if (isJsonArray(parsed.value)) return parsed.value.length > 1;
  const answers = isJsonObject(parsed.value) && manyAnswers(parsed.value) ? parsed.value[MANY] : undefined;
  if (isJsonArray(answers) && answers.length > 1) return true;
  const one = isJsonArray(answers) ? answers[0] : parsed.value;
  const path = isJsonObject(one) ? envelopePath(one, true) : undefined;
  let array: JsonValue | undefined = one;
  for (const name of path ?? []) array = isJsonObject(array) ? array[name] : undefined;
  return isJsonArray(array) && array.length > 1;
}
