import type { Ledger } from "../contract.ts";

/** Kinds of stretches without entries, as in `MemberEnd.gaps`. */
const GAP = { ignored: 2, blank: 3 } as const;
export type GapKind = keyof typeof GAP;

/** Accounts for the bytes of a member: each belongs to an entry, a reject, or a stretch that is ignored or blank. */
export class MemberLedger {
  #entries = 0;
  #rejects = 0;
  #ignored = 0;
  #blank = 0;
  #gaps = new Float64Array(48);
  #used = 0;

  entry(length: number): void {
    this.#entries += length;
  }
  reject(length: number): void {
    this.#rejects += length;
  }
  gap(kind: GapKind, offset: number, length: number): void {
    if (kind === "blank") this.#blank += length;
    else this.#ignored += length;
    this.#addGap(GAP[kind], offset, length);
  }

  /** The sums, for a member of `total` bytes. */
  sums(total: number): Ledger {
    return { entries: this.#entries, rejects: this.#rejects, ignored: this.#ignored, blank: this.#blank, total };
  }

  isWhole(total: number): boolean {
    return this.#entries + this.#rejects + this.#ignored + this.#blank === total;
  }

  /** Groups of kind, offset, length in the order of the bytes; neighbours of one kind are one. */
  gaps(): Float64Array {
    const order = Array.from({ length: this.#used / 3 }, (_, at) => at * 3);
    const isSorted = order.every((at) => at === 0 || (this.#gaps[at + 1] as number) >= (this.#gaps[at - 2] as number));
    if (!isSorted) order.sort((a, b) => (this.#gaps[a + 1] as number) - (this.#gaps[b + 1] as number));
    const sorted = new MemberLedger();
    for (const at of order) {
      sorted.#addGap(this.#gaps[at] as number, this.#gaps[at + 1] as number, this.#gaps[at + 2] as number);
    }
    return sorted.#gaps.slice(0, sorted.#used);
  }

  #addGap(kind: number, offset: number, length: number): void {
    if (length === 0) return;
    const last = this.#used - 3;
    const reach = (this.#gaps[last + 1] ?? 0) + (this.#gaps[last + 2] ?? 0);
    if (last >= 0 && this.#gaps[last] === kind && reach === offset) {
      this.#gaps[last + 2] = (this.#gaps[last + 2] as number) + length;
      return;
    }
    if (this.#used === this.#gaps.length) {
      const wider = new Float64Array(this.#used * 2);
      wider.set(this.#gaps);
      this.#gaps = wider;
    }
    this.#gaps.set([kind, offset, length], this.#used);
    this.#used += 3;
  }
}
