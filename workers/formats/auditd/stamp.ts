/**
 * Finds and reads audit stamps:
 * `[wrap] ["node=" word " "] ["type=" name " "] ["msg="] "audit(" sec ["." frac] ":" serial "):"`.
 * Everything in front of node= or type= is a wrapping (syslog header, printk prefix, tag) and is not compared.
 */
import type { EpochMicros } from "../../contract.ts";

export interface Stamp {
  /** Offset of `audit(`; -1 where the text has none and the journal says it, or nobody. */
  readonly at: number;
  /** Offset behind `):`. */
  readonly end: number;
  /** undefined = outside the exact range. */
  readonly time: EpochMicros | undefined;
  readonly precision: number;
  /** As written between the brackets, without the serial. */
  readonly timeText: string;
  /** Seconds, milliseconds and serial in one spelling; undefined = no serial, the stamp is damaged. */
  readonly key: string | undefined;
}

/** Where a record starts and what stands between that and its stamp. */
export interface Heading {
  /** Offset of `node=`, `type=`, `msg=` or the stamp. */
  readonly start: number;
  /** "" where there is none. */
  readonly type: string;
  readonly node: string;
  readonly stamp: Stamp;
}

export const STAMP = "audit(";
/** A stamp further in is text, not the heading of a record. */
const FURTHEST = 1024;
/** Seconds whose microseconds are exact in a double. */
const LAST_SECOND = Math.floor(Number.MAX_SAFE_INTEGER / 1_000_000) - 1;

/** The first heading at or after `from`; undefined = no stamp that can be read. */
export function findHeading(text: string, from: number): Heading | undefined {
  let at = text.indexOf(STAMP, from);
  while (at >= 0 && at - from <= FURTHEST) {
    const found = headingAt(text, from, at);
    if (found !== undefined) return found;
    at = text.indexOf(STAMP, at + STAMP.length);
  }
  return undefined;
}

/** The heading whose stamp begins at `at`; nothing in front of `from` belongs to it. */
export function headingAt(text: string, from: number, at: number): Heading | undefined {
  const stamp = at > from && isWordChar(text.charCodeAt(at - 1)) ? undefined : readStamp(text, at);
  return stamp === undefined ? undefined : heading(text, from, stamp);
}

/** True when a stamp is begun that cannot be read: `audit()`, `audit(16523210---)`, or torn in the middle. */
export function hasBrokenStamp(text: string): boolean {
  const at = text.indexOf(STAMP);
  return at >= 0 && at <= FURTHEST;
}

/** The stamp at `audit(`; undefined = not readable. */
export function readStamp(text: string, at: number): Stamp | undefined {
  const secondsAt = at + STAMP.length;
  const secondsEnd = digitsEnd(text, secondsAt);
  if (secondsEnd === secondsAt || secondsEnd - secondsAt > 15) return undefined;
  const hasFraction = text.charCodeAt(secondsEnd) === 46;
  const fractionEnd = hasFraction ? digitsEnd(text, secondsEnd + 1) : secondsEnd;
  const hasSerial = text.charCodeAt(fractionEnd) === 58;
  const close = hasSerial ? digitsEnd(text, fractionEnd + 1) : fractionEnd;
  if (text.charCodeAt(close) !== 41) return undefined;
  const timeText = text.slice(secondsAt, fractionEnd);
  const fraction = hasFraction ? text.slice(secondsEnd + 1, fractionEnd) : "";
  const isDamaged = !hasSerial || close === fractionEnd + 1;
  return {
    at,
    end: text.charCodeAt(close + 1) === 58 ? close + 2 : close + 1,
    time: timeOf(Number(text.slice(secondsAt, secondsEnd)), fraction),
    precision: fraction === "" ? 0 : Math.min(9, Math.max(3, fraction.length)),
    timeText,
    key: isDamaged ? undefined : keyOf(text, secondsAt, timeText, fraction, fractionEnd + 1, close),
  };
}

/**
 * Normally three digits; fewer are a whole number of milliseconds as written (`.1` is 1 ms: the kernel prints %03lu,
 * writers that do not pad print the number), more are a decimal fraction.
 */
function timeOf(seconds: number, fraction: string): EpochMicros | undefined {
  if (seconds > LAST_SECOND) return undefined;
  const micros = fraction.length <= 3 ? Number(fraction) * 1000 : Number(fraction.slice(0, 6).padEnd(6, "0"));
  return (seconds * 1_000_000 + micros) as EpochMicros;
}

function keyOf(text: string, from: number, time: string, fraction: string, serialAt: number, close: number): string {
  const isUsual = fraction.length >= 3 && text.charCodeAt(from) !== 48 && text.charCodeAt(serialAt) !== 48;
  if (isUsual) return text.slice(from, close);
  const seconds = stripZeros(time.slice(0, time.length - (fraction === "" ? 0 : fraction.length + 1)));
  const millis = fraction.length > 3 ? fraction : fraction.padStart(3, "0");
  return `${seconds}.${millis}:${stripZeros(text.slice(serialAt, close))}`;
}

function stripZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "").replace(/\.$/, "");
}

function heading(text: string, from: number, stamp: Stamp): Heading {
  let p = stamp.at;
  if (text.startsWith("msg=", p - 4) && p - 4 >= from) p -= 4;
  const typeEnd = blanksBack(text, from, p);
  const wordAt = wordBack(text, from, typeEnd);
  const word = text.slice(wordAt, typeEnd);
  const typeAt = word.lastIndexOf("type=");
  if (typeAt >= 0) return withNode(text, from, wordAt + typeAt, word.slice(typeAt + 5), stamp);
  if (word.startsWith("=")) return spacedType(text, from, p, wordAt, word.slice(1), stamp);
  return withNode(text, from, p, "", stamp);
}

/** `type =1400 audit(…)`, as some kernels' printk and syslog relays write it. */
function spacedType(text: string, from: number, p: number, wordAt: number, type: string, stamp: Stamp): Heading {
  const nameEnd = blanksBack(text, from, wordAt);
  const nameAt = wordBack(text, from, nameEnd);
  const isType = text.slice(nameAt, nameEnd) === "type";
  return withNode(text, from, isType ? nameAt : p, isType ? type : "", stamp);
}

function withNode(text: string, from: number, start: number, type: string, stamp: Stamp): Heading {
  const nodeEnd = blanksBack(text, from, start);
  const nodeAt = wordBack(text, from, nodeEnd);
  if (nodeEnd < start && text.startsWith("node=", nodeAt)) {
    return { start: nodeAt, type, node: text.slice(nodeAt + 5, nodeEnd), stamp };
  }
  return { start, type, node: "", stamp };
}

function blanksBack(text: string, from: number, end: number): number {
  let p = end;
  while (p > from && text.charCodeAt(p - 1) === 32) p--;
  return p;
}

function wordBack(text: string, from: number, end: number): number {
  let p = end;
  while (p > from && text.charCodeAt(p - 1) > 32) p--;
  return p;
}

function digitsEnd(text: string, from: number): number {
  let p = from;
  while (isDigit(text.charCodeAt(p))) p++;
  return p;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordChar(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
