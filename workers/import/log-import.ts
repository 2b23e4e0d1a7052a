import type { ImportMessage } from "../base/batch.ts";
import { fault } from "../base/fault.ts";
import { RefSet } from "../base/ref-set.ts";
import type { Splitter, UnitOutput } from "../carriers/carrier.ts";
import type { Cutter } from "../carriers/encoded.ts";
import type { Fault } from "../contract.ts";
import type { AnyFormat, AnyOutput, Assembler, CarriedRecord, ReadContext } from "../formats/format.ts";
import { BlockBuilder, Crowd } from "./block-builder.ts";
import type { ColumnBuilder, SpanPlace } from "./column-builder.ts";
import { type MemberCounts, MemberPart } from "./member-part.ts";
import { type BlockPlace, Outbox } from "./outbox.ts";
import { assembleJoined } from "./piece-joiner.ts";
import { WordFinder } from "./word-finder.ts";

const REJECTS_A_MESSAGE = 1024;
/** Entries that a format hands on in one go when its log has ended: some 10 ms of work. */
const DRAINED_AT_ONCE = 512;
const NOWHERE: BlockPlace = { member: 0, block: 0 };

/** Bytes of a member. */
interface Stretch {
  readonly part: MemberPart;
  readonly offset: number;
  length: number;
}
type EntryWriter = Parameters<AnyOutput["entry"]>[2];

/**
 * Imports one log, synchronously: bytes go in, the messages that they make come out. It stands between carrier and
 * format, and writes down what both decide. A log is one member, or the members of a rotated set, oldest first: to the
 * format they are one sequence, its offsets running through all of them.
 */
export class LogImport {
  readonly #format: AnyFormat;
  readonly #columns: ColumnBuilder;
  readonly #parts: MemberPart[] = [];
  /** Parts before it have sent all their blocks. */
  #sending = 0;
  /** Parts before it were handed out as settled. */
  #settled = 0;
  readonly #crowd = new Crowd();
  readonly #outbox = new Outbox();
  readonly #refs = new RefSet();
  /** References whatever they stand in, where the format tells them apart by another field. */
  readonly #bareRefs = new RefSet();
  readonly #words = new WordFinder();
  #splitter: Splitter | undefined;
  #assembler: Assembler | undefined;
  #current: MemberPart | undefined;
  /** The part that the entries in the columns belong to. */
  #entriesOf: MemberPart | undefined;
  #lastEntry: BlockPlace = NOWHERE;

  constructor(format: AnyFormat, columns: ColumnBuilder) {
    this.#format = format;
    this.#columns = columns;
  }

  /** The next member begins; the one before has ended. `number` is its number in the run. */
  begin(number: number, cutter: Cutter, context: ReadContext): void {
    const last = this.#parts.at(-1);
    const base = last === undefined ? 0 : last.base + last.bytes;
    const part = new MemberPart(number, base, context, new BlockBuilder(this.#crowd));
    this.#parts.push(part);
    this.#current = part;
    this.#assembler ??= assembleJoined(cutter.carrier, this.#format, context, this.#assemblyOutput());
    this.#splitter = cutter.split(this.#unitOutput(part));
  }

  /** The next bytes of the member that has begun. */
  push(chunk: Uint8Array): ImportMessage[] {
    const part = this.#current;
    if (part === undefined) throw new Error("bytes came before their member");
    part.bytes += chunk.length;
    part.blocks.append(chunk);
    this.#splitter?.push(chunk);
    return this.#take();
  }

  /** After the last byte of a member; the format may hold some of its records on. */
  endMember(): ImportMessage[] {
    this.#splitter?.finish();
    this.#splitter = undefined;
    if (this.#current !== undefined) {
      const remark = this.#assembler?.remark?.();
      if (remark !== undefined) this.#current.note ??= fault("format.partial", remark.message, remark.next);
      this.#current.note ??= elsewhereNote(this.#current.elsewhere);
      this.#current.blocks.close();
      this.#current.isRead = true;
    }
    return this.#take();
  }

  /** After the last member: some of what the format still holds; undefined = nothing is left but to `finish`. */
  drain(): ImportMessage[] | undefined {
    return this.#assembler?.drain?.(DRAINED_AT_ONCE) === true ? this.#take() : undefined;
  }

  finish(): ImportMessage[] {
    this.#assembler?.finish();
    return this.cutOff();
  }

  /** What was decided so far and not sent yet; what the format still holds is not read. */
  cutOff(): ImportMessage[] {
    this.#columns.discard();
    this.#cutEntries();
    this.#refs.clear();
    this.#bareRefs.clear();
    for (const part of this.#parts) {
      this.#cutRejects(part);
      part.blocks.finish();
      part.isRead = true;
    }
    return this.#take();
  }

  /** The next member, in their order, of which nothing can come any more; its messages were handed out. */
  settle(): { readonly number: number; readonly messages: readonly ImportMessage[] } | undefined {
    const part = this.#parts[this.#settled];
    if (part === undefined || !part.isRead || part.undecided > 0) return undefined;
    if (this.#entriesOf === part) this.#cutEntries();
    this.#cutRejects(part);
    const messages = this.#take();
    if (this.#sending <= this.#settled || this.#outbox.isHolding) return undefined;
    this.#settled++;
    return { number: part.number, messages };
  }

  /** What is known of a member by its number in the run, once it has ended. */
  counts(number: number): MemberCounts & { readonly note: Fault | undefined } {
    const part = this.#part(number);
    return { ...part.counts(), note: part.note };
  }

  /** What has come of a member so far. */
  tally(number: number): { readonly entries: number; readonly rejects: number } {
    const { entries, rejected } = this.#part(number);
    return { entries, rejects: rejected };
  }

  #part(number: number): MemberPart {
    const part = this.#parts.find((each) => each.number === number);
    if (part === undefined) throw new Error(`member ${number} is not of this log`);
    return part;
  }

  #unitOutput(part: MemberPart): UnitOutput {
    return {
      record: (record) => {
        part.unit(record.offset, record.length, true);
        this.#assembler?.push(part.base === 0 ? record : { ...record, offset: record.offset + part.base });
      },
      reject: (offset, length, line, code, detail) => {
        part.unit(offset, length, false);
        this.#reject(part, offset, length, line, code, detail);
      },
      ignore: (offset, length, lines = 1) => {
        if (length > 0) part.unit(offset, length, false);
        part.gap("ignored", offset, length, lines);
      },
      blank: (offset, length) => {
        part.unit(offset, length, false);
        part.gap("blank", offset, length, 1);
      },
      note: (message, next) => {
        part.note ??= fault("format.partial", message, next);
      },
    };
  }

  #assemblyOutput(): AnyOutput {
    return {
      entry: (records, duplicates, write) => this.#entry(records, duplicates, write),
      reject: (record, code, detail) => {
        const part = this.#decide(record);
        this.#reject(part, record.offset - part.base, record.length, record.line, code, detail);
      },
      ignore: (record) => {
        const part = this.#decide(record);
        part.gap("ignored", record.offset - part.base, record.length, 1);
      },
    };
  }

  #entry(records: readonly CarriedRecord[], duplicates: number, write: EntryWriter): void {
    const columns = this.#columns;
    const part = this.#partAt(records[0]?.offset ?? 0);
    if (part !== this.#entriesOf) this.#cutEntries();
    this.#entriesOf = part;
    columns.open(this.#format.identifiedBy, this.#format.refWithin);
    write(columns, part.context);
    for (const record of records) for (const flag of record.flags) columns.flag(flag);
    const repeats = duplicates + this.#countRepeat(part);
    const stretches = this.#stretches(records);
    this.#addWords(records, stretches, columns.words);
    const spans = this.#spans(stretches);
    // From here on nothing of a format is run, so that what is counted is what is sent.
    for (const record of records) this.#account(record);
    part.duplicates += repeats;
    if (columns.isUndated) part.undated++;
    columns.close(spans);
    part.entries++;
    if (columns.isFull) this.#cutEntries();
  }

  #account(record: CarriedRecord): void {
    const part = this.#decide(record);
    part.records += this.#format.recordsIn(record);
    part.entry(record.length);
  }

  /** A text format tells repeated records itself; that what an entry is known by comes again is then only worth a flag. */
  #countRepeat(part: MemberPart): number {
    const { identity, within } = this.#columns;
    if (identity === "") return 0;
    const isElsewhere = this.#format.refWithin !== undefined && !this.#bareRefs.add(identity);
    if (this.#refs.add(within === "" ? identity : `${within}\n${identity}`)) {
      if (isElsewhere) part.elsewhere++;
      return 0;
    }
    this.#columns.flag("duplicate");
    return this.#format.accepts === "object" ? 1 : 0;
  }

  /** The words go to the blocks of all records of the entry, once where neighbours lie in one block. */
  #addWords(records: readonly CarriedRecord[], stretches: readonly Stretch[], words: readonly string[]): void {
    if (this.#words.shows(records, words)) this.#columns.markShown();
    if (words.length === 0) return;
    const utf8 = Buffer.from(words.join("\n"));
    for (const { part, offset, length } of stretches) part.blocks.addWords(offset, length, utf8);
  }

  #spans(stretches: readonly Stretch[]): SpanPlace[] {
    return stretches.map(({ part, offset, length }) => {
      const block = part.blocks.blockAt(offset);
      const last = { member: part.number, block: part.blocks.blockAt(offset + length - 1) };
      if (isBefore(this.#lastEntry, last)) this.#lastEntry = last;
      return { member: part.number, block, off: offset - part.blocks.startOf(block), len: length };
    });
  }

  /** Records that touch are one stretch, even across the end of a block, but not across that of a member. */
  #stretches(records: readonly CarriedRecord[]): readonly Stretch[] {
    const found: Stretch[] = [];
    for (const record of records) {
      const part = this.#partAt(record.offset);
      const offset = record.offset - part.base;
      const last = found.at(-1);
      if (last !== undefined && last.part === part && last.offset + last.length === offset) {
        last.length += record.length;
      } else found.push({ part, offset, length: record.length });
    }
    return found;
  }

  #reject(part: MemberPart, offset: number, length: number, line: number, code: string, detail: string): void {
    if (part.reject(offset, length, line, code, detail) >= REJECTS_A_MESSAGE) this.#cutRejects(part);
  }

  #decide(record: CarriedRecord): MemberPart {
    const part = this.#partAt(record.offset);
    part.decide(record.offset - part.base, record.length);
    return part;
  }

  /** The member that a byte of the log lies in: nearly always the last. */
  #partAt(offset: number): MemberPart {
    for (let at = this.#parts.length - 1; at >= 0; at--) {
      const part = this.#parts[at] as MemberPart;
      if (part.base <= offset) return part;
    }
    throw new RangeError(`no member has the byte ${offset}`);
  }

  #cutEntries(): void {
    const part = this.#entriesOf;
    if (this.#columns.count === 0 || part === undefined) return;
    this.#outbox.hold({ kind: "entries", member: part.number, batch: this.#columns.cut() }, this.#lastEntry);
  }

  #cutRejects(part: MemberPart): void {
    const taken = part.takeRejects();
    if (taken === undefined) return;
    const { rejects, lastBlock } = taken;
    const message = { kind: "rejects", member: part.number, rejects } as const;
    this.#outbox.hold(message, { member: part.number, block: lastBlock });
  }

  /** Blocks go out member by member. */
  #take(): ImportMessage[] {
    let next: BlockPlace = { member: Infinity, block: 0 };
    for (let part = this.#parts[this.#sending]; part !== undefined; part = this.#parts[++this.#sending]) {
      this.#outbox.blocks(part.number, part.blocks.take());
      next = { member: part.number, block: part.blocks.sent };
      if (!part.isRead || part.blocks.waiting > 0) break;
      next = { member: Infinity, block: 0 };
    }
    this.#outbox.release(next);
    return this.#outbox.take();
  }
}

function elsewhereNote(count: number): Fault | undefined {
  if (count === 0) return undefined;
  const entries = count === 1 ? "1 entry has the id" : `${count} entries have the id`;
  const message = `${entries} of an earlier one in another index: the same id in two indices is no repeat, and both are kept.`;
  return fault(
    "format.partial",
    message,
    "Compare them where it matters whether a document was copied from one index to another.",
  );
}

function isBefore(a: BlockPlace, b: BlockPlace): boolean {
  return a.member < b.member || (a.member === b.member && a.block < b.block);
}
