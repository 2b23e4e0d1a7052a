import type { WriteDb, ReadDb } from "./connection.ts";
import type { EntryWriter } from "./entry-writer.ts";
import { bytesOf, checkedSegment, codesIn, decodeTimes } from "./segment-codec.ts";
import { segmentsFrom } from "./statements/columns.ts";
import { orderSegments, writeOrderSegment } from "./statements/order.ts";
import { systemFieldIds } from "./system-columns.ts";
import { isInTimeOrder, timeOrder } from "./time-order.ts";

const NAME = "time";
const PIECE = 65_536;
/** Longest stretch of work between two looks at other requests. */
const SLICE_MS = 20;

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
  if (known.length === 0 && isStoredInTimeOrder(db, entries)) return;
  const time = loadTimes(db, entries);
  const order = await inSlices(timeOrder(time, known));
  for (let piece = 0; piece * PIECE < order.length; piece++) {
    const part = order.subarray(piece * PIECE, (piece + 1) * PIECE);
    transact(() => writeOrderSegment(db, NAME, piece, bytesOf(part)));
  }
}

/** Most logs are: looked at a segment at a time, as all times of a large case at once are much to hold. */
function isStoredInTimeOrder(db: WriteDb, entries: EntryWriter): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { time } of timeSegments(db, entries)) {
    if (!isInTimeOrder(time, last)) return false;
    last = time.at(-1) ?? last;
  }
  return true;
}

function loadTimes(db: WriteDb, entries: EntryWriter): Float64Array {
  const all = new Float64Array(entries.entries);
  for (const { from, time } of timeSegments(db, entries)) all.set(time, from);
  return all;
}

interface TimeSegment {
  /** Number of its first entry. */
  readonly from: number;
  readonly time: Float64Array;
}

function* timeSegments(db: WriteDb, { capacity }: EntryWriter): IterableIterator<TimeSegment> {
  const id = systemFieldIds(db).get("time") as number;
  for (const row of segmentsFrom(db, id, 0)) {
    yield { from: row.seg * capacity, time: decodeTimes(checkedSegment(row, capacity)) };
  }
}

async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  let end = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() > end) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      end = performance.now() + SLICE_MS;
    }
  }
}
