/** Numbers the distinct 64-bit hashes it is shown, from 0 in order of appearance. */
export class HashGroups {
  #slots = new Uint32Array(1024);
  #words = new Uint32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  group(a: number, b: number): number {
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    const slot = this.#slot(a, b);
    const known = this.#slots[slot] as number;
    if (known !== 0) return known - 1;
    if (this.#count * 2 >= this.#words.length) this.#words = widened(this.#words);
    this.#words[2 * this.#count] = a;
    this.#words[2 * this.#count + 1] = b;
    this.#slots[slot] = ++this.#count;
    return this.#count - 1;
  }

  /** The slot of this hash, or the free one where it belongs. */
  #slot(a: number, b: number): number {
    const last = this.#slots.length - 1;
    for (let slot = (a ^ b) & last; ; slot = (slot + 1) & last) {
      const known = this.#slots[slot] as number;
      if (known === 0 || (this.#words[2 * known - 2] === a && this.#words[2 * known - 1] === b)) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let i = 0; i < this.#count; i++) {
      this.#slots[this.#slot(this.#words[2 * i] as number, this.#words[2 * i + 1] as number)] = i + 1;
    }
  }
}

function widened(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(words.length * 2);
  wider.set(words);
  return wider;
}
