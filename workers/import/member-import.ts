import type { ImportMessage, MemberEnd, RejectPart } from "../base/batch.ts";
import { isAscii } from "../base/bytes.ts";
import { RefSet } from "../base/ref-set.ts";
import { SeenTokens, standsIn } from "../base/shown-words.ts";
import { fault } from "../base/fault.ts";
import type { Splitter, UnitOutput } from "../carriers/carrier.ts";
import type { Cutter } from "../carriers/encoded.ts";
import type { Fault } from "../contract.ts";
import type { AnyFormat, AnyOutput, Assembler, CarriedRecord, EntrySink, ReadContext } from "../formats/format.ts";
import { BlockBuilder } from "./block-builder.ts";
import type { ColumnBuilder, SpanPlace } from "./column-builder.ts";
import { type GapKind, MemberLedger } from "./member-ledger.ts";
import { Outbox } from "./outbox.ts";

const REJECTS_A_MESSAGE = 1024;
/** Entries that a format hands on in one go when its member has ended: some 10 ms of work. */
const DRAINED_AT_ONCE = 512;

/** What is known of a member when its last byte was taken. */
export type MemberCounts = Pick<
  MemberEnd,
  "records" | "entries" | "rejects" | "ignored" | "undated" | "duplicates" | "ledger" | "gaps"
> & {
  /** Every byte is accounted for, once. Anything else is a bug of a carrier or a format. */
  readonly isWhole: boolean;
};

/**
 * Imports one member, synchronously: bytes go in, the messages that they make come out. It stands between carrier and
 * format, and writes down what both decide.
 */
export class MemberImport {
  /** The first thing that the carrier has to say of the member as a whole. */
  note: Fault | undefined;
  readonly #format: AnyFormat;
  readonly #columns: ColumnBuilder;
  readonly #splitter: Splitter;
  readonly #assembler: Assembler;
  readonly #blocks = new BlockBuilder();
  readonly #ledger = new MemberLedger();
  readonly #outbox = new Outbox();
  readonly #refs = new RefSet();
  readonly #seen = new SeenTokens();
  #rejects: RejectPart[] = [];
  #lastEntryBlock = 0;
  #lastRejectBlock = 0;
  #bytes = 0;
  #next = 0;
  #isContiguous = true;
  #isSplit = false;
  #undecided = 0;
  #records = 0;
  #entries = 0;
  #rejected = 0;
  #ignored = 0;
  #undated = 0;
  #duplicates = 0;

  constructor(cutter: Cutter, format: AnyFormat, context: ReadContext, columns: ColumnBuilder) {
    this.#format = format;
    this.#columns = columns;
    this.#splitter = cutter.split(this.#unitOutput());
    this.#assembler = format.assemble(context, this.#assemblyOutput());
  }

  get entries(): number {
    return this.#entries;
  }
  get rejectCount(): number {
    return this.#rejected;
  }

  push(chunk: Uint8Array): ImportMessage[] {
    this.#bytes += chunk.length;
    this.#blocks.append(chunk);
    this.#splitter.push(chunk);
    this.#release();
    return this.#outbox.take();
  }

  /** After the last byte: some of what the format still holds; undefined = nothing is left but to `finish`. */
  drain(): ImportMessage[] | undefined {
    this.#endSplitting();
    if (this.#assembler.drain?.(DRAINED_AT_ONCE) !== true) return undefined;
    this.#release();
    return this.#outbox.take();
  }

  finish(): ImportMessage[] {
    this.#endSplitting();
    this.#assembler.finish();
    return this.cutOff();
  }

  /** What was decided so far and not sent yet; what the format still holds is not read. */
  cutOff(): ImportMessage[] {
    this.#cutEntries();
    this.#cutRejects();
    this.#blocks.finish();
    this.#release();
    return this.#outbox.take();
  }

  #endSplitting(): void {
    if (!this.#isSplit) this.#splitter.finish();
    this.#isSplit = true;
  }

  counts(): MemberCounts {
    const isWhole =
      this.#isContiguous && this.#undecided === 0 && this.#next === this.#bytes && this.#ledger.isWhole(this.#bytes);
    return {
      records: this.#records,
      entries: this.#entries,
      rejects: this.#rejected,
      ignored: this.#ignored,
      undated: this.#undated,
      duplicates: this.#duplicates,
      ledger: this.#ledger.sums(this.#bytes),
      gaps: this.#ledger.gaps(),
      isWhole,
    };
  }

  #unitOutput(): UnitOutput {
    return {
      record: (record) => {
        this.#unit(record.offset, record.length, true);
        this.#undecided += record.length;
        this.#assembler.push(record);
      },
      reject: (offset, length, line, code, detail) => {
        this.#unit(offset, length, false);
        this.#reject(offset, length, line, code, detail);
      },
      ignore: (offset, length, lines = 1) => this.#gap("ignored", offset, length, lines),
      blank: (offset, length) => this.#gap("blank", offset, length, 1),
      note: (message, next) => {
        this.note ??= fault("format.partial", message, next);
      },
    };
  }

  #assemblyOutput(): AnyOutput {
    return {
      entry: (records, duplicates, write) => this.#entry(records, duplicates, write),
      reject: (record, code, detail) => {
        this.#decide(record);
        this.#reject(record.offset, record.length, record.line, code, detail);
      },
      ignore: (record) => {
        this.#decide(record);
        this.#ledger.gap("ignored", record.offset, record.length);
        this.#ignored++;
      },
    };
  }

  #gap(kind: GapKind, offset: number, length: number, lines: number): void {
    this.#unit(offset, length, false);
    this.#ledger.gap(kind, offset, length);
    this.#ignored += lines;
  }

  #entry(records: readonly CarriedRecord[], duplicates: number, write: (sink: EntrySink) => void): void {
    const columns = this.#columns;
    columns.open();
    write(columns);
    for (const record of records) this.#take(record);
    this.#countRepeats(duplicates);
    if (columns.isUndated) this.#undated++;
    const spans = this.#spans(records);
    this.#addWords(records, columns.words);
    for (const record of records) this.#decide(record);
    columns.close(spans);
    this.#entries++;
    if (columns.isFull) this.#cutEntries();
  }

  #take(record: CarriedRecord): void {
    this.#records += this.#format.recordsIn(record);
    this.#ledger.entry(record.length);
    for (const flag of record.flags) this.#columns.flag(flag);
  }

  /** A text format tells repeated records itself; that its reference comes again is then only worth a flag. */
  #countRepeats(duplicates: number): void {
    const ref = this.#columns.ref;
    const isRepeated = ref !== "" && !this.#refs.add(ref);
    if (isRepeated) this.#columns.flag("duplicate");
    this.#duplicates += duplicates + (isRepeated && this.#format.accepts === "object" ? 1 : 0);
  }

  /** The words go to the blocks of all records of the entry, once where neighbours lie in one block. */
  #addWords(records: readonly CarriedRecord[], words: readonly string[]): void {
    if (this.#shows(records, words)) this.#columns.markShown();
    if (words.length === 0) return;
    const utf8 = Buffer.from(words.join("\n"));
    for (let at = 0; at < records.length; ) {
      const { offset } = records[at] as CarriedRecord;
      let end = offset;
      for (; records[at]?.offset === end; at++) end += (records[at] as CarriedRecord).length;
      this.#blocks.addWords(offset, end - offset, utf8);
    }
  }

  /** Whether each of the words stands in the records' own bytes. */
  #shows(records: readonly CarriedRecord[], words: readonly string[]): boolean {
    const hidden = words.filter((word) => !stands(records, word));
    if (hidden.length === 0) return true;
    this.#seen.clear();
    for (const { body } of records) {
      if (!isOwnText(body)) return false;
      this.#seen.add(body.text);
    }
    return this.#seen.hasAll(Buffer.from(hidden.join("\n")).toString("latin1"));
  }

  /** Records that touch are one span, even across the end of a block. */
  #spans(records: readonly CarriedRecord[]): SpanPlace[] {
    const spans: SpanPlace[] = [];
    for (let at = 0; at < records.length; ) {
      const { offset } = records[at] as CarriedRecord;
      let end = offset;
      for (; records[at]?.offset === end; at++) end += (records[at] as CarriedRecord).length;
      const block = this.#blocks.blockAt(offset);
      spans.push({ block, off: offset - this.#blocks.startOf(block), len: end - offset });
      this.#lastEntryBlock = Math.max(this.#lastEntryBlock, this.#blocks.blockAt(end - 1));
    }
    return spans;
  }

  #reject(offset: number, length: number, line: number, code: string, detail: string): void {
    const block = this.#blocks.blockAt(offset);
    this.#rejects.push({ line, block, off: offset - this.#blocks.startOf(block), length, code, detail });
    this.#lastRejectBlock = Math.max(this.#lastRejectBlock, this.#blocks.blockAt(offset + length - 1));
    this.#ledger.reject(length);
    this.#rejected++;
    if (this.#rejects.length >= REJECTS_A_MESSAGE) this.#cutRejects();
  }

  #unit(offset: number, length: number, undecided: boolean): void {
    if (offset !== this.#next) this.#isContiguous = false;
    this.#next = offset + length;
    this.#blocks.unit(offset, length, undecided);
  }

  #decide(record: CarriedRecord): void {
    this.#undecided -= record.length;
    this.#blocks.decided(record.offset, record.length);
  }

  #cutEntries(): void {
    if (this.#columns.count === 0) return;
    this.#outbox.hold({ kind: "entries", batch: this.#columns.cut() }, this.#lastEntryBlock);
  }

  #cutRejects(): void {
    if (this.#rejects.length === 0) return;
    this.#outbox.hold({ kind: "rejects", rejects: this.#rejects }, this.#lastRejectBlock);
    this.#rejects = [];
  }

  #release(): void {
    this.#outbox.release(this.#blocks.take(), this.#blocks.sent);
  }
}

function stands(records: readonly CarriedRecord[], word: string): boolean {
  return isAscii(word) && records.some(({ body }) => isOwnText(body) && standsIn(body.text, word));
}

/** Text that the record's bytes hold as it is; what a carrier unwrapped or decoded may stand there escaped. */
function isOwnText(body: CarriedRecord["body"]): body is CarriedRecord["body"] & { readonly text: string } {
  return body.text !== undefined && (body.kind === "object" || body.derived === undefined);
}
