import { setImmediate as nextTurn } from "node:timers/promises";
import type { Checkpoint } from "../query/checkpoint.ts";

const TURN_MS = 8;

/** Gives other requests a turn every few milliseconds while a long evaluation runs. */
export function fairCheckpoint(): Checkpoint {
  let turnAt = performance.now() + TURN_MS;
  return () => {
    if (performance.now() < turnAt) return undefined;
    return nextTurn().then(() => {
      turnAt = performance.now() + TURN_MS;
    });
  };
}
