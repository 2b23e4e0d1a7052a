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
import type { AuditRecord, Range, WrittenField } from "./record.ts";
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
  /**
   * The values were cut out of running text, where nothing tells the last word of one from further fields: they are cut
   * again as the original would be. Without it each value is one value, whatever stands in it.
   */
  readonly isRunningText?: boolean;
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

/** Seconds and milliseconds as the kernel writes them in a stamp: the same event has the same key in every form. */
export function stampSeconds(at: EpochMicros): string {
  const millis = Math.floor(at / 1000);
  return `${Math.floor(millis / 1000)}.${String(((millis % 1000) + 1000) % 1000).padStart(3, "0")}`;
}

/** A record in the kernel's spelling, and what its values were before. */
export interface WrittenRecord<S> {
  readonly record: AuditRecord;
  readonly pieces: readonly Piece<S>[];
}
interface Piece<S> {
  readonly start: number;
  readonly end: number;
  readonly from: S;
}

export class RewrittenEvent<S> {
  readonly event: AuditEvent;
  /** By carried record. */
  readonly #pieces: readonly (readonly Piece<S>[])[];

  /** The event's records in the order in which the kernel writes them. */
  constructor(written: readonly WrittenRecord<S>[]) {
    const pieces = new Map<CarriedRecord, Piece<S>[]>();
    for (const each of written) {
      const known = pieces.get(each.record.carried);
      if (known === undefined) pieces.set(each.record.carried, [...each.pieces]);
      else known.push(...each.pieces);
    }
    const carried = [...pieces.keys()];
    this.#pieces = [...pieces.values()];
    this.event = { carried, records: written.map(({ record }) => record), repeats: [], twins: [], isLate: false };
  }

  /** Where the value at a mark came from; undefined = it was made of several, or of none. */
  sourceOf(mark: ByteMark | undefined): S | undefined {
    if (mark === undefined) return undefined;
    const found = this.#pieces[mark.record]?.find(({ start, end }) => start <= mark.start && mark.end <= end);
    return found?.from;
  }
}

export function writeRecord<S>(head: EventHead, source: Rewritten<S>): WrittenRecord<S> {
  const { type } = source;
  const node = head.node === "" ? "" : `node=${head.node} `;
  const opening = `${node}type=${type} msg=`;
  const timeText = head.key?.slice(0, head.key.lastIndexOf(":")) ?? head.timeText;
  const stampText = `audit(${head.key ?? timeText}):`;
  const pieces: Piece<S>[] = [];
  const fields: WrittenField[] = [];
  let text = `${opening}${stampText}`;
  const stamp: Stamp = {
    at: opening.length,
    end: text.length,
    time: head.time,
    precision: head.precision,
    timeText,
    key: head.key,
  };
  const put = (part: Part<S>, separator: string, scope: WrittenField["scope"]): void => {
    const nameAt = text.length + separator.length;
    text += `${separator}${part.name}=`;
    const start = text.length;
    text += part.bare === true ? part.value : encoded(type, part.name, part.value);
    const inner = withoutQuotes(text, start, part.bare === true ? undefined : part.value);
    pieces.push({ start, end: text.length, from: part.from });
    fields.push({ name: part.name, scope, nameAt, ...inner });
  };
  const words = (lead: string | undefined): Range => {
    const start = text.length;
    text += lead ?? "";
    return { start, end: start + (lead ?? "").trimEnd().length };
  };
  if (source.lead !== undefined) text += " ";
  const lead = words(source.lead);
  for (const part of source.header) put(part, " ", "header");
  let nestedLead: Range = { start: text.length, end: text.length };
  if (source.nested.length > 0 || source.nestedLead !== undefined) {
    text += " msg='";
    nestedLead = words(source.nestedLead);
    source.nested.forEach((part, i) => put(part, i === 0 && source.nestedLead === undefined ? "" : " ", "nested"));
    text += "'";
  }
  const trailerStart = source.trailer.length === 0 ? text.length : text.length + 1;
  source.trailer.forEach((part, i) => put(part, i === 0 ? "\x1d" : " ", "trailer"));
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
    ...(source.isRunningText === true ? {} : { written: { fields, lead, nestedLead, trailerStart } }),
  };
  return { record, pieces };
}

/** `value`: as it was before it was encoded; undefined = it is written as it stood, and only quotes tell. */
function withoutQuotes(text: string, start: number, value: string | undefined): Range & { readonly quoted: boolean } {
  const end = text.length;
  const isQuoted = end - start >= 2 && text.startsWith('"', start) && text.endsWith('"');
  const quoted = isQuoted && (value === undefined || end - start === value.length + 2);
  return quoted ? { start: start + 1, end: end - 1, quoted } : { start, end, quoted };
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

/** How what is said of rewritten records becomes what is said of the evidence. */
export interface Translation {
  markOf(mark: ByteMark | undefined): ByteMark | undefined;
  originOf(origin: MeaningOrigin | undefined): MeaningOrigin | undefined;
  /** Without it the reference is the records' own. */
  refOf?(ref: string): string;
  /** The fields of the records are not the entry's own: those are written beside. */
  readonly withoutOriginals?: boolean;
  /** Flags that say nothing here. */
  readonly withoutFlags?: readonly FlagName[];
}

/** Hands on what is said of the rewritten records, with marks that point into the evidence. */
export class RewrittenSink implements EntrySink {
  readonly #sink: EntrySink;
  readonly #translation: Translation;

  constructor(sink: EntrySink, translation: Translation) {
    this.#sink = sink;
    this.#translation = translation;
  }

  /** The time is written beside, as the evidence has it. */
  time(): void {}

  text(field: CanonicalName, value: string, origin?: MeaningOrigin, mark?: ByteMark): void {
    const { refOf, originOf, markOf } = this.#translation;
    const said = field === "ref" && refOf !== undefined ? refOf(value) : value;
    this.#sink.text(field, said, originOf(origin), markOf(mark));
  }

  original(name: string, value: string, mark?: ByteMark): void {
    if (this.#translation.withoutOriginals !== true) this.#sink.original(name, value, this.#translation.markOf(mark));
  }

  originalIn(name: string, text: string, start: number, end: number, record: number): void {
    this.original(name, text.slice(start, end), { record, start, end });
  }

  flag(flag: FlagName): void {
    if (this.#translation.withoutFlags?.includes(flag) !== true) this.#sink.flag(flag);
  }

  wants(field: CanonicalName): boolean {
    return this.#sink.wants?.(field) !== false;
  }
}
