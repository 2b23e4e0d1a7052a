/** Cuts one carried line into the audit records in it: normally one, several where a shipper glued them. */
import type { CarriedRecord } from "../format.ts";
import { journalHeading } from "./journal.ts";
import { recordType, type RecordType } from "./record-types.ts";
import { findHeading, headingAt, STAMP, type Heading, type Stamp } from "./stamp.ts";

export interface AuditRecord {
  /** The line or unit it lies in; one char a byte. */
  readonly carried: CarriedRecord;
  readonly text: string;
  /** Offset of node=, type= or the stamp: what is in front is wrapping. */
  readonly start: number;
  /** Behind the stamp. */
  readonly bodyStart: number;
  /** Behind the last char, line end and trailing blanks not counted. */
  readonly end: number;
  readonly type: RecordType;
  /** As written in front of the type. */
  readonly typeWord: string;
  /** "" where none is written. */
  readonly node: string;
  readonly stamp: Stamp;
  /**
   * Where the parts of a record stand that was written anew from another form. They are not looked for in its text: a value
   * of the evidence may look like other fields, and must not become them.
   */
  readonly written?: WrittenParts;
}
export interface Range {
  readonly start: number;
  readonly end: number;
}
export interface WrittenField extends Range {
  readonly name: string;
  readonly scope: "header" | "nested" | "trailer";
  readonly nameAt: number;
  /** `start` and `end` leave out the quotes. */
  readonly quoted: boolean;
}
export interface WrittenParts {
  readonly fields: readonly WrittenField[];
  /** Words in front of the first field; start = end when there are none. */
  readonly lead: Range;
  readonly nestedLead: Range;
  /** Behind the last char where there is no trailer. */
  readonly trailerStart: number;
}

/** The records of a line in order; none when it has no stamp that can be read. `node` holds for a line without one. */
export function parseLine(carried: CarriedRecord, node = ""): readonly AuditRecord[] {
  const text = carried.body.kind === "text" ? carried.body.text : "";
  const inJournal = journalRecord(carried, text);
  if (inJournal !== undefined) return [inJournal];
  let heading = findHeading(text, nulRunEnd(text));
  if (heading === undefined) return [];
  const lineNode = heading.node === "" ? node || nodeOf(carried.lineStart) : heading.node;
  const records: AuditRecord[] = [];
  while (heading !== undefined) {
    const next = findGlued(text, heading.stamp.end);
    records.push({
      carried,
      text,
      start: heading.start,
      bodyStart: heading.stamp.end,
      end: trimmedEnd(text, heading.stamp.end, next === undefined ? text.length : next.start),
      type: recordType(heading.type),
      typeWord: heading.type,
      node: heading.node === "" ? lineNode : heading.node,
      stamp: heading.stamp,
    });
    heading = next;
  }
  return records;
}

/** The node that the line of a part begins with. */
function nodeOf(lineStart = ""): string {
  return lineStart === "" ? "" : (findHeading(lineStart, nulRunEnd(lineStart))?.node ?? "");
}

/** Its text may quote a stamp, in an argument for example: that is no heading. */
function journalRecord(carried: CarriedRecord, text: string): AuditRecord | undefined {
  const heading = journalHeading(carried, text);
  if (heading === undefined) return undefined;
  const { stamp, type, typeWord } = heading;
  const end = trimmedEnd(text, stamp.end, text.length);
  return { carried, text, start: 0, bodyStart: stamp.end, end, type, typeWord, node: "", stamp };
}

/** True of a record that its text gives no stamp: journald names it beside the text, or nowhere. */
export function isStampless({ stamp }: AuditRecord): boolean {
  return stamp.at < 0;
}

/**
 * Whether a line is nothing but `LEAD type=NAME msg=audit(KEY):` with a body, as `parseLine` would find; false = it must
 * be parsed to know.
 */
export function isRecordOf(text: string, lead: string, key: string): boolean {
  const stampAt = text.indexOf(" ", lead.length) + 5;
  const keyAt = stampAt + STAMP.length;
  return (
    text.startsWith(lead) &&
    text.startsWith("type=", lead.length) &&
    text.startsWith("msg=audit(", stampAt - 4) &&
    text.startsWith(key, keyAt) &&
    text.startsWith("):", keyAt + key.length) &&
    text.indexOf(STAMP, keyAt) < 0
  );
}

/** The number of records in a line that holds one at least. */
export function recordsIn(carried: CarriedRecord): number {
  const text = carried.body.kind === "text" ? carried.body.text : "";
  const isSingle = text.indexOf(STAMP, text.indexOf(STAMP) + 1) < 0;
  return isSingle ? 1 : parseLine(carried).length;
}

/** A further ` type=NAME msg=audit(…)` of the same line, outside quotes. */
function findGlued(text: string, bodyStart: number): Heading | undefined {
  let at = text.indexOf("audit(", bodyStart);
  while (at >= 0) {
    const next = headingAt(text, bodyStart, at);
    if (next !== undefined && next.type !== "" && startsApart(text, bodyStart, next.start)) return next;
    at = text.indexOf("audit(", at + 6);
  }
  return undefined;
}

/** Preceded by a blank and not inside `"…"` or `msg='…'`. */
function startsApart(text: string, bodyStart: number, at: number): boolean {
  if (at <= bodyStart || text.charCodeAt(at - 1) > 32) return false;
  let quotes = 0;
  for (let p = bodyStart; p < at; p++) if (text.charCodeAt(p) === 34) quotes++;
  if ((quotes & 1) === 1) return false;
  const open = text.indexOf("='", bodyStart);
  return open < 0 || open >= at || text.lastIndexOf("'", at) > open + 1;
}

/** Preallocated or torn files hold runs of NUL in front of a line. */
function nulRunEnd(text: string): number {
  let p = 0;
  while (text.charCodeAt(p) === 0) p++;
  return p;
}

function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from) {
    const code = text.charCodeAt(end - 1);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 0) break;
    end--;
  }
  return end;
}
