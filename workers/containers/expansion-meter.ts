import { raise } from "../base/fault.ts";
import type { ExpansionLimits } from "./container.ts";

/** What to do about a limit. */
export const GO_ON =
  "If you trust it, import it again and continue past the limits, or expand it yourself and import the result.";

/** Counts what really comes out of a compressed member and stops it at the limits, whatever its headers claim. */
export class ExpansionMeter {
  readonly #limits: ExpansionLimits;
  readonly #what: string;
  #out = 0;

  constructor(limits: ExpansionLimits, what: string) {
    this.#limits = limits;
    this.#what = what;
  }

  get out(): number {
    return this.#out;
  }

  /** `length` more bytes came out of `packed` bytes read so far. */
  add(length: number, packed: number): void {
    this.#out += length;
    const given = this.#out - length;
    if (this.#out > this.#limits.memberBytes) this.#stop(`more than ${this.#limits.memberBytes} bytes`, given);
    if (this.#out > this.#limits.ratioFrom && this.#out > packed * this.#limits.ratio) {
      this.#stop(`more than ${this.#limits.ratio} times its packed size`, given);
    }
  }

  #stop(how: string, given: number): never {
    return raise(
      "container.too-large",
      `${this.#what} expands to ${how}; reading stopped after ${given} bytes.`,
      GO_ON,
      { offset: given },
    );
  }
}
