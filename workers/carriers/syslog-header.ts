/**
 * The header of one syslog line: RFC 5424, RFC 3164 and its many dialects, `journalctl -o short` and relatives, the
 * templates of rsyslog. Text is latin1, one char a byte.
 */
import { utf8Text } from "../base/bytes.ts";
import { epochAt, type LogTime, timeAt } from "../base/log-time.ts";
import { type Priority, priorityOf } from "./syslog-severity.ts";

export interface SyslogHeader {
  readonly priority: Priority | undefined;
  readonly time: LogTime | undefined;
  readonly host: string | undefined;
  readonly app: string | undefined;
  readonly pid: string | undefined;
  /** Names and values as the line has them, in order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Where the message begins. */
  readonly message: number;
  /** 2: its form leaves no doubt. 1: a time and a word, which other logs may begin with too. */
  readonly certainty: 1 | 2;
}

const COUNT = /^\d{1,9} (?=<\d{1,3}>)/;
const PRI = /<(\d{1,3})>/y;
const TAG = /([^\s:[\]]{1,128})(?:\[([^\]\s]{1,64})\])?:(?: |$)/y;
/** A tag without its colon shows itself by its process id. */
const TAG_PID = /([^\s:[\]]{1,128})\[(\d{1,10})\] /y;
const WORD = /(\S{1,255})(?: |$)/y;
const LEVEL_WORD = /^[[(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERR|ERROR|FATAL|CRIT|CRITICAL|SEVERE)\b/i;

/** undefined: the line has no header. */
export function syslogHeader(line: string): SyslogHeader | undefined {
  const start = COUNT.exec(line)?.[0].length ?? 0;
  const pri = matchAt(PRI, line, start);
  const priority = pri === undefined ? undefined : priorityOf(Number(pri[1]));
  if (pri !== undefined && priority === undefined) return undefined;
  const at = start + (pri?.[0].length ?? 0);
  if (pri !== undefined && line.startsWith("1 ", at)) {
    const modern = rfc5424(line, at + 2, priority);
    if (modern !== undefined) return modern;
  }
  return rfc3164(line, at, priority);
}

function rfc3164(line: string, start: number, priority: Priority | undefined): SyslogHeader | undefined {
  const time = timeAt(line, start) ?? epochAt(line, start);
  if (time === undefined && priority === undefined) return undefined;
  // Without a priority, only times that syslog writers write tell a header from any other log.
  if (priority === undefined && time !== undefined && !isWriters(time)) return undefined;
  let at = start + (time?.text.length ?? 0);
  if (time !== undefined) {
    const gap = /^:? +/.exec(line.slice(at, at + 8))?.[0];
    if (gap === undefined && at < line.length) return undefined;
    at += gap?.length ?? 0;
  }
  const direct = tagAt(line, at);
  const word = direct === undefined && time !== undefined ? matchAt(WORD, line, at) : undefined;
  const host = word?.[1];
  if (word !== undefined) at += word[0].length;
  const tag = direct ?? tagAt(line, at);
  if (priority === undefined && host !== undefined && LEVEL_WORD.test(host)) return undefined;
  if (priority === undefined && tag === undefined && time?.yearless === undefined) return undefined;
  const app = tag?.app;
  const pid = tag?.pid;
  const fields = named([...priorityFields(priority), ["time", time?.text], ["host", host], ["app", app], ["pid", pid]]);
  const certainty = priority !== undefined || tag !== undefined ? 2 : 1;
  return { priority, time, host, app, pid, fields, message: tag?.end ?? at, certainty };
}

/** RFC 3164's own, RFC 3339 with an offset, those of journalctl, seconds with a fraction. */
function isWriters({ text, yearless, parsed }: LogTime): boolean {
  if (yearless !== undefined || /^[A-Z][a-z]{2} /.test(text)) return true;
  if (/^\d{10}\.\d{6}$/.test(text)) return true;
  return /^\d{4}-\d\d-\d\dT/.test(text) && parsed?.zoneless === false;
}

function tagAt(
  line: string,
  at: number,
): { readonly app: string; readonly pid?: string; readonly end: number } | undefined {
  const found = matchAt(TAG, line, at) ?? matchAt(TAG_PID, line, at);
  if (found === undefined) return undefined;
  const [whole, app = "", pid] = found;
  return { app, end: at + whole.length, ...(pid === undefined ? {} : { pid }) };
}

const NIL = "-";

/** After the version: TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA [MSG]. */
function rfc5424(line: string, start: number, priority: Priority | undefined): SyslogHeader | undefined {
  let at = start;
  const words: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) {
    const word = matchAt(WORD, line, at);
    if (word === undefined) return undefined;
    words.push(word[1] === NIL ? undefined : word[1]);
    at += word[0].length;
  }
  const [stamp, host, app, pid, id] = words;
  const time = stamp === undefined ? undefined : timeAt(stamp, 0);
  if (stamp !== undefined && time?.text !== stamp) return undefined;
  const data = structuredData(line, at);
  if (data === undefined) return undefined;
  const known = [
    ["time", stamp],
    ["host", host],
    ["app", app],
    ["pid", pid],
    ["msgid", id],
  ] as const;
  const fields = [...named([...priorityFields(priority), ...known]), ...data.fields];
  return { priority, time, host, app, pid, fields, message: messageStart(line, data.end), certainty: 2 };
}

/** Behind the blank, and behind the byte order mark that a UTF-8 message may begin with. */
function messageStart(line: string, end: number): number {
  const at = line[end] === " " ? end + 1 : end;
  return line.startsWith("\u00ef\u00bb\u00bf", at) ? at + 3 : at;
}

const SD_ID = /\[([^\s=\]"]{1,256})/y;
const SD_PARAM = / +([^\s=\]"]{1,256})="([^"\\]*(?:\\[^][^"\\]*)*)"/y;

/** `[id name="value" …]…` or `-`; within a value `"`, `\` and `]` are escaped by `\`. */
function structuredData(
  line: string,
  start: number,
): { readonly fields: readonly (readonly [string, string])[]; readonly end: number } | undefined {
  if (line[start] === NIL && (start + 1 === line.length || line[start + 1] === " "))
    return { fields: [], end: start + 1 };
  const fields: (readonly [string, string])[] = [];
  let at = start;
  while (line[at] === "[") {
    const id = matchAt(SD_ID, line, at);
    if (id === undefined) return undefined;
    at += id[0].length;
    for (let param = matchAt(SD_PARAM, line, at); param !== undefined; param = matchAt(SD_PARAM, line, at)) {
      const value = (param[2] ?? "").replaceAll(/\\(["\\\]])/g, "$1");
      fields.push([`syslog.${utf8Text(id[1] ?? "")}.${utf8Text(param[1] ?? "")}`, utf8Text(value)]);
      at += param[0].length;
    }
    if (line[at] !== "]") return undefined;
    at++;
  }
  return at === start ? undefined : { fields, end: at };
}

function priorityFields(priority: Priority | undefined): readonly (readonly [string, string | undefined])[] {
  if (priority === undefined) return [];
  return [
    ["facility", priority.facility],
    ["severity", String(priority.severity)],
  ];
}

function named(
  parts: readonly (readonly [string, string | undefined])[],
): readonly (readonly [name: string, value: string])[] {
  return parts.flatMap(([name, value]) => (value === undefined ? [] : [[`syslog.${name}`, utf8Text(value)] as const]));
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line) ?? undefined;
}
