/** UTF-8 read byte by byte, so that what is not UTF-8 keeps its place and is named instead of replaced. */
import { type TextRun, textRuns } from "../../ui/text-runs.ts";

const FATAL = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes of the character that begins at `at`, or 0 when none does (RFC 3629: no overlong forms, no surrogates). */
export function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf5 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let next = at + 1; next < at + length; next += 1) if (!isContinuation(bytes[next])) return 0;
  const second = bytes[at + 1] ?? 0;
  const fits =
    (lead !== 0xe0 || second >= 0xa0) &&
    (lead !== 0xed || second <= 0x9f) &&
    (lead !== 0xf0 || second >= 0x90) &&
    (lead !== 0xf4 || second <= 0x8f);
  return fits ? length : 0;
}

/** Moves a boundary that cuts a character to where the character begins. */
export function wholeBefore(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length || !isContinuation(bytes[at])) return at;
  for (let lead = at - 1; lead >= Math.max(0, at - 3); lead -= 1) {
    if (isContinuation(bytes[lead])) continue;
    return lead + characterLength(bytes, lead) > at ? lead : at;
  }
  return at;
}

/** Where the last whole character ends: a chunk cut out of a longer text may end inside of one. */
export function wholeEnd(bytes: Uint8Array): number {
  for (let lead = bytes.length - 1; lead >= Math.max(0, bytes.length - 3); lead -= 1) {
    const byte = bytes[lead] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc2) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return lead + wanted > bytes.length && byte < 0xf5 ? lead : bytes.length;
  }
  return bytes.length;
}

/** Text and tokens; a byte that belongs to no character becomes a token of its own, written \xFF. */
export function byteRuns(bytes: Uint8Array): readonly TextRun[] {
  const whole = decodeWhole(bytes);
  if (whole !== undefined) return textRuns(whole);
  const runs: TextRun[] = [];
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (at > from) runs.push(...textRuns(LENIENT.decode(bytes.subarray(from, at))));
    runs.push(invalidToken(bytes[at] ?? 0));
    at += 1;
    from = at;
  }
  if (at > from) runs.push(...textRuns(LENIENT.decode(bytes.subarray(from, at))));
  return runs;
}

/** For copying: what is not UTF-8 becomes U+FFFD, as any other reader would have it. */
export function lenientText(bytes: Uint8Array): string {
  return LENIENT.decode(bytes);
}

function decodeWhole(bytes: Uint8Array): string | undefined {
  try {
    return FATAL.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function invalidToken(byte: number): TextRun {
  const hex = byte.toString(16).toUpperCase().padStart(2, "0");
  return { kind: "token", name: `\\x${hex}`, title: `byte 0x${hex}, not valid UTF-8` };
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
