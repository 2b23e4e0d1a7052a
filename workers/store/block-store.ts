import { SIGNATURE_BYTES } from "../base/signature.ts";
import { MAX_BLOCK, unpackBlock } from "./block-digest.ts";
import { signatureChanges } from "./block-signing.ts";
import type { ReadDb } from "./connection.ts";
import { extended } from "./growing-array.ts";
import { corrupt } from "./sqlite-fault.ts";
import { blockPlaces, signatureOf, signatures } from "./statements/blocks.ts";

const CACHED_BLOCKS = 64;
const CACHED_BYTES = 64 * 2 ** 20;
/** Signatures are read 256 at a time (2 MiB); up to 64 such pieces, 2 GiB of evidence, stay in memory. */
const PIECE = 256;
const CACHED_PIECES = 64;

/** The evidence of a case, block by block, shared by its snapshots: blocks never change, they only get more. */
export class BlockStore {
  readonly #db: ReadDb;
  #count = 0;
  #member = new Uint32Array(0);
  #offset = new Float64Array(0);
  #length = new Uint32Array(0);
  readonly #unpacked = new Map<number, Uint8Array>();
  #unpackedBytes = 0;
  #signatureChanges = "";
  readonly #signatures = new Map<number, Uint8Array>();

  constructor(db: ReadDb) {
    this.#db = db;
  }

  get count(): number {
    return this.#count;
  }

  refresh(): void {
    const lastMember = this.#count === 0 ? 0 : (this.#member[this.#count - 1] as number);
    const rows = blockPlaces(this.#db, lastMember);
    const first = rows[0]?.id ?? 0;
    const count = first + rows.length;
    this.#member = extended(this.#member, count);
    this.#offset = extended(this.#offset, count);
    this.#length = extended(this.#length, count);
    rows.forEach((row, i) => {
      const isSound = row.id === first + i && row.raw_len >= 0 && row.raw_len <= MAX_BLOCK;
      if (!isSound) throw corrupt(this.#db.name, `block ${row.id} is out of order`);
      this.#member[row.id] = row.member_id;
      this.#offset[row.id] = row.member_offset;
      this.#length[row.id] = row.raw_len;
    });
    const changes = signatureChanges(this.#db);
    if (changes !== this.#signatureChanges) this.#signatures.clear();
    this.#signatureChanges = changes;
    if (count > this.#count) this.#signatures.delete(Math.floor(this.#count / PIECE));
    this.#count = Math.max(this.#count, count);
  }

  memberOf(block: number): number {
    return this.#member[this.#known(block)] as number;
  }

  /** Where a block begins in its member. */
  offsetOf(block: number): number {
    return this.#offset[this.#known(block)] as number;
  }

  /** The bytes of a block; not to be changed. */
  bytes(block: number): Uint8Array {
    const known = this.#unpacked.get(this.#known(block));
    if (known !== undefined) {
      this.#unpacked.delete(block);
      this.#unpacked.set(block, known);
      return known;
    }
    const bytes = unpackBlock(this.#db, block);
    this.#keep(block, bytes);
    return bytes;
  }

  /** `length` bytes from `offset` of a block, running on into those that follow in its member; cut at the member's end. */
  read(block: number, offset: number, length: number): Uint8Array {
    const first = this.bytes(block);
    if (offset + length <= first.length) return first.subarray(offset, offset + length);
    const parts: Uint8Array[] = [];
    let left = length;
    for (let at = block, from = offset; left > 0 && this.#isSameMember(block, at); at++) {
      const part = this.bytes(at).subarray(from, from + left);
      parts.push(part);
      left -= part.length;
      from = Math.max(0, from - (this.#length[at] as number));
    }
    return Buffer.concat(parts);
  }

  /** The last block that `length` bytes from `offset` of `block` reach into. */
  reach(block: number, offset: number, length: number): number {
    let last = this.#known(block);
    let left = offset + length - (this.#length[last] as number);
    while (left > 0 && this.#isSameMember(block, last + 1)) {
      last++;
      left -= this.#length[last] as number;
    }
    return last;
  }

  /** The block of a member that holds the byte at `offset`, or undefined beyond what was read. */
  find(member: number, offset: number): number | undefined {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#endsBefore(middle, member, offset)) low = middle + 1;
      else high = middle;
    }
    const isIn = low < this.#count && this.#member[low] === member && (this.#offset[low] as number) <= offset;
    return isIn ? low : undefined;
  }

  /** Bytes of a member that blocks hold. */
  heldOf(member: number): number {
    const beyond = this.#firstAfter(member);
    const isHeld = beyond > 0 && this.#member[beyond - 1] === member;
    return isHeld ? (this.#offset[beyond - 1] as number) + (this.#length[beyond - 1] as number) : 0;
  }

  signature(block: number): Uint8Array {
    const piece = Math.floor(this.#known(block) / PIECE);
    const at = (block % PIECE) * SIGNATURE_BYTES;
    const held = this.#signatures.get(piece);
    if (held !== undefined) return held.subarray(at, at + SIGNATURE_BYTES);
    if (this.#count > PIECE * CACHED_PIECES) return signatureOf(this.#db, block) ?? everyToken();
    return this.#readSignatures(piece).subarray(at, at + SIGNATURE_BYTES);
  }

  #readSignatures(piece: number): Uint8Array {
    const first = piece * PIECE;
    const to = Math.min(this.#count, first + PIECE);
    const bits = new Uint8Array((to - first) * SIGNATURE_BYTES).fill(0xff);
    for (const row of signatures(this.#db, first, to)) {
      if (row.bits.byteLength === SIGNATURE_BYTES) bits.set(row.bits, (row.block_id - first) * SIGNATURE_BYTES);
    }
    this.#signatures.set(piece, bits);
    return bits;
  }

  #keep(block: number, bytes: Uint8Array): void {
    this.#unpacked.set(block, bytes);
    this.#unpackedBytes += bytes.length;
    for (const [oldest, held] of this.#unpacked) {
      const isOver = this.#unpacked.size > CACHED_BLOCKS || this.#unpackedBytes > CACHED_BYTES;
      if (!isOver || oldest === block) break;
      this.#unpacked.delete(oldest);
      this.#unpackedBytes -= held.length;
    }
  }

  #endsBefore(block: number, member: number, offset: number): boolean {
    const at = this.#member[block] as number;
    return (
      at < member || (at === member && (this.#offset[block] as number) + (this.#length[block] as number) <= offset)
    );
  }

  #firstAfter(member: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#member[middle] as number) <= member) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isSameMember(block: number, other: number): boolean {
    return other < this.#count && this.#member[other] === this.#member[block];
  }

  #known(block: number): number {
    if (block >= 0 && block < this.#count) return block;
    throw corrupt(this.#db.name, `an entry lies in block ${block}, which is missing`);
  }
}

/** Without its signature a block may hold any word. */
function everyToken(): Uint8Array {
  return new Uint8Array(SIGNATURE_BYTES).fill(0xff);
}
