/** The bytes of a unit that is open, up to a limit; beyond it nothing but their number. */
export class KeptBytes {
  length = 0;
  isDropped = false;
  readonly limit: number;
  #pieces: Buffer[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The caller's chunk may be reused: what is kept is copied. */
  add(bytes: Buffer, from: number, to: number): void {
    this.length += to - from;
    if (this.length > this.limit) this.isDropped = true;
    if (this.isDropped) this.#pieces = [];
    else if (to > from) this.#pieces.push(Buffer.from(bytes.subarray(from, to)));
  }

  /** Takes over what another one kept. */
  append(other: KeptBytes): void {
    this.length += other.length;
    this.isDropped ||= other.isDropped || this.length > this.limit;
    if (this.isDropped) this.#pieces = [];
    else for (const piece of other.#pieces) this.#pieces.push(piece);
    other.clear();
  }

  clear(): void {
    this.#pieces = [];
    this.length = 0;
    this.isDropped = false;
  }

  /** As latin1 text; empty beyond the limit. */
  text(): string {
    return Buffer.concat(this.#pieces).toString("latin1");
  }

  /** As latin1 text, and no longer kept; undefined beyond the limit. */
  takeText(): string | undefined {
    const text = this.isDropped ? undefined : Buffer.concat(this.#pieces).toString("latin1");
    this.#pieces = [];
    return text;
  }

  /** Blanks behind the last line end; -1 when there is no line end, or more than blanks behind it. */
  indent(): number {
    let line = "";
    for (let at = this.#pieces.length - 1; at >= 0; at--) {
      const text = this.#pieces[at]?.toString("latin1") ?? "";
      const lf = text.lastIndexOf("\n");
      line = text.slice(lf + 1) + line;
      if (/[^ \t]/.test(line)) return -1;
      if (lf !== -1) return line.length;
    }
    return -1;
  }
}
