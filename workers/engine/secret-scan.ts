/**
 * Secrets in bytes that make no entry: torn lines, rejects, what no format could parse. All that can be gone by is the
 * name that stands before a value, so this errs on the side of hiding: what cannot be told apart from the value goes with
 * it, at most to the end of the line. It knows `"name":"…"` at any depth of escaping, `name=…` and the long form of the
 * journal's export; it cannot find a secret whose name is not there, or is itself encoded.
 */
import type { Reading } from "../contract.ts";
import { starAll } from "./secrets.ts";

const ORIGINAL = "raw.";
const CLOSED_NAME = /\\*["']?\s*[:=]\s*/y;
const OPENING = /(\\*)(["'])/y;
/** A value without quotes whose end is certain: hex, a number, or true, false, null. */
const BARE = /(?:[0-9A-Fa-f]+|-?[0-9.]+(?:[eE][-+]?[0-9]+)?|true|false|null)(?=[\s,}\]"'\\\u001d]|$)/y;
/** Of a field of the journal's export form, eight bytes of length stand before the value. */
const LENGTH_BYTES = 8;

/** The names by which secrets go in the text of a log: the last part of each original field's name. */
export function namesInText(secret: ReadonlySet<string>): readonly string[] {
  const own = [...secret].filter((name) => name.startsWith(ORIGINAL)).map((name) => name.slice(ORIGINAL.length));
  return [...new Set(own.map((name) => name.slice(name.lastIndexOf(".") + 1)))];
}

/**
 * Overwrites what follows the names in `bytes`, which begin with a line, or as near to its start as one cares to look;
 * of UTF-16 they begin with a whole character.
 */
export function starAfterNames(bytes: Uint8Array, names: readonly string[], reading: Reading): void {
  const width = reading.encoding === "utf-16le" || reading.encoding === "utf-16be" ? 2 : 1;
  const text = unitsOf(bytes, reading);
  const lineEnd = reading.lineEnds === "cr" ? /[\r\n]/g : /\n/g;
  for (const name of names) {
    const pattern = new RegExp(`(?<![A-Za-z0-9_])${escaped(name)}(?![A-Za-z0-9_])`, "gi");
    for (const { index } of text.matchAll(pattern)) {
      const found = valueAfter(text, index, index + name.length, lineEnd);
      if (found === undefined) continue;
      const end = found.end === text.length ? bytes.length : found.end * width;
      starAll(bytes.subarray(found.start * width, end));
    }
  }
}

/** One character a byte, or a unit of UTF-16. */
function unitsOf(bytes: Uint8Array, { encoding }: Reading): string {
  if (encoding !== "utf-16le" && encoding !== "utf-16be") return Buffer.from(bytes).toString("latin1");
  const whole = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return (encoding === "utf-16be" ? whole.swap16() : whole).toString("utf16le");
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** `from … at`: the name. Undefined where no value follows it, or one that is an object with names of its own. */
function valueAfter(text: string, from: number, at: number, lineEnd: RegExp): Stretch | undefined {
  const isLine = from === 0 || text[from - 1] === "\n";
  if (isLine && text[at] === "\n") return { start: at + 1, end: endOfLong(text, at + 1) };
  const start = at + (matchAt(CLOSED_NAME, text, at)?.[0].length ?? 0);
  if (start === at || text[start] === "{") return undefined;
  const opening = matchAt(OPENING, text, start);
  if (opening !== undefined) return { start, end: endOfQuoted(text, start, opening, lineEnd) };
  const bare = matchAt(BARE, text, start)?.[0];
  return { start, end: bare === undefined ? next(lineEnd, text, start) : start + bare.length };
}

function endOfLong(text: string, at: number): number {
  const low = Buffer.from(text.slice(at, at + LENGTH_BYTES), "latin1");
  const length = low.length < LENGTH_BYTES ? text.length : Number(low.readBigUInt64LE());
  return Math.min(text.length, at + LENGTH_BYTES + length);
}

/** The end of the line that `start` lies in, or of the next one where the value of an object was torn in two and goes on there. */
function endOfQuoted(text: string, start: number, opening: RegExpExecArray, lineEnd: RegExp): number {
  const [all, slashes = "", quote = ""] = opening;
  const line = next(lineEnd, text, start);
  const from = start + all.length;
  const closing = closingQuote(text, from, line, quote, slashes.length);
  // `data="su -",<nl>,"…"`: what was typed, in several strings.
  const isAssigned = text[start - 1] === "=";
  if (closing !== undefined) return isAssigned && text[closing] === "," ? line : closing;
  if (isAssigned || line >= text.length || /[{[]/.test(text[line + 1] ?? "")) return line;
  const nextLine = next(lineEnd, text, line + 1);
  return closingQuote(text, line + 1, nextLine, quote, slashes.length) ?? nextLine;
}

/** After the first such quote with no more backslashes before it than the opening one has. */
function closingQuote(text: string, from: number, to: number, quote: string, most: number): number | undefined {
  for (let at = text.indexOf(quote, from); at >= 0 && at < to; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - slashes > from && text[at - slashes - 1] === "\\") slashes++;
    if (slashes <= most) return at + 1;
  }
  return undefined;
}

function next(lineEnd: RegExp, text: string, from: number): number {
  lineEnd.lastIndex = from;
  return lineEnd.exec(text)?.index ?? text.length;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
