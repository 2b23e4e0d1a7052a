/**
 * Bytes and text. Evidence is read as *latin1 text*: one UTF-16 unit a byte, so that string offsets are byte offsets and
 * nothing is lost before a value is decoded.
 */

export interface Decoded {
  readonly text: string;
  /** False where some byte is no part of well-formed UTF-8; such a byte is shown as `\xHH`. */
  readonly valid: boolean;
}

/** A Node view of the same memory; nothing is copied. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Latin1 text of `bytes[start … end]`. (TextDecoder's "latin1" is windows-1252, which moves 0x80 … 0x9f.) */
export function latin1Of(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return bufferOf(bytes).toString("latin1", start, end);
}

/** The bytes that a latin1 text stands for. */
export function bytesOfLatin1(latin1: string): Uint8Array {
  return new Uint8Array(Buffer.from(latin1, "latin1"));
}

/** Whether a text holds ASCII only: all else takes more bytes in UTF-8 than it has units. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/**
 * Decodes UTF-8 given as bytes or as latin1 text. Every byte outside a well-formed sequence (Unicode 16, table 3-7: no
 * overlong forms, no surrogates, nothing above U+10FFFF) is shown as `\xHH`, so damage stays visible and searchable.
 */
export function decodeUtf8(input: Uint8Array | string): Decoded {
  const latin1 = typeof input === "string" ? input : latin1Of(input);
  if (isAscii(latin1)) return { text: latin1, valid: true };
  return decodeBeyondAscii(latin1);
}

/** The decoded text alone. */
export function utf8Text(input: Uint8Array | string): string {
  return decodeUtf8(input).text;
}

function decodeBeyondAscii(latin1: string): Decoded {
  let text = "";
  let valid = true;
  let plain = 0;
  let at = 0;
  while (at < latin1.length) {
    const byte = latin1.charCodeAt(at);
    if (byte < 0x80) {
      at++;
      continue;
    }
    text += latin1.slice(plain, at);
    const length = sequenceLength(latin1, at, byte);
    if (length === 0) {
      text += `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
      valid = false;
    } else {
      text += String.fromCodePoint(codePoint(latin1, at, byte, length));
    }
    at += Math.max(length, 1);
    plain = at;
  }
  return { text: text + latin1.slice(plain), valid };
}

/** Bytes of the well-formed sequence that starts here, 0 when there is none. */
function sequenceLength(latin1: string, at: number, lead: number): number {
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > latin1.length) return 0;
  const second = latin1.charCodeAt(at + 1);
  if (second < leastSecond(lead) || second > greatestSecond(lead)) return 0;
  for (let i = 2; i < length; i++) {
    if ((latin1.charCodeAt(at + i) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function leastSecond(lead: number): number {
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}
function greatestSecond(lead: number): number {
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}

function codePoint(latin1: string, at: number, lead: number, length: number): number {
  let point = lead & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) point = (point << 6) | (latin1.charCodeAt(at + i) & 0x3f);
  return point;
}
