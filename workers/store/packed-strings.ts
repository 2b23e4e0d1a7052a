/** Strings as UTF-8, one after another: 37 MB a million where JavaScript's own would cost several times that. */
export class PackedStrings {
  #pool = new Uint8Array(1024);
  #length = 0;
  #ends = new Uint32Array(64);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds `bytes[from … to)` and returns its number. */
  append(bytes: Uint8Array, from: number, to: number): number {
    const length = this.#length + to - from;
    if (length > this.#pool.length) {
      this.#pool = grown(this.#pool, new Uint8Array(Math.max(length, this.#pool.length * 2)));
    }
    if (this.#size === this.#ends.length) this.#ends = grown(this.#ends, new Uint32Array(this.#size * 2));
    this.#pool.set(bytes.subarray(from, to), this.#length);
    this.#length = length;
    this.#ends[this.#size] = length;
    return this.#size++;
  }

  bytes(number: number): Uint8Array {
    return this.#pool.subarray(this.#start(number), this.#ends[number]);
  }

  text(number: number): string {
    return decode(this.#pool, this.#start(number), this.#ends[number] as number);
  }

  hash(number: number): number {
    return hashOf(this.#pool, this.#start(number), this.#ends[number] as number);
  }

  equals(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#start(number);
    if ((this.#ends[number] as number) - start !== to - from) return false;
    for (let i = from, at = start; i < to; i++, at++) {
      if (bytes[i] !== this.#pool[at]) return false;
    }
    return true;
  }

  /** Strings from `first` on, packed by themselves. */
  packedFrom(first: number): { readonly pool: Uint8Array; readonly ends: Uint32Array } {
    const start = first < this.#size ? this.#start(first) : this.#length;
    const ends = this.#ends.slice(first, this.#size);
    for (let i = 0; i < ends.length; i++) ends[i] = (ends[i] as number) - start;
    return { pool: this.#pool.slice(start, this.#length), ends };
  }

  #start(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] as number);
  }
}

/** UTF-8 to text. Buffer's own decoder is several times quicker than TextDecoder on short strings. */
function decode(pool: Uint8Array, from: number, to: number): string {
  return asBuffer(pool).toString("utf8", from, to);
}

/** The same bytes, not a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** FNV-1a, finished so that the low bits are fit for a table. */
export function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
