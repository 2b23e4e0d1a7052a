import type { BlockPart, ImportMessage } from "../base/batch.ts";

/** Blocks a message, at most, so that a message stays near a mebibyte. */
const BLOCKS_A_MESSAGE = 16;

/** Holds entries and rejects back until the blocks that they lie in are out. */
export class Outbox {
  readonly #ready: ImportMessage[] = [];
  readonly #held: { readonly message: ImportMessage; readonly lastBlock: number }[] = [];

  /** The message goes out once the block of ordinal `lastBlock` has. */
  hold(message: ImportMessage, lastBlock: number): void {
    this.#held.push({ message, lastBlock });
  }

  /** New blocks; with them go the messages that waited for them. */
  release(blocks: readonly BlockPart[], sent: number): void {
    for (let at = 0; at < blocks.length; at += BLOCKS_A_MESSAGE) {
      this.#ready.push({ kind: "blocks", blocks: blocks.slice(at, at + BLOCKS_A_MESSAGE) });
    }
    let count = 0;
    while (count < this.#held.length && (this.#held[count]?.lastBlock ?? 0) < sent) count++;
    for (const { message } of this.#held.splice(0, count)) this.#ready.push(message);
  }

  take(): ImportMessage[] {
    return this.#ready.splice(0);
  }
}
