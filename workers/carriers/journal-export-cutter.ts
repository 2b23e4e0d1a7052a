/** Cuts the journal's export form into blocks at whatever sizes its chunks arrive; keeps only the block that is open. */
import type { Splitter, UnitOutput } from "./carrier.ts";
import { MAX_LINE_BYTES } from "./line-cutter.ts";

export interface ExportBlock {
  readonly offset: number;
  /** With the empty line that ends it. */
  readonly length: number;
  readonly line: number;
  /** The block, one char a byte. */
  readonly text: string;
  readonly fields: readonly ExportField[];
}
/** A value is `text[start … end]` of its block. */
interface ExportField {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const LF = 0x0a;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LENGTH_BYTES = 8;
/** Longer values than this were never a journal's: the length is damaged (DATA_SIZE_MAX of systemd is 768 MiB). */
const MOST_VALUE = 768 * 1024 * 1024;

export class ExportCutter implements Splitter {
  readonly #output: UnitOutput;
  readonly #take: (block: ExportBlock) => void;
  readonly #limit: number;
  /** The bytes of the open block that have arrived are `#bytes[#from … #filled]`. */
  #bytes = Buffer.alloc(4096);
  #from = 0;
  #filled = 0;
  /** How far the open block was understood. */
  #at = 0;
  #fields: ExportField[] = [];
  /** Why the open block is no entry; it goes on to the next empty line. */
  #fault: { readonly code: string; readonly detail: string } | undefined;
  /** Bytes of a block beyond the limit, which are counted and not kept. */
  #dropped = 0;
  /** Bytes of a value of such a block that are to be passed over. */
  #skip = 0;
  /** The start of the open line was let go of. */
  #isMidLine = false;
  #offset = 0;
  #line = 1;
  #lines = 0;

  constructor(output: UnitOutput, take: (block: ExportBlock) => void, limit = MAX_LINE_BYTES) {
    this.#output = output;
    this.#take = take;
    this.#limit = limit;
  }

  push(chunk: Uint8Array): void {
    this.#append(chunk);
    while (this.#step());
    this.#compact();
  }

  finish(): void {
    if (this.#length() === 0) return;
    const isOpenLine = this.#at < this.#filled || this.#skip > 0;
    if (isOpenLine && this.#fault === undefined && !this.#lastLine()) {
      this.#fail("journal.cut", `the block is cut off within a field, at byte ${this.#place()}`);
    }
    this.#at = this.#filled;
    this.#close();
  }

  /** A last field without its line end is whole where it is text. */
  #lastLine(): boolean {
    const line = this.#bytes.toString("latin1", this.#at, this.#filled);
    const equals = line.indexOf("=");
    if (this.#skip > 0 || equals === -1 || !NAME.test(line.slice(0, equals))) return false;
    this.#fields.push({
      name: line.slice(0, equals),
      start: this.#at + equals + 1 - this.#from,
      end: this.#filled - this.#from,
    });
    this.#lines++;
    return true;
  }

  /** Takes one line or value; false: more bytes are needed. */
  #step(): boolean {
    if (this.#skip > 0) return this.#passOver();
    const lf = this.#bytes.subarray(0, this.#filled).indexOf(LF, this.#at);
    if (lf === -1) {
      this.#dropTooLong(false);
      return false;
    }
    if (this.#isMidLine) {
      this.#isMidLine = false;
      this.#at = lf + 1;
      this.#lines++;
      return true;
    }
    if (lf === this.#at) {
      this.#at = lf + 1;
      this.#lines++;
      this.#close();
      return true;
    }
    return this.#field(lf);
  }

  #field(lf: number): boolean {
    const equals = this.#bytes.subarray(0, lf).indexOf(0x3d, this.#at);
    const name = this.#bytes.toString("latin1", this.#at, equals === -1 ? lf : equals);
    if (this.#fault !== undefined) this.#at = lf + 1;
    else if (!NAME.test(name)) {
      this.#fail("journal.field", `no field name at byte ${this.#place()}`);
      this.#at = lf + 1;
    } else if (equals === -1) return this.#value(name, lf);
    else {
      this.#fields.push({ name, start: equals + 1 - this.#from, end: lf - this.#from });
      this.#at = lf + 1;
    }
    this.#lines++;
    this.#dropTooLong(true);
    return true;
  }

  /** A value with its length before it. */
  #value(name: string, lf: number): boolean {
    const start = lf + 1 + LENGTH_BYTES;
    if (this.#filled < start) return false;
    const length = Number(this.#bytes.readBigUInt64LE(lf + 1));
    const end = start + length;
    if (length > MOST_VALUE) {
      this.#fail("journal.length", `a value of ${length} bytes at byte ${this.#place()}`);
      this.#at = lf + 1;
      this.#lines++;
      return true;
    }
    if (end - this.#at + 1 > this.#limit) {
      this.#fail(
        "journal.too-long",
        `a field of ${length} bytes, longer than the ${this.#limit} that are read as one record`,
      );
      this.#skip = end + 1 - this.#at;
      return this.#passOver();
    }
    if (this.#filled <= end) return false;
    if (this.#bytes[end] !== LF) {
      this.#fail("journal.length", `a value of ${length} bytes does not end its line, at byte ${this.#place()}`);
      this.#at = lf + 1;
      this.#lines++;
      return true;
    }
    this.#fields.push({ name, start: start - this.#from, end: end - this.#from });
    this.#lines += 1 + count(this.#bytes, lf + 1, end + 1);
    this.#at = end + 1;
    this.#dropTooLong(true);
    return true;
  }

  #passOver(): boolean {
    const passed = Math.min(this.#skip, this.#filled - this.#at);
    this.#lines += count(this.#bytes, this.#at, this.#at + passed);
    this.#at += passed;
    this.#skip -= passed;
    this.#dropTooLong(true);
    return this.#skip === 0;
  }

  /** Lets go of what was understood of a block beyond the limit. */
  #dropTooLong(isUnderstood: boolean): void {
    if (this.#length() <= this.#limit) return;
    this.#fail("journal.too-long", `a block longer than the ${this.#limit} bytes that are read as one record`);
    if (!isUnderstood && this.#filled > this.#at) {
      this.#isMidLine = true;
      this.#at = this.#filled;
    }
    this.#dropped += this.#at - this.#from;
    this.#from = this.#at;
  }

  #fail(code: string, detail: string): void {
    this.#fault ??= { code, detail };
  }

  #length(): number {
    return this.#dropped + this.#filled - this.#from;
  }

  #close(): void {
    const length = this.#dropped + this.#at - this.#from;
    const isEmptyLine = this.#fields.length === 0 && this.#fault === undefined;
    if (isEmptyLine) this.#output.blank(this.#offset, length);
    else if (this.#fault !== undefined) {
      this.#output.reject(this.#offset, length, this.#line, this.#fault.code, this.#fault.detail);
    } else {
      const text = this.#bytes.toString("latin1", this.#from, this.#at);
      this.#take({ offset: this.#offset, length, line: this.#line, text, fields: this.#fields });
    }
    this.#offset += length;
    this.#line += this.#lines;
    this.#lines = 0;
    this.#dropped = 0;
    this.#isMidLine = false;
    this.#fault = undefined;
    this.#fields = [];
    this.#from = this.#at;
  }

  /** Where the field that is read begins in the member. */
  #place(): number {
    return this.#offset + this.#dropped + this.#at - this.#from;
  }

  #compact(): void {
    const done = this.#from;
    this.#bytes.copyWithin(0, done, this.#filled);
    this.#from = 0;
    this.#filled -= done;
    this.#at -= done;
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#filled + chunk.length;
    if (needed > this.#bytes.length) {
      const wider = Buffer.alloc(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(wider, 0, 0, this.#filled);
      this.#bytes = wider;
    }
    this.#bytes.set(chunk, this.#filled);
    this.#filled = needed;
  }
}

function count(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF, start); at !== -1 && at < end; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}
