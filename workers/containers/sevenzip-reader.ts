/** Far more than any archive has, and few enough to be listed. */
const MOST_ITEMS = 10_000_000;

/** A header that means nothing. */
export class BadHeader extends Error {}

/** The kinds of values of a 7z header, one after the other. Everything throws `BadHeader` where it cannot be. */
export class HeaderReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new BadHeader("the header ends too early");
    return byte;
  }

  bytes(length: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    if (bytes.length < length) throw new BadHeader("the header ends too early");
    this.#at += length;
    return bytes;
  }

  word(): number {
    const at = this.#at;
    this.bytes(4);
    return this.#view.getUint32(at, true);
  }

  long(): bigint {
    const at = this.#at;
    this.bytes(8);
    return this.#view.getBigUint64(at, true);
  }

  /** Leading ones of the first byte say how many follow, the low bytes first. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let scale = 1;
    for (let mask = 0x80; mask > 0; mask >>= 1) {
      if ((first & mask) === 0) return safe(value + (first & (mask - 1)) * scale);
      value += this.byte() * scale;
      scale *= 256;
    }
    return safe(value);
  }

  /** A number of items, all of which the header must hold. */
  count(): number {
    const count = this.number();
    if (count > MOST_ITEMS) throw new BadHeader("more items than a header holds");
    return count;
  }

  bits(count: number): readonly boolean[] {
    const bytes = this.bytes(Math.ceil(count / 8));
    return Array.from({ length: count }, (_, at) => ((bytes[at >> 3] as number) & (0x80 >> (at & 7))) !== 0);
  }

  /** A byte says whether all are set; else a bit each. */
  optionalBits(count: number): readonly boolean[] {
    return this.byte() === 0 ? this.bits(count) : Array.from({ length: count }, () => true);
  }

  checksums(count: number): readonly (number | undefined)[] {
    return this.optionalBits(count).map((isSet) => (isSet ? this.word() : undefined));
  }

  expect(id: number): void {
    if (this.byte() !== id) throw new BadHeader("parts in the wrong order");
  }

  /** Data that lie elsewhere are not written by any program. */
  refuseExternal(): void {
    if (this.byte() !== 0) throw new BadHeader("parts that lie elsewhere");
  }
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new BadHeader("a number that is too large");
  return value;
}
