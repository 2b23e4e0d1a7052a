import type {
  BlockPart,
  ColumnPart,
  EntryBatch,
  FieldNumber,
  MemberEnd,
  MemberStart,
  RejectPart,
  SourceEnd,
  SourceStart,
} from "../base/batch.ts";
import { FIRST_ORIGINAL } from "../base/batch.ts";
import type { Ledger, SourceId } from "../contract.ts";
import { BlockSigner } from "./block-signing.ts";
import type { WriteDb } from "./connection.ts";
import type { EntryWriter } from "./entry-writer.ts";
import type { FieldColumn } from "./field-column.ts";
import { LocalField } from "./local-field.ts";
import { type OpenMember, startMember, tally } from "./open-member.ts";
import { sourceCode } from "./source-code.ts";
import { insertBlock, insertSignature } from "./statements/blocks.ts";
import { insertGap, insertReject, spansBetween } from "./statements/evidence.ts";
import { countMember, finishMember } from "./statements/members.ts";
import { finishSource, insertSource, sourceCodes, sourceOf } from "./statements/sources.ts";

/** The colours that lanes have. */
const LANES = 8;

export interface OpenSource {
  readonly id: SourceId;
  readonly name: string;
  readonly path: string;
}

/** One run of an import on its way into the case: the rows of its sources, and what its local numbers mean. */
export class ImportRun {
  readonly #db: WriteDb;
  readonly #entries: EntryWriter;
  readonly #firstEntry: number;
  readonly #locals = new Map<FieldNumber, LocalField>();
  readonly #sources = new Map<number, OpenSource>();
  readonly #members = new Map<number, OpenMember>();
  /** The member that the last block and the last entry came for: those that follow are of it or of later ones. */
  #blocksAt = 0;
  #entriesAt = 0;

  constructor(db: WriteDb, entries: EntryWriter) {
    this.#db = db;
    this.#entries = entries;
    this.#firstEntry = entries.entries;
  }

  /** The sources that have begun and not ended. */
  get sources(): SourceId[] {
    return [...this.#sources.values()].map(({ id }) => id);
  }

  /** The source of the case that a number of the run stands for. */
  source(number: number): OpenSource {
    return this.#openSource(number);
  }

  /** `inPlaceOf`: the source that it may take the place of; until then it is in no view. */
  beginSource(number: number, start: SourceStart, now: number, inPlaceOf: SourceId | undefined): void {
    if (this.#sources.has(number)) throw new Error(`source ${number} begins twice`);
    const codes = sourceCodes(this.#db);
    const old = inPlaceOf === undefined ? undefined : sourceOf(this.#db, inPlaceOf);
    const row = {
      name: start.name,
      path: start.path,
      bytes: start.bytes,
      mtime: Math.floor(start.mtime),
      container: start.container,
      code: old?.code ?? sourceCode(start.name, codes),
      lane: old?.lane ?? codes.length % LANES,
      imported_at: Math.floor(now),
    };
    const id = insertSource(this.#db, row, inPlaceOf === undefined ? "importing" : "replaced");
    this.#sources.set(number, { id: id as SourceId, name: start.name, path: start.path });
  }

  /** The source's row is finished; returns what it was. */
  endSource(number: number, end: SourceEnd): OpenSource {
    const source = this.#openSource(number);
    const open = [...this.#members].filter(([, member]) => member.source === number);
    if (open.length > 0 && end.state === "ready") throw new Error(`source ${number} ends before its members`);
    for (const [at, member] of open)
      this.#abandonMember(at, member, end.state === "cancelled" ? "cancelled" : "failed");
    finishSource(this.#db, source.id, end.state, end.sha256, JSON.stringify(end.problems));
    this.#sources.delete(number);
    if (this.#sources.size === 0) this.#entries.release();
    return source;
  }

  /** Ends every source that is open the same way. */
  endAll(end: SourceEnd): OpenSource[] {
    return [...this.#sources.keys()].map((number) => this.endSource(number, end));
  }

  beginMember(number: number, of: number, start: MemberStart): void {
    if (this.#members.has(number)) throw new Error(`member ${number} begins twice`);
    const { id } = this.#openSource(of);
    this.#members.set(number, startMember(this.#db, { id, number: of }, start, this.#entries.entries));
  }

  /** Returns the bytes they hold, unpacked. */
  writeBlocks(number: number, blocks: readonly BlockPart[]): number {
    const member = this.#openMember(number);
    if (number < this.#blocksAt) throw new RangeError("blocks of a member came after those of a later one");
    this.#blocksAt = number;
    member.firstBlock ??= this.#entries.blocks;
    let bytes = 0;
    for (const block of blocks) {
      const id = this.#entries.nextBlock();
      if (id !== member.firstBlock + block.ordinal) throw new RangeError("a block came out of order");
      const place = { id, member_id: member.id, member_offset: block.memberOffset, raw_len: block.rawLength };
      insertBlock(this.#db, place, block.codec, block.data);
      insertSignature(this.#db, id, block.signature);
      bytes += block.rawLength;
    }
    member.bytes += bytes;
    member.blocks += blocks.length;
    return bytes;
  }

  /** The fields of a batch that it sends as hashes for the first time, after other entries had codes. */
  meetFields(batch: EntryBatch): FieldColumn[] {
    for (const { field, name, column } of batch.announced) {
      this.#locals.set(field, new LocalField(this.#entries.fields.original(name, column)));
    }
    return batch.columns.flatMap((part) => {
      const { column } = this.#local(part.field);
      return part.kind === "hash64" && !column.isHashed && !column.overflow && !column.isEmpty ? [column] : [];
    });
  }

  /** Returns the fields whose dictionary has grown too large. */
  writeEntries(number: number, batch: EntryBatch): FieldColumn[] {
    const member = this.#openMember(number);
    if (number < this.#entriesAt) throw new RangeError("entries of a member came after those of a later one");
    this.#entriesAt = number;
    if (member.entries === 0) member.firstEntry = this.#entries.entries;
    const coded = batch.dictionary.map((part) => ({ part, local: this.#local(part.field) }));
    for (const { part, local } of coded) {
      if (!local.column.overflow) local.add(part);
    }
    const firstBlock = this.#firstBlock(number);
    this.#entries.append(batch, this.#locals, member.id - 1, firstBlock, (at) => this.#firstBlock(at));
    this.#signHashed(batch, firstBlock);
    for (const part of batch.columns) if (part.kind === "hash64") this.#local(part.field).end();
    tally(member, batch);
    return coded.map(({ local }) => local.column).filter((column) => this.#entries.isOverfull(column));
  }

  /** Values that came as codes and were kept as hashes. */
  #signHashed(batch: EntryBatch, firstBlock: number): void {
    for (const part of batch.columns) {
      const local = this.#local(part.field);
      if (part.kind === "hash64" || !local.column.isHashed || local.column.overflow) continue;
      const signer = new BlockSigner(this.#db);
      eachCode(part, batch.count, (entry, code) => {
        signer.add(firstBlock + (batch.block[entry] as number), local.bytes(code));
      });
      signer.finish();
    }
  }

  writeRejects(number: number, rejects: readonly RejectPart[]): void {
    const member = this.#openMember(number);
    const firstBlock = this.#firstBlock(number);
    for (const { line, block, off, length, code, detail } of rejects) {
      const row = { member_id: member.id, line, block_id: firstBlock + block, off, len: length, code, detail };
      insertReject(this.#db, row);
    }
    member.rejects += rejects.length;
  }

  endMember(number: number, end: MemberEnd): void {
    const member = this.#openMember(number);
    if (end.entries !== member.entries || end.rejects !== member.rejects) {
      throw new Error(
        `member ${member.id}: ${end.entries} entries and ${end.rejects} rejects were announced, not sent`,
      );
    }
    this.#count(member);
    if (end.flags !== 0) this.#flag(member, end.flags);
    for (let i = 0; i < end.gaps.length; i += 3) {
      const [kind, off, len] = end.gaps.subarray(i, i + 3) as unknown as [number, number, number];
      insertGap(this.#db, member.id, kind, off, len);
    }
    finishMember(this.#db, member.id, {
      bytes: end.bytes,
      sha256: end.sha256 ?? null,
      records: end.records,
      rejects: end.rejects,
      ignored: end.ignored,
      undated: end.undated,
      duplicates: end.duplicates,
      ledger: JSON.stringify(end.ledger),
      state: end.state,
      problem: end.problem === undefined ? null : JSON.stringify(end.problem),
    });
    this.#members.delete(number);
  }

  /** Brings the rows of the open members up to what is about to be committed. */
  count(): void {
    for (const member of this.#members.values()) this.#count(member);
  }

  /** Ends a member that was cut off; it accounts for nothing, so the case is not sealed. */
  #abandonMember(number: number, member: OpenMember, state: "failed" | "cancelled"): void {
    const ledger: Ledger = { entries: 0, rejects: 0, ignored: 0, blank: 0, total: member.bytes };
    this.endMember(number, {
      state,
      bytes: member.bytes,
      sha256: undefined,
      records: 0,
      entries: member.entries,
      rejects: member.rejects,
      ignored: 0,
      undated: member.undated,
      duplicates: 0,
      flags: 0,
      ledger,
      problem: undefined,
      gaps: new Float64Array(0),
    });
  }

  #count(member: OpenMember): void {
    const isDated = member.first <= member.last;
    countMember(this.#db, member.id, {
      bytes: member.bytes,
      entries: member.entries,
      first_entry: member.firstEntry,
      rejects: member.rejects,
      undated: member.undated,
      first_time: isDated ? member.first : null,
      last_time: isDated ? member.last : null,
    });
  }

  /** All entries with bytes in the member: its own, and those of the files before it that go on in it. */
  #flag(member: OpenMember, bits: number): void {
    this.#entries.flag(member.firstEntry, member.firstEntry + member.entries, bits);
    const first = member.firstBlock ?? 0;
    const end = first + member.blocks;
    for (const { entry, block_id } of spansBetween(this.#db, this.#firstEntry, member.firstEntry)) {
      if (block_id >= first && block_id < end) this.#entries.flag(entry, entry + 1, bits);
    }
  }

  #local(field: FieldNumber): LocalField {
    let local = this.#locals.get(field);
    if (local === undefined) {
      if (field >= FIRST_ORIGINAL) throw new RangeError(`field ${field} was not announced`);
      local = new LocalField(this.#entries.fields.canonical(field));
      this.#locals.set(field, local);
    }
    return local;
  }

  #openSource(number: number): OpenSource {
    const source = this.#sources.get(number);
    if (source === undefined) throw new Error(`a message of source ${number} came when it was not open`);
    return source;
  }

  #openMember(number: number): OpenMember {
    const member = this.#members.get(number);
    if (member === undefined) throw new Error(`a message of member ${number} came when it was not open`);
    return member;
  }

  #firstBlock(number: number): number {
    const { firstBlock } = this.#openMember(number);
    if (firstBlock === undefined) throw new RangeError(`what lies in member ${number} came before its blocks`);
    return firstBlock;
  }
}

function eachCode(
  part: Exclude<ColumnPart, { kind: "hash64" }>,
  count: number,
  visit: (entry: number, code: number) => void,
): void {
  for (let entry = 0, at = 0; entry < count; entry++) {
    if (part.kind === "dict") {
      const code = part.codes[entry] as number;
      if (code !== 0) visit(entry, code - 1);
    } else {
      for (const end = part.ends[entry] as number; at < end; at++) visit(entry, part.codes[at] as number);
    }
  }
}
