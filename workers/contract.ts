/**
 * All that the renderer and the engine share. Everything here survives a structured clone: no functions cross a port,
 * except as the methods of `EngineApi`, which the renderer calls and the engine answers.
 *
 * Units: times are whole microseconds since 1970 UTC; offsets and lengths are bytes of a member as expanded, line ends
 * included; counts are exact.
 */

import type {
  IdentityInfo,
  IdentityPolicy,
  LedgerKind,
  MatchRole,
  MatchState,
  WorklistPage,
} from "./identity-contract.ts";

export * from "./identity-contract.ts";
import type { MappingDraft, MappingEdit, MappingFit, MappingTexts, SavedMapping } from "./contract/mapping.ts";
import type { SirenSettings } from "./contract/siren.ts";

export type * from "./contract/mapping.ts";
export type * from "./contract/siren.ts";

declare const brand: unique symbol;
/** A nominal type. Brands stack: `Brand<Brand<T, "a">, "b">` is also a `Brand<T, "a">`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: { readonly [N in Name]: true } };

export type SourceId = Brand<number, "SourceId">;
export type MemberId = Brand<number, "MemberId">;
/** Ordinal of an entry in import order: dense from 0, the index into every column of the case. */
export type EntryId = Brand<number, "EntryId">;
export type JobId = Brand<number, "JobId">;
export type ResultId = Brand<number, "ResultId">;
/** A capability for one path that main resolved from a dialog, a drop or the command line. */
export type GrantId = Brand<string, "GrantId">;
/** 64 lower-case hex digits. */
export type Sha256 = Brand<string, "Sha256">;
/** Whole µs since 1970 UTC, exact in a double from 1684 to 2255. */
export type EpochMicros = Brand<number, "EpochMicros">;

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** Foreseeable trouble. The code is stable; the sentences are for people. */
export type FaultCode =
  | "source.missing"
  | "source.unreadable"
  | "source.changed"
  | "source.empty"
  | "source.not-a-file"
  | "container.corrupt"
  | "container.truncated"
  | "container.encrypted"
  | "container.password"
  | "container.unsupported"
  | "container.too-large"
  | "container.unsafe-path"
  | "format.unknown"
  | "format.unfit"
  | "format.partial"
  | "query.syntax"
  | "query.field"
  | "store.locked"
  | "store.not-a-case"
  | "store.corrupt"
  | "store.newer"
  | "store.exists"
  | "store.none"
  | "target.unwritable"
  | "disk.full"
  | "request.invalid"
  | "request.stale"
  | "engine.gone"
  | "not-yet"
  | "cancelled";

export interface Fault {
  readonly code: FaultCode;
  /** What happened, one sentence. */
  readonly message: string;
  /** What the reader can do next, one sentence. */
  readonly next: string;
  readonly source?: string;
  readonly member?: string;
  /** Byte offset in the member (or in the source, when no member is named); for a query, the column from 0. */
  readonly offset?: number;
  /** For query faults: the nearest known names. */
  readonly suggestions?: readonly string[];
}

/** Short names of the canonical model, in display order (`canonical-fields.ts` holds every spelling and meaning). */
export const CANONICAL = [
  "tenant",
  "datasource",
  "ref",
  "family",
  "from",
  "to",
  "actor",
  "domain",
  "person",
  "session",
  "category",
  "code",
  "event",
  "action",
  "payload",
  "outcome",
  "count",
  "label",
  "target.type",
  "target",
  "target.parent",
  "target2.type",
  "target2",
  "target2.parent",
  "old",
  "new",
  "data",
  "level",
  "custom1",
  "custom2",
  "custom3",
  "custom4",
  "custom5",
  "custom6",
  "custom7",
  "custom8",
  "custom9",
  "custom10",
  "custom11",
  "custom12",
  "custom13",
  "custom14",
  "custom15",
  "custom16",
  "custom17",
  "custom18",
  "custom19",
] as const;
export type CanonicalName = (typeof CANONICAL)[number];

/** Bits of the `flags` column. */
export const FLAG = {
  zoneAssumed: 1,
  yearInferred: 2,
  levelDerived: 4,
  mandatoryMissing: 8,
  duplicate: 16,
  unmapped: 32,
  integrity: 64,
  /** Some bytes of the entry are not valid in the encoding it was read as. */
  encoding: 128,
  /** Records or pieces of the entry are missing. */
  incomplete: 256,
  /** A time is written in the record but lies outside the exact range or cannot be read. */
  timeUnusable: 512,
  /** A value is none that its field allows (a target type outside the list, a count that is no number). */
  valueUnfit: 1024,
  /** The time of the event is, or may be, only that of its arrival where it was collected. */
  arrivalTime: 4096,
  /** Clocks in the assumed zone showed the written time twice, as they were put back: the earlier of the two is taken. */
  timeTwice: 2048,
  /** Clocks in the assumed zone never showed it, as they were put forward: it is read as if they had not been. */
  timeSkipped: 8192,
  /** The time is that of a corrected clock. Never stored: it holds where a correction is in force. */
  clockCorrected: 16384,
} as const;
export type FlagName = keyof typeof FLAG;

export interface Span {
  readonly offset: number;
  readonly length: number;
}

// ---- case and evidence -------------------------------------------------------------------------------------------

type SourceState = "importing" | "ready" | "failed" | "cancelled" | "replaced";

/** Bytes of a member by what they are; the four add up to `total`, or the member is not sealed. */
export interface Ledger {
  readonly entries: number;
  readonly rejects: number;
  readonly ignored: number;
  readonly blank: number;
  /** Size of the member as expanded. */
  readonly total: number;
}

export interface MemberInfo {
  readonly id: MemberId;
  readonly source: SourceId;
  /** Path inside the archive; of a plain file, its name. */
  readonly path: string;
  readonly carrier: string;
  readonly format: string;
  /** What people call the format, for example "Linux auditd, raw". */
  readonly formatTitle: string;
  /** name@version of the parser. */
  readonly parser: string;
  readonly bytes: number;
  readonly sha256: Sha256 | undefined;
  readonly state: "importing" | "ready" | "failed" | "cancelled" | "unrecognised" | "refused";
  readonly records: number;
  readonly entries: number;
  readonly firstEntry: number;
  readonly rejects: number;
  /** Blank lines and units that are not log. */
  readonly ignored: number;
  readonly undated: number;
  readonly duplicates: number;
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
  readonly ledger: Ledger;
  /** Why this format was chosen, and what else was tried. */
  readonly reasons: readonly string[];
  readonly overridden: boolean;
  /** What else it took to read the member; empty where nothing had to be found out or chosen. */
  readonly reading: Reading;
  /** The zone that is assumed for times written without one; undefined = read as UTC. Both are flagged on the entries. */
  readonly zone: string | undefined;
  readonly problem: Fault | undefined;
}

/** A person's account names as a file of the same evidence gives them (passwd, group). */
export interface IdentityNames {
  /** Path of the member they come from. */
  readonly origin: string;
  /** By number, as decimal text. */
  readonly users: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, string>>;
}
/** "utf-8" only where a person says so: bytes that are none are shown escaped. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
/**
 * What it takes to read a member beside carrier, format and zone: found out from its first bytes or chosen by a person,
 * and kept with the member, so that each of its records can be read again alone.
 */
export interface Reading {
  /** Without it: UTF-8, and bytes that are none are shown escaped. */
  readonly encoding?: TextEncoding;
  /** "cr": lone CRs end lines as well, as in text of old Macs. Of a member without it the first line end decides. */
  readonly lineEnds?: "lf" | "cr";
  /** Of a table of text (CSV, TSV). */
  readonly table?: {
    readonly delimiter: string;
    /** The header, repeated names made distinct; `column 1` and so on where the first row is no header. */
    readonly columns: readonly string[];
    /** Rows leave out empty cells at their end throughout, so a short row is no damage. */
    readonly shortRows?: boolean;
  };
  /** Year of the first time that is written without one; `yearFrom` says where it comes from. */
  readonly year?: number;
  readonly yearFrom?: "records" | "person" | "file time";
  /** What a person said splits the cells of a table; `table` has what does. */
  readonly delimiter?: string;
  /** Path of the field that holds the event time: the format does not know it by itself, or a person says otherwise. */
  readonly timeField?: string;
  /** How 01/02/2025 is meant, where such dates occur. Without it they are not read. */
  readonly dateOrder?: "day-first" | "month-first";
  readonly names?: IdentityNames;
  /** The definitions of RadiantOne that give a raw source its meaning, and the column that holds the id of the event. */
  readonly mapping?: MappingReading;
  /** What the settings beside the log say could not be in it. */
  readonly settings?: SirenSettings;
}
/** The two files as they were given. */
export interface MappingReading extends MappingTexts {
  readonly eventId?: string;
}
/** The part of a `Reading` that a person can answer. */
export type ReadingAnswer = Pick<Reading, "year" | "timeField" | "dateOrder" | "encoding" | "delimiter" | "mapping"> & {
  readonly zone?: string;
};

export interface SourceInfo {
  readonly id: SourceId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970 UTC, as the file system gave it. */
  readonly mtime: number;
  readonly sha256: Sha256 | undefined;
  /** "plain", "gzip", "zip" … */
  readonly container: string;
  readonly state: SourceState;
  /** Two capital letters, unique in the case while there are few sources. */
  readonly code: string;
  /** 0 … 7, the lane colour, in order of import. */
  readonly lane: number;
  readonly importedAt: number;
  readonly members: readonly MemberInfo[];
  readonly problems: readonly Fault[];
}

export interface CaseInfo {
  readonly name: string;
  readonly file: string;
  readonly schema: number;
  /** Grows with every commit; queries opened at an older revision stay as they were. */
  readonly revision: number;
  readonly entries: number;
  readonly rejects: number;
  readonly state: "empty" | "importing" | "sealed" | "incomplete";
  /** Grows with every change of what is assumed about time: entries have other times since. */
  readonly timeRevision: number;
  /** Accounted bytes and bytes of all members that are not refused. */
  readonly accounted: number;
  readonly bytes: number;
  readonly sources: readonly SourceInfo[];
  readonly bytesOnDisk: number;
  /** When identities were matched last, milliseconds since 1970 UTC; absent = there is no identity ledger. */
  readonly matchedAt?: number;
}

/** One reject: bytes of a member that are no entry, with the reason. */
export interface RejectRow {
  readonly id: number;
  readonly member: MemberId;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly code: string;
  readonly detail: string;
  /** The first bytes, at most 4,096. */
  readonly bytes: Uint8Array;
}
export interface RejectPage {
  readonly total: number;
  readonly first: number;
  readonly rows: readonly RejectRow[];
  readonly byReason: readonly { readonly code: string; readonly count: number }[];
}

/** What each of `kinds.length` equal stretches of a member holds most notably: a reject wins over the rest. */
export interface ByteMap {
  readonly member: MemberId;
  readonly bytes: number;
  /** 0 entries, 1 reject, 2 ignored, 3 blank, 4 not read. */
  readonly kinds: Uint8Array;
}

/** Where a source has entries: counts in equal buckets from `from` to `to`. */
export interface Coverage {
  readonly from: EpochMicros;
  readonly to: EpochMicros;
  readonly lanes: readonly { readonly source: SourceId; readonly counts: Uint32Array }[];
}

// ---- detection and import ----------------------------------------------------------------------------------------

/** A carrier and a format by id, joined by "+", for example "lines+auditd". */
export type FormatChoice = string;

export interface MemberChoice {
  readonly choice: FormatChoice;
  readonly title: string;
  /** Titles of the two parts. */
  readonly format: string;
  readonly carrier: string;
}
export interface RunnerUp {
  readonly choice: FormatChoice;
  readonly title: string;
  /** Title of its carrier. */
  readonly carrier: string;
  readonly reasons: readonly string[];
  /** Why it lost, one sentence. */
  readonly lost: string;
}
/** What members of one kind share, whatever their names: the carrier, and the header or the form of the records. */
export interface MemberShape {
  /** Equal for members that look alike. */
  readonly key: string;
  /** In words. */
  readonly text: string;
}

export interface MemberVerdict {
  readonly path: string;
  readonly bytes: number | undefined;
  /** certain: content proves it; likely: fits; text: readable, no format; refused: cannot be opened. */
  readonly verdict: "certain" | "likely" | "text" | "binary" | "empty" | "refused";
  readonly choice: FormatChoice | undefined;
  readonly title: string;
  readonly reasons: readonly string[];
  readonly alsoTried: readonly string[];
  /** The next best pair of carrier and format; undefined: no other fits at all. */
  readonly runnerUp: RunnerUp | undefined;
  /** Every choice a person may make instead. */
  readonly choices: readonly MemberChoice[];
  /** Ids of the carriers that its first bytes can be cut by, the best first. */
  readonly carriers: readonly string[];
  /** What later members like it have, too; undefined: it is no text that can be cut into records. */
  readonly shape: MemberShape | undefined;
  readonly problem: Fault | undefined;
  /** The comment that the archive holds beside the member. */
  readonly comment: string | undefined;
  readonly reading: Reading;
  /** What a person should say before the import; unanswered, the import goes on and flags what it could not know. */
  readonly questions: readonly MemberQuestion[];
}
/** `samples`: up to five values as written. */
export type MemberQuestion =
  | {
      readonly kind: "time-field";
      readonly fields: readonly TimeField[];
    }
  | { readonly kind: "date-order"; readonly samples: readonly string[] }
  | { readonly kind: "year"; readonly samples: readonly string[]; readonly guess: number | undefined };
export interface InspectedItem {
  readonly grant: GrantId;
  readonly name: string;
  readonly bytes: number;
  readonly container: string;
  readonly members: readonly MemberVerdict[];
  readonly problem: Fault | undefined;
  /** This file's content is already in the case, under this source. */
  readonly alreadyIn: SourceId | undefined;
  /**
   * locked: members need a password that is not known. wrong: those given do not fit. open: a password fits. none: nothing
   * is encrypted.
   */
  readonly password: "none" | "locked" | "wrong" | "open";
}
/** What became of a password file: a CSV with the columns "File Name" and "Zip Password", or one password a line. */
export interface PasswordFileOutcome {
  readonly passwords: number;
  /** Files that it names and that are not among those chosen. */
  readonly missing: readonly string[];
}
/** The first entries and rejects as they will appear, in the order of their bytes, at most 200. */
export interface Preview {
  /** What this choice finds by itself in this encoding: no other answer stands in it, or closes one of `questions`. */
  readonly reading: Reading;
  readonly questions: readonly MemberQuestion[];
  readonly columns: readonly string[];
  readonly rows: readonly PreviewRow[];
  /** In the part that was read. */
  readonly rejects: number;
  /** Nothing of the member comes after these rows. */
  readonly isWhole: boolean;
  /** Where the times come from, in words; undefined: no row has one. */
  readonly timeFrom: string | undefined;
  /** Fields of which most values read as times, any of which a person may name as that of the event. */
  readonly timeFields: readonly TimeField[];
  /** How the definitions that were answered fit the first records. */
  readonly mapping?: MappingFit;
}
export interface TimeField {
  readonly name: string;
  /** Up to five values as written. */
  readonly samples: readonly string[];
}
export interface PreviewRow {
  readonly time: number;
  readonly precision: number;
  readonly flags: number;
  readonly cells: readonly Cell[];
  readonly raw: Uint8Array;
  readonly offset: number;
  readonly line: number;
  /** It is no entry but a reject, for this reason. */
  readonly reject?: { readonly code: string; readonly detail: string };
}

export interface ImportRequest {
  readonly items: readonly ImportItem[];
  /** Files that were chosen with them and are no logs: account names and settings among them speak for the logs. */
  readonly beside?: readonly GrantId[];
}
export interface ImportItem {
  readonly grant: GrantId;
  /** Overrides by member path. */
  readonly choices: Readonly<Record<string, FormatChoice>>;
  readonly skip: readonly string[];
  /** Assumed for times without a zone: IANA name or fixed offset. Without it they are read as UTC and flagged. */
  readonly zone?: string;
  /** By member path. */
  readonly answers?: Readonly<Record<string, ReadingAnswer>>;
  /** Read on past the limits that guard against archives made to harm; the choice is logged. */
  readonly beyondLimits?: boolean;
}

/** How one member is to be read: nothing said = as it is found. */
export interface MemberRequest {
  readonly choice?: FormatChoice;
  readonly answer: ReadingAnswer;
}
/** What a person chooses from when a member is imported again. */
export interface AgainLook {
  readonly item: InspectedItem;
  /** By member path, what was said of it at its last import. */
  readonly said: Readonly<Record<string, MemberRequest>>;
}

export interface JobState {
  readonly job: JobId;
  readonly kind: "import" | "export";
  /** What it imports takes the place of what is in the case, which stays as it is unless all goes well. */
  readonly inPlace?: boolean;
  readonly state: "running" | "done" | "failed" | "cancelled";
  /** Grows with every change; pass it back as `seen`. */
  readonly revision: number;
  readonly phase: "waiting" | "reading" | "ordering" | "writing" | "checking" | "done";
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: "bytes" | "entries";
  /** Units a second over the last seconds. */
  readonly rate: number;
  readonly secondsLeft: number | undefined;
  readonly entries: number;
  readonly rejects: number;
  readonly items: readonly JobItem[];
  readonly fault: Fault | undefined;
  readonly exported: ExportOutcome | undefined;
}
export interface JobItem {
  readonly name: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | undefined;
  readonly entries: number;
  readonly rejects: number;
  readonly fault: Fault | undefined;
}

// ---- query -------------------------------------------------------------------------------------------------------

/** One chip of the query bar. `is` matches any of the values exactly; no values = the field is missing. */
export interface Clause {
  readonly field: string;
  readonly not: boolean;
  readonly values: readonly string[];
  readonly enabled: boolean;
}
/** From inclusive, to exclusive. */
export interface TimeRange {
  readonly from?: EpochMicros;
  readonly to?: EpochMicros;
}
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}
/** Everything that restricts the view: clauses AND text AND range, in the order of `sort`. */
export interface QueryRequest {
  readonly clauses: readonly Clause[];
  readonly text: string;
  readonly range: TimeRange;
  /** IANA name, or a fixed offset such as "+02:00": reads zone-less time literals. */
  readonly zone: string;
  readonly sort: Sort;
}
export interface QueryToken {
  readonly start: number;
  readonly end: number;
  readonly kind: "field" | "operator" | "value" | "word" | "quoted" | "keyword" | "bracket";
}
/** What the query bar shows while one types: never runs anything. */
export interface QueryCheck {
  readonly tokens: readonly QueryToken[];
  readonly fault: Fault | undefined;
  /** The text with the brackets that precedence implies, where AND and OR are mixed; else undefined. */
  readonly inferred: string | undefined;
  /** Instants that zone-less or relative time literals were read as. */
  readonly instants: readonly { readonly start: number; readonly text: string; readonly at: EpochMicros }[];
}
export interface ResultInfo {
  readonly id: ResultId;
  readonly revision: number;
  readonly total: number;
  readonly matched: number;
  readonly undatedTotal: number;
  readonly undatedMatched: number;
  /** Of the matching, dated entries. */
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
  /** Of all dated entries. */
  readonly firstOfAll: EpochMicros | undefined;
  readonly lastOfAll: EpochMicros | undefined;
  /** The whole restriction as one query text. */
  readonly query: string;
  readonly perSource: readonly { readonly source: SourceId; readonly matched: number; readonly total: number }[];
  readonly tookMs: number;
}
/** A list is shown as its first value and "+n". */
export type Cell = string | readonly string[];
export interface RowPage {
  readonly first: number;
  readonly entries: Uint32Array;
  /** NaN = undated. */
  readonly time: Float64Array;
  /** Digits after the second that the source wrote, 0 … 9. */
  readonly precision: Uint8Array;
  readonly flags: Uint32Array;
  readonly member: Uint32Array;
  /** One array a column asked for, one cell a row; absent = "". */
  readonly cells: readonly (readonly Cell[])[];
}
export interface Histogram {
  readonly from: EpochMicros;
  readonly to: EpochMicros;
  /** Width of a bucket in µs; every bucket has the same width. */
  readonly width: number;
  /** Matching entries by source. */
  readonly series: readonly { readonly source: SourceId; readonly counts: Uint32Array }[];
  /** All entries of the case, filtered or not. */
  readonly totals: Uint32Array;
  readonly undatedMatched: number;
  readonly undatedTotal: number;
  readonly matchedOutside: number;
}
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}
export interface Facet {
  readonly field: string;
  readonly values: readonly FacetValue[];
  /** Distinct values among the matching entries; `values` holds the most frequent of them. */
  readonly distinct: number;
  /** Matching entries without the field. */
  readonly missing: number;
}
export interface FieldInfo {
  /** The name a query uses: a canonical short name, `raw.NAME`, or an evidence field such as `source`. */
  readonly name: string;
  readonly title: string;
  /** identity: found in the identity ledger, beside what was recorded. */
  readonly group: "canonical" | "original" | "evidence" | "identity";
  readonly kind: "text" | "list" | "time" | "number";
  /** Other spellings of the same field. */
  readonly aliases: readonly string[];
  /** At least one entry has it. */
  readonly present: boolean;
  /** Some values of it are secrets: shown masked unless revealed. */
  readonly secret: boolean;
}
/** Counts behind the zero-result page and Explain. */
export interface ClauseCount {
  readonly text: string;
  /** Where it comes from: chip n, the typed text, or the range. */
  readonly part: { readonly kind: "clause" | "text" | "range"; readonly index: number };
  readonly alone: number;
  readonly without: number;
}

// ---- one entry ---------------------------------------------------------------------------------------------------

/** Where a value or a meaning comes from; never the examiner's machine. */
type OriginKind = "record" | "enriched" | "decoded" | "table" | "computed" | "inferred" | "number" | "evidence";
export interface MeaningOrigin {
  readonly kind: OriginKind;
  /** For example "x86_64 table", "enriched AUID", "hex decoded". */
  readonly text: string;
}
/** Bytes `start … end` of record number `record` of the entry. */
export interface ByteMark {
  readonly record: number;
  readonly start: number;
  readonly end: number;
}
/** What the published schema of a log says of an original field. */
export interface FieldAbout {
  /** As the schema calls it: string, timestamp, json. */
  readonly type: string;
  /** One or two sentences. */
  readonly description: string;
  /** What its values are indicators of: ip, hostname, actor_id. */
  readonly indicators: readonly string[];
}
export interface DetailField {
  readonly group: "when" | "who" | "what" | "where" | "evidence" | "custom" | "original";
  /** The query name. */
  readonly name: string;
  readonly values: readonly string[];
  readonly origin: MeaningOrigin;
  readonly mark: ByteMark | undefined;
  /** The values are masked; `reveal` gives them. */
  readonly masked: boolean;
  readonly about?: FieldAbout;
}
export interface Interpretation {
  readonly field: string;
  readonly recorded: string;
  readonly meaning: string;
  readonly origin: MeaningOrigin;
  readonly mark: ByteMark | undefined;
}
export interface RecordToken {
  readonly start: number;
  readonly end: number;
  readonly kind: "key" | "value" | "type" | "separator";
  /** Name of the original field that these bytes are the value of. */
  readonly field?: string;
}
export interface DetailRecord {
  readonly title: string;
  /** The member that the bytes lie in: another than the entry's only where a rotated log goes on in the next file. */
  readonly member: MemberId;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  /** At most 262,144 bytes; the rest by `bytes()`. */
  readonly bytes: Uint8Array;
  readonly tokens: readonly RecordToken[];
}
export interface EntryDetail {
  readonly id: EntryId;
  readonly member: MemberId;
  readonly time: EpochMicros | undefined;
  readonly precision: number;
  readonly timeText: string;
  readonly flags: readonly FlagName[];
  readonly action: string;
  readonly target: string;
  readonly outcome: string;
  /** One plain sentence: who did what to what, where, with what result. */
  readonly sentence: string;
  readonly fields: readonly DetailField[];
  readonly records: readonly DetailRecord[];
  readonly interpretations: readonly Interpretation[];
  /** Other entries that record the same thing, ascending, at most 1,000 (query/same-thing.ts says when they do). */
  readonly copies: readonly EntryCopy[];
  /** How the time came about, where more than what is written decided it. */
  readonly times: EntryTimes;
  /** Something of the entry is masked. */
  readonly masked: boolean;
}
export interface EntryCopy {
  readonly entry: EntryId;
  readonly source: SourceId;
  readonly member: MemberId;
}
/** How far two members tell the same: entries of `member`, the later import, that `other` has too, and their extent. */
export interface Overlap {
  readonly member: MemberId;
  readonly other: MemberId;
  readonly entries: number;
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
}

// ---- what is assumed about time ------------------------------------------------------------------------------------

/** The clock showed `shown` when it was `actual`. */
export interface ClockPoint {
  readonly shown: EpochMicros;
  readonly actual: EpochMicros;
}
/**
 * fixed: so many µs are added, below 0 where the clock was fast. points: two or more in the order of time, lines between
 * them; before the first and after the last their own shift holds.
 */
export type ClockCorrection =
  | { readonly kind: "fixed"; readonly micros: number }
  | { readonly kind: "points"; readonly points: readonly ClockPoint[] };
/** The fields whose values name the machine that a clock belongs to, the nearer one first. */
export const HOST_FIELDS = ["to", "datasource"] as const;
export type HostField = (typeof HOST_FIELDS)[number];
export interface HostScope {
  readonly field: HostField;
  /** A value of the field. */
  readonly host: string;
}
/** A member's own correction holds in place of its host's. */
export type ClockScope = { readonly member: MemberId } | HostScope;
/** An assumption made after the import. Without a zone or year that of the import holds, without a clock none is corrected. */
export type TimeChange =
  | { readonly kind: "zone"; readonly member: MemberId; readonly zone: string | undefined }
  /** `year`: that of the member's first time that is written without one; the others go along. */
  | { readonly kind: "year"; readonly member: MemberId; readonly year: number | undefined }
  | { readonly kind: "clock"; readonly of: ClockScope; readonly clock: ClockCorrection | undefined };
export interface LoggedTimeChange {
  readonly id: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly examiner: string;
  readonly change: TimeChange;
  /** undone: it can be done again until another change is made. */
  readonly state: "done" | "undone";
}
/** `text`: the change in words, with what it is about. */
export interface DescribedTimeChange extends LoggedTimeChange {
  readonly text: string;
}
/** What is assumed about the times of a member, and how many of its entries each assumption touches. */
export interface MemberTimes {
  readonly member: MemberId;
  readonly zoneless: number;
  readonly yearless: number;
  readonly twice: number;
  readonly skipped: number;
  readonly corrected: number;
  readonly zone: string | undefined;
  readonly importedZone: string | undefined;
  readonly year: number | undefined;
  readonly importedYear: number | undefined;
  /** Its own correction, not that of a host, and in words. */
  readonly clock: ClockCorrection | undefined;
  readonly clockText: string | undefined;
  /** The hosts that its entries name, of each field the most frequent first, at most 20. */
  readonly hosts: readonly HostScope[];
}
export interface HostTimes extends HostScope {
  readonly entries: number;
  readonly clock: ClockCorrection;
  readonly clockText: string;
}
export interface TimeAssumptions {
  /** Of the members that have entries and are shown. */
  readonly members: readonly MemberTimes[];
  /** The hosts with a correction. */
  readonly hosts: readonly HostTimes[];
  /** Oldest first. The last that is done is the next to be undone, the first undone the next to be done again. */
  readonly changes: readonly DescribedTimeChange[];
}
/** One step from what is written to the time that is shown. */
export interface TimeStep {
  readonly kind: "zone" | "year" | "clock";
  /** Why, in words. */
  readonly text: string;
}
export interface EntryTimes {
  /** As the import read it; undefined = undated. */
  readonly recorded: EpochMicros | undefined;
  /** Before the clock was corrected. */
  readonly uncorrected: EpochMicros | undefined;
  readonly steps: readonly TimeStep[];
}

// ---- export ------------------------------------------------------------------------------------------------------

export interface ExportRequest {
  readonly query: QueryRequest;
  /** linux-auditd: rows of that public schema, one an audit record; only entries that are some can be written so. */
  readonly format: "csv" | "csv-zip" | "linux-auditd-jsonl" | "linux-auditd-csv";
  /** "all": every field that any exported entry has; otherwise exactly these, in this order. */
  readonly columns: "all" | readonly string[];
  readonly provenance: boolean;
  /** Beside the time that is shown, the one that the import read, and why they differ. */
  readonly recordedTime?: boolean;
  readonly formulaGuard: boolean;
  readonly lineEnd: "lf" | "crlf";
  /** full: secrets are written as recorded, and the choice is logged. */
  readonly secrets: "masked" | "full";
  readonly target: GrantId;
}
export interface ExportPreview {
  readonly entries: number;
  readonly header: string;
  /** Exact bytes of the first entries (a row each, or a row a record), then of the first guarded row. */
  readonly rows: readonly string[];
  readonly guarded: string | undefined;
}
export interface ExportOutcome {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly guardedCells: number;
  readonly file: string;
  readonly manifest: string;
}

/** Without `kind` the name of the file tells it. */
export interface LedgerTableChoice {
  readonly grant: GrantId;
  readonly kind?: LedgerKind;
}

// ---- the engine as the renderer sees it ----------------------------------------------------------------------------

export interface EngineApi {
  /** The open case; waits up to 10 s for a revision other than `seen` (-1 answers at once). undefined = none open. */
  watchCase(seen: number): Promise<CaseInfo | undefined>;
  createCase(grant: GrantId): Promise<Result<CaseInfo>>;
  openCase(grant: GrantId): Promise<Result<CaseInfo>>;
  closeCase(): Promise<Result<true>>;

  /** A folder yields an item for each file in it, at any depth, under a grant of its own; links are listed, not followed. */
  inspect(grants: readonly GrantId[]): Promise<Result<readonly InspectedItem[]>>;
  preview(grant: GrantId, member: string, choice: FormatChoice, answer: ReadingAnswer): Promise<Result<Preview>>;
  /** Tries a password on an archive and looks at it again. Passwords that fit are kept in memory until the engine ends. */
  unlock(grant: GrantId, password: string): Promise<Result<InspectedItem>>;
  /** The same for a source of the case, whose file is looked at again where it was; `importAgain` then reads it. */
  unlockSource(source: SourceId, password: string): Promise<Result<InspectedItem>>;
  /** Takes the passwords of a file into memory; `grants`: what was chosen, to tell which named files are missing. */
  usePasswordFile(file: GrantId, grants: readonly GrantId[]): Promise<Result<PasswordFileOutcome>>;
  /** Reads the two definition files of a folder, broken ones too. */
  openMapping(folder: GrantId): Promise<Result<MappingDraft>>;
  /** The definitions with these changes made, one after the other; what is not changed stays byte for byte. */
  editMapping(texts: MappingTexts, edits: readonly MappingEdit[]): Promise<Result<MappingDraft>>;
  /** Writes both files into the folder of `target`, or neither of them; files that are there go only where `target` is one. */
  saveMapping(target: GrantId, texts: MappingTexts): Promise<Result<SavedMapping>>;
  startImport(request: ImportRequest): Promise<Result<JobId>>;
  startExport(request: ExportRequest): Promise<Result<JobId>>;
  /** Answers when the job's revision differs from `seen`, at most 5 times a second, or after 10 s. */
  watch(job: JobId, seen: number): Promise<Result<JobState>>;
  cancel(job: JobId): Promise<void>;
  /** Takes an incomplete or unwanted source out of every view; its bytes stay in the case, the step is logged. */
  removeSource(source: SourceId): Promise<Result<true>>;
  /** Imports a source's file once more, the way it was imported; the old one is replaced when the new one is whole. */
  importAgain(source: SourceId, beyondLimits: boolean): Promise<Result<JobId>>;

  /** The file of a source as it is now, and how it was read; faults as `importAgain` has them. */
  lookAgain(source: SourceId): Promise<Result<AgainLook>>;
  /**
   * Imports one member once more as is said now, with those that it is one log with. What is in the case of it stays until
   * the new one is whole, and is replaced in one step; otherwise nothing changes. Of a source that was not read to its end
   * all is read again.
   */
  importMemberAgain(member: MemberId, as: MemberRequest): Promise<Result<JobId>>;

  /** What follows the name of a secret is overwritten in the bytes. */
  rejects(
    first: number,
    count: number,
    member: MemberId | undefined,
    code: string | undefined,
  ): Promise<Result<RejectPage>>;
  byteMap(member: MemberId, cells: number): Promise<Result<ByteMap>>;
  coverage(buckets: number): Promise<Result<Coverage | undefined>>;
  /**
   * Bytes of a member, at most 1 MiB a call. Those of secrets are overwritten, each with `*`, but in `entry` if `reveal`
   * was asked of it.
   */
  bytes(member: MemberId, offset: number, length: number, entry?: EntryId): Promise<Result<Uint8Array>>;

  fields(): Promise<Result<readonly FieldInfo[]>>;
  check(text: string, zone: string): Promise<Result<QueryCheck>>;
  open(query: QueryRequest): Promise<Result<ResultInfo>>;
  /** count ≤ 500 */
  rows(id: ResultId, first: number, count: number, columns: readonly string[]): Promise<Result<RowPage>>;
  /** `range` = what the axis shows; without it, all dated entries of the case. */
  histogram(id: ResultId, buckets: number, range: TimeRange): Promise<Result<Histogram>>;
  /** `contains` narrows the values listed, without case. */
  facets(id: ResultId, fields: readonly string[], limit: number, contains: string): Promise<Result<readonly Facet[]>>;
  /** Secrets are masked, in the values and in the bytes. */
  entry(id: EntryId): Promise<Result<EntryDetail>>;
  /** The entry with nothing masked; who asked for it, and when, is logged in the case. */
  reveal(id: EntryId): Promise<Result<EntryDetail>>;
  timeAssumptions(): Promise<Result<TimeAssumptions>>;
  /**
   * Changes an assumption about time for every entry it touches, without reading the evidence again: what the import
   * recorded stays. Faults: request.invalid, request.stale (also while a source is being imported).
   */
  changeTime(change: TimeChange): Promise<Result<LoggedTimeChange>>;
  /** Takes the last change back; undefined = there is none. Faults: request.stale. */
  undoTimeChange(): Promise<Result<LoggedTimeChange | undefined>>;
  /** Does the change again that was undone last; undefined = there is none. Faults: request.stale. */
  redoTimeChange(): Promise<Result<LoggedTimeChange | undefined>>;
  /** Members that tell the same things, for example a dump and a later export of the same log. */
  overlaps(): Promise<Result<readonly Overlap[]>>;
  /** Row number of an entry in a result, or of the first row at or after a time; undefined = not in it. */
  locate(
    id: ResultId,
    at: { readonly entry: EntryId } | { readonly time: EpochMicros },
  ): Promise<Result<number | undefined>>;
  explain(query: QueryRequest): Promise<Result<readonly ClauseCount[]>>;
  exportPreview(request: Omit<ExportRequest, "target">): Promise<Result<ExportPreview>>;

  /** The identity ledger and the policy in force, and what came of them. */
  identities(): Promise<Result<IdentityInfo>>;
  /** Takes tables into the case; one of the same kind and name replaces the one before. Matching follows. */
  addLedgerTables(tables: readonly LedgerTableChoice[]): Promise<Result<IdentityInfo>>;
  removeLedgerTable(table: number): Promise<Result<IdentityInfo>>;
  /** `policy`: edited, or a policy file to be read. */
  setIdentityPolicy(policy: IdentityPolicy | GrantId): Promise<Result<IdentityInfo>>;
  /** Undoes the last change of ledger or policy, or does it again; both are logged like the change. Fault: request.stale. */
  undoIdentities(): Promise<Result<IdentityInfo>>;
  redoIdentities(): Promise<Result<IdentityInfo>>;
  /** Distinct pairs in a state, at most 500 a call. */
  worklist(role: MatchRole, state: MatchState, first: number, count: number): Promise<Result<WorklistPage>>;
  close(id: ResultId): Promise<void>;
}
