/** What one line of a log without a known form says of its time and level. */
import { epochAt, type LogTime, timeAt } from "../../base/log-time.ts";
import { LEVEL_WORDS } from "../words.ts";

export interface TextLine {
  /** Latin1, one char a byte. */
  readonly text: string;
  readonly time: PlacedTime | undefined;
  readonly level: PlacedLevel | undefined;
}
interface PlacedTime extends LogTime {
  readonly start: number;
}
interface PlacedLevel {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A line's own time stands at its start, behind a bracket or quote, or behind a level or thread name in brackets. */
const BEFORE_TIME =
  /^(?:[["'(<#*]|<\d{1,3}>|\[[^\]]{0,40}\] *\[?|(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)[ \t:|,-]+\[?)/;
/** Web servers write it behind address and user: `192.0.2.1 - eva [10/Oct/2000:13:55:36 -0700] "GET …`. */
const ACCESS_LOG = /^\S{1,255} \S{1,255} [^[]{1,255}\[(?=\d\d\/[A-Z][a-z]{2}\/\d{4}:)/;

const LEVEL_REACH = 200;
/** In capitals, in brackets, or as `level=`: the same words in lower case are mostly prose. */
const LEVEL =
  /(?:^|[\s|[(<"',;:-])(TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERR|ERROR|CRIT|CRITICAL|FATAL|SEVERE|ALERT|EMERG|PANIC)(?=$|[\s|\])>"',;:-])|\[(?:[\w-]{1,40}:)?(trace|debug|info|notice|warn|warning|error|crit|critical|fatal|alert|emerg)\d?\]|\b(?:level|lvl|severity)[=:]"?(\w{2,11})\b/;

/** `numbers`: a number since 1970 counts as a time. */
export function lineOf(text: string, numbers: boolean): TextLine {
  const time = timeOf(text, numbers);
  return { text, time, level: levelOf(text, time === undefined ? 0 : time.start + time.text.length) };
}

function timeOf(text: string, numbers: boolean): PlacedTime | undefined {
  for (const start of startsOf(text)) {
    const found = timeAt(text, start) ?? (numbers && start <= 1 ? epochAt(text, start) : undefined);
    if (found !== undefined) return { ...found, start };
  }
  return undefined;
}

function* startsOf(text: string): Generator<number> {
  yield 0;
  const before = BEFORE_TIME.exec(text)?.[0].length;
  if (before !== undefined) yield before;
  const access = ACCESS_LOG.exec(text)?.[0].length;
  if (access !== undefined) yield access;
}

/** Before the time (`INFO 2025-03-01 …`) or soon behind it. */
function levelOf(text: string, from: number): PlacedLevel | undefined {
  const start = from > 0 && from < 100 ? 0 : from;
  const found = LEVEL.exec(text.slice(start, from + LEVEL_REACH));
  const word = found?.[1] ?? found?.[2] ?? found?.[3];
  if (found === null || word === undefined) return undefined;
  const key = word.toLowerCase();
  const value = key === "severe" ? "error" : Object.hasOwn(LEVEL_WORDS, key) ? LEVEL_WORDS[key] : undefined;
  if (value === undefined) return undefined;
  const at = start + found.index + found[0].lastIndexOf(word);
  return { value, start: at, end: at + word.length };
}
