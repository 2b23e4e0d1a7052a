/** Times as programs write them at the start of a log line. The machine's zone and locale have no say. */
import { leadingIso, type ParsedTime, parseEpoch, parseIso } from "./time.ts";

/** A time found in a line. */
export interface LogTime {
  readonly text: string;
  /** undefined: written as a time, but no such date or clock; or its year is not written (then `yearless` says the rest). */
  readonly parsed: ParsedTime | undefined;
  readonly yearless: YearlessTime | undefined;
}
/** Month, day and clock without a year, as RFC 3164 writes them. */
export interface YearlessTime {
  readonly month: number;
  readonly day: number;
  /** `18:00:20` or `18:00:20.549` */
  readonly clock: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
const MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const DAY_NAME = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )";
const CLOCK = String.raw`(\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)`;
const ZONE = String.raw`(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w:]))?`;
const END = String.raw`(?!\w|:\d|[.,]\d)`;

/** `Mar  3 18:00:20`, with a year in either place, as syslog, Cisco and asctime write it. */
const MONTH_FIRST = new RegExp(
  `${DAY_NAME}?${MONTH} +(\\d{1,2})(?: (\\d{4}))? ${CLOCK}(?: (\\d{4})(?!\\d))?${ZONE}${END}`,
  "y",
);
/** `10/Oct/2000:13:55:36 -0700` (Apache), `10-Oct-2000 13:55:36`, `Mon, 03 Mar 2025 18:00:00 +0000`. */
const DAY_FIRST = new RegExp(`${DAY_NAME}?(\\d{1,2})([ /-])${MONTH}\\2(\\d{4})[: ]${CLOCK}${ZONE}${END}`, "y");
const SLASHED = new RegExp(String.raw`(\d{4})/(\d\d)/(\d\d)[ T-]${CLOCK}${ZONE}${END}`, "y");
/** `journalctl -o short-full`: what stands for the zone is an abbreviation, of which only UTC is unambiguous. */
const NAMED_ISO = new RegExp(
  String.raw`${DAY_NAME}(\d{4}-\d\d-\d\d) ${CLOCK}(?: (Z|UTC|GMT)\b| [A-Z]{2,5}\b| [+-]\d\d\b)?${END}`,
  "y",
);
const ISO_ZONE = /^ (?:UTC|GMT|Z|[+-]\d\d:?\d\d)(?![\w:])/;

/** The time that starts at exactly this char of a line; undefined when none does. */
export function timeAt(line: string, at: number): LogTime | undefined {
  return (
    isoAt(line, at) ?? monthFirstAt(line, at) ?? dayFirstAt(line, at) ?? slashedAt(line, at) ?? namedIsoAt(line, at)
  );
}

function isoAt(line: string, at: number): LogTime | undefined {
  const first = line.charCodeAt(at);
  if (!(first >= 0x30 && first <= 0x39)) return undefined;
  const rest = line.slice(at, at + 80);
  const iso = leadingIso(rest);
  if (iso === undefined) return undefined;
  const zone = /[Zz]$|[+-]\d\d(?::?\d\d)?$/.test(iso.slice(10))
    ? undefined
    : ISO_ZONE.exec(rest.slice(iso.length))?.[0];
  const text = iso + (zone ?? "");
  return { text, parsed: parseIso(text), yearless: undefined };
}

function monthFirstAt(line: string, at: number): LogTime | undefined {
  const found = matchAt(MONTH_FIRST, line, at);
  if (found === undefined) return undefined;
  const [text, name = "", day = "", before, clock = "", after, zone] = found;
  const month = monthOf(name);
  const year = before ?? after;
  if (year !== undefined) return dated(text, Number(year), month, Number(day), clock, zone);
  const yearless = { month, day: Number(day), clock };
  // In a leap year every day of every month exists.
  return { text, parsed: undefined, yearless: withYear(yearless, 2000) === undefined ? undefined : yearless };
}

function dayFirstAt(line: string, at: number): LogTime | undefined {
  const found = matchAt(DAY_FIRST, line, at);
  if (found === undefined) return undefined;
  const [text, day = "", , name = "", year = "", clock = "", zone] = found;
  return dated(text, Number(year), monthOf(name), Number(day), clock, zone);
}

function slashedAt(line: string, at: number): LogTime | undefined {
  const found = matchAt(SLASHED, line, at);
  if (found === undefined) return undefined;
  const [text, year = "", month = "", day = "", clock = "", zone] = found;
  return dated(text, Number(year), Number(month), Number(day), clock, zone);
}

function namedIsoAt(line: string, at: number): LogTime | undefined {
  const found = matchAt(NAMED_ISO, line, at);
  if (found === undefined) return undefined;
  const [text, date = "", clock = "", zone = ""] = found;
  const offset = / ([+-]\d\d)$/.exec(text)?.[1] ?? (zone === "" ? "" : "Z");
  return { text, parsed: parseIso(`${date}T${clock}${offset}`), yearless: undefined };
}

/**
 * klog of Kubernetes, glog: severity, month, day and clock, then the thread, as in `I0302 15:04:05.123456    1234 main.go:12]`
 * (https://github.com/kubernetes/klog, header of klog.go). Its time starts at the second char.
 */
const KLOG = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{6})(?= +\d+ \S+:\d+\])/;

export function klogAt(line: string): LogTime | undefined {
  const found = KLOG.exec(line);
  if (found === null) return undefined;
  const [text, month, day, clock = ""] = found;
  const yearless = { month: Number(month), day: Number(day), clock };
  return {
    text: text.slice(1),
    parsed: undefined,
    yearless: withYear(yearless, 2000) === undefined ? undefined : yearless,
  };
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line) ?? undefined;
}

function monthOf(name: string): number {
  return MONTHS.findIndex((month) => month === name.toLowerCase()) + 1;
}

function dated(text: string, year: number, month: number, day: number, clock: string, zone = ""): LogTime {
  const iso = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}${zone === "GMT" || zone === "UTC" ? "Z" : zone}`;
  return { text, parsed: parseIso(iso), yearless: undefined };
}

/** undefined where that year has no such day. */
export function withYear({ month, day, clock }: YearlessTime, year: number): ParsedTime | undefined {
  return parseIso(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}`);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

const EPOCH =
  /^\d{10}(?:[.,]\d{1,9})?(?=[\s,;|\]:]|$)|^\d{13}(?=[\s,;|\]:]|$)|^\d{16}(?=[\s,;|\]:]|$)|^\d{19}(?=[\s,;|\]:]|$)/;

/** Seconds, ms, µs or ns since 1970 that start at this char, with as many digits as they have had since 2001. */
export function epochAt(line: string, at: number): LogTime | undefined {
  const text = EPOCH.exec(line.slice(at, at + 32))?.[0];
  return text === undefined ? undefined : { text, parsed: parseEpoch(text.replace(",", ".")), yearless: undefined };
}
