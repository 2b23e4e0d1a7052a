/**
 * Times written by a pattern of Java (`devTimeFormat`). Letters as in java.text.SimpleDateFormat, "Date and Time
 * Patterns": what is needed for a date with a clock; a pattern with another letter is not followed.
 */
import { parseIso, type ParsedTime } from "../../base/time.ts";

type Part = "year" | "month" | "name" | "day" | "hour" | "half" | "noon" | "minute" | "second" | "fraction" | "zone";

interface Reader {
  readonly expression: RegExp;
  readonly parts: readonly Part[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LETTERS = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;

/** Of abbreviations only those of UTC say one thing. */
const ZONE = String.raw`(Z|UTC|GMT|(?:GMT|UTC)?[+-]\d\d(?::?\d\d)?)`;

/** Parts of a pattern by their letter; undefined: only looked past. */
const BY_LETTER: ReadonlyMap<string, readonly [source: string, part: Part | undefined]> = new Map([
  ["y", [String.raw`(\d{4}|\d\d)`, "year"]],
  ["d", [String.raw`(\d{1,2})`, "day"]],
  ["H", [String.raw`(\d{1,2})`, "hour"]],
  ["h", [String.raw`(\d{1,2})`, "half"]],
  ["a", ["([AaPp])\\.?[Mm]\\.?", "noon"]],
  ["m", [String.raw`(\d{1,2})`, "minute"]],
  ["s", [String.raw`(\d{1,2})`, "second"]],
  ["S", [String.raw`(\d{1,9})`, "fraction"]],
  ["E", ["[A-Za-z]+", undefined]],
  ["z", [ZONE, "zone"]],
  ["Z", [ZONE, "zone"]],
  ["X", [ZONE, "zone"]],
]);

const readers = new Map<string, Reader | undefined>();
const MOST_READERS = 100;

/** undefined: the pattern cannot be followed, or the text is not written by it. */
export function parseByPattern(text: string, pattern: string): ParsedTime | undefined {
  if (!readers.has(pattern)) {
    if (readers.size >= MOST_READERS) readers.clear();
    readers.set(pattern, readerOf(pattern));
  }
  const reader = readers.get(pattern);
  const found = reader?.expression.exec(text.trim());
  if (reader === undefined || found === undefined || found === null) return undefined;
  const said = new Map<Part, string>();
  for (const [i, part] of reader.parts.entries()) said.set(part, found[i + 1] ?? "");
  return isoOf(said);
}

function readerOf(pattern: string): Reader | undefined {
  const parts: Part[] = [];
  let source = "";
  let covered = 0;
  for (const { 0: piece, 1: quoted, 2: letter, index } of pattern.trim().matchAll(LETTERS)) {
    if (index !== covered) return undefined;
    covered += piece.length;
    const known = letter === undefined ? undefined : partOf(letter, piece.length);
    if (letter !== undefined && known === undefined) return undefined;
    if (known?.[1] !== undefined) parts.push(known[1]);
    source += known?.[0] ?? literal(quoted === undefined ? piece : quotedText(piece, quoted));
  }
  if (covered !== pattern.trim().length || new Set(parts).size < parts.length) return undefined;
  return { expression: new RegExp(`^${source}$`), parts };
}

function partOf(letter: string, count: number): readonly [source: string, part: Part | undefined] | undefined {
  if (letter === "M") return count >= 3 ? ["([A-Za-z]{3,})\\.?", "name"] : [String.raw`(\d{1,2})`, "month"];
  return BY_LETTER.get(letter);
}

/** Two quotes are one. */
function quotedText(piece: string, quoted: string): string {
  return piece === "''" ? "'" : quoted.replaceAll("''", "'");
}

/** One blank of a pattern stands for any run of them: days are padded with one. */
function literal(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
}

function isoOf(said: ReadonlyMap<Part, string>): ParsedTime | undefined {
  const year = said.get("year") ?? "";
  const month = said.get("month") ?? String(MONTHS.indexOf((said.get("name") ?? "").slice(0, 3).toLowerCase()) + 1);
  const hour = hourOf(said);
  if (hour === undefined) return undefined;
  const two = (text = "0"): string => text.padStart(2, "0");
  const date = `${year.length === 2 ? fullYear(year) : year}-${two(month)}-${two(said.get("day") ?? "")}`;
  const fraction = said.get("fraction");
  const zone = (said.get("zone") ?? "").replace(/^(?:GMT|UTC)(?=[+-])/, "");
  const clock = `${two(hour)}:${two(said.get("minute"))}:${two(said.get("second"))}`;
  return parseIso(`${date}T${clock}${fraction === undefined ? "" : `.${milliseconds(fraction)}`}${zone}`);
}

/** Two digits as POSIX reads them (strptime, %y). */
function fullYear(year: string): string {
  return Number(year) < 69 ? `20${year}` : `19${year}`;
}

/** `S` counts milliseconds: 7 is .007. More than three digits are a fraction, as newer formatters write it. */
function milliseconds(digits: string): string {
  return digits.length < 3 ? digits.padStart(3, "0") : digits;
}

function hourOf(said: ReadonlyMap<Part, string>): string | undefined {
  const half = said.get("half");
  if (half === undefined) return said.get("hour") ?? "0";
  const hour = Number(half);
  const noon = said.get("noon");
  if (noon === undefined || hour < 1 || hour > 12) return undefined;
  return String((hour % 12) + (noon.toLowerCase() === "p" ? 12 : 0));
}
