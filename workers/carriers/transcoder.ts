/**
 * Text in UTF-16 or windows-1252 to UTF-8, piece by piece, so that carriers and formats know one encoding only. What is no
 * text in its encoding (a lone surrogate, half a unit at the end, a byte without a character) is told by place.
 */
import { bufferOf } from "../base/bytes.ts";
import type { TextEncoding } from "../contract.ts";

/** What is turned into UTF-8 before a carrier sees it. */
export type ForeignEncoding = Exclude<TextEncoding, "utf-8">;

export interface Transcoded {
  readonly utf8: Buffer;
  /** Offsets in `utf8` of characters that stand for damage, in order. */
  readonly damaged: readonly number[];
}

const REPLACEMENT = "\ufffd";
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export class Transcoder {
  readonly #encoding: ForeignEncoding;
  /** Bytes of a unit, or of a pair of units, that is not complete. */
  #rest: Buffer = Buffer.alloc(0);
  #last = 0;

  constructor(encoding: ForeignEncoding) {
    this.#encoding = encoding;
  }

  push(chunk: Uint8Array): Transcoded {
    if (this.#encoding === "windows-1252") return this.#pushBytes(bufferOf(chunk));
    const bytes = this.#rest.length === 0 ? bufferOf(chunk) : Buffer.concat([this.#rest, chunk]);
    let end = bytes.length & ~1;
    if (end >= 2 && isHighSurrogate(this.#unitAt(bytes, end - 2))) end -= 2;
    this.#rest = Buffer.from(bytes.subarray(end));
    return this.#units(bytes.subarray(0, end));
  }

  /** What is left of a unit at the end of the text becomes one replacement character. */
  finish(): Transcoded {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    const whole = this.#units(rest.subarray(0, rest.length & ~1));
    if (rest.length % 2 === 0) return whole;
    const utf8 = Buffer.concat([whole.utf8, Buffer.from(REPLACEMENT)]);
    return { utf8, damaged: [...whole.damaged, whole.utf8.length] };
  }

  #unitAt(bytes: Buffer, at: number): number {
    return this.#encoding === "utf-16le" ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  }

  #units(bytes: Buffer): Transcoded {
    const text = (this.#encoding === "utf-16le" ? bytes : Buffer.from(bytes).swap16()).toString("utf16le");
    return { utf8: Buffer.from(text), damaged: placesOf(LONE, text, text) };
  }

  #pushBytes(bytes: Buffer): Transcoded {
    const latin1 = bytes.toString("latin1");
    const text = latin1.replaceAll(/[\u0080-\u009f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit);
    const first = this.#last === UTF8_LEAD && isTrail(bytes[0]) ? [0] : [];
    this.#last = bytes.at(-1) ?? this.#last;
    return { utf8: Buffer.from(text), damaged: [...first, ...placesOf(NOT_WINDOWS_1252, latin1, text)] };
  }
}

/** Offsets in the UTF-8 of `text` at which a pattern is found in `searched`, which has the same length. */
function placesOf(pattern: RegExp, searched: string, text: string): readonly number[] {
  const places: number[] = [];
  let bytes = 0;
  let from = 0;
  for (const { index } of searched.matchAll(pattern)) {
    bytes += Buffer.byteLength(text.slice(from, index));
    from = index;
    places.push(bytes);
  }
  return places;
}

/** Transcodes what is whole by itself: one unit of a member, or its first bytes. */
export function transcode(bytes: Uint8Array, encoding: ForeignEncoding): Transcoded {
  const transcoder = new Transcoder(encoding);
  const first = transcoder.push(bytes);
  const last = transcoder.finish();
  const damaged = [...first.damaged, ...last.damaged.map((at) => at + first.utf8.length)];
  return { utf8: Buffer.concat([first.utf8, last.utf8]), damaged };
}

/** Bytes of the member that a character takes, by the first byte of its UTF-8. */
export function widthOf(lead: number, encoding: ForeignEncoding): number {
  if (encoding === "windows-1252") return 1;
  return lead >= 0xf0 ? 4 : 2;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** 0x80 … 0x9f (https://encoding.spec.whatwg.org/index-windows-1252.txt); the five bytes without a character stay controls. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
/** The lead byte of most Western letters in UTF-8, which as windows-1252 is an A with a tilde before a sign. */
const UTF8_LEAD = 0xc3;
const NOT_WINDOWS_1252 = /[\u0081\u008d\u008f\u0090\u009d]|(?<=\u00c3)[\u0080-\u00bf]/g;

function isTrail(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}
