/**
 * The ENRICHED trailer: upper-case names with the interpretation of the lower-case field of the same name, as seen on
 * the host that wrote the record. It follows a GS (0x1D), which some shippers drop or turn into a blank.
 */

import { fieldName, type ValueClass } from "./names.ts";

/** Upper-case names that audisp and auditd write (log_format = ENRICHED), longest first so that AUID wins over UID. */
const NAMES = [
  "INODE_UID",
  "INODE_GID",
  "OLD-AUID",
  "SYSCALL",
  "NEW_GID",
  "OBJ_UID",
  "OBJ_GID",
  "FSUID",
  "FSGID",
  "OAUID",
  "SAUID",
  "SADDR",
  "ARCH",
  "AUID",
  "EUID",
  "SUID",
  "EGID",
  "SGID",
  "OUID",
  "OGID",
  "IUID",
  "IGID",
  "UID",
  "GID",
  "ID",
];
/** Whether a name is one that interprets the lower-case field of the same name. */
export function isTrailerName(name: string): boolean {
  return NAMES.includes(name);
}

const GS = "\x1d";
/** Last letters of the names: only an `=` behind one of them can end a name. */
const LAST_LETTERS = new Set(["D", "L", "R", "H"].map((letter) => letter.charCodeAt(0)));

export interface Trailer {
  /** End of the body proper. */
  readonly bodyEnd: number;
  /** First byte of the trailer, behind the GS; equal to the record's end when there is none. */
  readonly start: number;
}

export function findTrailer(text: string, from: number, to: number): Trailer {
  const gs = text.indexOf(GS, from);
  if (gs >= 0 && gs < to) return { bodyEnd: gs, start: gs + 1 };
  const start = mayHoldNames(text, from, to) ? lostSeparator(text, from, to) : -1;
  return start < 0 ? { bodyEnd: to, start: to } : { bodyEnd: start, start };
}

/** Native searches first: a raw log has none of these, and is spared the walk. */
function mayHoldNames(text: string, from: number, to: number): boolean {
  return (
    isWithin(text, "ID=", from, to) ||
    isWithin(text, "SADDR=", from, to) ||
    isWithin(text, "ARCH=", from, to) ||
    isWithin(text, "SYSCALL=", from, to)
  );
}

function isWithin(text: string, part: string, from: number, to: number): boolean {
  const at = text.indexOf(part, from);
  return at >= 0 && at < to;
}

/** The first known name outside quotes whose lower-case field stands earlier in the record; -1 = none. */
function lostSeparator(text: string, from: number, to: number): number {
  let isQuoted = false;
  const nestedAt = text.indexOf("msg='", from);
  for (let p = from; p < to; p++) {
    const code = text.charCodeAt(p);
    if (code === 34) isQuoted = !isQuoted;
    if (code !== 61 || isQuoted || !LAST_LETTERS.has(text.charCodeAt(p - 1))) continue;
    const start = nameBefore(text, from, p);
    if (start >= 0 && !isNested(text, nestedAt, start)) return start;
  }
  return -1;
}

/** Inside `msg='…'`, whose last quote closes it; without a closing quote (a torn line) nothing is inside. */
function isNested(text: string, nestedAt: number, start: number): boolean {
  if (nestedAt < 0 || nestedAt > start) return false;
  const open = nestedAt + 4;
  const before = text.lastIndexOf("'", start - 1);
  return before === open && text.indexOf("'", start) > 0;
}

function nameBefore(text: string, from: number, equals: number): number {
  let longest = -1;
  for (const name of NAMES) {
    const start = equals - name.length;
    if (start < from || !text.startsWith(name, start) || !hasField(text, from, start, name.toLowerCase())) continue;
    if (longest < 0) {
      if (!breaksHex(text, from, start)) return start;
      longest = start;
    } else if (isAllHex(text, longest, start)) {
      return start;
    }
  }
  return longest;
}

function hasField(text: string, from: number, before: number, name: string): boolean {
  let at = text.indexOf(`${name}=`, from);
  while (at >= 0 && at < before) {
    if (!isNameChar(text.charCodeAt(at - 1))) return true;
    at = text.indexOf(`${name}=`, at + 1);
  }
  return false;
}

function isNameChar(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45;
}

/** `data=6C73410AUID=`: cutting at AUID leaves half a byte, cutting at UID whole ones. */
function breaksHex(text: string, from: number, cut: number): boolean {
  let p = cut;
  while (p > from && isUpperHex(text.charCodeAt(p - 1))) p--;
  if (((cut - p) & 1) === 0 || text.charCodeAt(p - 1) !== 61) return false;
  let nameAt = p - 1;
  while (nameAt > from && isNameChar(text.charCodeAt(nameAt - 1))) nameAt--;
  return HEX_KINDS.has(fieldName(text.slice(nameAt, p - 1)).kind);
}
const HEX_KINDS: ReadonlySet<ValueClass> = new Set([
  "escaped",
  "account",
  "key",
  "proctitle",
  "keystrokes",
  "sockaddr",
]);

function isAllHex(text: string, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (!isUpperHex(text.charCodeAt(p))) return false;
  return true;
}

function isUpperHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70);
}
