import type { MemberEnd, RejectPart } from "../base/batch.ts";
import type { Fault } from "../contract.ts";
import type { ReadContext } from "../formats/format.ts";
import type { BlockBuilder } from "./block-builder.ts";
import { type GapKind, MemberLedger } from "./member-ledger.ts";

/** What is known of a member when its last byte was taken. */
export type MemberCounts = Pick<
  MemberEnd,
  "records" | "entries" | "rejects" | "ignored" | "undated" | "duplicates" | "ledger" | "gaps"
> & {
  /** Every byte is accounted for, once. Anything else is a bug of a carrier or a format. */
  readonly isWhole: boolean;
};

/** One member of the log that is being imported: its blocks, its ledger, its counts. Offsets are those of the member. */
export class MemberPart {
  /** In the run. */
  readonly number: number;
  /** Where it begins in the log: the bytes of the members before it. */
  readonly base: number;
  readonly context: ReadContext;
  readonly blocks: BlockBuilder;
  /** The first thing that the carrier has to say of the member as a whole. */
  note: Fault | undefined;
  bytes = 0;
  /** Bytes of records that are no entry, reject or nothing yet. */
  undecided = 0;
  /** Its last byte was taken and cut. */
  isRead = false;
  records = 0;
  entries = 0;
  undated = 0;
  duplicates = 0;
  /** Entries whose reference stands elsewhere too, where that is no repeat. */
  elsewhere = 0;
  rejected = 0;
  readonly #ledger = new MemberLedger();
  #rejects: RejectPart[] = [];
  #lastRejectBlock = 0;
  #ignored = 0;
  #next = 0;
  #isContiguous = true;

  constructor(number: number, base: number, context: ReadContext, blocks: BlockBuilder) {
    this.number = number;
    this.base = base;
    this.context = context;
    this.blocks = blocks;
  }

  /** The next unit of the carrier. */
  unit(offset: number, length: number, undecided: boolean): void {
    if (offset !== this.#next) this.#isContiguous = false;
    this.#next = offset + length;
    this.blocks.unit(offset, length, undecided);
    if (undecided) this.undecided += length;
  }

  decide(offset: number, length: number): void {
    this.undecided -= length;
    this.blocks.decided(offset, length);
  }

  /** `length` bytes of it belong to an entry. */
  entry(length: number): void {
    this.#ledger.entry(length);
  }

  gap(kind: GapKind, offset: number, length: number, lines: number): void {
    if (length > 0) this.#ledger.gap(kind, offset, length);
    this.#ignored += lines;
  }

  /** Returns how many rejects wait to be sent. */
  reject(offset: number, length: number, line: number, code: string, detail: string): number {
    const block = this.blocks.blockAt(offset);
    this.#rejects.push({ line, block, off: offset - this.blocks.startOf(block), length, code, detail });
    this.#lastRejectBlock = Math.max(this.#lastRejectBlock, this.blocks.blockAt(offset + length - 1));
    this.#ledger.reject(length);
    this.rejected++;
    return this.#rejects.length;
  }

  /** The rejects that wait, and the last block that they lie in. */
  takeRejects(): { readonly rejects: readonly RejectPart[]; readonly lastBlock: number } | undefined {
    if (this.#rejects.length === 0) return undefined;
    const rejects = this.#rejects;
    this.#rejects = [];
    return { rejects, lastBlock: this.#lastRejectBlock };
  }

  counts(): MemberCounts {
    const isWhole =
      this.#isContiguous && this.undecided === 0 && this.#next === this.bytes && this.#ledger.isWhole(this.bytes);
    return {
      records: this.records,
      entries: this.entries,
      rejects: this.rejected,
      ignored: this.#ignored,
      undated: this.undated,
      duplicates: this.duplicates,
      ledger: this.#ledger.sums(this.bytes),
      gaps: this.#ledger.gaps(),
      isWhole,
    };
  }
}
