/**
 * One LEEF message: `LEEF:1.0|Vendor|Product|Version|EventID|` and pairs parted by TAB; 2.0 has the delimiter as a sixth
 * field. Source: IBM QRadar DSM guide, "LEEF event components". Text is latin1, one char a byte.
 */
import { latin1Of, utf8Text } from "../base/bytes.ts";
import { emptyObject } from "../base/json.ts";
import { freeName, type KeyedMessage, type KeyedPart } from "./keyed-message.ts";

const HEADER_NAMES = ["version", "vendor", "product", "productVersion", "eventId"] as const;
const START = /LEEF: ?(?=\d+(?:\.\d+)?\|)/;
const TAB = "\t";

/** Where the message begins in a line; undefined when the line holds none. */
export function leefStart(line: string): number | undefined {
  return START.exec(line)?.index;
}

/**
 * `{leef: {version, vendor, …, delimiter?, text?}, key: value, …}`; `text` is what has no key.
 * undefined: the header has too few fields.
 */
export function parseLeef(line: string, start: number): KeyedMessage | undefined {
  const parts: KeyedPart[] = [];
  const leef = emptyObject();
  let at = start + (START.exec(line.slice(start))?.[0].length ?? 0);
  for (const name of HEADER_NAMES) {
    const end = line.indexOf("|", at);
    if (end === -1) return undefined;
    leef[name] = utf8Text(line.slice(at, end));
    parts.push({ path: `leef.${name}`, start: at, end, key: undefined });
    at = end + 1;
  }
  const given = leef["version"] === "1.0" ? undefined : delimiterAt(line, at);
  if (given !== undefined && given.end > at) {
    leef["delimiter"] = utf8Text(line.slice(at, given.end));
    parts.push({ path: "leef.delimiter", start: at, end: given.end, key: undefined });
  }
  const value = emptyObject();
  value["leef"] = leef;
  const rest = given === undefined ? at : given.end + 1;
  const text = takePairs(line, rest, given?.delimiter ?? TAB, value, parts);
  if (text.length > 0) leef["text"] = text.length === 1 ? (text[0] ?? "") : text;
  return { value, parts };
}

/** The sixth field of a header: one character, or its hexadecimal number. What is none belongs to the pairs. */
function delimiterAt(line: string, start: number): { readonly end: number; readonly delimiter: string } | undefined {
  const end = line.indexOf("|", start);
  if (end === -1 || end - start > LONGEST_DELIMITER) return undefined;
  const field = line.slice(start, end);
  if (field === "") return { end, delimiter: TAB };
  const hex = /^(?:0?x)([\da-f]{2,5})$/i.exec(field)?.[1];
  if (hex !== undefined) {
    return { end, delimiter: latin1Of(Buffer.from(String.fromCodePoint(Number.parseInt(hex, 16)))) };
  }
  return /^.$/su.test(utf8Text(field)) ? { end, delimiter: field } : undefined;
}
const LONGEST_DELIMITER = 7;

/** Each pair is split at its first `=`. Returns what has none. */
function takePairs(
  line: string,
  start: number,
  delimiter: string,
  value: ReturnType<typeof emptyObject>,
  parts: KeyedPart[],
): string[] {
  const text: string[] = [];
  const repeats = new Map<string, number>();
  for (let from = start; from <= line.length; ) {
    const next = line.indexOf(delimiter, from);
    const end = next === -1 ? line.length : next;
    const equals = line.indexOf("=", from);
    const key = keyAt(line, from, equals === -1 ? end : Math.min(equals, end));
    if (equals !== -1 && equals < end && key.end > key.start) {
      const path = freeName(value, utf8Text(line.slice(key.start, key.end)), repeats);
      value[path] = utf8Text(line.slice(equals + 1, end));
      parts.push({ path, start: equals + 1, end, key });
    } else if (line.slice(from, end).trim() !== "") {
      text.push(utf8Text(line.slice(from, end)));
      parts.push({ path: "leef.text", start: from, end, key: undefined });
    }
    from = end + delimiter.length;
  }
  return text;
}

/** The key without the blanks around it. */
function keyAt(line: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const written = line.slice(start, end);
  const from = start + (written.length - written.trimStart().length);
  return { start: from, end: Math.max(from, start + written.trimEnd().length) };
}
