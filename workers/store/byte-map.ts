import type { ByteMap, MemberInfo } from "../contract.ts";
import type { BlockStore } from "./block-store.ts";
import type { ReadDb } from "./connection.ts";
import { gapsOfMember, rejectsOfMember } from "./statements/evidence.ts";

const ENTRIES = 0;
const REJECT = 1;
const NOT_READ = 4;

/** Most cells a map may have. */
const MAX_CELLS = 65_536;

/** A member as a row of cells: any reject shows, else the kind that most of the cell's bytes are. */
export function byteMapOf(db: ReadDb, blocks: BlockStore, member: MemberInfo, wanted: number): ByteMap {
  const cells = new Cells(member.bytes, Math.max(1, Math.min(MAX_CELLS, Math.floor(wanted))));
  const held = blocks.heldOf(member.id);
  cells.add(NOT_READ, held, member.bytes - held);
  for (const gap of gapsOfMember(db, member.id)) cells.add(gap.kind, gap.off, gap.len);
  for (const reject of rejectsOfMember(db, member.id)) {
    cells.add(REJECT, blocks.offsetOf(reject.block_id) + reject.off, reject.len);
  }
  return { member: member.id, bytes: member.bytes, kinds: cells.kinds() };
}

class Cells {
  readonly #width: number;
  readonly #count: number;
  readonly #total: number;
  /** Bytes of each kind in each cell; what none claims is entries. */
  readonly #bytes: readonly Float64Array[];

  constructor(total: number, count: number) {
    this.#total = total;
    this.#count = count;
    this.#width = total / count;
    this.#bytes = Array.from({ length: NOT_READ + 1 }, () => new Float64Array(count));
  }

  add(kind: number, offset: number, length: number): void {
    const sums = this.#bytes[kind];
    const end = Math.min(offset + length, this.#total);
    if (sums === undefined || this.#width === 0) return;
    for (let cell = this.#cellOf(offset); cell < this.#count && cell * this.#width < end; cell++) {
      const from = Math.max(offset, cell * this.#width);
      const to = Math.min(end, (cell + 1) * this.#width);
      if (to > from) sums[cell] = (sums[cell] as number) + to - from;
    }
  }

  kinds(): Uint8Array {
    return Uint8Array.from({ length: this.#count }, (_, cell) => this.#kindOf(cell));
  }

  #cellOf(offset: number): number {
    return Math.max(0, Math.floor(offset / this.#width));
  }

  #kindOf(cell: number): number {
    if ((this.#bytes[REJECT]?.[cell] ?? 0) > 0) return REJECT;
    let most = ENTRIES;
    let mostBytes = this.#width;
    for (let kind = ENTRIES + 1; kind <= NOT_READ; kind++) mostBytes -= this.#bytes[kind]?.[cell] ?? 0;
    for (let kind = ENTRIES + 1; kind <= NOT_READ; kind++) {
      const bytes = this.#bytes[kind]?.[cell] ?? 0;
      if (bytes > mostBytes) [most, mostBytes] = [kind, bytes];
    }
    return most;
  }
}
