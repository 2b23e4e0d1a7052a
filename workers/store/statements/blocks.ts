import type { ReadDb, WriteDb } from "../connection.ts";
import { prepared } from "../prepared.ts";

export interface BlockPlace {
  readonly id: number;
  readonly member_id: number;
  readonly member_offset: number;
  readonly raw_len: number;
}
export interface PackedBlock {
  readonly codec: number;
  readonly raw_len: number;
  readonly data: Uint8Array;
}

export function blockCount(db: ReadDb): number {
  return prepared<[], { n: number }>(db, "SELECT coalesce(max(id) + 1, 0) AS n FROM block").get()?.n ?? 0;
}

/** Answered from the index alone: the rows' blobs are not touched. Members, and blocks in them, ascend with the id. */
export function blockPlaces(db: ReadDb, fromMember: number): BlockPlace[] {
  return prepared<[number], BlockPlace>(
    db,
    `SELECT id, member_id, member_offset, raw_len FROM block INDEXED BY block_place WHERE member_id >= ?
     ORDER BY member_id, member_offset, raw_len, id`,
  ).all(fromMember);
}

export function packedBlock(db: ReadDb, id: number): PackedBlock | undefined {
  return prepared<[number], PackedBlock>(db, "SELECT codec, raw_len, data FROM block WHERE id = ?").get(id);
}

export function blocksOfMember(db: ReadDb, member: number): IterableIterator<BlockPlace> {
  return prepared<[number], BlockPlace>(
    db,
    `SELECT id, member_id, member_offset, raw_len FROM block INDEXED BY block_place WHERE member_id = ?
     ORDER BY member_offset, raw_len, id`,
  ).iterate(member);
}

export function insertBlock(db: WriteDb, place: BlockPlace, codec: number, data: Uint8Array): void {
  prepared<unknown[], unknown>(
    db,
    "INSERT INTO block (id, member_id, member_offset, raw_len, codec, data) VALUES (?, ?, ?, ?, ?, ?)",
  ).run(place.id, place.member_id, place.member_offset, place.raw_len, codec, data);
}

export function insertSignature(db: WriteDb, block: number, bits: Uint8Array): void {
  prepared<unknown[], unknown>(db, "INSERT INTO block_sig (block_id, bits) VALUES (?, ?)").run(block, bits);
}

export function updateSignature(db: WriteDb, block: number, bits: Uint8Array): void {
  prepared<unknown[], unknown>(db, "UPDATE block_sig SET bits = ? WHERE block_id = ?").run(bits, block);
}

export function signatureOf(db: ReadDb, block: number): Uint8Array | undefined {
  return prepared<[number], { bits: Uint8Array }>(db, "SELECT bits FROM block_sig WHERE block_id = ?").get(block)?.bits;
}

export function signatures(
  db: ReadDb,
  from: number,
  to: number,
): IterableIterator<{ block_id: number; bits: Uint8Array }> {
  const sql = "SELECT block_id, bits FROM block_sig WHERE block_id >= ? AND block_id < ? ORDER BY block_id";
  return prepared<[number, number], { block_id: number; bits: Uint8Array }>(db, sql).iterate(from, to);
}
