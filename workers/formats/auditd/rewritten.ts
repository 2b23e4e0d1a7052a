/**
 * Audit records written anew, as the kernel writes them, from another form of the same event (an object, the interpreted
 * text of ausearch): what reads the original then reads these as well, and says the same of them. Every value knows
 * where it came from, so that marks lead to the bytes of the evidence.
 */
import type { ByteMark, CanonicalName, EpochMicros, FlagName, MeaningOrigin } from "../../contract.ts";
import { bytesOfLatin1 } from "../../base/bytes.ts";
import type { CarriedRecord, EntrySink } from "../format.ts";
import type { AuditEvent } from "./assembly.ts";
import { fieldName, type ValueClass } from "./names.ts";
import type { AuditRecord } from "./record.ts";
import { recordType } from "./record-types.ts";
import type { Stamp } from "./stamp.ts";

/** A value of the other form; `S` says where it stands there. One char a byte. */
export interface Part<S> {
  readonly name: string;
  readonly value: string;
  readonly from: S;
  /** The value is written as it stands: it is hex, or has its own brackets. */
  readonly bare?: boolean;
}
export interface Rewritten<S> {
  readonly type: string;
  readonly header: readonly Part<S>[];
  /** Of `msg='…'`. */
  readonly nested: readonly Part<S>[];
  /** Behind the separator of an ENRICHED record: names in capitals. */
  readonly trailer: readonly Part<S>[];
  /** Words in front of the first field. */
  readonly lead?: string;
  readonly nestedLead?: string;
}
export interface EventHead {
  readonly node: string;
  readonly time: EpochMicros | undefined;
  readonly precision: number;
  /** As the other form writes it. */
  readonly timeText: string;
  /** What the event is known by; undefined = nothing names its serial. */
  readonly key: string | undefined;
}

interface Piece<S> {
  readonly start: number;
  readonly end: number;
  readonly from: S;
}

export class RewrittenEvent<S> {
  readonly event: AuditEvent;
  readonly #pieces: readonly (readonly Piece<S>[])[];

  /** The event's records in the order in which the kernel writes them. */
  constructor(head: EventHead, records: readonly Rewritten<S>[]) {
    const written = records.map((record) => write(head, record));
    this.#pieces = written.map(({ pieces }) => pieces);
    this.event = {
      carried: written.map(({ record }) => record.carried),
      records: written.map(({ record }) => record),
      repeats: [],
      twins: [],
      isLate: false,
    };
  }

  /** Where the value at a mark came from; undefined = it was made of several, or of none. */
  sourceOf(mark: ByteMark | undefined): S | undefined {
    if (mark === undefined) return undefined;
    const found = this.#pieces[mark.record]?.find(({ start, end }) => start <= mark.start && mark.end <= end);
    return found?.from;
  }
}

function write<S>(
  head: EventHead,
  source: Rewritten<S>,
): { readonly record: AuditRecord; readonly pieces: Piece<S>[] } {
  const { type } = source;
  const node = head.node === "" ? "" : `node=${head.node} `;
  const opening = `${node}type=${type} msg=`;
  const stampText = `audit(${head.key ?? head.timeText}):`;
  const pieces: Piece<S>[] = [];
  let text = `${opening}${stampText}`;
  const stamp: Stamp = {
    at: opening.length,
    end: text.length,
    time: head.time,
    precision: head.precision,
    timeText: head.timeText,
    key: head.key,
  };
  const put = (part: Part<S>, separator: string): void => {
    text += `${separator}${part.name}=`;
    const start = text.length;
    text += part.bare === true ? part.value : encoded(type, part.name, part.value);
    pieces.push({ start, end: text.length, from: part.from });
  };
  if (source.lead !== undefined) text += ` ${source.lead}`;
  for (const part of source.header) put(part, " ");
  if (source.nested.length > 0 || source.nestedLead !== undefined) {
    text += ` msg='${source.nestedLead ?? ""}`;
    source.nested.forEach((part, i) => put(part, i === 0 && source.nestedLead === undefined ? "" : " "));
    text += "'";
  }
  source.trailer.forEach((part, i) => put(part, i === 0 ? "\x1d" : " "));
  const carried: CarriedRecord = {
    offset: 0,
    length: text.length,
    line: 0,
    body: { kind: "text", text },
    flags: [],
  };
  const record: AuditRecord = {
    carried,
    text,
    start: 0,
    bodyStart: stamp.end,
    end: text.length,
    type: recordType(type),
    typeWord: type,
    node: head.node,
    stamp,
  };
  return { record, pieces };
}

/** Fields that the kernel writes in quotes, or as hex where a quoted text could not hold them. */
const QUOTED: ReadonlySet<ValueClass> = new Set(["escaped", "account", "key", "proctitle", "keystrokes"]);
/** Values that the kernel writes bare in such fields, because there is no text. */
const NO_TEXT = new Set(["(null)", "(none)", "?", ""]);

function encoded(type: string, name: string, value: string): string {
  const { kind } = fieldName(name);
  const isText = type === "EXECVE" ? /^a\d+(?:\[\d+\])?$/.test(name) : QUOTED.has(kind);
  if (!isText) return !/\s/.test(value) || isOwnForm(kind, value) ? value : `"${value}"`;
  if (NO_TEXT.has(value)) return value;
  return /^[\x21\x23-\x7e]+$/.test(value) ? `"${value}"` : hexOf(value);
}

/** Several words that are read as one value without quotes. */
function isOwnForm(kind: ValueClass, value: string): boolean {
  return kind === "op" || kind === "label" || value.startsWith("{") || value.startsWith("(");
}

export function hexOf(latin1: string): string {
  return Buffer.from(bytesOfLatin1(latin1)).toString("hex").toUpperCase();
}

/** Hands on what is said of the rewritten records, with marks that point into the evidence. */
export class RewrittenSink implements EntrySink {
  readonly #sink: EntrySink;
  readonly #markOf: (mark: ByteMark | undefined) => ByteMark | undefined;
  readonly #originOf: (origin: MeaningOrigin | undefined, field: CanonicalName) => MeaningOrigin | undefined;
  readonly #originals: boolean;

  /** `originals`: whether the fields of the records are the entry's own. */
  constructor(
    sink: EntrySink,
    markOf: (mark: ByteMark | undefined) => ByteMark | undefined,
    originOf: (origin: MeaningOrigin | undefined, field: CanonicalName) => MeaningOrigin | undefined,
    originals: boolean,
  ) {
    this.#sink = sink;
    this.#markOf = markOf;
    this.#originOf = originOf;
    this.#originals = originals;
  }

  time(at: EpochMicros | undefined, precision: number, text: string, origin?: MeaningOrigin, mark?: ByteMark): void {
    this.#sink.time(at, precision, text, origin, this.#markOf(mark));
  }

  text(field: CanonicalName, value: string, origin?: MeaningOrigin, mark?: ByteMark): void {
    this.#sink.text(field, value, this.#originOf(origin, field), this.#markOf(mark));
  }

  original(name: string, value: string, mark?: ByteMark): void {
    if (this.#originals) this.#sink.original(name, value, this.#markOf(mark));
  }

  originalIn(name: string, text: string, start: number, end: number, record: number): void {
    this.original(name, text.slice(start, end), { record, start, end });
  }

  flag(flag: FlagName): void {
    this.#sink.flag(flag);
  }

  wants(field: CanonicalName): boolean {
    return this.#sink.wants?.(field) !== false;
  }
}
