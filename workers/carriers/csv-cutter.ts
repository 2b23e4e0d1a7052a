/**
 * Cuts a table of text into rows as a stream: a line end within quotes does not end a row. Keeps only the row that is
 * open. What a quote that is never closed swallowed is cut again without it, so that it costs one line and not the rest.
 */
import { bufferOf, latin1Of } from "../base/bytes.ts";
import { cellsOf } from "./csv-row.ts";
import { contentEnd, MAX_LINE_BYTES } from "./line-cutter.ts";

export interface RowOutput {
  /** `text` (latin1) without its line end; the unit is `length` bytes from `offset`. */
  row(text: string, offset: number, length: number, line: number): void;
  reject(offset: number, length: number, line: number, code: string, detail: string): void;
  /** A UTF-8 byte order mark. */
  mark(offset: number, length: number): void;
}

type State = "start" | "plain" | "quoted" | "closed";

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BLANK = 0x20;
const BOM = [0xef, 0xbb, 0xbf] as const;
/** A file with more quotes that are never closed is no table. */
const MOST_MENDED = 16;

export class RowCutter {
  readonly #output: RowOutput;
  readonly #delimiter: string;
  readonly #columns: number;
  readonly #limit: number;
  #state: State = "start";
  #kept: Buffer[] = [];
  #keptLength = 0;
  #isDropped = false;
  #offset = 0;
  #line = 1;
  /** Line ends within the open row. */
  #lines = 0;
  /** The last byte was a CR outside quotes, and what follows tells whether it ended the row. */
  #sawCr = false;
  /** undefined until the first line end was seen. */
  #crEndsRows: boolean | undefined;
  #mended = 0;
  #start: Buffer | undefined = Buffer.alloc(0);

  constructor(output: RowOutput, delimiter: string, columns: number, limit = MAX_LINE_BYTES) {
    this.#output = output;
    this.#delimiter = delimiter;
    this.#columns = columns;
    this.#limit = limit;
  }

  push(chunk: Uint8Array): void {
    const bytes = bufferOf(chunk);
    if (this.#start === undefined) return this.#cut(bytes);
    const start = Buffer.concat([this.#start, bytes]);
    const couldBeMark = start.length < BOM.length && start.every((byte, i) => byte === BOM[i]);
    this.#start = couldBeMark ? start : undefined;
    if (!couldBeMark) this.#open(start);
  }

  finish(): void {
    if (this.#start !== undefined) this.#open(this.#start);
    this.#start = undefined;
    while (this.#keptLength > 0) {
      if (this.#state !== "quoted" || this.#isDropped) return this.#close();
      const bytes = Buffer.concat(this.#kept);
      const end = bytes.indexOf(LF) + 1;
      if (!this.#canMend(bytes, end)) return this.#rejectUnclosed(bytes.length);
      this.#mend(bytes, end);
    }
  }

  #open(start: Buffer): void {
    const isMarked = BOM.every((byte, i) => start[i] === byte);
    if (isMarked) {
      this.#output.mark(0, BOM.length);
      this.#offset = BOM.length;
    }
    this.#cut(isMarked ? start.subarray(BOM.length) : start);
  }

  #cut(bytes: Buffer): void {
    const delimiter = this.#delimiter.charCodeAt(0);
    let from = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (this.#sawCr) {
        this.#sawCr = false;
        this.#crEndsRows ??= byte !== LF;
        if (this.#crEndsRows && byte !== LF) from = this.#end(bytes, from, at);
      }
      if (this.#state === "quoted") {
        if (byte === QUOTE) this.#state = "closed";
        else if (byte === LF) this.#lines++;
      } else if (byte === LF) {
        this.#crEndsRows ??= false;
        from = this.#end(bytes, from, at + 1);
      } else if (byte === CR) {
        this.#sawCr = this.#crEndsRows !== false;
        if (this.#state === "start") this.#state = "plain";
      } else {
        this.#next(byte, delimiter);
      }
    }
    this.#keep(bytes.subarray(from));
  }

  #next(byte: number, delimiter: number): void {
    if (byte === delimiter) this.#state = "start";
    else if (byte === QUOTE && (this.#state === "start" || this.#state === "closed")) this.#state = "quoted";
    else if (byte !== BLANK) this.#state = "plain";
  }

  /** Ends the open row before `to`. */
  #end(bytes: Buffer, from: number, to: number): number {
    this.#keep(bytes.subarray(from, to));
    this.#lines++;
    this.#close();
    return to;
  }

  #close(): void {
    const length = this.#keptLength;
    if (this.#isDropped) {
      const detail = `a row of ${length} bytes, longer than the ${this.#limit} that are read as one record`;
      this.#output.reject(this.#offset, length, this.#line, "csv.too-long", detail);
    } else if (length > 0) {
      const bytes = this.#kept.length === 1 ? (this.#kept[0] as Buffer) : Buffer.concat(this.#kept);
      this.#output.row(latin1Of(bytes, 0, contentEnd(bytes, 0, length)), this.#offset, length, this.#line);
    }
    this.#advance(length);
  }

  #advance(length: number): void {
    this.#offset += length;
    this.#line += this.#lines;
    this.#lines = 0;
    this.#kept = [];
    this.#keptLength = 0;
    this.#isDropped = false;
    this.#state = "start";
  }

  /** The caller's chunk may be reused: what stays open is copied. */
  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#keptLength += piece.length;
    if (!this.#isDropped) this.#kept.push(Buffer.from(piece));
    if (this.#isDropped || this.#keptLength <= this.#limit) return;
    const bytes = Buffer.concat(this.#kept);
    const end = this.#state === "quoted" ? bytes.indexOf(LF) + 1 : 0;
    if (this.#canMend(bytes, end)) return this.#mend(bytes, end);
    this.#isDropped = true;
    this.#kept = [];
  }

  /** Whether a row of the table stands among the lines after the first. */
  #canMend(bytes: Buffer, end: number): boolean {
    if (end === 0 || this.#mended >= MOST_MENDED) return false;
    const lines = latin1Of(bytes, end).split(/\r?\n/);
    return lines.some((line) => {
      const row = cellsOf(line, this.#delimiter);
      return row.ok && row.cells.length === this.#columns && this.#columns > 1;
    });
  }

  /** Gives up the first line, in which the quote was opened, and cuts the rest again. */
  #mend(bytes: Buffer, end: number): void {
    this.#mended++;
    this.#lines = 1;
    this.#output.reject(this.#offset, end, this.#line, "csv.quote", UNCLOSED);
    this.#advance(end);
    this.#cut(bytes.subarray(end));
  }

  #rejectUnclosed(length: number): void {
    this.#output.reject(this.#offset, length, this.#line, "csv.quote", UNCLOSED);
    this.#advance(length);
  }
}

const UNCLOSED = "a quote is opened and never closed";
