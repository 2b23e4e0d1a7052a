/**
 * Where the next record of an array begins behind one that is damaged, in a document without line ends between them: at an
 * object behind a comma that has the names of a record. Objects within the damaged record have other names.
 */
import { parseJson } from "../base/json-parse.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts";
import { parsedStart } from "./json-closed.ts";

/** Names longer than this, or with escapes in them, are none that records are told by. */
const LONGEST_NAME = 256;
/** Blanks between a brace and the first name. */
const MOST_BLANKS = 64;
/** So much of the names must be the same in both. */
const ALIKE = 0.6;
/** Behind the last whole value of a record that is cut there is less than that, mostly. */
const LOOK_BACK = 4096;

/** The names of a damaged record are looked for in its start. */
const MOST_LOOKED_AT = 65_536;

/** The names of records that others are compared with. */
export interface RecordNames {
  readonly records: readonly {
    readonly names: ReadonlySet<string>;
    /** False: of a record that is damaged, so that more may follow. */
    readonly isWhole: boolean;
  }[];
  readonly all: ReadonlySet<string>;
}

/** Nothing is told by its names. */
const UNTOLD: RecordNames = { records: [], all: new Set() };

/**
 * The last two values among the elements of an array: what a record looks like. They are looked at once, however many
 * records behind them are damaged.
 */
export class LastElements {
  #texts: readonly string[] = [];
  #names: RecordNames | undefined;

  /** A whole JSON value (latin1). */
  add(text: string): void {
    this.#texts = [text, ...this.#texts.slice(0, 1)];
    this.#names = undefined;
  }

  /**
   * The names by which the next record is told behind what there is of a damaged one: none where records hold objects like
   * themselves, as one of those would be taken for a record.
   */
  namesBehind(damaged: string): RecordNames {
    this.#names ??= namesOfWhole(this.#texts);
    const start = parsedStart(damaged.slice(0, MOST_LOOKED_AT))?.value;
    const names = this.#names === UNTOLD || this.#names.records.length > 0 ? this.#names : namesOfStart(damaged, start);
    return start !== undefined && holdsAlike(start, names) ? UNTOLD : names;
  }
}

function namesOfWhole(texts: readonly string[]): RecordNames {
  const values = texts.flatMap((text) => {
    const parsed = parseJson(text);
    return parsed.ok && isJsonObject(parsed.value) ? [parsed.value] : [];
  });
  if (values.length === 0) return together([]);
  const records = values.map((value) => ({ names: new Set(Object.keys(value)), isWhole: true }));
  // One of the two may be a piece of a damaged record, with names that a part of the other has too.
  const told = records.filter((record) => values.every((value) => !holdsAlike(value, together([record]))));
  return told.length === 0 ? UNTOLD : together(told);
}

function namesOfStart(damaged: string, start: JsonValue | undefined): RecordNames {
  const first = /^\{\s*"([^"\\]{1,256})"/.exec(damaged)?.[1];
  const names = [...(first === undefined ? [] : [first]), ...(isJsonObject(start) ? Object.keys(start) : [])];
  return together([{ names: new Set(names), isWhole: false }]);
}

function together(records: RecordNames["records"]): RecordNames {
  return { records, all: new Set(records.flatMap(({ names }) => [...names])) };
}

/** Whether an object is one of these records. */
export function isAlike(text: string, names: RecordNames): boolean {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) && hasNames(parsed.value, names);
}

function hasNames(value: JsonObject, { records }: RecordNames): boolean {
  const own = Object.keys(value);
  return records.some(({ names, isWhole }) => {
    const common = own.filter((name) => names.has(name)).length;
    return common > 0 && common >= ALIKE * (isWhole ? own.length + names.size - common : names.size);
  });
}

/** Whether an object within this one is one of these records. */
function holdsAlike(value: JsonValue, names: RecordNames): boolean {
  if (names.records.length === 0) return false;
  const inner = isJsonArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
  return inner.some((each) => (isJsonObject(each) && hasNames(each, names)) || holdsAlike(each, names));
}

/** Notices `,{"name"` in a stream of bytes, where the name is one of those that records have. */
export class NextRecord {
  /** From the brace to the end of the name, once it is found. */
  start = "";
  #names: ReadonlySet<string> = new Set();
  #hasComma = false;
  #text = "";

  /** `before`: the bytes that are behind, in which a start may have begun. */
  search(names: ReadonlySet<string>, before: string): void {
    this.#names = names;
    this.#hasComma = false;
    this.#text = "";
    this.start = "";
    for (const char of before.slice(-LOOK_BACK)) this.take(char.charCodeAt(0));
  }

  /** True at the quote that ends the name. */
  take(byte: number): boolean {
    const char = String.fromCharCode(byte);
    if (this.#text === "") {
      if (char === "{" && this.#hasComma) this.#text = char;
      else if (!BLANK.test(char)) this.#hasComma = char === ",";
      return false;
    }
    this.#text += char;
    const isQuoted = this.#text.includes('"');
    if (char === '"' && this.#text.indexOf('"') < this.#text.length - 1) return this.#endName();
    const isPossible = isQuoted
      ? char !== "\\" && this.#text.length <= LONGEST_NAME + MOST_BLANKS
      : BLANK.test(char) && this.#text.length <= MOST_BLANKS;
    if (!isPossible) this.#giveUp(char);
    return false;
  }

  #endName(): boolean {
    const text = this.#text;
    const name = text.slice(text.indexOf('"') + 1, -1);
    this.#giveUp('"');
    if (!this.#names.has(name)) return false;
    this.start = text;
    return true;
  }

  #giveUp(char: string): void {
    this.#text = "";
    this.#hasComma = char === ",";
  }
}

const BLANK = /[ \t]/;
