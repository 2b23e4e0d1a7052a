import assert from "node:assert/strict";
import type {
  BlockPart,
  ColumnPart,
  EntryBatch,
  ImportMessage,
  ImportSink,
  MemberEnd,
  MemberStart,
  RejectPart,
  SourceEnd,
} from "../../workers/base/batch.ts";
import { decompress } from "../../workers/base/codec.ts";
import { hash64 } from "../../workers/base/hash.ts";
import { hasBits, tokenBits } from "../../workers/base/signature.ts";
import { CANONICAL } from "../../workers/contract.ts";

export interface Row {
  readonly time: number;
  readonly precision: number;
  flags: number;
  /** Offsets and lengths in the member; `member`: its number, where it is another than the entry's. */
  readonly spans: readonly { readonly offset: number; readonly length: number; readonly member?: number }[];
  /** Values by field; `#…` stands for a value that is told apart by hash. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}
export interface CollectedMember {
  readonly number: number;
  readonly source: number;
  readonly start: MemberStart;
  readonly blocks: BlockPart[];
  /** All blocks unpacked, one after another. */
  bytes: Buffer;
  readonly rows: Row[];
  readonly rejects: {
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    readonly code: string;
  }[];
  end: MemberEnd | undefined;
}

/** Runs outside a test as well. Takes an import's messages, holds them to the rules of batch.ts, and turns the columns back into rows. */
export class Collector implements ImportSink {
  readonly members: CollectedMember[] = [];
  readonly kinds: string[] = [];
  readonly announced = new Map<number, string>();
  readonly overflow: string[] = [];
  container = "";
  readonly ends = new Map<number, SourceEnd>();
  readonly #open = new Set<number>();
  #blocksAt = 0;
  #entriesAt = 0;
  readonly #dictionaries = new Map<number, string[]>();

  async accept(message: ImportMessage): Promise<void> {
    this.take(message);
  }

  take(message: ImportMessage): void {
    this.kinds.push(message.kind);
    switch (message.kind) {
      case "source":
        this.container = message.source.container;
        return;
      case "member":
        this.begin(message.number, message.of, message.member);
        return;
      case "blocks":
        atLeast(message.member, this.#blocksAt);
        this.#blocksAt = message.member;
        message.blocks.forEach((block) => takeBlock(this.#opened(message.member), block));
        return;
      case "entries":
        atLeast(message.member, this.#entriesAt);
        this.#entriesAt = message.member;
        this.#takeBatch(this.#opened(message.member), message.batch);
        return;
      case "rejects":
        message.rejects.forEach((reject) => takeReject(this.#opened(message.member), reject));
        return;
      case "member-end":
        this.#takeEnd(this.#opened(message.number), message.end);
        return;
      case "source-end":
        assert.deepEqual(
          [...this.#open].filter((number) => this.members[number]?.source === message.number),
          [],
        );
        this.ends.set(message.number, message.end);
    }
  }

  begin(number: number, source: number, start: MemberStart): void {
    assert.equal(number, this.members.length);
    this.#open.add(number);
    const nothing = { blocks: [], bytes: Buffer.alloc(0), rows: [], rejects: [], end: undefined };
    this.members.push({ number, source, start, ...nothing });
  }

  get end(): SourceEnd | undefined {
    return this.ends.get(0);
  }

  get member(): CollectedMember {
    return this.members.at(-1) as CollectedMember;
  }

  #opened(number: number): CollectedMember {
    const member = this.members[number];
    if (member === undefined || !this.#open.has(number)) throw new Error(`member ${number} is not open`);
    return member;
  }

  /** The ledger must be exact, and what the messages show must add up to it, wherever its entries belong. */
  #takeEnd(member: CollectedMember, end: MemberEnd): void {
    this.#open.delete(member.number);
    member.end = end;
    for (const row of member.rows) if (end.flags !== 0) row.flags |= end.flags;
    const spans = this.members.flatMap(({ number, rows }) =>
      rows.flatMap((row) => row.spans.filter((span) => (span.member ?? number) === member.number)),
    );
    expectAccounted(member, end, spans);
  }

  #takeBatch(member: CollectedMember, batch: EntryBatch): void {
    atLeast(batch.count, 1);
    atLeast(4096, batch.count);
    for (const { field, name, column } of batch.announced) {
      if (column) this.announced.set(field, name);
      else this.overflow.push(name);
    }
    for (const { field, pool, ends } of batch.dictionary) this.#learn(field, pool, ends);
    const values = batch.columns.map((part) => ({
      name: this.#nameOf(part.field),
      cells: this.#cells(part, batch.count),
    }));
    for (let entry = 0; entry < batch.count; entry++) {
      const fields: Record<string, readonly string[]> = {};
      for (const { name, cells } of values) if ((cells[entry]?.length ?? 0) > 0) fields[name] = cells[entry] ?? [];
      const [time, precision, flags] = [batch.time[entry], batch.precision[entry], batch.flags[entry]] as [
        number,
        number,
        number,
      ];
      member.rows.push({ time, precision, flags, spans: spansOf(this.members, member, batch, entry), fields });
    }
  }

  #learn(field: number, pool: Uint8Array, ends: Uint32Array): void {
    const known = this.#dictionaries.get(field) ?? [];
    this.#dictionaries.set(field, known);
    let from = 0;
    for (const end of ends) {
      known.push(Buffer.from(pool.subarray(from, end)).toString());
      from = end;
    }
  }

  #nameOf(field: number): string {
    const name = CANONICAL[field] ?? this.announced.get(field);
    if (name === undefined) throw new Error(`field ${field} has values and was never announced`);
    return CANONICAL[field] === undefined ? `raw.${name}` : name;
  }

  #cells(part: ColumnPart, count: number): string[][] {
    const text = (code: number): string => {
      const found = this.#dictionaries.get(part.field)?.[code];
      if (found === undefined) throw new Error(`field ${part.field} has no string ${code}`);
      return found;
    };
    return Array.from({ length: count }, (_, entry) => {
      if (part.kind === "dict") return part.codes[entry] === 0 ? [] : [text((part.codes[entry] as number) - 1)];
      if (part.kind === "list") {
        return Array.from(part.codes.subarray(part.ends[entry - 1] ?? 0, part.ends[entry]), text);
      }
      const [a, b] = [part.words[entry * 2], part.words[entry * 2 + 1]];
      return a === 0 && b === 0 ? [] : [`#${a}.${b}`];
    });
  }
}

/** What `Row` shows for a value that is told apart by hash. */
export function hashed(text: string): string {
  const words = new Uint32Array(2);
  hash64(text, words, 0);
  return `#${words[0]}.${words[1]}`;
}

/** Whether a word search for the text would look at the blocks of a row. */
export function isFindable(member: CollectedMember, row: Row, text: string): boolean {
  const bits = tokenBits(Buffer.from(text));
  return row.spans.some(({ offset, length }) =>
    member.blocks.some(
      (block) =>
        block.memberOffset < offset + length &&
        offset < block.memberOffset + block.rawLength &&
        hasBits(block.signature, bits),
    ),
  );
}

function takeBlock(member: CollectedMember, block: BlockPart): void {
  assert.equal(block.ordinal, member.blocks.length);
  assert.equal(block.memberOffset, member.bytes.length);
  assert.equal(block.data.buffer.byteLength, block.data.byteLength);
  const raw = decompress(block.codec, block.data, block.rawLength);
  member.bytes = Buffer.concat([member.bytes, raw]);
  member.blocks.push(block);
}

/** Spans must lie in blocks that are there already. */
function spansOf(
  members: readonly CollectedMember[],
  member: CollectedMember,
  batch: EntryBatch,
  entry: number,
): Row["spans"] {
  const spans: { offset: number; length: number; member?: number }[] = [
    placed(member, batch.block[entry] as number, batch.off[entry] as number, batch.len[entry] as number),
  ];
  for (let at = 0; at < batch.spans.length; at += 6) {
    if (batch.spans[at] !== entry) continue;
    assert.equal(batch.spans[at + 1], spans.length);
    const [number, block, off, length] = batch.spans.subarray(at + 2, at + 6) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const other = members[number];
    if (other === undefined) throw new Error(`member ${number} has not begun`);
    spans.push({ ...placed(other, block, off, length), ...(other === member ? {} : { member: number }) });
  }
  return spans;
}

function takeReject(member: CollectedMember, { block, off, length, line, code }: RejectPart): void {
  member.rejects.push({ ...placed(member, block, off, length), line, code });
}

function placed(
  member: CollectedMember,
  block: number,
  off: number,
  length: number,
): { offset: number; length: number } {
  const part = member.blocks[block];
  if (part === undefined) throw new Error(`block ${block} was not sent before what lies in it`);
  atLeast(part.rawLength - 1, off);
  const offset = part.memberOffset + off;
  atLeast(member.bytes.length, offset + length);
  return { offset, length };
}

function expectAccounted(
  member: CollectedMember,
  end: MemberEnd,
  spans: readonly { readonly offset: number; readonly length: number }[],
): void {
  const { ledger } = end;
  assert.equal(member.rows.length, end.entries);
  assert.equal(member.rejects.length, end.rejects);
  assert.equal(sumOf(spans), ledger.entries);
  assert.equal(sumOf(member.rejects), ledger.rejects);
  if (end.problem?.code === "format.unfit" && end.state === "failed") return;
  assert.equal(ledger.entries + ledger.rejects + ledger.ignored + ledger.blank, ledger.total);
  if (end.state === "refused") return;
  const gaps = Array.from({ length: end.gaps.length / 3 }, (_, at) => end.gaps.subarray(at * 3, at * 3 + 3));
  expectPartition(
    [...spans, ...member.rejects, ...gaps.map(([, offset, length]) => ({ offset, length }))],
    ledger.total,
  );
}

function atLeast(value: number, least: number): void {
  assert.ok(value >= least, `${value} is less than ${least}`);
}

function sumOf(stretches: readonly { readonly length: number }[]): number {
  return stretches.reduce((sum, { length }) => sum + length, 0);
}

function expectPartition(
  stretches: readonly { offset?: number | undefined; length?: number | undefined }[],
  total: number,
): void {
  const sorted = stretches.toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  let at = 0;
  for (const { offset, length = 0 } of sorted) {
    assert.equal(offset, at);
    at += length;
  }
  assert.equal(at, total);
}
