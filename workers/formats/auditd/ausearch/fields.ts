/**
 * Cuts the body of an interpreted record into values. They stand without quotes and may hold blanks, so a value of text
 * ends where a field that is known follows; everything else ends at the next blank.
 */
import { fieldName, isKnownName, type ValueClass } from "../names.ts";
import { SCHEMA_FIELDS } from "../../../base/linux-auditd.ts";
import type { Range } from "../record.ts";

export interface Interpreted {
  readonly name: string;
  readonly scope: "header" | "nested";
  readonly nameAt: number;
  /** Of the value, without quotes. */
  readonly start: number;
  readonly end: number;
}
export interface InterpretedBody {
  readonly fields: readonly Interpreted[];
  /** Words in front of the first field of the record and of its `msg='…'`; start = end where there are none. */
  readonly lead: Range;
  readonly nestedLead: Range;
  readonly end: number;
}
export function readBody(text: string, from: number, type: string): InterpretedBody {
  const end = trimmed(text, from, carriageReturn(text));
  const fields: Interpreted[] = [];
  const nestedAt = nestedStart(text, from, end);
  const headerEnd = nestedAt < 0 ? end : nestedAt;
  const lead = scan(text, { start: from, end: headerEnd }, type, "header", fields);
  let nestedLead: Range = { start: end, end };
  if (nestedAt >= 0) {
    const open = text.indexOf("'", nestedAt) + 1;
    const close = text.lastIndexOf("'", end - 1);
    nestedLead = scan(text, { start: open, end: close < open ? end : close }, type, "nested", fields);
  }
  return { fields, lead, nestedLead, end };
}

/** A log with CRLF line ends has a carriage return at the end of each record, which ausearch prints escaped. */
function carriageReturn(text: string): number {
  const end = trimmed(text, 0, text.length);
  return text.startsWith("\\015", end - 4) ? end - 4 : end;
}

function nestedStart(text: string, from: number, end: number): number {
  const at = text.indexOf(" msg='", from - 1);
  return at < 0 || at >= end ? -1 : at;
}

/** Values of the range, in order; gives back the words in front of the first. */
function scan(
  text: string,
  { start, end }: Range,
  type: string,
  scope: Interpreted["scope"],
  out: Interpreted[],
): Range {
  const first = nextName(text, start, end);
  let p = first;
  while (p >= 0 && p < end) {
    const equals = text.indexOf("=", p);
    const name = text.slice(p, equals);
    const value = valueAt(text, equals + 1, end, name, type);
    out.push({ name: fullName(text, p, name), scope, nameAt: p, start: value.start, end: value.end });
    p = nextName(text, value.next, end);
  }
  const from = skipBlanks(text, start, end);
  const to = trimmed(text, from, first < 0 ? end : first);
  return { start: from, end: to };
}

/** Old LOGIN records name `old auid=… new auid=…`. */
function fullName(text: string, at: number, name: string): string {
  return (name === "auid" || name === "ses") && text.startsWith("old ", at - 4) ? `old-${name}` : name;
}

const NAME = /(?<=^|[\s(,'])[A-Za-z_][\w[\]-]*(?==)/g;

/** Offset of the next `name=`, or -1. */
function nextName(text: string, from: number, end: number): number {
  NAME.lastIndex = from;
  const found = NAME.exec(text);
  return found === null || found.index >= end ? -1 : found.index;
}

interface Value extends Range {
  readonly next: number;
}

/** Values that are text of somebody's choosing. */
const TEXT: ReadonlySet<ValueClass> = new Set(["escaped", "account", "key", "op"]);

function valueAt(text: string, at: number, end: number, name: string, type: string): Value {
  const { kind } = fieldName(name);
  if (kind === "proctitle" || kind === "keystrokes") return until(text, at, end);
  if (type === "EXECVE") return until(text, at, nextArgument(text, at, end, name));
  if (text[at] === "{") return bracketed(text, at, end, "}");
  if (text[at] === '"') return quoted(text, at, end);
  if (type === "PATH" && name === "name") return until(text, at, tail(text, at, end, PATH_TAILS));
  if (name === "cmd") return until(text, at, tail(text, at, end, COMMAND_TAILS));
  if (text.startsWith("? ", at)) return word(text, at, end, kind);
  if (TEXT.has(kind)) return withoutColon(text, until(text, at, nextKnown(text, at, end)));
  return word(text, at, end, kind);
}

/**
 * What follows a name or a command is always the same, the longest first: text in it that only looks like a field is
 * then taken for what it is.
 */
const PATH_TAILS = [/^ inode=\d+ dev=\S+ mode=.*$/, /^ (?:name|obj)type=\w+(?: cap_\w+=.*)?$/];
const COMMAND_TAILS = [
  /^ exe=\S+(?: \(deleted\))? (?:hostname=\S+ addr=\S+ )?terminal=\S+ res=\S+$/,
  /^ (?:hostname=\S+ addr=\S+ )terminal=\S+ res=\S+$/,
  /^ terminal=\S+ res=\S+$/,
];

/** The last place that a tail fits, so that nothing inside the text ends it. */
function tail(text: string, at: number, end: number, patterns: readonly RegExp[]): number {
  const value = text.slice(at, end);
  for (const pattern of patterns) {
    for (let p = value.lastIndexOf(" "); p >= 0; p = p === 0 ? -1 : value.lastIndexOf(" ", p - 1)) {
      if (pattern.test(value.slice(p))) return at + p;
    }
  }
  return nextKnown(text, at, end);
}

function nextKnown(text: string, at: number, end: number): number {
  for (let p = nextName(text, at, end); p >= 0; p = nextName(text, p + 1, end)) {
    const before = text[p - 1] === "(" ? p - 2 : p - 1;
    if (p > at && before >= at && text[before] === " " && mayFollow(text.slice(p, text.indexOf("=", p)))) return before;
  }
  return end;
}

/** Names that occur beside those of the fact tables. */
const MORE_NAMES = new Set([
  ...SCHEMA_FIELDS.map(({ name }) => name),
  "vm-pid",
  "vm-ctx",
  "img-ctx",
  "uuid",
  "root_dir",
]);

function mayFollow(name: string): boolean {
  return isKnownName(name) || MORE_NAMES.has(name);
}

/** Arguments are numbered: only the next number, or the next piece of the same one, ends an argument. */
function nextArgument(text: string, at: number, end: number, name: string): number {
  const wanted = followers(name);
  for (let p = nextName(text, at, end); p >= 0; p = nextName(text, p + 1, end)) {
    if (p > at && text[p - 1] === " " && wanted(text.slice(p, text.indexOf("=", p)))) return p - 1;
  }
  return end;
}

function followers(name: string): (name: string) => boolean {
  const found = /^a(\d+)(?:\[(\d+)\]|(_len))?$/.exec(name);
  if (found === null) return (next) => /^a\d+(?:\[\d+\]|_len)?$/.test(next);
  const number = Number(found[1]);
  const after = [`a${number + 1}`, `a${number + 1}_len`, `a${number + 1}[0]`];
  if (found[2] !== undefined) after.push(`a${number}[${Number(found[2]) + 1}]`);
  if (found[3] !== undefined) after.push(`a${number}[0]`);
  return (next) => after.includes(next);
}

function bracketed(text: string, at: number, end: number, close: string): Value {
  const closed = text.indexOf(close, at);
  return closed < 0 || closed >= end ? word(text, at, end, "plain") : { start: at, end: closed + 1, next: closed + 1 };
}

/** Some text stays quoted: what user space wrote into `op="…"`, for example. */
function quoted(text: string, at: number, end: number): Value {
  for (let p = text.indexOf('"', at + 1); p >= 0 && p < end; p = text.indexOf('"', p + 1)) {
    if (p + 1 === end || text[p + 1] === " ") return { start: at + 1, end: p, next: p + 1 };
  }
  return until(text, at, end);
}

/** `acct=root : exe=…` of old PAM text. */
function withoutColon(text: string, value: Value): Value {
  return value.end - 2 > value.start && text.startsWith(" :", value.end - 2) ? { ...value, end: value.end - 2 } : value;
}

const MODES = [" (enforce)", " (complain)", " (kill)", " (unconfined)", " (mixed)"];

/** `EINPROGRESS(Operation now in progress)` is one word, and a label has its mode behind it. */
function word(text: string, at: number, end: number, kind: ValueClass): Value {
  let p = text.indexOf(" ", at);
  if (p < 0 || p > end) p = end;
  const open = text.indexOf("(", at);
  if (open >= 0 && open < p && text.indexOf(")", open) >= p) {
    const close = text.indexOf(")", open);
    if (close < end) p = close + 1;
  }
  const mode = kind === "label" ? MODES.find((each) => text.startsWith(each, p)) : undefined;
  const stop = p + (mode?.length ?? 0);
  return { start: at, end: withoutComma(text, at, stop), next: stop };
}

/** Old PAM text separates by commas and closes a bracket behind the last value. */
function withoutComma(text: string, at: number, end: number): number {
  let p = end;
  if (p > at && text[p - 1] === ",") p--;
  if (p > at && text[p - 1] === ")" && !text.slice(at, p).includes("(")) p--;
  return p;
}

function until(text: string, at: number, end: number): Value {
  return { start: at, end: trimmed(text, at, end), next: end };
}

function trimmed(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1] as string)) end--;
  return end;
}

function skipBlanks(text: string, from: number, end: number): number {
  let p = from;
  while (p < end && text[p] === " ") p++;
  return p;
}
