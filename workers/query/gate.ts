/** Which entries may hold given tokens at all, by the signatures of their blocks. */
import type { CaseColumns } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { hasBits } from "../base/signature.ts";
import { inSlices } from "./checkpoint.ts";

/** Whether an entry may hold them; true for all when nothing is known of the tokens. */
export type Gate = (entry: number) => boolean;

interface BlockRanges {
  readonly first: Uint32Array;
  readonly last: Uint32Array;
}
const ranges = new WeakMap<CaseColumns, BlockRanges>();

export async function gateFor(columns: CaseColumns, bits: Uint16Array, checkpoint: Checkpoint): Promise<Gate> {
  // A field that lost its column beyond the limit may hold decoded words that were left to its dictionary, so that no
  // signature has them: such a case is read entry by entry, which is slow and complete.
  if (bits.length === 0 || columns.overflowNames.length > 0) return () => true;
  const { text } = columns;
  const passes = new Uint8Array(text.blocks);
  const seen = new Uint8Array(bits.length);
  await inSlices(
    text.blocks,
    checkpoint,
    (from, end) => {
      for (let block = from; block < end; block++) {
        const signature = text.signature(block);
        passes[block] = hasBits(signature, bits) ? 1 : 0;
        noteBits(signature, bits, seen);
      }
    },
    128,
  );
  if (seen.includes(0)) return () => false;
  const { first, last } = await blockRanges(columns, checkpoint);
  return (entry) => {
    const from = first[entry] as number;
    const to = last[entry] as number;
    return from === to ? passes[from] === 1 : anyTogether(columns, from, to, bits);
  };
}

/** The tokens of an entry that lies in several blocks may stand in different ones. */
function anyTogether(columns: CaseColumns, from: number, to: number, bits: Uint16Array): boolean {
  const found = new Uint8Array(bits.length);
  for (let block = from; block <= to; block++) noteBits(columns.text.signature(block), bits, found);
  return !found.includes(0);
}

/** Sets `found[i]` where the signature has `bits[i]`. */
function noteBits(signature: Uint8Array, bits: Uint16Array, found: Uint8Array): void {
  for (let i = 0; i < bits.length; i++) {
    const bit = bits[i] as number;
    if (((signature[bit >>> 3] as number) & (1 << (bit & 7))) !== 0) found[i] = 1;
  }
}

/** First and last block of every entry, asked once a case. */
async function blockRanges(columns: CaseColumns, checkpoint: Checkpoint): Promise<BlockRanges> {
  const known = ranges.get(columns);
  if (known !== undefined) return known;
  const first = new Uint32Array(columns.entries);
  const last = new Uint32Array(columns.entries);
  await inSlices(columns.entries, checkpoint, (from, end) => {
    for (let entry = from; entry < end; entry++) {
      const blocks = columns.text.blocksOf(entry);
      first[entry] = blocks.first;
      last[entry] = blocks.last;
    }
  });
  ranges.set(columns, { first, last });
  return { first, last };
}
