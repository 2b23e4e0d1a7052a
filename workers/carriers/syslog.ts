/** Lines with a syslog header, whatever their messages are. */
import { latin1Of } from "../base/bytes.ts";
import type { Reading } from "../contract.ts";
import type { CarriedRecord, Recognition, Wrap, WrapTime } from "../formats/format.ts";
import type { Carrier, UnitOutput } from "./carrier.ts";
import { contentEnd } from "./line-cutter.ts";
import { recogniseText, splitLines } from "./lines.ts";
import { bodyOf, type Message, SILENT, trimEnd, type Unit } from "./message.ts";
import { splitCounted } from "./syslog-counted.ts";
import { type SyslogHeader, syslogHeader } from "./syslog-header.ts";
import { nearest, type Stamped, studyYear, YearTracker } from "./syslog-year.ts";

export const syslog: Carrier = {
  id: "syslog",
  title: "Syslog lines",
  version: "1",
  yields: "either",
  recognise,
  study: (head, whole, asked, modified) => studyYear(stampedLines(head, whole, syslogHeader), asked, modified),
  split(output, reading) {
    const tracker = new YearTracker(reading.year);
    const take = (text: string, offset: number, length: number, line: number): void => {
      if (OWN_LINE.test(text)) return output.ignore(offset, length);
      const header = syslogHeader(text);
      output.record(syslogRecord({ text, offset, length, line }, header, trackedTime(header, tracker)));
    };
    return splitSyslog(output, take, reading);
  },
  reread(bytes, offset, line, _reading, near) {
    const text = trimEnd(latin1Of(bytes, 0, contentEnd(bytes, 0, bytes.length)), "\0");
    const header = syslogHeader(text);
    return syslogRecord({ text, offset, length: bytes.length, line, bytes }, header, timeNear(header, near));
  },
};

/** What journalctl prints between its lines. */
const OWN_LINE = /^-- (?:Logs begin|Journal begins|Boot [\da-f]{32}|Reboot|No entries).*--\s*$/;
/** What journalctl prints in place of a message that is no text. */
const BLOB = /^\[(\d+(?:\.\d+)?[BKMG]?) blob data\]$/;

/** A line may be one frame of a stream that counts its bytes; such a frame may hold line ends. */
export function splitSyslog(
  output: UnitOutput,
  take: (text: string, offset: number, length: number, line: number) => void,
  reading?: Reading,
): ReturnType<Carrier["split"]> {
  return splitCounted(output, take, () => splitLines(output, take, reading), reading?.encoding === "windows-1252");
}

function syslogRecord(unit: Unit, header: SyslogHeader | undefined, time: WrapTime | undefined): CarriedRecord {
  const { offset, length, line, text } = unit;
  const place = { offset, length, line };
  // A line without a header goes on where the one before it stopped; only the format can tell.
  if (header === undefined) return { ...place, ...bodyOf(messageAt(unit, 0, text.length), unit) };
  const blob = BLOB.exec(text.slice(header.message))?.[1];
  const message = messageAt(unit, header.message, blob === undefined ? text.length : header.message);
  const { body, flags } = bodyOf(message, unit);
  const wrap = wrapOf(header, time);
  if (blob === undefined) return { ...place, body, flags, wrap };
  const omitted = `message of ${blob} that is no text, omitted by journalctl, export with -o json --all`;
  return { ...place, body, flags: [...flags, "incomplete"], wrap: { ...wrap, omitted } };
}

function messageAt({ text, bytes }: Unit, start: number, end: number): Message {
  const message = text.slice(start, end);
  return bytes === undefined ? { text: message } : { text: message, placeOf: (char) => start + char };
}

export function wrapOf(header: SyslogHeader, time: WrapTime | undefined): Wrap {
  const { host, app, pid, priority, fields } = header;
  return {
    fields,
    ...(time === undefined ? {} : { time }),
    ...(host === undefined ? {} : { host }),
    ...(app === undefined ? {} : { app }),
    ...(pid === undefined ? {} : { pid }),
    ...(priority === undefined ? {} : { level: priority.level, facility: priority.facility }),
  };
}

/** The header's time as the lines before it tell its year. */
export function trackedTime(header: SyslogHeader | undefined, tracker: YearTracker): WrapTime | undefined {
  const time = header?.time;
  if (time === undefined) return undefined;
  if (time.yearless !== undefined)
    return { parsed: tracker.resolve(time.yearless), text: time.text, yearInferred: true };
  if (time.parsed !== undefined) tracker.note(time.parsed);
  return { parsed: time.parsed, text: time.text, yearInferred: false };
}

/** The header's time of a line read alone. */
export function timeNear(header: SyslogHeader | undefined, near: number | undefined): WrapTime | undefined {
  const time = header?.time;
  if (time === undefined) return undefined;
  if (time.yearless === undefined) return { parsed: time.parsed, text: time.text, yearInferred: false };
  // An entry without a time had no year that fits; the first year of the log is not that of every line.
  const parsed = near === undefined ? undefined : nearest(time.yearless, near);
  return { parsed, text: time.text, yearInferred: true };
}

const SAMPLE_LINES = 500;

/** The headers' times of the first lines, and what follows them. */
export function stampedLines(
  head: Uint8Array,
  whole: boolean,
  headerOf: (line: string) => SyslogHeader | undefined,
): readonly Stamped[] {
  const found: Stamped[] = [];
  const splitter = splitSyslog(SILENT, (text) => {
    const header = found.length < SAMPLE_LINES ? headerOf(text) : undefined;
    if (header?.time !== undefined) found.push({ time: header.time, message: text.slice(header.message) });
  });
  splitter.push(head);
  if (whole) splitter.finish();
  return found;
}

function recognise(head: Uint8Array, whole: boolean): Recognition {
  if (recogniseText(head, whole).confidence === 0) return { confidence: 0, reasons: ["holds no text"] };
  let sure = 0;
  let likely = 0;
  let all = 0;
  const splitter = splitSyslog(SILENT, (text) => {
    // Indented lines go on with the message before them.
    if (all >= SAMPLE_LINES || /^\s/.test(text)) return;
    all++;
    const certainty = syslogHeader(text)?.certainty;
    if (certainty === 2) sure++;
    else if (certainty === 1) likely++;
  });
  splitter.push(head);
  if (whole || all === 0) splitter.finish();
  const share = all === 0 ? 0 : (sure + likely * 0.9) / all;
  const reasons = [`${sure + likely} of ${all} lines have a syslog header`];
  // A log whose own lines begin with such a header is better read by those who know it.
  return { confidence: share < 0.5 ? 0 : 0.88 + share / 10, reasons };
}
