/** Strings packed as UTF-8 and found again by their bytes, without a JavaScript string for each (37 MB a million). */
export class GrowingDictionary {
  #pool = new Uint8Array(1024);
  #poolLength = 0;
  #ends = new Uint32Array(64);
  #size = 0;
  /** Open addressing: code + 1, 0 = free; at most half full. */
  #table = new Uint32Array(128);

  get size(): number {
    return this.#size;
  }

  get poolBytes(): number {
    return this.#poolLength;
  }

  /** The code of `bytes[from … to)`; a new one where the string was not there. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#table.length - 1;
    let slot = hashOf(bytes, from, to) & mask;
    for (let held = this.#table[slot] as number; held !== 0; held = this.#table[slot] as number) {
      if (this.#equals(held - 1, bytes, from, to)) return held - 1;
      slot = (slot + 1) & mask;
    }
    this.#table[slot] = this.#size + 1;
    const code = this.#append(bytes, from, to);
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return code;
  }

  /** Adds packed strings as they were stored. They are distinct, so none is looked up. */
  load(pool: Uint8Array, ends: Uint32Array): void {
    let from = 0;
    for (const end of ends) {
      this.#place(this.#append(pool, from, end));
      from = end;
    }
  }

  text(code: number): string {
    return decode(this.#pool, this.#start(code), this.#ends[code] as number);
  }

  /** Strings from `first` on, packed by themselves. */
  packedFrom(first: number): { readonly pool: Uint8Array; readonly ends: Uint32Array } {
    const start = first < this.#size ? this.#start(first) : this.#poolLength;
    const pool = this.#pool.slice(start, this.#poolLength);
    const ends = this.#ends.slice(first, this.#size);
    for (let i = 0; i < ends.length; i++) ends[i] = (ends[i] as number) - start;
    return { pool, ends };
  }

  #start(code: number): number {
    return code === 0 ? 0 : (this.#ends[code - 1] as number);
  }

  #equals(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#start(code);
    if ((this.#ends[code] as number) - start !== to - from) return false;
    for (let i = from, at = start; i < to; i++, at++) {
      if (bytes[i] !== this.#pool[at]) return false;
    }
    return true;
  }

  #append(bytes: Uint8Array, from: number, to: number): number {
    const code = this.#size++;
    const length = this.#poolLength + to - from;
    if (length > this.#pool.length) this.#pool = grown(this.#pool, new Uint8Array(Math.max(length, this.#pool.length * 2)));
    if (code === this.#ends.length) this.#ends = grown(this.#ends, new Uint32Array(code * 2));
    this.#pool.set(bytes.subarray(from, to), this.#poolLength);
    this.#poolLength = length;
    this.#ends[code] = length;
    return code;
  }

  /** Enters a code into the table, whatever equal string may be there. */
  #place(code: number): void {
    if (this.#size * 2 > this.#table.length) return this.#rehash();
    const mask = this.#table.length - 1;
    let slot = hashOf(this.#pool, this.#start(code), this.#ends[code] as number) & mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
    this.#table[slot] = code + 1;
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    for (let code = 0; code < this.#size; code++) this.#place(code);
  }
}

/** UTF-8 to text. Buffer's own decoder is several times quicker than TextDecoder on short strings. */
export function decode(pool: Uint8Array, from: number, to: number): string {
  return asBuffer(pool).toString("utf8", from, to);
}

/** The same bytes, not a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** FNV-1a, finished so that the low bits are fit for a table. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
