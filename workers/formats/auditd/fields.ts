/**
 * Cuts the body of a record into `name=value` pairs. Offsets are bytes of the record's text. The rules and their
 * exceptions come from what the kernel, PAM, shadow-utils, systemd and old auditd versions have written.
 */
import type { AuditRecord, WrittenParts } from "./record.ts";
import { fieldName, hashStep, internName, isKnownName, type FieldName } from "./names.ts";
import { findTrailer } from "./trailer.ts";

/** Header fields, fields of `msg='…'` and the ENRICHED trailer are different namespaces. */
export type Scope = "header" | "nested" | "trailer";

export interface Field {
  readonly field: FieldName;
  readonly scope: Scope;
  /** Start of the name; -1 for text that has none. */
  readonly nameAt: number;
  /** The value without its quotes. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

export interface RecordFields {
  readonly record: AuditRecord;
  readonly fields: readonly Field[];
  /** Text in front of the first header field, for example `avc:  denied  { read } for`; start = end when none. */
  readonly lead: { readonly start: number; readonly end: number };
  /** The same of the nested message. */
  readonly nestedLead: { readonly start: number; readonly end: number };
  readonly trailerStart: number;
  readonly hasTrailer: boolean;
  /** A quote or the nested message is never closed: the line was cut. */
  readonly isTorn: boolean;
}

export function readFields(record: AuditRecord): RecordFields {
  const { text, bodyStart, end, written } = record;
  const scanner = new Scanner(text);
  const trailer =
    written === undefined
      ? findTrailer(text, bodyStart, end)
      : { bodyEnd: written.trailerStart, start: written.trailerStart };
  if (written !== undefined) scanner.take(written);
  else {
    scanner.scan(bodyStart, trailer.bodyEnd, "header");
    if (trailer.start < end) scanner.scan(trailer.start, end, "trailer");
  }
  if (record.type.name === "USER_TTY") scanner.nameKeystrokes();
  else if (record.type.name === "TRUSTED_APP") scanner.decodeUnknown();
  return {
    record,
    fields: scanner.fields,
    lead: { start: scanner.leadStart, end: scanner.leadEnd },
    nestedLead: { start: scanner.nestedLeadStart, end: scanner.nestedLeadEnd },
    trailerStart: trailer.start,
    hasTrailer: trailer.bodyEnd < end,
    isTorn: scanner.isTorn,
  };
}

const BLANK = 32;
const QUOTE = 34;
const APOSTROPHE = 39;
const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const EQUALS = 61;
const BRACE = 123;

/** Chars of a field name: letters, digits, `_ - [ ]`, and the dot of a few user-space names. */
const NAME_CHAR = new Uint8Array(256);
for (const char of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-[].")
  NAME_CHAR[char.charCodeAt(0)] = 1;

/** AppArmor prints the mode of a profile behind its name, with a blank. */
const PROFILE_MODES = [" (enforce)", " (complain)", " (kill)", " (unconfined)", " (mixed)"];

/**
 * One pass by char codes: a log has tens of millions of fields, and a regular expression a field would take longer than
 * all the rest of the import. Result registers (`#start`, `#end`, `#quoted`) spare an object a value.
 */
class Scanner {
  readonly #text: string;
  readonly fields: Field[] = [];
  leadStart = 0;
  leadEnd = 0;
  nestedLeadStart = 0;
  nestedLeadEnd = 0;
  isTorn = false;
  #start = 0;
  #end = 0;
  #quoted = false;
  /** "old" or "new" directly in front of a name, as old LOGIN records have it. */
  #before = "";

  constructor(text: string) {
    this.#text = text;
  }

  scan(from: number, to: number, scope: Scope): void {
    const text = this.#text;
    const first = this.fields.length;
    let leadStart = -1;
    let leadEnd = -1;
    let p = from;
    while (p < to) {
      const code = text.charCodeAt(p);
      if (code === BLANK || code === COMMA) {
        p++;
        continue;
      }
      const nameAt = code === OPEN ? p + 1 : p;
      let hash = 0;
      let q = nameAt;
      for (let c = text.charCodeAt(q); q < to && NAME_CHAR[c] === 1; c = text.charCodeAt(++q)) hash = hashStep(hash, c);
      if (q > nameAt && q < to && text.charCodeAt(q) === EQUALS) {
        p = this.#pair(nameAt, q, hash, to, scope);
        continue;
      }
      const wordEnd = this.#freeWord(p, to);
      if (this.fields.length === first && this.#before === "") {
        if (leadStart < 0) leadStart = p;
        leadEnd = wordEnd;
      }
      p = wordEnd;
    }
    if (leadStart >= 0) this.#keepLead(leadStart, leadEnd, scope);
  }

  /** Parts whose places are known. */
  take({ fields, lead, nestedLead }: WrittenParts): void {
    for (const { name, ...place } of fields) this.fields.push({ field: fieldName(name), ...place });
    if (lead.end > lead.start) this.#keepLead(lead.start, lead.end, "header");
    if (nestedLead.end > nestedLead.start) this.#keepLead(nestedLead.start, nestedLead.end, "nested");
  }

  /** What a shell's user typed may be the whole message: `msg=6C73`, `msg='ls -l'`. It is never a lead text. */
  nameKeystrokes(): void {
    const data = fieldName("data");
    for (const [i, field] of this.fields.entries())
      if (field.field.name === "msg") this.fields[i] = { ...field, field: data };
    if (this.nestedLeadEnd === this.nestedLeadStart) return;
    const [start, end] = [this.nestedLeadStart, this.nestedLeadEnd];
    this.fields.push({ field: data, scope: "nested", nameAt: -1, start, end, quoted: false });
    this.nestedLeadEnd = start;
  }

  /** A trusted application names its fields as it likes, and encodes what is not plain: as an account, if it is text. */
  decodeUnknown(): void {
    for (const [i, field] of this.fields.entries())
      if (!isKnownName(field.field.name))
        this.fields[i] = { ...field, field: { name: field.field.name, kind: "account" } };
  }

  #keepLead(start: number, end: number, scope: Scope): void {
    if (scope === "header") {
      this.leadStart = start;
      this.leadEnd = end;
    } else if (scope === "nested") {
      this.nestedLeadStart = start;
      this.nestedLeadEnd = end;
      this.#nestedOperation(start, end);
    }
  }

  /** Old PAM messages: `PAM: session open acct=…` says the operation without a name. */
  #nestedOperation(start: number, end: number): void {
    const text = this.#text;
    const isPam = text.startsWith("PAM", start) || text.startsWith("pam", start);
    const trimmed = text.charCodeAt(end - 1) === 58 ? end - 1 : end;
    if (
      !isPam ||
      trimmed <= start + 4 ||
      this.fields.some((field) => field.scope === "nested" && field.field.name === "op")
    )
      return;
    this.fields.push({ field: fieldName("op"), scope: "nested", nameAt: -1, start, end: trimmed, quoted: false });
  }

  /** Reads one pair and returns where to go on. */
  #pair(nameAt: number, equals: number, hash: number, to: number, scope: Scope): number {
    const text = this.#text;
    let field = internName(text, nameAt, equals, hash);
    if (scope === "header" && field.name === "msg" && text.charCodeAt(equals + 1) === APOSTROPHE) {
      return this.#nested(equals + 2, to);
    }
    if (this.#before !== "") field = this.#withOldNew(field);
    const next = this.#value(equals + 1, to, field);
    this.fields.push({ field, scope, nameAt, start: this.#start, end: this.#end, quoted: this.#quoted });
    return next;
  }

  #withOldNew(field: FieldName): FieldName {
    const isOld = this.#before === "old";
    this.#before = "";
    return isOld && (field.name === "auid" || field.name === "ses") ? fieldName(`old-${field.name}`) : field;
  }

  /** Values inside may hold apostrophes, so the last one closes; a torn line has none. */
  #nested(from: number, to: number): number {
    const last = this.#text.lastIndexOf("'", to - 1);
    const isClosed = last >= from && !this.#isWithinQuotes(from, last, to);
    const end = isClosed ? last : to;
    if (!isClosed) this.isTorn = true;
    this.scan(from, end, "nested");
    return Math.min(end + 1, to);
  }

  /** `acct="o'brien"` whose message was cut: that apostrophe is part of a value which goes on to its own quote. */
  #isWithinQuotes(from: number, at: number, to: number): boolean {
    let quotes = 0;
    for (let p = from; p < at; p++) if (this.#text.charCodeAt(p) === QUOTE) quotes++;
    if ((quotes & 1) === 0) return false;
    const next = this.#text.indexOf('"', at);
    return next >= 0 && next < to;
  }

  /** Braces hold several words: `{ read write }` of an AVC. */
  #freeWord(from: number, to: number): number {
    const text = this.#text;
    if (text.charCodeAt(from) === BRACE) {
      const close = text.indexOf("}", from);
      if (close >= 0 && close < to) return close + 1;
    }
    let p = from;
    while (p < to && text.charCodeAt(p) !== BLANK) p++;
    const isOldNew = p - from === 3 && (text.startsWith("old ", from) || text.startsWith("new ", from));
    this.#before = isOldNew ? text.slice(from, p) : "";
    return p;
  }

  #value(from: number, to: number, field: FieldName): number {
    const text = this.#text;
    const code = text.charCodeAt(from);
    this.#quoted = false;
    if (from >= to) return this.#keep(from, from, to);
    if (code === QUOTE) return this.#quotedValue(from + 1, to);
    if (code === APOSTROPHE) return this.#untilChar(from + 1, to, "'");
    if (code === BRACE) return this.#bracketed(from, to, "}");
    if (code === OPEN) return this.#bracketed(from, to, ")");
    if (field.kind === "op") return this.#words(from, to);
    const end = this.#bareEnd(from, to);
    if (field.kind === "label" && end < to) return this.#label(from, end, to);
    return this.#keep(from, strippedEnd(text, from, end), end);
  }

  #keep(start: number, end: number, next: number): number {
    this.#start = start;
    this.#end = end;
    return next;
  }

  /** Ends at a quote that something which may follow a value follows: user space writes quotes inside quotes. */
  #quotedValue(from: number, to: number): number {
    const text = this.#text;
    this.#quoted = true;
    let last = -1;
    let p = text.indexOf('"', from);
    while (p >= 0 && p < to) {
      last = p;
      const next = p + 1 < to ? text.charCodeAt(p + 1) : BLANK;
      if (next === BLANK || next === APOSTROPHE || next === CLOSE || next === COMMA) return this.#keep(from, p, p + 1);
      p = text.indexOf('"', p + 1);
    }
    if (last < 0) this.isTorn = true;
    return last < 0 ? this.#keep(from, to, to) : this.#keep(from, last, last + 1);
  }

  #untilChar(from: number, to: number, char: string): number {
    const at = this.#text.indexOf(char, from);
    this.#quoted = true;
    return at < 0 || at >= to ? this.#keep(from, to, to) : this.#keep(from, at, at + 1);
  }

  /** `(null)`, `(unknown user)`, `{ saddr_fam=inet … }`: the brackets belong to the value. */
  #bracketed(from: number, to: number, close: string): number {
    const at = this.#text.indexOf(close, from);
    if (at < 0 || at >= to) return this.#keep(from, this.#bareEnd(from, to), this.#bareEnd(from, to));
    const end = this.#bareEnd(at + 1, to);
    return this.#keep(from, strippedEnd(this.#text, from, end), end);
  }

  #bareEnd(from: number, to: number): number {
    const at = this.#text.indexOf(" ", from);
    return at < 0 || at > to ? to : at;
  }

  /** `op=adding user id=1003`: up to the next ` name=`. */
  #words(from: number, to: number): number {
    let end = this.#bareEnd(from, to);
    let next = end;
    while (next < to && !this.#startsPair(next, to)) {
      while (next < to && this.#text.charCodeAt(next) === BLANK) next++;
      next = this.#bareEnd(next, to);
      end = next;
    }
    return this.#keep(from, strippedEnd(this.#text, from, this.#withoutColon(from, end)), end);
  }

  #withoutColon(from: number, end: number): number {
    return end - 2 > from && this.#text.startsWith(" :", end - 2) ? end - 2 : end;
  }

  #startsPair(at: number, to: number): boolean {
    const text = this.#text;
    let p = at;
    while (p < to && (text.charCodeAt(p) === BLANK || text.charCodeAt(p) === OPEN)) p++;
    if (p >= to) return true;
    const start = p;
    while (p < to && NAME_CHAR[text.charCodeAt(p)] === 1) p++;
    return p > start && text.charCodeAt(p) === EQUALS;
  }

  /** Only behind a label: elsewhere ` (enforce)` is a word of its own. */
  #label(from: number, end: number, to: number): number {
    for (const mode of PROFILE_MODES) {
      if (end + mode.length <= to && this.#text.startsWith(mode, end))
        return this.#keep(from, end + mode.length, end + mode.length);
    }
    return this.#keep(from, strippedEnd(this.#text, from, end), end);
  }
}

/** Old PAM text separates by commas and closes brackets behind values; `(none)` and `f(x)` keep theirs. */
function strippedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && text.charCodeAt(end - 1) === COMMA) end--;
  if (end > from && text.charCodeAt(end - 1) === CLOSE && !hasOpen(text, from, end)) end--;
  return end;
}

function hasOpen(text: string, from: number, end: number): boolean {
  const at = text.indexOf("(", from);
  return at >= 0 && at < end;
}
