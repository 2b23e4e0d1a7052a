/**
 * Octet counting (RFC 6587, 3.4.1): `LENGTH SP MESSAGE` one after another, as a file holds them that a TCP listener
 * wrote. Where a count is wrong, the line is read as a line.
 */
import type { Splitter, UnitOutput } from "./carrier.ts";
import { MAX_LINE_BYTES } from "./line-cutter.ts";
import { trimEnd } from "./message.ts";

type Take = (text: string, offset: number, length: number, line: number) => void;

const LF = 0x0a;
const CR = 0x0d;
const FRAME = /^(\d{1,9}) (?=<\d{1,3}>)/;
/** Bytes that tell whether a frame begins. */
const ENOUGH = 16;

/**
 * Reads the member as frames where it begins with one, else as `lines` does. `isRewritten`: it was written one byte a
 * character, which is what was counted, and comes as UTF-8.
 */
export function splitCounted(output: UnitOutput, take: Take, lines: () => Splitter, isRewritten: boolean): Splitter {
  let chosen: Splitter | undefined;
  let start = Buffer.alloc(0);
  const choose = (): void => {
    chosen = FRAME.test(start.toString("latin1", 0, ENOUGH)) ? new FrameCutter(output, take, isRewritten) : lines();
    if (start.length > 0) chosen.push(start);
    start = Buffer.alloc(0);
  };
  return {
    push(chunk) {
      if (chosen !== undefined) return chosen.push(chunk);
      start = Buffer.concat([start, chunk]);
      if (start.length >= ENOUGH) choose();
    },
    finish() {
      if (chosen === undefined) choose();
      chosen?.finish();
    },
  };
}

class FrameCutter implements Splitter {
  readonly #output: UnitOutput;
  readonly #take: Take;
  readonly #isRewritten: boolean;
  #bytes = Buffer.alloc(0);
  #offset = 0;
  #line = 1;
  #isEnded = false;

  constructor(output: UnitOutput, take: Take, isRewritten: boolean) {
    this.#output = output;
    this.#take = take;
    this.#isRewritten = isRewritten;
  }

  push(chunk: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#cut();
  }

  finish(): void {
    this.#isEnded = true;
    this.#cut();
  }

  #cut(): void {
    let at = 0;
    for (let length = this.#unitAt(at); length > 0; length = this.#unitAt(at)) {
      this.#emit(at, length);
      at += length;
    }
    this.#offset += at;
    this.#bytes = Buffer.from(this.#bytes.subarray(at));
  }

  /** Length of the unit that begins at `at`; 0: more bytes are needed, or none is left. */
  #unitAt(at: number): number {
    const left = this.#bytes.length - at;
    if (left === 0 || (left < ENOUGH && !this.#isEnded)) return 0;
    const found = FRAME.exec(this.#bytes.toString("latin1", at, at + ENOUGH));
    const counted = found === null ? undefined : this.#lengthOf(at, found[0].length + Number(found[1]));
    if (counted !== undefined && counted <= MAX_LINE_BYTES) {
      // The bytes after a frame tell whether its count was right.
      if (left < counted + ENOUGH && !this.#isEnded) return 0;
      const whole = this.#frame(at, counted);
      if (whole > 0) return whole;
    }
    return this.#lineAt(at);
  }

  /** Bytes here of so many bytes of the member; of those that have not come, as many as they are at least. */
  #lengthOf(at: number, counted: number): number {
    if (!this.#isRewritten) return counted;
    let chars = 0;
    let end = at;
    for (; end < this.#bytes.length; end++) {
      const isLead = ((this.#bytes[end] as number) & 0xc0) !== 0x80;
      if (isLead && ++chars > counted) return end - at;
    }
    return end - at + counted - chars;
  }

  /** The frame with the line end behind it; 0: what follows is no frame, so the count is wrong. */
  #frame(at: number, counted: number): number {
    let end = at + counted;
    if (end > this.#bytes.length) return 0;
    if (this.#bytes[end] === CR && this.#bytes[end + 1] === LF) end += 2;
    else if (this.#bytes[end] === LF) end++;
    const isLast = end === this.#bytes.length;
    const endsLine = end > at + counted || this.#bytes[end - 1] === LF;
    return isLast || endsLine || FRAME.test(this.#bytes.toString("latin1", end, end + ENOUGH)) ? end - at : 0;
  }

  #lineAt(at: number): number {
    const lf = this.#bytes.indexOf(LF, at);
    if (lf !== -1) return lf + 1 - at;
    const left = this.#bytes.length - at;
    return this.#isEnded || left > MAX_LINE_BYTES ? left : 0;
  }

  #emit(at: number, length: number): void {
    const bytes = this.#bytes.subarray(at, at + length);
    const text = trimEnd(bytes.toString("latin1"), "\r\n\0");
    const offset = this.#offset + at;
    if (/^[ \t]*$/.test(text)) this.#output.blank(offset, length);
    else this.#take(text, offset, length, this.#line);
    for (const byte of bytes) if (byte === LF) this.#line++;
  }
}
