/** Parses entries of a case again: what the store's columns do not hold, and what the detail view shows. */
import type { MemberId, MemberInfo, Reading } from "../contract.ts";
import { readContext } from "../import/read-context.ts";
import { reread, type RereadEntry } from "../import/reread.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { MemberSpan, Reread } from "../store/stored-text.ts";

export interface ParsedEntry {
  readonly member: MemberInfo;
  readonly spans: readonly MemberSpan[];
  /** undefined: the bytes make no entry any more, which only a changed parser can cause. */
  readonly entry: RereadEntry | undefined;
  /** Where each record of `entry` lies; without an entry, the spans. A line that was not asked for is 0. */
  readonly places: readonly RecordPlace[];
}
interface RecordPlace extends MemberSpan {
  readonly line: number;
}

export interface ParseOptions {
  /** Line number of a byte of a member, where it is wanted. */
  readonly lineOf?: (span: MemberSpan) => number;
  /** As clocks showed it, in that year: where a time is written without one, and no zone is to be applied. */
  readonly inYear?: { readonly year: number; readonly near: number };
}

export function parseAgain(reader: CaseReader, entry: number, { lineOf, inYear }: ParseOptions = {}): ParsedEntry {
  const { member, spans } = reader.placeOf(entry);
  const bases = basesOf(reader, spans);
  const withYear = (reading: Reading): Reading => (inYear === undefined ? reading : { ...reading, year: inYear.year });
  const parsed = reread({
    choice: `${member.carrier}+${member.format}`,
    context: readContext(member.path, inYear === undefined ? member.zone : undefined, member.reading),
    reading: withYear(member.reading),
    near: inYear?.near ?? timeOf(reader, entry),
    spans: spans.map((span) => ({
      offset: span.offset + (bases.get(span.member) ?? 0),
      bytes: reader.bytes(span.member, span.offset, span.length),
      reading: withYear(reader.memberInfo(span.member).reading),
      lineStart: () => lineStart(reader, span),
      ...(lineOf === undefined ? {} : { line: lineOf(span) }),
    })),
  });
  const places = parsed?.records.map((record) => placeOf(bases, record)) ?? spans.map((span) => ({ ...span, line: 0 }));
  return { member, spans, entry: parsed, places };
}

/** The year that the member is read with now stands in the time before its clock was corrected. */
function timeOf(reader: CaseReader, entry: number): number | undefined {
  const time = reader.uncorrectedTime[entry] ?? Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

const NEWLINE = 0x0a;
/** Lines into which several records were glued are a few KB long. */
const LONGEST_START = 65_536;

/** The bytes between the start of its line and the span; undefined when the span begins a line, or one far before it. */
function lineStart(reader: CaseReader, { member, offset }: MemberSpan): Uint8Array | undefined {
  if (offset === 0 || reader.bytes(member, offset - 1, 1)[0] === NEWLINE) return undefined;
  const from = Math.max(0, offset - LONGEST_START);
  const bytes = reader.bytes(member, from, offset - from);
  const newline = bytes.lastIndexOf(NEWLINE);
  return newline < 0 && from > 0 ? undefined : bytes.subarray(newline + 1);
}

/** A rotated log is one sequence of bytes: where each member that the entry lies in begins in it. */
function basesOf(reader: CaseReader, spans: readonly MemberSpan[]): ReadonlyMap<MemberId, number> {
  const bases = new Map<MemberId, number>();
  let base = 0;
  for (const { member } of spans) {
    if (bases.has(member)) continue;
    bases.set(member, base);
    base += reader.memberInfo(member).bytes;
  }
  return bases;
}

function placeOf(
  bases: ReadonlyMap<MemberId, number>,
  { offset, length, line }: { readonly offset: number; readonly length: number; readonly line: number },
): RecordPlace {
  const [member, base] = [...bases].findLast(([, start]) => start <= offset) ?? [];
  if (member === undefined || base === undefined) throw new Error("a record lies in no member");
  return { member, offset: offset - base, length, line };
}

const ORIGINAL = "raw.";

/** Keeps the entry it parsed last: a page asks for several fields of one entry, one after another. */
export class CaseReread implements Reread {
  readonly #reader: CaseReader;
  #last: { readonly id: number; readonly entry: RereadEntry | undefined } | undefined;

  constructor(reader: CaseReader) {
    this.#reader = reader;
  }

  values(entry: number, names: readonly string[]): readonly (readonly string[])[] {
    const fields = this.#parse(entry)?.fields;
    return names.map((name) => {
      const kept = name.startsWith(ORIGINAL)
        ? fields?.originals.get(name.slice(ORIGINAL.length))
        : fields?.canonical.get(name);
      return kept?.values ?? [];
    });
  }

  allValues(entry: number): readonly string[] {
    const fields = this.#parse(entry)?.fields;
    if (fields === undefined) return [];
    return [...fields.canonical.values(), ...fields.originals.values()].flatMap((field) => field.values);
  }

  #parse(id: number): RereadEntry | undefined {
    if (this.#last?.id !== id) this.#last = { id, entry: parseAgain(this.#reader, id).entry };
    return this.#last.entry;
  }
}
