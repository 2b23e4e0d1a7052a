/** Keeps the dictionary of LZMA in one piece of memory, which grows no larger than the data need. */
export class LzmaHistory {
  bytes: Uint8Array;
  /** First byte of the dictionary since its last reset. */
  start = 0;
  end = 0;
  /** Bytes written since the dictionary was reset. */
  position = 0;
  readonly #dictionary: number;
  readonly #room: number;

  /** `room`: bytes that are written between two calls of `prepare`, at most. */
  constructor(dictionary: number, room: number) {
    this.#dictionary = dictionary;
    this.#room = room;
    this.bytes = new Uint8Array(room);
  }

  reset(): void {
    this.start = this.end;
    this.position = 0;
  }

  /** Makes room behind the dictionary. */
  prepare(): void {
    const kept = Math.max(this.start, this.end - this.#dictionary);
    if (this.end + this.#room <= this.bytes.length) {
      this.start = kept;
      return;
    }
    const held = this.end - kept;
    const slack = Math.max(2 * this.#room, held >> 2);
    const wanted = held + this.#room + slack;
    const bytes = wanted > this.bytes.length ? new Uint8Array(wanted) : this.bytes;
    bytes.set(this.bytes.subarray(kept, this.end));
    this.bytes = bytes;
    this.start = 0;
    this.end = held;
  }

  grow(length: number): void {
    this.end += length;
    this.position += length;
  }
}
