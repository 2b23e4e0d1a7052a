/** Pulls bytes from chunks of any size, counts them, and takes back what a decoder did not want. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array | undefined;
  #offset = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes given out so far: the offset of the next one. */
  get offset(): number {
    return this.#offset;
  }

  /** The next bytes, at least one; undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const chunk = this.#rest ?? (await this.#pull());
    this.#rest = undefined;
    if (chunk !== undefined) this.#offset += chunk.length;
    return chunk;
  }

  giveBack(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#rest = this.#rest === undefined ? bytes : join([bytes, this.#rest]);
    this.#offset -= bytes.length;
  }

  /** The next `length` bytes, fewer only at the end. */
  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      const chunk = await this.next();
      if (chunk === undefined) break;
      parts.push(chunk.subarray(0, missing));
      this.giveBack(chunk.subarray(Math.min(missing, chunk.length)));
      missing -= Math.min(missing, chunk.length);
    }
    return parts.length === 1 ? (parts[0] as Uint8Array) : join(parts);
  }

  /** Passes over `length` bytes; returns how many there were, fewer only at the end. */
  async skip(length: number): Promise<number> {
    let missing = length;
    while (missing > 0) {
      const chunk = await this.next();
      if (chunk === undefined) break;
      this.giveBack(chunk.subarray(Math.min(missing, chunk.length)));
      missing -= Math.min(missing, chunk.length);
    }
    return length - missing;
  }

  /** The next `length` bytes without taking them. */
  async peek(length: number): Promise<Uint8Array> {
    const head = await this.take(length);
    this.giveBack(head);
    return head;
  }

  /**
   * Like `peek`, for bytes that may end in an error: what came before it is returned (and given back), and the error
   * waits for the reader who gets there.
   */
  async peekSome(length: number): Promise<{ readonly bytes: Uint8Array; readonly error: unknown }> {
    const parts: Uint8Array[] = [];
    try {
      for (let missing = length; missing > 0; ) {
        const chunk = await this.next();
        if (chunk === undefined) break;
        parts.push(chunk);
        missing -= chunk.length;
      }
    } catch (error) {
      this.#failure = { error };
    }
    const bytes = join(parts);
    this.giveBack(bytes);
    return { bytes: bytes.subarray(0, length), error: this.#failure?.error };
  }

  /** Everything that is left. */
  async *rest(): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) yield chunk;
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.#rest = undefined;
    await this.#chunks.return?.();
  }

  async #pull(): Promise<Uint8Array | undefined> {
    if (this.#failure !== undefined) throw this.#failure.error;
    for (;;) {
      const step = await this.#chunks.next();
      if (step.done === true) return undefined;
      if (step.value.length > 0) return step.value;
    }
  }
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
