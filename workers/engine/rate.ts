/** Units a second over the last seconds, from samples of a growing count. */
const WINDOW_MS = 5_000;
const SAMPLE_EVERY_MS = 100;

interface Sample {
  readonly ms: number;
  readonly done: number;
}

export class Rate {
  #samples: Sample[] = [];
  #first: Sample | undefined;
  #last: Sample | undefined;

  at(ms: number, done: number): void {
    const sample = { ms, done };
    this.#first ??= sample;
    this.#last = sample;
    const newest = this.#samples.at(-1);
    if (newest !== undefined && ms - newest.ms < SAMPLE_EVERY_MS) return;
    this.#samples.push(sample);
    this.#samples = this.#samples.filter((kept) => ms - kept.ms <= WINDOW_MS);
  }

  perSecond(): number {
    return between(this.#samples[0], this.#last);
  }

  /** Over the whole time seen. */
  overall(): number {
    return between(this.#first, this.#last);
  }
}

function between(from: Sample | undefined, to: Sample | undefined): number {
  if (from === undefined || to === undefined || to.ms <= from.ms) return 0;
  return Math.max(0, (to.done - from.done) / ((to.ms - from.ms) / 1_000));
}
