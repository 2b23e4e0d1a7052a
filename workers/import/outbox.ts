import type { BlockPart, ImportMessage } from "../base/batch.ts";

/** Blocks a message, at most, so that a message stays near a mebibyte. */
const BLOCKS_A_MESSAGE = 16;

/** A block of a member, by their numbers. Blocks go out in this order. */
export interface BlockPlace {
  readonly member: number;
  readonly block: number;
}
interface Held {
  readonly message: ImportMessage;
  readonly last: BlockPlace;
}

/** Holds entries and rejects back until the blocks that they lie in are out. */
export class Outbox {
  readonly #ready: ImportMessage[] = [];
  readonly #held: Held[] = [];

  /** The message goes out once the block `last` has. */
  hold(message: ImportMessage, last: BlockPlace): void {
    this.#held.push({ message, last });
  }

  /** New blocks of a member. */
  blocks(member: number, blocks: readonly BlockPart[]): void {
    for (let at = 0; at < blocks.length; at += BLOCKS_A_MESSAGE) {
      this.#ready.push({ kind: "blocks", member, blocks: blocks.slice(at, at + BLOCKS_A_MESSAGE) });
    }
  }

  /** Lets go of the messages that waited for blocks before `next`, the first that is not out. */
  release(next: BlockPlace): void {
    let count = 0;
    for (const { last } of this.#held) {
      if (last.member > next.member || (last.member === next.member && last.block >= next.block)) break;
      count++;
    }
    for (const { message } of this.#held.splice(0, count)) this.#ready.push(message);
  }

  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  take(): ImportMessage[] {
    return this.#ready.splice(0);
  }
}
