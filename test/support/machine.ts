/** How fast this machine is at this moment, so that a limit in milliseconds judges the program and not its neighbours. */

/** Milliseconds that the reference work takes on an idle core of the kind that the limits were set on. */
const REFERENCE_MS = 20;
const RUNS = 5;

/** Work that allocates, hashes and compares, as the program does. */
function work(): number {
  const counts = new Map<string, number>();
  for (let i = 0; i < 120_000; i++) {
    const key = `value ${i % 4096}`;
    counts.set(key, (counts.get(key) ?? 0) + key.length);
  }
  return counts.size;
}

/** `ms` on a machine as fast as the one that the limit was set on; in proportion more on one that is slower or busy. */
export function allowedMs(ms: number): number {
  const started = performance.now();
  for (let run = 0; run < RUNS; run++) work();
  const mean = (performance.now() - started) / RUNS;
  return ms * Math.max(1, mean / REFERENCE_MS);
}
