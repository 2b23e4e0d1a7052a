/** What a member's text is written in, from its first bytes. */
import { decodeUtf8, latin1Of } from "../base/bytes.ts";
import type { ForeignEncoding } from "../carriers/transcoder.ts";

export interface FoundEncoding {
  readonly encoding: ForeignEncoding;
  /** For the reasons that a person reads. */
  readonly reason: string;
}

const SAMPLE_BYTES = 4096;

/** UTF-16 by its byte order mark, or by where its NUL bytes stand; undefined: something else. */
export function utf16Of(head: Uint8Array): FoundEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", reason: `${LITTLE} (byte order mark)` };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", reason: `${BIG} (byte order mark)` };
  const units = Math.floor(Math.min(head.length, SAMPLE_BYTES) / 2);
  if (units < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < units * 2; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  if (isMost(odd, even, units)) return { encoding: "utf-16le", reason: `${LITTLE} (every other byte is NUL)` };
  if (isMost(even, odd, units)) return { encoding: "utf-16be", reason: `${BIG} (every other byte is NUL)` };
  return undefined;
}
const LITTLE = "UTF-16, little-endian";
const BIG = "UTF-16, big-endian";

/** Letters of Latin text have a NUL each, on one side only. */
function isMost(one: number, other: number, units: number): boolean {
  return one >= units * 0.4 && other <= units * 0.02;
}

/**
 * windows-1252 where some bytes are no UTF-8 and none beyond ASCII are. Where both occur the text is damaged or mixed UTF-8,
 * whose bytes are better shown as they are than as the letters of another encoding.
 */
export function windows1252Of(head: Uint8Array, whole: boolean): FoundEncoding | undefined {
  // The last character may be cut off by the head.
  const text = latin1Of(head, 0, whole ? head.length : Math.max(0, head.length - 3));
  if (decodeUtf8(text).valid) return undefined;
  for (const [run] of text.matchAll(/[\u0080-\u00ff]+/g)) if (decodeUtf8(run).valid) return undefined;
  return {
    encoding: "windows-1252",
    reason: "not UTF-8: read as windows-1252, so check letters with accents",
  };
}
