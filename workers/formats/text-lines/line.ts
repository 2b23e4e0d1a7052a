/** What one line of a log without a known form says of its time and level. */
import { lookup } from "../../base/lookup.ts";
import { lineTime, type PlacedTime } from "../../base/line-time.ts";
import type { DateOrder } from "../../base/written-time.ts";
import { LEVEL_WORDS } from "../words.ts";

export interface TextLine {
  /** Latin1, one char a byte. */
  readonly text: string;
  readonly time: PlacedTime | undefined;
  readonly level: PlacedLevel | undefined;
}
interface PlacedLevel {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const LEVEL_REACH = 200;
/** In capitals, in brackets, or as `level=`: the same words in lower case are mostly prose. */
const LEVEL =
  /(?:^|[\s|[(<"',;:-])(TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERR|ERROR|CRIT|CRITICAL|FATAL|SEVERE|ALERT|EMERG|PANIC)(?=$|[\s|\])>"',;:-])|\[(?:[\w-]{1,40}:)?(trace|debug|info|notice|warn|warning|error|crit|critical|fatal|alert|emerg)\d?\]|\b(?:level|lvl|severity)[=:]"?(\w{2,11})\b/;

/** As `lineTime`. */
export function lineOf(text: string, numbers: boolean, order?: DateOrder): TextLine {
  const time = lineTime(text, numbers, order);
  return { text, time, level: levelOf(text, time) };
}

/** The letter before the time, as klog writes it. */
const KLOG_LEVELS: Readonly<Record<string, string>> = lookup({ I: "info", W: "warning", E: "error", F: "critical" });

/** Before the time (`INFO 2025-03-01 …`) or soon behind it. */
function levelOf(text: string, time: PlacedTime | undefined): PlacedLevel | undefined {
  const from = time === undefined ? 0 : time.start + time.text.length;
  const letter = KLOG_LEVELS[time?.start === 1 ? text.charAt(0) : ""];
  if (letter !== undefined) return { value: letter, start: 0, end: 1 };
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
