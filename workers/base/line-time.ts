/** Where the line of a log without a known form tells its time: at its start, or behind what programs write before it. */
import { epochAt, klogAt, type LogTime, timeAt } from "./log-time.ts";
import { type DateOrder, numbersAt } from "./written-time.ts";

/** A time and the char of the line that it starts at. */
export interface PlacedTime extends LogTime {
  readonly start: number;
}

/** Behind a bracket or quote, or behind a level or thread name in brackets. */
const BEFORE_TIME =
  /^(?:[["'(<#*]|<\d{1,3}>|\[[^\]]{0,40}\] *\[?|(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)[ \t:|,-]+\[?)/;
/** Web servers write it behind address and user: `192.0.2.1 - eva [10/Oct/2000:13:55:36 -0700] "GET …`. */
const ACCESS_LOG = /^\S{1,255} \S{1,255} [^[]{1,255}\[(?=\d\d\/[A-Z][a-z]{2}\/\d{4}:)/;

/**
 * `numbers`: a number since 1970 counts as a time. `order`: how 01/02/2025 is meant; without it such a time is found, and
 * is not read.
 */
export function lineTime(text: string, numbers: boolean, order: DateOrder | undefined): PlacedTime | undefined {
  for (const start of startsOf(text)) {
    const found = timeAt(text, start) ?? writtenAt(text, start, order) ?? (numbers ? epochIn(text, start) : undefined);
    if (found !== undefined) return { ...found, start };
  }
  const klog = klogAt(text);
  return klog === undefined ? undefined : { ...klog, start: 1 };
}

function writtenAt(text: string, start: number, order: DateOrder | undefined): LogTime | undefined {
  const found = numbersAt(text, start, order);
  return found === undefined ? undefined : { ...found, yearless: undefined };
}

function epochIn(text: string, start: number): LogTime | undefined {
  return start <= 1 ? epochAt(text, start) : undefined;
}

function* startsOf(text: string): Generator<number> {
  yield 0;
  const before = BEFORE_TIME.exec(text)?.[0].length;
  if (before !== undefined) yield before;
  const access = ACCESS_LOG.exec(text)?.[0].length;
  if (access !== undefined) yield access;
}
