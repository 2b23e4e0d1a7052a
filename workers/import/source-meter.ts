import { FaultError, fault } from "../base/fault.ts";
import type { ExpansionLimits } from "../containers/container.ts";
import { GO_ON } from "../containers/expansion-meter.ts";
import type { Fault } from "../contract.ts";

/** Counts what all members of a source expand to: each may keep to its limit and all together fill any disk. */
export class SourceMeter {
  readonly #limit: number;
  readonly #name: string;
  #out = 0;

  constructor({ totalBytes, totalFrom, ratio }: ExpansionLimits, name: string, size: number) {
    this.#limit = Math.min(totalBytes, Math.max(totalFrom, size * ratio));
    this.#name = name;
  }

  /** Set once the limit is reached: nothing more is opened. */
  get spent(): Fault | undefined {
    if (this.#out <= this.#limit) return undefined;
    return fault(
      "container.too-large",
      `The members of ${this.#name} expand to more than ${this.#limit} bytes together; no more are opened.`,
      GO_ON,
    );
  }

  async *counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.#out += chunk.length;
      const { spent } = this;
      if (spent !== undefined) throw new FaultError(spent);
      yield chunk;
    }
  }
}
