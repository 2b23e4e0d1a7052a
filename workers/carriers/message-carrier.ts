/**
 * Carriers of device messages (CEF, LEEF), bare or behind any syslog header. Other lines with a header are records of text
 * beside them.
 */
import { decodeUtf8, latin1Of } from "../base/bytes.ts";
import type { CarriedRecord, Recognition, Wrap, WrapTime } from "../formats/format.ts";
import type { Carrier } from "./carrier.ts";
import { type KeyedMessage, keyedSpans } from "./keyed-message.ts";
import { contentEnd } from "./line-cutter.ts";
import { recogniseText } from "./lines.ts";
import { SILENT, textBody, trimEnd, type Unit } from "./message.ts";
import { splitSyslog, stampedLines, timeNear, trackedTime, wrapOf } from "./syslog.ts";
import { type SyslogHeader, syslogHeader } from "./syslog-header.ts";
import { studyYear, YearTracker } from "./syslog-year.ts";

export interface MessageForm {
  readonly id: string;
  readonly title: string;
  /** What the messages are called and begin with, before a colon. */
  readonly name: string;
  /** What is wrong with a header that has too few fields. */
  readonly badHeader: string;
  /** Where the message begins in a line; undefined when the line holds none. */
  start(line: string): number | undefined;
  /** undefined: the header has too few fields. */
  parse(line: string, start: number): KeyedMessage | undefined;
}

export function messageCarrier(form: MessageForm): Carrier {
  const headerOf = (line: string): SyslogHeader | undefined => headerBefore(form, line);
  return {
    id: form.id,
    title: form.title,
    version: "1",
    yields: "either",
    recognise: (head, whole) => recognise(form, head, whole),
    study: (head, whole, asked, modified) => studyYear(stampedLines(head, whole, headerOf), asked, modified),
    split(output, reading) {
      const tracker = new YearTracker(reading.year);
      const take = (text: string, offset: number, length: number, line: number): void => {
        const header = headerOf(text);
        const record = recordOf(form, { text, offset, length, line }, header, trackedTime(header, tracker));
        if (!("code" in record)) output.record(record);
        else output.reject(offset, length, line, record.code, record.reason);
      };
      return splitSyslog(output, take, reading);
    },
    reread(bytes, offset, line, _reading, near) {
      const text = trimEnd(latin1Of(bytes, 0, contentEnd(bytes, 0, bytes.length)), "\0");
      const header = headerOf(text);
      const unit: Unit = { text, offset, length: bytes.length, line, bytes };
      const record = recordOf(form, unit, header, timeNear(header, near));
      return "code" in record ? undefined : record;
    },
  };
}

interface NoRecord {
  readonly code: string;
  readonly reason: string;
}

function recordOf(
  { id, name, badHeader, start: startIn, parse }: MessageForm,
  unit: Unit,
  header: SyslogHeader | undefined,
  time: WrapTime | undefined,
): CarriedRecord | NoRecord {
  const { text, offset, length, line, bytes } = unit;
  const place = { offset, length, line };
  const start = startIn(text);
  if (start === undefined) {
    if (header === undefined) {
      return { code: `${id}.none`, reason: `neither a ${name} message nor a line with a syslog header` };
    }
    const message = text.slice(header.message);
    const placeOf = bytes === undefined ? {} : { placeOf: (char: number) => header.message + char };
    return { ...place, ...textBody({ text: message, ...placeOf }), wrap: wrapOf(header, time) };
  }
  const message = parse(text, start);
  if (message === undefined) return { code: `${id}.header`, reason: badHeader };
  const seen = bytes === undefined ? {} : { bytes, spans: () => keyedSpans(message, length) };
  const body = { kind: "object", value: message.value, text, ...seen } as const;
  const wrap = wrapBefore(text.slice(0, start), header, time);
  const flags = decodeUtf8(text).valid ? [] : (["encoding"] as const);
  return { ...place, body, flags, ...(wrap === undefined ? {} : { wrap }) };
}

/** What stands before the message, as it is where it is no header that is known. */
function wrapBefore(before: string, header: SyslogHeader | undefined, time: WrapTime | undefined): Wrap | undefined {
  if (header !== undefined) return wrapOf(header, time);
  const text = before.trim();
  return text === "" ? undefined : { fields: [["syslog.header", text]] };
}

/** The header before a message takes the place of its tag for one. */
function headerBefore({ name, start: startIn }: MessageForm, line: string): SyslogHeader | undefined {
  const start = startIn(line);
  if (start === undefined) return syslogHeader(line);
  if (start === 0) return undefined;
  const header = syslogHeader(`${line.slice(0, start)}${name}: `);
  if (header === undefined) return undefined;
  const isTag = header.app === name && header.pid === undefined;
  const fields = isTag ? header.fields.filter(([name]) => name !== "syslog.app") : header.fields;
  return { ...header, app: isTag ? undefined : header.app, fields, message: start };
}

const SAMPLE_LINES = 200;

function recognise(form: MessageForm, head: Uint8Array, whole: boolean): Recognition {
  if (recogniseText(head, whole).confidence === 0) return { confidence: 0, reasons: ["holds no text"] };
  let found = 0;
  let all = 0;
  const splitter = splitSyslog(SILENT, (text) => {
    if (all >= SAMPLE_LINES) return;
    all++;
    if (form.start(text) !== undefined) found++;
  });
  splitter.push(head);
  if (whole || all === 0) splitter.finish();
  const share = all === 0 ? 0 : found / all;
  return {
    confidence: share < 0.5 ? 0 : 0.9 + share / 10,
    reasons: [`${found} of ${all} lines hold a ${form.name} message`],
  };
}
