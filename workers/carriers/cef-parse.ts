/**
 * One CEF message: `CEF:Version|Vendor|Product|DeviceVersion|SignatureID|Name|Severity|Extension`. Escapes: ArcSight
 * Common Event Format, implementing guide. Senders forget to escape `=` in values; how that is read follows the published
 * tests of common decoders. Text is latin1, one char a byte.
 */
import { lookup } from "../base/lookup.ts";
import { utf8Text } from "../base/bytes.ts";
import { emptyObject } from "../base/json.ts";
import { freeName, type KeyedMessage, type KeyedPart } from "./keyed-message.ts";

const HEADER_NAMES = ["version", "vendor", "product", "deviceVersion", "signatureId", "name", "severity"] as const;

const START = /CEF: ?(?=\d+\|)/;

/** Where the message begins in a line; undefined when the line holds none. */
export function cefStart(line: string): number | undefined {
  const found = START.exec(line);
  return found === null ? undefined : found.index;
}

/**
 * `{cef: {version, vendor, …, text?}, key: value, …}`; `text` is what the extension holds before or without any key.
 * undefined: the header has too few fields.
 */
export function parseCef(line: string, start: number): KeyedMessage | undefined {
  const header = headerParts(line, start + (START.exec(line.slice(start))?.[0].length ?? 0));
  if (header === undefined) return undefined;
  const cef = emptyObject();
  const value = emptyObject();
  value["cef"] = cef;
  for (const [i, { start: from, end }] of header.parts.entries()) {
    cef[HEADER_NAMES[i] ?? ""] = utf8Text(line.slice(from, end).replaceAll(/\\([|\\])/g, "$1"));
  }
  const parts: KeyedPart[] = [...header.parts];
  const keys = keysOf(line, header.end);
  const textEnd = trimmedEnd(line, header.end, keys[0]?.start ?? line.length);
  const textStart = header.end + (/^\s*/.exec(line.slice(header.end, textEnd))?.[0].length ?? 0);
  if (textEnd > textStart) {
    cef["text"] = valueText(line.slice(textStart, textEnd));
    parts.push({ path: "cef.text", start: textStart, end: textEnd, key: undefined });
  }
  const repeats = new Map<string, number>();
  for (const [i, key] of keys.entries()) {
    const end = trimmedEnd(line, key.end + 1, keys[i + 1]?.start ?? line.length);
    const path = freeName(value, utf8Text(line.slice(key.start, key.end)), repeats);
    value[path] = valueText(line.slice(key.end + 1, end));
    parts.push({ path, start: key.end + 1, end, key });
  }
  return { value, parts };
}

function headerParts(line: string, start: number): { readonly parts: KeyedPart[]; readonly end: number } | undefined {
  const parts: KeyedPart[] = [];
  let from = start;
  for (let at = start; at < line.length && parts.length < HEADER_NAMES.length; at++) {
    const char = line[at];
    if (char === "\\") at++;
    else if (char === "|") {
      parts.push({ path: `cef.${HEADER_NAMES[parts.length] ?? ""}`, start: from, end: at, key: undefined });
      from = at + 1;
    }
  }
  return parts.length < HEADER_NAMES.length ? undefined : { parts, end: from };
}

/** A key begins the extension or follows a blank, and its `=` is not escaped: a backslash is no part of a key. */
const KEY = /(?<=^|\s)[\w.,[\]-]+(?==)/g;

function keysOf(line: string, start: number): readonly { readonly start: number; readonly end: number }[] {
  return [...line.slice(start).matchAll(KEY)].map(({ index, 0: key }) => ({
    start: start + index,
    end: start + index + key.length,
  }));
}

function trimmedEnd(line: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(line.charAt(at - 1))) at--;
  return at;
}

const ESCAPES: Readonly<Record<string, string>> = lookup({ "=": "=", "\\": "\\", n: "\n", r: "\r" });

function valueText(latin1: string): string {
  return utf8Text(latin1.replaceAll(/\\([=\\nr])/g, (_, letter: string) => ESCAPES[letter] ?? letter));
}
