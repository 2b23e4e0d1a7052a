import { createHash } from "node:crypto";
import { decompress } from "../base/codec.ts";
import type { Sha256 } from "../contract.ts";
import type { ReadDb } from "./connection.ts";
import { corrupt } from "./sqlite-fault.ts";
import { blocksOfMember, packedBlock } from "./statements/blocks.ts";

/** A block may not claim to unpack to more than this: a single line of 100 MB is foreseen, a bomb is not. */
export const MAX_BLOCK = 2 ** 30;

/** The bytes of a block. Fault: store.corrupt. */
export function unpackBlock(db: ReadDb, id: number): Uint8Array {
  const row = packedBlock(db, id);
  if (row === undefined) throw corrupt(db.name, `block ${id} is missing`);
  const codec = row.codec;
  const isSound = row.data instanceof Uint8Array && row.raw_len >= 0 && row.raw_len <= MAX_BLOCK;
  if (!isSound || (codec !== 0 && codec !== 1 && codec !== 2)) throw corrupt(db.name, `block ${id} is malformed`);
  return decompress(codec, row.data, row.raw_len);
}

/** SHA-256 of a member's bytes as the case holds them. Fault: store.corrupt, where they leave a gap. */
export function digestOfBlocks(db: ReadDb, member: number): Sha256 {
  const hash = createHash("sha256");
  let offset = 0;
  for (const block of blocksOfMember(db, member)) {
    if (block.member_offset !== offset) throw corrupt(db.name, `bytes from ${offset} of member ${member} are missing`);
    hash.update(unpackBlock(db, block.id));
    offset += block.raw_len;
  }
  return hash.digest("hex") as Sha256;
}
