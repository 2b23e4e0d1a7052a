/** Text of one record a line, whatever the records are: audit.log, and anything that people call a log file. */
import { decodeUtf8, latin1Of } from "../base/bytes.ts";
import type { FlagName, Reading } from "../contract.ts";
import type { CarriedRecord, Recognition, Wrap } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";
import { contentEnd, LineCutter, MAX_LINE_BYTES } from "./line-cutter.ts";
import { LineYears, studyLineYear, wrapNear } from "./line-year.ts";
import { SILENT } from "./message.ts";

const NO_FLAGS: readonly FlagName[] = [];
const ENCODING: readonly FlagName[] = ["encoding"];

export const lines: Carrier = {
  id: "lines",
  title: "Text lines",
  version: "2",
  yields: "text",
  recognise: recogniseText,
  study: (head, whole, asked, modified) => studyLineYear(firstLines(head, whole), asked, modified),
  split(output, reading) {
    const years = reading.year === undefined ? undefined : new LineYears(reading.year);
    const take = (text: string, offset: number, length: number, line: number): void =>
      output.record(record(text, offset, length, line, years?.wrapOf(text)));
    return splitLines(output, take, reading);
  },
  reread(bytes, offset, line, { year }, near) {
    const text = latin1Of(bytes, 0, contentEnd(bytes, 0, bytes.length));
    const kept = withoutNulTail(text);
    const wrap = year === undefined ? undefined : wrapNear(kept, year, near);
    return isBlank(kept) ? undefined : record(kept, offset, bytes.length, line, wrap);
  },
};

const SAMPLE_LINES = 500;

function firstLines(head: Uint8Array, whole: boolean): readonly string[] {
  const found: string[] = [];
  const splitter = splitLines(SILENT, (text) => void (found.length < SAMPLE_LINES && found.push(text)));
  splitter.push(head);
  if (whole || found.length === 0) splitter.finish();
  return found;
}

function record(text: string, offset: number, length: number, line: number, wrap: Wrap | undefined): CarriedRecord {
  const flags = decodeUtf8(text).valid ? NO_FLAGS : ENCODING;
  const bare: CarriedRecord = { offset, length, line, body: { kind: "text", text }, flags };
  return wrap === undefined ? bare : { ...bare, wrap };
}

/**
 * What all carriers of lines share: `take` gets each line that holds something, as latin1 text without its line end and
 * without the NUL bytes that a crash or preallocation leaves at its end. Blank lines are blank; a byte order mark, NUL
 * bytes before a line (a log that was emptied while it was written begins with them) and lines of nothing but NUL are
 * ignored; a line beyond 16 MiB is a reject of which only the length was kept.
 */
export function splitLines(
  output: UnitOutput,
  take: (text: string, offset: number, length: number, line: number) => void,
  { lineEnds }: Reading = {},
  limit = MAX_LINE_BYTES,
): Splitter {
  return new LineCutter(
    {
      line(bytes, start, end, offset, length, line, ahead) {
        const text = bytes.toString("latin1", start, end);
        const first = nulsAhead(text);
        const kept = withoutNulTail(text.slice(first));
        if (isBlank(kept)) {
          if (kept === text && ahead === 0) output.blank(offset, length);
          else output.ignore(offset - ahead, ahead + length);
          return;
        }
        if (ahead + first > 0) output.ignore(offset - ahead, ahead + first, 0);
        take(kept, offset + first, length - first, line);
      },
      tooLong(offset, length, line, allNul) {
        if (allNul) output.ignore(offset, length);
        else output.reject(offset, length, line, "line.too-long", tooLong(length, limit));
      },
      mark: (offset, length) => output.ignore(offset, length, 0),
    },
    limit,
    lineEnds === undefined ? undefined : lineEnds === "cr",
  );
}

function tooLong(length: number, limit: number): string {
  return `a line of ${length} bytes, longer than the ${limit} that are read as one record`;
}

function nulsAhead(text: string): number {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) === 0) at++;
  return at;
}

function withoutNulTail(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return end === text.length ? text : text.slice(0, end);
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return text.length === 0 || ((first === 0x20 || first === 0x09) && /^[ \t]*$/.test(text));
}

/** Bytes that text does not hold: control characters other than TAB, LF, CR, FF, ESC; NUL is looked at separately. */
const NOT_TEXT = /[\u0001-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/g;
const TEXT_SHARE = 0.95;

/** NUL alone speaks against text only where it stands among the letters (UTF-16, binary), not in runs of a torn file. */
export function recogniseText(head: Uint8Array, whole: boolean): Recognition {
  // A head may end inside a character; its whole lines do not.
  const end = whole ? head.length : head.lastIndexOf(0x0a) + 1 || head.length;
  const text = latin1Of(head, 0, end);
  const withoutRuns = text.replace(/\0{8,}/g, "");
  if (withoutRuns.length === 0) return { confidence: 0, reasons: ["holds no text"] };
  const strange = (withoutRuns.match(NOT_TEXT)?.length ?? 0) + withoutRuns.split("\0").length - 1;
  const { valid } = decodeUtf8(withoutRuns);
  const share = 1 - strange / withoutRuns.length;
  if (share < TEXT_SHARE) return { confidence: 0, reasons: [`${strange} of ${text.length} bytes are not text`] };
  return {
    confidence: valid ? 1 : 0.95,
    reasons: [valid ? "UTF-8 text in lines" : "text in lines, not all of it UTF-8"],
  };
}
