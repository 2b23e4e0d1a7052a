/**
 * Where the next record of an array begins behind one that is damaged, in a document without line ends between them: at an
 * object behind a comma that has the names of a record. Objects within the damaged record have other names.
 */
import { parseJson } from "../base/json-parse.ts";
import { isJsonObject } from "../base/json.ts";
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

/** `elements`: values that were read before, not all of them records; `damaged`: what there is of the damaged one. */
export function namesOfRecords(elements: readonly string[], damaged: string): RecordNames {
  const wholes = elements.flatMap((element) => {
    const names = topNames(element);
    return names === undefined ? [] : [{ names: new Set(names), isWhole: true }];
  });
  const records = wholes.length > 0 ? wholes : [{ names: new Set(startNames(damaged)), isWhole: false }];
  return { records, all: new Set(records.flatMap(({ names }) => [...names])) };
}

function startNames(damaged: string): readonly string[] {
  const start = parsedStart(damaged.slice(0, MOST_LOOKED_AT))?.value;
  const first = /^\{\s*"([^"\\]{1,256})"/.exec(damaged)?.[1];
  return [...(first === undefined ? [] : [first]), ...(isJsonObject(start) ? Object.keys(start) : [])];
}

/** Whether an object is one of these records. */
export function isAlike(text: string, { records }: RecordNames): boolean {
  const own = topNames(text);
  if (own === undefined) return false;
  return records.some(({ names, isWhole }) => {
    const common = own.filter((name) => names.has(name)).length;
    return common > 0 && common >= ALIKE * (isWhole ? own.length + names.size - common : names.size);
  });
}

function topNames(text: string): readonly string[] | undefined {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? Object.keys(parsed.value) : undefined;
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
