/**
 * Called between slices of a few thousand steps. It may give other work a turn (a promise), and throws the Fault
 * `cancelled` when the result is no longer wanted.
 */
export type Checkpoint = () => Promise<void> | undefined;

/** Entries that typed-array loops handle between two checkpoints: about a millisecond. */
const SLICE = 1 << 19;

/** Runs `step(first, end)` over `0 … count` in slices. */
export async function inSlices(
  count: number,
  checkpoint: Checkpoint,
  step: (first: number, end: number) => void,
  slice = SLICE,
): Promise<void> {
  for (let first = 0; first < count; first += slice) {
    const pause = checkpoint();
    if (pause !== undefined) await pause;
    step(first, Math.min(count, first + slice));
  }
}
