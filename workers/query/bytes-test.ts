/**
 * Tests of values on their UTF-8 bytes, as dictionaries and blocks hold them. Case is folded for ASCII letters only,
 * in step with the token signatures; other letters match as written.
 */
import { tokenByte } from "../base/signature.ts";

/** Whether the value `bytes[from … to]` passes. */
export type BytesTest = (bytes: Uint8Array, from: number, to: number) => boolean;

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

const FOLD = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) FOLD[byte] = byte >= 65 && byte <= 90 ? byte + 32 : byte;

export function fold(byte: number): number {
  return FOLD[byte] as number;
}

/** The other byte that folds to this one, itself where there is none. */
function upperOf(folded: number): number {
  return folded >= 97 && folded <= 122 ? folded - 32 : folded;
}

/** Same bytes. */
export function equalsTest(text: string): BytesTest {
  const needle = utf8(text);
  return (bytes, from, to) => {
    if (to - from !== needle.length) return false;
    for (let i = 0; i < needle.length; i++) if (bytes[from + i] !== needle[i]) return false;
    return true;
  };
}

/** The text anywhere, without ASCII case. */
export function substringTest(text: string): BytesTest {
  const needle = utf8(text).map(fold);
  const first = needle[0];
  if (first === undefined) return () => true;
  const upper = upperOf(first);
  return (bytes, from, to) => {
    const last = to - needle.length;
    for (let i = from; i <= last; i++) {
      const byte = bytes[i] as number;
      if ((byte === first || byte === upper) && hasAt(needle, bytes, i)) return true;
    }
    return false;
  };
}

function hasAt(needle: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let j = 1; j < needle.length; j++) if (FOLD[bytes[at + j] as number] !== needle[j]) return false;
  return true;
}

/**
 * The whole tokens of the text, one after another; what stands between two tokens does not matter. A text without any
 * token ("->") is looked for as it is; an empty one stands for an empty value.
 */
export function phraseTest(text: string): BytesTest {
  const needle = tokensOf(utf8(text));
  if (needle.length === 0) return text === "" ? equalsTest("") : substringTest(text);
  const first = needle[0] as number;
  const upper = upperOf(first);
  return (bytes, from, to) => {
    for (let i = from; i < to; i++) {
      const byte = bytes[i] as number;
      if (byte !== first && byte !== upper) continue;
      if ((i === from || tokenByte(bytes[i - 1] as number) === 0) && phraseAt(needle, bytes, i, to)) return true;
    }
    return false;
  };
}

/** Bytes of the tokens as they count, 0 between two. */
function tokensOf(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const byte of bytes) {
    const token = tokenByte(byte);
    if (token !== 0 || (out.length > 0 && out.at(-1) !== 0)) out.push(token);
  }
  if (out.at(-1) === 0) out.pop();
  return Uint8Array.from(out);
}

function phraseAt(needle: Uint8Array, bytes: Uint8Array, at: number, to: number): boolean {
  let i = at;
  for (const wanted of needle) {
    if (i >= to || tokenByte(bytes[i] as number) !== wanted) return false;
    i++;
    if (wanted === 0) while (i < to && tokenByte(bytes[i] as number) === 0) i++;
  }
  return i >= to || tokenByte(bytes[i] as number) === 0;
}
