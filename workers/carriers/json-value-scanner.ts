/**
 * Finds the end of one JSON value in a stream of bytes without reading what it holds: strings are respected, brackets are
 * matched by kind, and a value that was cut and goes on as another one is noticed as soon as its structure tells.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LF = 0x0a;

/** What may come next within an object or array. */
const VALUE = 0;
const NAME = 1;
const COLON = 2;
const END = 3;
type Expected = typeof VALUE | typeof NAME | typeof COLON | typeof END;

/** Deeper brackets are counted, not told apart: the parser refuses such a value anyway. */
const MOST_KINDS = 4096;

export type Scan =
  /** The value ends before `at`. */
  | { readonly kind: "end"; readonly at: number }
  /** From `at` on the bytes cannot belong to the value: it was cut before. */
  | { readonly kind: "broken"; readonly at: number }
  | { readonly kind: "more" };

const MORE: Scan = { kind: "more" };

export class ValueScanner {
  /** Line ends met since `start`. */
  lines = 0;
  #kinds: boolean[] = [];
  #depth = 0;
  #expected: Expected = VALUE;
  #inString = false;
  #isEscaped = false;
  #isScalar = false;
  /** In a number or a word, which goes on as long as nothing parts it. */
  #isWord = false;

  start(): void {
    this.lines = 0;
    this.#kinds = [];
    this.#depth = 0;
    this.#expected = VALUE;
    this.#inString = false;
    this.#isEscaped = false;
    this.#isScalar = false;
    this.#isWord = false;
  }

  /** Goes on with the bytes from `from`, the first of the value or those after the last call. */
  scan(bytes: Uint8Array, from: number): Scan {
    let at = from;
    while (at < bytes.length) {
      if (this.#inString) {
        at = this.#string(bytes, at);
        if (this.#inString) return at < bytes.length ? { kind: "broken", at } : MORE;
        if (this.#depth === 0) return { kind: "end", at };
        continue;
      }
      const byte = bytes[at] as number;
      if (this.#depth === 0 && this.#isScalar && endsScalar(byte)) return { kind: "end", at };
      if (!this.#take(byte)) return { kind: "broken", at };
      at++;
      if (this.#depth === 0 && !this.#isScalar && !this.#inString) return { kind: "end", at };
    }
    return MORE;
  }

  /** One byte outside strings; false: it cannot stand here. */
  #take(byte: number): boolean {
    const wasWord = this.#isWord;
    this.#isWord = false;
    switch (byte) {
      case QUOTE:
        return this.#openString();
      case 0x7b: // {
      case 0x5b: // [
        return this.#open(byte === 0x7b);
      case 0x7d: // }
      case 0x5d: // ]
        return this.#close(byte === 0x7d);
      case 0x2c: // ,
        this.#expected = this.#isObject() ? NAME : VALUE;
        return true;
      case 0x3a: // :
        this.#expected = VALUE;
        return true;
      case LF:
        this.lines++;
        return true;
      case 0x20:
      case 0x09:
      case 0x0d:
        return true;
      default:
        return this.#word(wasWord);
    }
  }

  /** A word that another value stands before: a quote is missing or too many, or the value was cut. */
  #word(goesOn: boolean): boolean {
    if (this.#depth > 0 && !goesOn && (this.#expected === END || this.#expected === COLON)) return false;
    this.#isWord = true;
    this.#expected = END;
    if (this.#depth === 0) this.#isScalar = true;
    return true;
  }

  #openString(): boolean {
    if (this.#depth > 0 && (this.#expected === END || this.#expected === COLON)) return false;
    this.#expected = this.#expected === NAME ? COLON : END;
    this.#inString = true;
    return true;
  }

  #open(isObject: boolean): boolean {
    if (this.#expected !== VALUE) return false;
    if (this.#depth < MOST_KINDS) this.#kinds.push(isObject);
    this.#depth++;
    this.#expected = isObject ? NAME : VALUE;
    return true;
  }

  #close(isObject: boolean): boolean {
    // A name without a value.
    if (isObject && (this.#expected === VALUE || this.#expected === COLON)) return false;
    if (this.#depth <= MOST_KINDS && this.#kinds.pop() !== isObject) return false;
    this.#depth--;
    this.#expected = END;
    return true;
  }

  #isObject(): boolean {
    return this.#depth <= MOST_KINDS && this.#kinds.at(-1) === true;
  }

  /** Where the string ends, after its quote; or, still within it, the line end that no string may hold. */
  #string(bytes: Uint8Array, from: number): number {
    let at = from;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      at++;
    }
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#inString = false;
        return at + 1;
      }
      if (byte === LF) return at;
      if (byte === BACKSLASH && ++at === bytes.length) this.#isEscaped = true;
    }
    return bytes.length;
  }
}

function endsScalar(byte: number): boolean {
  return byte === 0x2c || byte === 0x5d || byte === 0x7d || byte === LF || byte === 0x7b || byte === 0x5b;
}
