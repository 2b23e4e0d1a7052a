/**
 * All that an author of a format needs to know. A format gives meaning to records that a carrier has cut out of a
 * member; it is pure (no files, no clock, no machine's zone) and knows no carrier.
 *
 * The same `read` serves the import (its sink writes columns), the preview and the detail view (their sink keeps
 * values with their origins), so what is shown later is what was counted.
 */
import type {
  CanonicalName,
  EpochMicros,
  FieldAbout,
  FlagName,
  IdentityNames,
  MappingReading,
  MemberQuestion,
  Reading,
  Interpretation,
  MeaningOrigin,
  ByteMark,
  RecordToken,
} from "../contract.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import type { JsonSpans } from "../base/json-spans.ts";
import type { ParsedTime } from "../base/time.ts";

/**
 * One record as a carrier found it. `text` holds one char a byte (latin1), so that string offsets are byte offsets;
 * formats decode values with `decodeUtf8` of base/bytes.ts. `value` is the decoded object of an object carrier.
 */
export interface CarriedRecord {
  /** Byte offset in the member; `length` includes the line end, so the units of a carrier partition the member. */
  readonly offset: number;
  readonly length: number;
  /** Line number of the first byte, from 1. */
  readonly line: number;
  readonly body:
    | {
        readonly kind: "text";
        readonly text: string;
        /**
         * The text was unwrapped or decoded: it is not the record's bytes as they stand. `placeOf`, only from `reread`,
         * gives the byte of the record that a char of the text stands at, for marks to point to.
         */
        readonly derived?: { readonly placeOf?: (char: number) => number };
      }
    | {
        readonly kind: "object";
        readonly value: { readonly [name: string]: JsonValue };
        /** The record as it lies in the member, one char a byte, where the carrier has it at hand. */
        readonly text?: string;
        /** Every name, string and number of `value` stands in `text` as it is: no escape, no repeated name, nothing computed. */
        readonly verbatim?: boolean;
        /** The record's bytes as they lie in the member: only from `reread`, for the detail view to point into. */
        readonly bytes?: Uint8Array;
        /** Where the values stand in `bytes`, when the record's bytes are no JSON of `value` (a row of a table). */
        readonly spans?: () => JsonSpans;
      };
  /** What the carrier knows of the record beside its body: a syslog header, the fields of a journal entry. */
  readonly wrap?: Wrap;
  /**
   * One piece of a record that its writer had to split: `stream` tells which belong together, `last` which one ends it.
   * The carrier's `join` makes one record of them before any format sees it.
   */
  readonly piece?: { readonly stream: string; readonly last: boolean };
  /** Only from rereading: how the line begins that the record was cut out of by its format. */
  readonly lineStart?: string;
  /** Flags that the carrier raises, for example `encoding`. */
  readonly flags: readonly FlagName[];
}

/** The header around a record. What the record says itself always comes before what its header says. */
export interface Wrap {
  /** In order, under the wrapper's own names ("syslog.host", "_HOSTNAME", "date"): original fields of the entry. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly time?: WrapTime;
  readonly host?: string;
  /** Program or tag. */
  readonly app?: string;
  readonly pid?: string;
  /** debug, info, warning, error, critical */
  readonly level?: string;
  readonly facility?: string;
  /** The message was left out by the program that wrote the file, in words. */
  readonly omitted?: string;
}
export interface WrapTime {
  readonly parsed: ParsedTime | undefined;
  readonly text: string;
  /** The year is not written, but `Reading.year` or a later record's. */
  readonly yearInferred: boolean;
}

/** Where a format writes one entry. Calling a writer again for the same field makes a list (repeated values once). */
export interface EntrySink {
  /** `precision`: digits after the second as written, 0 … 9. `text`: the source's own spelling. */
  time(at: EpochMicros | undefined, precision: number, text: string, origin?: MeaningOrigin, mark?: ByteMark): void;
  text(field: CanonicalName, value: string, origin?: MeaningOrigin, mark?: ByteMark): void;
  /** An original field of the record, queried as `raw.NAME`. */
  original(name: string, value: string, mark?: ByteMark): void;
  /** The same of a value that stands as it is in the text of that record, from `start` to `end`: nothing is cut out. */
  originalIn(name: string, text: string, start: number, end: number, record: number): void;
  flag(flag: FlagName): void;
  /**
   * False where only the words of a field count, not its text: a format may then leave out a value whose words all stand
   * in the record's bytes. Without this method every field is wanted.
   */
  wants?(field: CanonicalName): boolean;
}

/** What reading a member may depend on beside its bytes. */
export interface ReadContext {
  /** Assumed for zone-less times: minutes east of UTC at that wall time, or undefined to leave them UTC and flagged. */
  readonly zone: string | undefined;
  /** Falls back for `datasource`: the member's file name. */
  readonly memberName: string;
  /** The field that holds the event time, where a person chose it. */
  readonly timeField?: string;
  readonly dateOrder?: "day-first" | "month-first";
  /** Account names found in the same evidence. */
  readonly names?: IdentityNames;
  /** Definitions that a person gave for this member. */
  readonly mapping?: MappingReading;
}

/** Takes what assembly decides. Spans must lie in records pushed before; each record ends in exactly one call. */
export interface AssemblyOutput<R> {
  /** One entry made of these records, in the order of their bytes; `duplicates` of them repeat another. */
  entry(records: readonly CarriedRecord[], parsed: R, duplicates: number): void;
  reject(record: CarriedRecord, code: string, detail: string): void;
  /** Not log: a separator, a tool's own output. */
  ignore(record: CarriedRecord): void;
}
/** All state of a format lives here; one per import of a member or rotated set. */
export interface Assembler {
  push(record: CarriedRecord): void;
  /** After the last record: hands on at most `limit` of the entries still open; false = none is left. */
  drain?(limit: number): boolean;
  /** After the last record of a member: what a reader should know of it as a whole, and what can be done about it. */
  remark?(): Remark | undefined;
  /** What is still open at the end of the member. */
  finish(): void;
}

export interface Remark {
  readonly message: string;
  readonly next: string;
}

/** Confidence 0 … 1 with the reasons a person reads ("50 of 50 lines carry an audit stamp"). */
export interface Recognition {
  readonly confidence: number;
  readonly reasons: readonly string[];
}

export interface LogFormat<R> {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** A format of objects is also given records of text by a carrier that yields either, and the reverse. */
  readonly accepts: "text" | "object";
  /** Fields whose values are secrets: canonical names, and `raw.NAME` for original ones. Masked on screen. */
  readonly secrets?: readonly string[];
  /** Reads the records of rotated files of one log as one sequence: an entry may begin in one and end in the next. */
  readonly joinsRotated?: boolean;
  /** Takes `ReadContext.names`: its records tell accounts by number. */
  readonly takesNames?: boolean;
  /** Members keep what settings beside them say of what could be logged. */
  readonly takesSettings?: boolean;
  /** Reads through `ReadContext.mapping`; members of other formats do not keep definitions. */
  readonly takesMapping?: boolean;
  /** A reference names one entry among those with the same value of this field only: elsewhere it is noted, no repeat. */
  readonly refWithin?: CanonicalName;
  /** Bytes that are no UTF-8 are shown escaped, as the programs of this log do: it is never read as windows-1252. */
  readonly keepsBytes?: boolean;
  /** The field that tells two entries apart, so that one that comes again is flagged: `ref` unless stated. */
  readonly identifiedBy?: CanonicalName;
  /** Its time stands in one place, so `ReadContext.timeField` says nothing to it; so it is for every format of text. */
  readonly fixedTime?: boolean;
  /** What the published schema of the log says of an original field. */
  about?(original: string): FieldAbout | undefined;
  /** Short real or specified records; each must be claimed by this format and by no other. */
  readonly samples: readonly string[];
  /** Pure; sees the first records only, never a file name, and in `reading` what a person said. */
  recognise(records: readonly CarriedRecord[], reading: Reading): Recognition;
  assemble(context: ReadContext, output: AssemblyOutput<R>): Assembler;
  /** Writes the entry's fields. Pure. */
  read(parsed: R, context: ReadContext, sink: EntrySink): void;
  /** The number of records that `assemble` counts in one carried record (glued lines), 1 unless stated. */
  recordsIn(record: CarriedRecord): number;
  /** What the first records say of how the others are to be read; what a person said stands in `reading` and wins. Pure. */
  study?(records: readonly CarriedRecord[], reading: Reading): Reading;
  /** What a person should be asked before the import. Pure. */
  questions?(records: readonly CarriedRecord[], reading: Reading): readonly MemberQuestion[];
  /** A better title once records were seen, for example "Linux auditd, enriched, with node". */
  describe(records: readonly CarriedRecord[]): string;
  /**
   * The entry as rows of the public `Linux.Auditd` schema, one a record; none for an entry that is no audit record. Without
   * it no entry of the format is one.
   */
  auditRows?(parsed: R, context: ReadContext): readonly JsonObject[];
  /** For the detail view: titles, tokens of each record (byte offsets within it) and the meaning of each field. */
  explain(records: readonly CarriedRecord[], parsed: R, context: ReadContext): Explanation;
}
export interface Explanation {
  /** One plain sentence: who did what to what, where, with what result. */
  readonly sentence: string;
  readonly records: readonly { readonly title: string; readonly tokens: readonly RecordToken[] }[];
  readonly interpretations: readonly Interpretation[];
}

/** A format whose record type is closed over, so that the registry needs no `any`. */
export interface AnyFormat {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly accepts: "text" | "object";
  readonly secrets: readonly string[];
  readonly joinsRotated: boolean;
  readonly takesNames: boolean;
  readonly takesSettings: boolean;
  readonly keepsBytes: boolean;
  readonly identifiedBy: CanonicalName;
  readonly fixedTime: boolean;
  readonly refWithin: CanonicalName | undefined;
  about(original: string): FieldAbout | undefined;
  readonly samples: readonly string[];
  recognise(records: readonly CarriedRecord[], reading?: Reading): Recognition;
  describe(records: readonly CarriedRecord[]): string;
  study(records: readonly CarriedRecord[], reading: Reading): Reading;
  questions(records: readonly CarriedRecord[], reading: Reading): readonly MemberQuestion[];
  recordsIn(record: CarriedRecord): number;
  /**
   * `write` fills a sink with the entry's fields, in the context of `assemble` or, where a log has several files, of the
   * file that the entry belongs to; `explain` gives its explanation, `auditRows` the rows of `LogFormat.auditRows`.
   */
  assemble(context: ReadContext, output: AnyOutput): Assembler;
}
export interface AnyOutput {
  entry(
    records: readonly CarriedRecord[],
    duplicates: number,
    write: (sink: EntrySink, context?: ReadContext) => void,
    explain: () => Explanation,
    auditRows: () => readonly JsonObject[],
  ): void;
  reject(record: CarriedRecord, code: string, detail: string): void;
  ignore(record: CarriedRecord): void;
}

export function defineFormat<R>(format: LogFormat<R>): AnyFormat {
  return {
    id: format.id,
    title: format.title,
    version: format.version,
    accepts: format.accepts,
    secrets: format.secrets ?? [],
    joinsRotated: format.joinsRotated ?? false,
    takesNames: format.takesNames ?? false,
    takesSettings: format.takesSettings ?? false,
    keepsBytes: format.keepsBytes ?? false,
    identifiedBy: format.identifiedBy ?? "ref",
    fixedTime: format.accepts === "text" || (format.fixedTime ?? false),
    refWithin: format.refWithin,
    about: (original) => format.about?.(original),
    samples: format.samples,
    recognise: (records, reading = {}) => format.recognise(records, reading),
    study: (records, { mapping, ...rest }) => {
      const reading = mapping === undefined || format.takesMapping !== true ? rest : { ...rest, mapping };
      return format.study?.(records, reading) ?? reading;
    },
    questions: (records, reading) => format.questions?.(records, reading) ?? [],
    describe: (records) => format.describe(records),
    recordsIn: (record) => format.recordsIn(record),
    assemble: (context, output) =>
      format.assemble(context, {
        entry: (records, parsed, duplicates) =>
          output.entry(
            records,
            duplicates,
            (sink, own = context) => format.read(parsed, own, sink),
            () => format.explain(records, parsed, context),
            () => format.auditRows?.(parsed, context) ?? [],
          ),
        reject: (record, code, detail) => output.reject(record, code, detail),
        ignore: (record) => output.ignore(record),
      }),
  };
}
