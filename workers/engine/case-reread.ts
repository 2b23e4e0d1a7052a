/** Parses entries of a case again: what the store's columns do not hold, and what the detail view shows. */
import type { MemberInfo, Span } from "../contract.ts";
import { readContext } from "../import/read-context.ts";
import { reread, type RereadEntry } from "../import/reread.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { Reread } from "../store/stored-text.ts";

export interface ParsedEntry {
  readonly member: MemberInfo;
  readonly spans: readonly Span[];
  /** undefined: the bytes make no entry any more, which only a changed parser can cause. */
  readonly entry: RereadEntry | undefined;
}

/** `lineOf`: line number of a byte of the member, where it is wanted. */
export function parseAgain(reader: CaseReader, entry: number, lineOf?: (span: Span) => number): ParsedEntry {
  const { member, spans } = reader.placeOf(entry);
  const time = reader.time[entry] ?? Number.NaN;
  const parsed = reread({
    choice: `${member.carrier}+${member.format}`,
    context: readContext(member.path, member.zone, member.reading),
    reading: member.reading,
    near: Number.isNaN(time) ? undefined : time,
    spans: spans.map((span) => ({
      offset: span.offset,
      bytes: reader.bytes(member.id, span.offset, span.length),
      ...(lineOf === undefined ? {} : { line: lineOf(span) }),
    })),
  });
  return { member, spans, entry: parsed };
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
