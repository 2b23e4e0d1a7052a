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
import { printReading } from "./reading-json.ts";
import { sourceCode } from "./source-code.ts";
import { insertBlock, insertSignature } from "./statements/blocks.ts";
import { insertGap, insertReject } from "./statements/evidence.ts";
import { countMember, finishMember, insertMember } from "./statements/members.ts";
import { insertReading } from "./statements/readings.ts";
import { finishSource, insertSource, sourceCodes } from "./statements/sources.ts";

export type RunEnd = SourceEnd;

/** The colours that lanes have. */
const LANES = 8;

interface OpenMember {
  readonly id: number;
  readonly firstBlock: number;
  bytes: number;
  entries: number;
  rejects: number;
  undated: number;
  first: number;
  last: number;
}

/** One source on its way into the case: its rows, and what its local numbers mean. */
export class ImportRun {
  readonly source: SourceId;
  readonly name: string;
  readonly #db: WriteDb;
  readonly #entries: EntryWriter;
  readonly #locals = new Map<FieldNumber, LocalField>();
  #member: OpenMember | undefined;

  static begin(db: WriteDb, entries: EntryWriter, start: SourceStart, now: number): ImportRun {
    const codes = sourceCodes(db);
    const source = insertSource(db, {
      name: start.name,
      path: start.path,
      bytes: start.bytes,
      mtime: Math.floor(start.mtime),
      container: start.container,
      code: sourceCode(start.name, codes),
      lane: codes.length % LANES,
      imported_at: Math.floor(now),
    });
    return new ImportRun(db, entries, source as SourceId, start.name);
  }

  private constructor(db: WriteDb, entries: EntryWriter, source: SourceId, name: string) {
    this.#db = db;
    this.#entries = entries;
    this.source = source;
    this.name = name;
  }

  beginMember(start: MemberStart): void {
    if (this.#member !== undefined) throw new Error("a member begins before the last one has ended");
    const id = insertMember(this.#db, {
      source_id: this.source,
      path: start.path,
      ordinal: start.ordinal,
      carrier: start.carrier,
      format: start.format,
      format_title: start.formatTitle,
      parser: start.parser,
      reasons: JSON.stringify(start.reasons),
      overridden: start.overridden ? 1 : 0,
      zone: start.zone === undefined ? null : JSON.stringify(start.zone),
      first_entry: this.#entries.entries,
    });
    const reading = printReading(start.reading);
    if (reading !== undefined) insertReading(this.#db, id, reading);
    const [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    this.#member = { id, firstBlock: this.#entries.blocks, bytes: 0, entries: 0, rejects: 0, undated: 0, first, last };
  }

  /** Returns the bytes they hold, unpacked. */
  writeBlocks(blocks: readonly BlockPart[]): number {
    const member = this.#openMember();
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
  writeEntries(batch: EntryBatch): FieldColumn[] {
    const member = this.#openMember();
    const coded = batch.dictionary.map((part) => ({ part, local: this.#local(part.field) }));
    for (const { part, local } of coded) {
      if (!local.column.overflow) local.add(part);
    }
    this.#entries.append(batch, this.#locals, member.id - 1, member.firstBlock);
    this.#signHashed(batch, member.firstBlock);
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

  writeRejects(rejects: readonly RejectPart[]): void {
    const member = this.#openMember();
    for (const { line, block, off, length, code, detail } of rejects) {
      const row = { member_id: member.id, line, block_id: member.firstBlock + block, off, len: length, code, detail };
      insertReject(this.#db, row);
    }
    member.rejects += rejects.length;
  }

  endMember(end: MemberEnd): void {
    const member = this.#openMember();
    if (end.entries !== member.entries || end.rejects !== member.rejects) {
      throw new Error(
        `member ${member.id}: ${end.entries} entries and ${end.rejects} rejects were announced, not sent`,
      );
    }
    this.count();
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
    this.#member = undefined;
  }

  /** Ends a member that was cut off; it accounts for nothing, so the case is not sealed. */
  abandonMember(state: "failed" | "cancelled"): void {
    const member = this.#member;
    if (member === undefined) return;
    const ledger: Ledger = { entries: 0, rejects: 0, ignored: 0, blank: 0, total: member.bytes };
    this.endMember({
      state,
      bytes: member.bytes,
      sha256: undefined,
      records: 0,
      entries: member.entries,
      rejects: member.rejects,
      ignored: 0,
      undated: member.undated,
      duplicates: 0,
      ledger,
      problem: undefined,
      gaps: new Float64Array(0),
    });
  }

  end(end: RunEnd): void {
    finishSource(this.#db, this.source, end.state, end.sha256, JSON.stringify(end.problems));
    this.#entries.release();
  }

  /** Brings the open member's row up to what is about to be committed. */
  count(): void {
    const member = this.#member;
    if (member === undefined) return;
    const isDated = member.first <= member.last;
    countMember(this.#db, member.id, {
      bytes: member.bytes,
      entries: member.entries,
      rejects: member.rejects,
      undated: member.undated,
      first_time: isDated ? member.first : null,
      last_time: isDated ? member.last : null,
    });
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

  #openMember(): OpenMember {
    if (this.#member === undefined) throw new Error("a message of a member came before it began");
    return this.#member;
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

function tally(member: OpenMember, batch: EntryBatch): void {
  member.entries += batch.count;
  for (let i = 0; i < batch.count; i++) {
    const at = batch.time[i] as number;
    if (at !== at) member.undated++;
    if (at < member.first) member.first = at;
    if (at > member.last) member.last = at;
  }
}
