/** `*` and `?` over UTF-8 bytes, in time linear in the text: each stretch between two stars is sought once, forward. */
import { tokenByte } from "../base/signature.ts";
import { type BytesTest, fold, substringTest, utf8 } from "./bytes-test.ts";

const ONE_CHARACTER = -1;
/** A stretch without a star: folded bytes, ONE_CHARACTER for `?`. */
type Stretch = Int16Array;

function stretches(pattern: string): readonly Stretch[] {
  return pattern.split("*").map((part) => Int16Array.from(part.split("?").flatMap(joined)));
}

function joined(part: string, index: number): readonly number[] {
  const bytes = [...utf8(part)].map(fold);
  return index === 0 ? bytes : [ONE_CHARACTER, ...bytes];
}

/** Where the stretch that starts at `at` ends, -1 when it does not fit. */
function endOf(stretch: Stretch, bytes: Uint8Array, at: number, to: number): number {
  let i = at;
  for (const wanted of stretch) {
    if (i >= to || (wanted !== ONE_CHARACTER && fold(bytes[i] as number) !== wanted)) return -1;
    i++;
    if (wanted === ONE_CHARACTER) while (i < to && ((bytes[i] as number) & 0xc0) === 0x80) i++;
  }
  return i;
}

/** Field values: the pattern covers the value from its first character to its last. */
export function wildcardTest(pattern: string): BytesTest {
  const parts = stretches(pattern);
  const anywhere = parts.length === 1 ? undefined : parts;
  const only = parts[0] as Stretch;
  if (anywhere === undefined) return (bytes, from, to) => endOf(only, bytes, from, to) === to;
  return (bytes, from, to) => {
    const start = endOf(only, bytes, from, to);
    return start >= 0 && restFits(anywhere, bytes, start, to, (end) => end === to);
  };
}

/** Whether the stretches after the first follow one another from `at`; the last must end where `mayEnd` says. */
function restFits(
  parts: readonly Stretch[],
  bytes: Uint8Array,
  at: number,
  to: number,
  mayEnd: (end: number) => boolean,
): boolean {
  let i = at;
  for (let part = 1; part < parts.length; part++) {
    const stretch = parts[part] as Stretch;
    const isLast = part === parts.length - 1;
    if (isLast && stretch.length === 0) return true;
    let end = -1;
    for (; i <= to && end < 0; i++) {
      end = endOf(stretch, bytes, i, to);
      if (isLast && end >= 0 && !mayEnd(end)) end = -1;
    }
    if (end < 0) return false;
    i = end;
  }
  return true;
}

/**
 * Bare words: the pattern lies within a run of characters that are no blanks, and begins and ends where a token does,
 * unless a star stands there. `*part*` is a plain substring.
 */
export function wordPatternTest(pattern: string): BytesTest {
  const inner = /^\*+([^*?]+)\*+$/u.exec(pattern)?.[1];
  if (inner !== undefined) return substringTest(inner);
  const parts = stretches(pattern);
  return (bytes, from, to) => {
    for (let i = from; i < to; ) {
      while (i < to && isBlank(bytes[i] as number)) i++;
      const start = i;
      while (i < to && !isBlank(bytes[i] as number)) i++;
      if (i > start && runFits(parts, bytes, start, i)) return true;
    }
    return false;
  };
}

function runFits(parts: readonly Stretch[], bytes: Uint8Array, from: number, to: number): boolean {
  const first = parts[0] as Stretch;
  const isEdge = (at: number) =>
    at === from || at === to || tokenByte(bytes[at - 1] as number) === 0 || tokenByte(bytes[at] as number) === 0;
  if (first.length === 0 && parts.length > 1) return restFits(parts, bytes, from, to, isEdge);
  for (let i = from; i < to; i++) {
    const end = isEdge(i) ? endOf(first, bytes, i, to) : -1;
    if (end < 0) continue;
    // The first place is the best for what follows a star; without one, any place may do.
    if (parts.length > 1) return restFits(parts, bytes, end, to, isEdge);
    if (isEdge(end)) return true;
  }
  return false;
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

/** The pattern without the tokens that a wildcard touches: what is left are whole tokens of every match. */
export function wholeTokens(pattern: string): string {
  return pattern.replaceAll(/[a-z0-9\u0080-\uffff]*[*?][a-z0-9\u0080-\uffff*?]*/giu, " ");
}
