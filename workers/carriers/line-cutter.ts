/**
 * The one line splitter. Cuts a member into lines at whatever sizes its chunks arrive; keeps of a chunk only the line
 * that is still open, and of a line beyond the limit nothing but its length.
 *
 * LF and CRLF end lines. A lone CR does so only in a member whose first line end is a lone CR (text of old Macs), so
 * that a stray one inside a log stays part of its line.
 */
import { bufferOf } from "../base/bytes.ts";

export const MAX_LINE_BYTES = 16 * 1024 * 1024;

export interface LineOutput {
  /**
   * The line is `bytes[start … end]` without its line end; its unit is `length` bytes from `offset` of the member. `ahead`:
   * NUL bytes of the line directly before `offset`; they may be more than a line may have bytes.
   */
  line(bytes: Buffer, start: number, end: number, offset: number, length: number, line: number, ahead: number): void;
  /** A unit beyond the limit, line end included; `allNul`: it holds nothing but NUL, CR and LF. */
  tooLong(offset: number, length: number, line: number, allNul: boolean): void;
  /** A UTF-8 byte order mark at the start of the member. */
  mark(offset: number, length: number): void;
}

const LF = 0x0a;
const CR = 0x0d;
const BOM = [0xef, 0xbb, 0xbf] as const;

export class LineCutter {
  readonly #output: LineOutput;
  readonly #limit: number;
  /** Pieces of the line that is open, and their bytes in all. */
  #pending: Buffer[] = [];
  #pendingLength = 0;
  /** NUL bytes before the first other byte of the open line, which are no part of it. */
  #ahead = 0;
  /** The open line has passed the limit: its pieces are gone. */
  #dropped = false;
  #droppedNul = true;
  #offset = 0;
  #line = 1;
  /** undefined until the first line end was seen, where nothing was said. */
  #crEndsLines: boolean | undefined;
  /** The member's first bytes, while they may still become a byte order mark; undefined once that is known. */
  #start: Buffer | undefined = Buffer.alloc(0);

  /** `crEndsLines`: where it is known; a part of a member must not decide anew. */
  constructor(output: LineOutput, limit = MAX_LINE_BYTES, crEndsLines?: boolean) {
    this.#output = output;
    this.#limit = limit;
    this.#crEndsLines = crEndsLines;
  }

  push(chunk: Uint8Array): void {
    const bytes = bufferOf(chunk);
    if (this.#start === undefined) this.#cut(bytes);
    else this.#open(this.#start.length === 0 ? bytes : Buffer.concat([this.#start, bytes]));
  }

  finish(): void {
    if (this.#start !== undefined) this.#cut(this.#start);
    if (this.#pendingLength > 0 || this.#ahead > 0) this.#close();
  }

  /** Tells a byte order mark from the first three bytes of the member, as soon as there are as many. */
  #open(start: Buffer): void {
    const couldBeMark = start.length < BOM.length && start.every((byte, i) => byte === BOM[i]);
    this.#start = couldBeMark ? Buffer.from(start) : undefined;
    if (couldBeMark) return;
    if (!BOM.every((byte, i) => start[i] === byte)) return this.#cut(start);
    this.#output.mark(0, BOM.length);
    this.#offset = BOM.length;
    this.#cut(start.subarray(BOM.length));
  }

  #cut(chunk: Buffer): void {
    let start = 0;
    while (start < chunk.length) {
      const end = this.#lineEnd(chunk, start);
      if (end === -1) break;
      this.#finishLine(chunk, start, end);
      start = end;
    }
    const rest = this.#behindNul(chunk, start);
    if (rest < chunk.length) this.#keep(chunk.subarray(rest));
  }

  /** Where the open line goes on in a chunk behind the NUL bytes that it begins with; these are counted, not kept. */
  #behindNul(chunk: Buffer, start: number): number {
    let at = start;
    if (this.#pendingLength === 0) while (at < chunk.length && chunk[at] === 0) at++;
    this.#ahead += at - start;
    return at;
  }

  /** Where the line that is open at `start` ends in this chunk, after its line end; -1: not in this chunk. */
  #lineEnd(chunk: Buffer, start: number): number {
    if (this.#crEndsLines === undefined) return this.#firstLineEnd(chunk, start);
    if (!this.#crEndsLines) {
      const lf = chunk.indexOf(LF, start);
      return lf === -1 ? -1 : lf + 1;
    }
    return this.#anyLineEnd(chunk, start);
  }

  #firstLineEnd(chunk: Buffer, start: number): number {
    if (start === 0 && this.#lastPendingByte() === CR && chunk[0] !== LF) {
      this.#crEndsLines = true;
      return 0;
    }
    const lf = chunk.indexOf(LF, start);
    const cr = (lf === -1 ? chunk : chunk.subarray(0, lf)).indexOf(CR, start);
    const decided =
      cr !== -1 && cr + 1 < chunk.length ? chunk[cr + 1] !== LF : lf !== -1 && cr === -1 ? false : undefined;
    if (decided === undefined) return -1;
    this.#crEndsLines = decided;
    return this.#lineEnd(chunk, start);
  }

  /** In a member of lone CRs, CR, LF and CRLF all end lines; a CR at the very end of a chunk waits for what follows. */
  #anyLineEnd(chunk: Buffer, start: number): number {
    if (start === 0 && this.#lastPendingByte() === CR) return chunk[0] === LF ? 1 : 0;
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === LF) return at + 1;
      if (byte === CR && at + 1 < chunk.length) return chunk[at + 1] === LF ? at + 2 : at + 1;
    }
    return -1;
  }

  #lastPendingByte(): number | undefined {
    return this.#pending.at(-1)?.at(-1);
  }

  #finishLine(chunk: Buffer, start: number, end: number): void {
    if (this.#pendingLength === 0 && end - start <= this.#limit) {
      this.#emit(chunk, start, end);
      return;
    }
    const from = this.#behindNul(chunk, start);
    if (end > from) this.#keep(chunk.subarray(from, end));
    this.#close();
  }

  #close(): void {
    const length = this.#pendingLength;
    if (this.#dropped) {
      this.#output.tooLong(this.#offset, this.#ahead + length, this.#line, this.#droppedNul);
      this.#advance(length);
    } else {
      this.#emit(this.#joined(), 0, length);
    }
    this.#reset();
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    const offset = this.#offset + this.#ahead;
    this.#output.line(bytes, start, contentEnd(bytes, start, end), offset, end - start, this.#line, this.#ahead);
    this.#advance(end - start);
  }

  #advance(length: number): void {
    this.#offset += this.#ahead + length;
    this.#ahead = 0;
    this.#line++;
  }

  /** The caller's chunk may be reused once `push` returns: what stays open is copied. */
  #keep(piece: Buffer): void {
    this.#pendingLength += piece.length;
    if (!this.#dropped && this.#pendingLength > this.#limit) {
      this.#dropped = true;
      this.#droppedNul = this.#pending.every(isNul);
      this.#pending = [];
    }
    if (this.#dropped) {
      this.#droppedNul &&= isNul(piece);
      // The last byte decides whether a lone CR ends the line.
      this.#pending = [Buffer.from(piece.subarray(-1))];
    } else {
      this.#pending.push(Buffer.from(piece));
    }
  }

  #joined(): Buffer {
    return this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending);
  }

  #reset(): void {
    this.#pending = [];
    this.#pendingLength = 0;
    this.#dropped = false;
  }
}

/** Whether the first line end of a text is a lone CR. A CR at the end of a text that goes on tells nothing. */
export function firstEndsWithCr(head: Uint8Array, whole: boolean): boolean {
  const cr = head.indexOf(CR);
  if (cr === -1 || head.subarray(0, cr).includes(LF)) return false;
  return cr + 1 < head.length ? head[cr + 1] !== LF : whole;
}

function isNul(piece: Buffer): boolean {
  return piece.every((byte) => byte === 0 || byte === CR || byte === LF);
}

/** Where the line `bytes[start … end]` ends before its LF, CRLF or CR. */
export function contentEnd(bytes: Uint8Array, start: number, end: number): number {
  let content = end;
  if (content > start && bytes[content - 1] === LF) content--;
  if (content > start && bytes[content - 1] === CR) content--;
  return content;
}
