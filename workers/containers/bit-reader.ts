/** Bits of a buffer, most significant first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bits given out so far. */
  get position(): number {
    return this.#at * 8 - this.#count;
  }

  /** The next `count` bits (0 … 24) as a number. Throws `OutOfBits` where the buffer ends. */
  read(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw new OutOfBits();
      this.#held = ((this.#held << 8) | (this.#bytes[this.#at++] as number)) & 0x7fffffff;
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >>> this.#count) & ((1 << count) - 1);
  }

  /** The next 32 bits, unsigned. */
  readWord(): number {
    return this.read(16) * 0x10000 + this.read(16);
  }
}

export class OutOfBits extends Error {}
