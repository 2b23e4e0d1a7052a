/** What everything else is made of: numbers and names that cannot be mixed up, faults, fields, flags. */

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
  | "window.defect"
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
