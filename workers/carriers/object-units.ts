/** Cuts a member whose units are JSON objects, one a line, one after another over several lines, or in one array. */
import type { Reading } from "../contract.ts";
import type { Splitter, UnitOutput } from "./carrier.ts";
import { DocumentCutter } from "./json-document-cutter.ts";
import { splitLines } from "./lines.ts";
import { objectOf, type ParsedUnit, type Unit } from "./message.ts";

/** `take` gets each object; what is none is rejected with the reason. */
export function splitObjects(output: UnitOutput, take: (unit: ParsedUnit) => void, reading?: Reading): Splitter {
  const unit = (each: Unit): void => {
    const parsed = objectOf(each, output);
    if (parsed !== undefined) take(parsed);
  };
  const asUnit = (text: string, offset: number, length: number, line: number): void =>
    unit({ text, offset, length, line });
  return new StartSplitter(
    () => splitLines(output, asUnit, reading),
    () => documentSplitter(output, asUnit),
  );
}

function documentSplitter(
  output: UnitOutput,
  take: (text: string, offset: number, length: number, line: number) => void,
): Splitter {
  const cutter = new DocumentCutter(
    {
      value: take,
      garbage: take,
      reject: (...place) => output.reject(...place),
      around: (offset, length) => output.ignore(offset, length, 0),
    },
    undefined,
  );
  return { push: (chunk) => cutter.push(chunk), finish: () => void cutter.finish() };
}

const BLANK = /^(?:\u00ef\u00bb\u00bf)?[ \t\r\n]*$/;
/** Records in an array, or an object that goes on in the next line. */
const DOCUMENT = /^(?:\u00ef\u00bb\u00bf)?\s*(?:\[|\{[ \t]*\r?\n)/;
/** An object of which nothing but its brace is there yet. */
const OPEN = /^(?:\u00ef\u00bb\u00bf)?\s*\{[ \t]*\r?$/;
const MOST_START = 65_536;

/** Holds the first bytes back until they tell how the objects are written. */
class StartSplitter implements Splitter {
  readonly #lines: () => Splitter;
  readonly #documents: () => Splitter;
  #start: Buffer | undefined = Buffer.alloc(0);
  #chosen: Splitter | undefined;

  constructor(lines: () => Splitter, documents: () => Splitter) {
    this.#lines = lines;
    this.#documents = documents;
  }

  push(chunk: Uint8Array): void {
    if (this.#chosen !== undefined) return this.#chosen.push(chunk);
    const start = Buffer.concat([this.#start ?? Buffer.alloc(0), chunk]);
    this.#start = start;
    const text = start.toString("latin1", 0, MOST_START);
    const isOpen = start.length < 3 || BLANK.test(text) || OPEN.test(text);
    if (!isOpen || start.length >= MOST_START) this.#choose(text, start);
  }

  finish(): void {
    const start = this.#start;
    if (this.#chosen === undefined && start !== undefined) this.#choose(start.toString("latin1", 0, MOST_START), start);
    this.#chosen?.finish();
  }

  #choose(text: string, start: Buffer): void {
    this.#chosen = DOCUMENT.test(text) ? this.#documents() : this.#lines();
    this.#start = undefined;
    if (start.length > 0) this.#chosen.push(start);
  }
}
