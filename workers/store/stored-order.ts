import type { WriteDb, ReadDb } from "./connection.ts";
import type { EntryWriter } from "./entry-writer.ts";
import { bytesOf, codesIn } from "./segment-codec.ts";
import { deleteOrder, orderSegments, writeOrderSegment } from "./statements/order.ts";
import { effectiveTime, inSlices, isImportedInTimeOrder } from "./retimed.ts";
import { isInTimeOrder, timeOrder } from "./time-order.ts";

const NAME = "time";
const PIECE = 65_536;

/** The stored time order: entry numbers of the first entries of the case, maybe not yet of the last. */
export function storedTimeOrder(db: ReadDb): Uint32Array {
  const pieces = orderSegments(db, NAME);
  const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const order = new Uint8Array(bytes - (bytes % 4));
  let at = 0;
  for (const piece of pieces) {
    order.set(piece.subarray(0, order.length - at), at);
    at += piece.byteLength;
  }
  return codesIn(order, 4, order.length / 4) as Uint32Array;
}

/**
 * Stores the time order where import order is not that. Sources that add little to what is ordered already are left to
 * the reader, which merges a short tail as it opens the case; many small files in a large case stay cheap so.
 */
export async function storeTimeOrder(
  db: WriteDb,
  entries: EntryWriter,
  transact: (write: () => void) => void,
): Promise<void> {
  const known = storedTimeOrder(db);
  if ((entries.entries - known.length) * 8 < entries.entries) return;
  if (known.length === 0 && isImportedInTimeOrder(db, entries)) return;
  const time = await effectiveTime(db, entries);
  if (known.length === 0 && isInTimeOrder(time)) return;
  const order = await inSlices(timeOrder(time, known));
  for (const [piece, part] of pieces(order)) transact(() => writeOrderSegment(db, NAME, piece, bytesOf(part)));
}

/** The order of all entries anew, to be stored in the transaction that changes their times; undefined = import order. */
export async function wholeOrder(time: Float64Array): Promise<Uint32Array | undefined> {
  return isInTimeOrder(time) ? undefined : await inSlices(timeOrder(time, new Uint32Array(0)));
}

export function replaceOrder(db: WriteDb, order: Uint32Array | undefined): void {
  deleteOrder(db, NAME);
  if (order === undefined) return;
  for (const [piece, part] of pieces(order)) writeOrderSegment(db, NAME, piece, bytesOf(part));
}

function* pieces(order: Uint32Array): Generator<readonly [piece: number, part: Uint32Array]> {
  for (let piece = 0; piece * PIECE < order.length; piece++) {
    yield [piece, order.subarray(piece * PIECE, (piece + 1) * PIECE)];
  }
}
