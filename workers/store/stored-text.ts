import type { MemberId, Span } from "../contract.ts";
import type { Codes, EntryText } from "../query/columns.ts";
import type { BlockStore } from "./block-store.ts";
import type { ReadDb } from "./connection.ts";
import { spansBetween, type SpanRow } from "./statements/evidence.ts";

/** Parses an entry again, for what no column holds. The engine supplies it: the store knows no formats. */
export interface Reread {
  /** For each name (canonical short, or `raw.NAME`) its values, [] = absent. */
  values(entry: number, names: readonly string[]): readonly (readonly string[])[];
  allValues(entry: number): readonly string[];
}

/** Bytes of a member. */
export interface MemberSpan extends Span {
  readonly member: MemberId;
}

export interface TextColumns {
  readonly block: Codes;
  readonly off: Codes;
  readonly len: Codes;
  /** How many spans an entry has beyond its first. */
  readonly spans: Codes;
}

interface Piece {
  readonly block: number;
  readonly off: number;
  readonly len: number;
}

/** Entries whose further spans are read at one time. */
const CHUNK = 4_096;
const CACHED_CHUNKS = 8;

/** The bytes behind the entries of one snapshot. */
export class StoredText implements EntryText {
  readonly blocks: number;
  readonly #db: ReadDb;
  readonly #store: BlockStore;
  readonly #columns: TextColumns;
  readonly #reread: Reread;
  readonly #chunks = new Map<number, ReadonlyMap<number, readonly Piece[]>>();

  constructor(db: ReadDb, store: BlockStore, columns: TextColumns, reread: Reread) {
    this.#db = db;
    this.#store = store;
    this.#columns = columns;
    this.#reread = reread;
    this.blocks = store.count;
  }

  blocksOf(entry: number): { readonly first: number; readonly last: number } {
    let first = Number.POSITIVE_INFINITY;
    let last = 0;
    for (const piece of this.#pieces(entry)) {
      first = Math.min(first, piece.block);
      last = Math.max(last, this.#store.reach(piece.block, piece.off, piece.len));
    }
    return { first, last };
  }

  signature(block: number): Uint8Array {
    return this.#store.signature(block);
  }

  bytes(entry: number): Uint8Array {
    const pieces = this.#pieces(entry);
    const parts = pieces.map((piece) => this.#store.read(piece.block, piece.off, piece.len));
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  }

  values(entry: number, names: readonly string[]): readonly (readonly string[])[] {
    return this.#reread.values(entry, names);
  }

  allValues(entry: number): readonly string[] {
    return this.#reread.allValues(entry);
  }

  /** Where the entry lies: in its own member, and where a rotated log goes on, in those after it. */
  spansOf(entry: number): MemberSpan[] {
    return this.#pieces(entry).map((piece) => ({
      member: this.#store.memberOf(piece.block) as MemberId,
      offset: this.#store.offsetOf(piece.block) + piece.off,
      length: piece.len,
    }));
  }

  #pieces(entry: number): readonly Piece[] {
    const { block, off, len, spans } = this.#columns;
    const first = { block: block[entry] as number, off: off[entry] as number, len: len[entry] as number };
    return spans[entry] === 0 ? [first] : [first, ...this.#further(entry)];
  }

  #further(entry: number): readonly Piece[] {
    const chunk = Math.floor(entry / CHUNK);
    let held = this.#chunks.get(chunk);
    if (held === undefined) {
      held = grouped(spansBetween(this.#db, chunk * CHUNK, (chunk + 1) * CHUNK));
      const oldest = this.#chunks.keys().next();
      if (this.#chunks.size >= CACHED_CHUNKS && oldest.done !== true) this.#chunks.delete(oldest.value);
      this.#chunks.set(chunk, held);
    }
    return held.get(entry) ?? [];
  }
}

function grouped(rows: readonly SpanRow[]): Map<number, Piece[]> {
  const byEntry = new Map<number, Piece[]>();
  for (const { entry, block_id, off, len } of rows) {
    const piece = { block: block_id, off, len };
    const held = byEntry.get(entry);
    if (held === undefined) byEntry.set(entry, [piece]);
    else held.push(piece);
  }
  return byEntry;
}
