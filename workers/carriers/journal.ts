/**
 * What the export forms of the systemd journal share: the message becomes the record's body, all other fields its header.
 * Fields and their meaning: systemd.journal-fields(7); forms: systemd.journal-export(7), journalctl(1) --output.
 */
import { parseEpoch } from "../base/time.ts";
import type { CarriedRecord, Wrap, WrapTime } from "../formats/format.ts";
import { bodyOf, type Message, textBody, type Unit } from "./message.ts";
import { levelOfPriority } from "./syslog-severity.ts";

/** The fields of one journal entry, in their order. */
export interface JournalEntry {
  /** All but the message; repeated fields come several times. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** undefined: the entry has none. "omitted": there was one, and journalctl left it out. */
  readonly message: Message | "omitted" | undefined;
  /** A value other than the message was left out. */
  readonly isCut: boolean;
}

export const TIMESTAMP = "__REALTIME_TIMESTAMP";
const OMITTED = "message omitted by journalctl, export with --all";

export function journalRecord(entry: JournalEntry, unit: Unit): CarriedRecord {
  const { offset, length, line } = unit;
  const first = (name: string): string | undefined => entry.fields.find(([each]) => each === name)?.[1];
  const piece = pieceOf(first);
  const message = entry.message === "omitted" || entry.message === undefined ? { text: "" } : entry.message;
  const isWhole = piece?.last !== false;
  const { body, flags } = isWhole ? bodyOf(message, unit) : textBody(message);
  return {
    offset,
    length,
    line,
    body,
    flags: entry.isCut || entry.message === "omitted" ? [...flags, "incomplete"] : flags,
    wrap: wrapOf(entry, first),
    ...(piece === undefined ? {} : { piece }),
  };
}

/**
 * A line beyond journald's limit is stored in pieces: all but the last say `_LINE_BREAK=line-max`. Every entry of a stream
 * may be the last piece of one.
 */
function pieceOf(first: (name: string) => string | undefined): CarriedRecord["piece"] {
  const stream = first("_STREAM_ID");
  return stream === undefined ? undefined : { stream, last: first("_LINE_BREAK") !== "line-max" };
}

function wrapOf(entry: JournalEntry, first: (name: string) => string | undefined): Wrap {
  const time = timeOf(first(TIMESTAMP));
  const host = first("_HOSTNAME");
  const app = first("SYSLOG_IDENTIFIER") ?? first("_COMM");
  const pid = first("_PID") ?? first("SYSLOG_PID");
  const level = levelOfPriority(first("PRIORITY"));
  const facility = first("SYSLOG_FACILITY");
  return {
    fields: entry.fields,
    ...(time === undefined ? {} : { time }),
    ...(host === undefined ? {} : { host }),
    ...(app === undefined ? {} : { app }),
    ...(pid === undefined ? {} : { pid }),
    ...(level === undefined ? {} : { level }),
    ...(facility === undefined ? {} : { facility }),
    ...(entry.message === "omitted" ? { omitted: OMITTED } : {}),
  };
}

/** Microseconds since 1970. */
function timeOf(text: string | undefined): WrapTime | undefined {
  return text === undefined ? undefined : { parsed: parseEpoch(text), text, yearInferred: false };
}

/**
 * The record that its pieces make: it has the header of the first. `textOf` gives the message of a piece whose body is an
 * object, which the end of a line may happen to be.
 */
export function joinPieces(
  pieces: readonly CarriedRecord[],
  textOf: (piece: CarriedRecord) => string | undefined,
): CarriedRecord {
  const [first, ...more] = pieces;
  if (first === undefined) throw new RangeError("no pieces to join");
  if (more.length === 0)
    return { ...first, flags: first.piece?.last === false ? [...first.flags, "incomplete"] : first.flags };
  const texts = pieces.map((each) => (each.body.kind === "text" ? each.body.text : (textOf(each) ?? "")));
  const { body, flags } = bodyOf({ text: texts.join("") }, undefined);
  const isCut = pieces.at(-1)?.piece?.last === false;
  const all = new Set([...flags, ...pieces.flatMap((piece) => piece.flags.filter((flag) => flag !== "encoding"))]);
  if (isCut) all.add("incomplete");
  const { piece: _piece, ...rest } = first;
  return { ...rest, body, flags: [...all] };
}
