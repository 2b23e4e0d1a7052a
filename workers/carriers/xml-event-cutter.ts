/**
 * Cuts `<Event>` elements out of a stream, whatever stands around them: a declaration, `<Events>`, blanks and comments are
 * no log; anything else is a reject. What an element holds is not looked at, but for comments and CDATA, in which tags
 * mean nothing. A declaration of entities (DOCTYPE) is passed over whole, so that nothing in it is taken for an event.
 */
import { bufferOf } from "../base/bytes.ts";
import { MarkupReader, MAX_MARKUP_BYTES } from "./xml-markup.ts";

export interface XmlOutput {
  /** One char a byte, from `<Event` to the end of `</Event>`. */
  event(text: string, offset: number, length: number, line: number): void;
  around(offset: number, length: number): void;
  reject(offset: number, length: number, line: number, code: string, detail: string): void;
}

/** An event beyond that is a reject of which only the length is kept. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024;

const PREFIX = "(?:[A-Za-z_][\\w.-]{0,62}:)?";
const START = new RegExp(`^<${PREFIX}Event(?=[\\s/>])`);
const END = new RegExp(`^</${PREFIX}Event\\s{0,64}>`);
/** An event of Windows begins with its System: an element of that name alone may be one of the data. */
const EVENT_START = new RegExp(`^<${PREFIX}Event(?:\\s[^<>]*)?>\\s*<${PREFIX}System[\\s/>]`);
/** Any other tag within an event says nothing of where it ends. */
const RELEVANT = new RegExp(`^<(?:!|/?${PREFIX}Event[\\s/>])`);
const EMPTY = /^<[^<>]*\/>/;
/** As much of a tag tells what it is: longer than each pattern, but for attributes of some other length. */
const LOOK_AHEAD = 1024;

/** Within an event: no tag begins before the end of these. */
const OPAQUE: readonly (readonly [start: string, end: string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
];

export class XmlEventCutter {
  readonly #output: XmlOutput;
  readonly #limit: number;
  readonly #markup = new MarkupReader();
  /** Bytes that are not handed on yet; the first lies at `#offset` of the member, in line `#line`. */
  #text = "";
  #offset = 0;
  #line = 1;
  /** Up to here `#text` was looked at. */
  #at = 0;
  #isInEvent = false;
  /** Elements of the same name that are open within the event. */
  #nested = 0;
  /** The end of the comment or CDATA section that the event is in. */
  #until: string | undefined;
  /** Of an event beyond the limit: its start, as its bytes are gone. */
  #dropped: { readonly offset: number; readonly line: number } | undefined;
  /** Bytes that are no log and no markup, not handed on yet. */
  #foreign: { readonly offset: number; readonly line: number; length: number; readonly code: string } | undefined;

  constructor(output: XmlOutput, limit = MAX_EVENT_BYTES) {
    this.#output = output;
    this.#limit = limit;
  }

  push(chunk: Uint8Array): void {
    this.#text += bufferOf(chunk).toString("latin1");
    this.#cut(false);
  }

  finish(): void {
    this.#cut(true);
    if (this.#isInEvent) this.#torn(this.#text.length, "the file ends before the event does");
    this.#endForeign();
  }

  #cut(isLast: boolean): void {
    while (this.#text !== "" && (this.#isInEvent ? this.#inEvent(isLast) : this.#between(isLast)));
    if (this.#isInEvent && this.#at > this.#limit) this.#drop();
  }

  /** True when something was taken and more may follow. */
  #between(isLast: boolean): boolean {
    const text = this.#text;
    if (text[0] !== "<") return this.#plain(isLast);
    if (START.test(text.slice(0, LOOK_AHEAD))) {
      this.#endForeign();
      this.#isInEvent = true;
      this.#at = 1;
      return true;
    }
    const markup = this.#markup.markupOf(text, this.#offset, isLast);
    if (markup.kind === "waiting") return false;
    if (markup.kind === "doctype") return this.#strange(markup.length, "xml.doctype");
    return markup.kind === "around" ? this.#around(markup.length) : this.#strange(lengthToTag(text, 1), "xml.outside");
  }

  /** Text up to the next tag. A byte order mark, and the NUL bytes that a crash leaves, are nobody's text. */
  #plain(isLast: boolean): boolean {
    const text = this.#text;
    if (this.#offset === 0 && MARK.startsWith(text.slice(0, 3))) {
      if (text.length >= 3) return this.#around(3);
      if (!isLast) return false;
    }
    const length = lengthToTag(text, 0);
    const blank = this.#foreign === undefined ? blanksAt(text, length) : 0;
    // Blanks are one piece, at whatever sizes the bytes arrive.
    if (blank === text.length && blank < MAX_MARKUP_BYTES && !isLast) return false;
    return blank > 0 ? this.#around(blank) : this.#strange(length, "xml.outside");
  }

  #around(length: number): boolean {
    this.#endForeign();
    this.#output.around(this.#offset, length);
    this.#take(length);
    return true;
  }

  #strange(length: number, code: string): boolean {
    if (this.#foreign !== undefined && this.#foreign.code !== code) this.#endForeign();
    this.#foreign ??= { offset: this.#offset, line: this.#line, length: 0, code };
    this.#foreign.length += length;
    this.#take(length);
    return true;
  }

  #endForeign(): void {
    const foreign = this.#foreign;
    this.#foreign = undefined;
    if (foreign === undefined) return;
    const detail = foreign.code === "xml.doctype" ? "a document type, which is never followed" : "no part of an event";
    this.#output.reject(foreign.offset, foreign.length, foreign.line, foreign.code, detail);
  }

  #inEvent(isLast: boolean): boolean {
    const text = this.#text;
    const until = this.#until;
    if (until !== undefined) {
      const end = text.indexOf(until, this.#at);
      // The end may begin with the last bytes.
      this.#at = end === -1 ? Math.max(this.#at, text.length - until.length + 1) : end + until.length;
      if (end !== -1) this.#until = undefined;
      return end !== -1;
    }
    const tag = text.indexOf("<", this.#at);
    this.#at = tag === -1 ? text.length : tag;
    if (tag === -1) return false;
    const ahead = text.slice(tag, tag + LOOK_AHEAD);
    // Where the bytes end before it is told what stands here, the next ones will tell.
    if (!isLast && ahead.length < LOOK_AHEAD && isOpenEnded(ahead)) return false;
    this.#tag(ahead, tag);
    return true;
  }

  #tag(ahead: string, tag: number): void {
    if (!RELEVANT.test(ahead)) {
      this.#at = tag + 1;
      return;
    }
    const end = END.exec(ahead);
    const opaque = OPAQUE.find(([start]) => ahead.startsWith(start));
    if (end !== null && this.#nested === 0) return this.#close(tag + end[0].length);
    if (EVENT_START.test(ahead)) return this.#torn(tag, "another event begins before this one ends");
    if (end !== null) this.#nested--;
    else if (START.test(ahead) && !EMPTY.test(ahead)) this.#nested++;
    this.#until = opaque?.[1];
    this.#at = tag + (opaque?.[0].length ?? 1);
  }

  #close(length: number): void {
    const { offset, line } = this.#dropped ?? { offset: this.#offset, line: this.#line };
    const whole = this.#offset + length - offset;
    if (this.#dropped !== undefined || whole > this.#limit) {
      const detail = `an event of ${whole} bytes, longer than the ${this.#limit} that are read as one record`;
      this.#output.reject(offset, whole, line, "line.too-long", detail);
    } else this.#output.event(this.#text.slice(0, length), offset, whole, line);
    this.#leave(length);
  }

  #torn(length: number, why: string): void {
    const { offset, line } = this.#dropped ?? { offset: this.#offset, line: this.#line };
    this.#output.reject(offset, this.#offset + length - offset, line, "xml.torn", why);
    this.#leave(length);
  }

  #leave(length: number): void {
    this.#take(length);
    this.#isInEvent = false;
    this.#nested = 0;
    this.#until = undefined;
    this.#dropped = undefined;
  }

  /** Lets the bytes go that were looked at. */
  #drop(): void {
    this.#dropped ??= { offset: this.#offset, line: this.#line };
    this.#take(this.#at);
  }

  #take(length: number): void {
    const taken = this.#text.slice(0, length);
    for (let at = taken.indexOf("\n"); at !== -1; at = taken.indexOf("\n", at + 1)) this.#line++;
    this.#text = this.#text.slice(length);
    this.#offset += length;
    this.#at = 0;
  }
}

const MARK = "\u00ef\u00bb\u00bf";
const BLANK = /[^\s\0]/;

function lengthToTag(text: string, from: number): number {
  const tag = text.indexOf("<", from);
  return tag === -1 ? text.length : tag;
}

function blanksAt(text: string, length: number): number {
  const first = text.slice(0, length).search(BLANK);
  return first === -1 ? length : first;
}

/** No tag is whole, or only that of an `<Event>`, which what follows it tells of. */
function isOpenEnded(ahead: string): boolean {
  const end = ahead.indexOf(">");
  if (end === -1) return true;
  return START.test(ahead) && !EMPTY.test(ahead) && !/<[^<>]*[\s/>]/.test(ahead.slice(end + 1));
}
