import type { Coverage } from "../../../workers/contract.ts";

/** Stretches of time, [from, to) in µs, in which a lane has entries: filled buckets, neighbours joined. */
export function stretchesOf(
  counts: Uint32Array,
  coverage: Pick<Coverage, "from" | "to">,
): readonly (readonly [number, number])[] {
  const width = (coverage.to - coverage.from) / counts.length;
  const stretches: [number, number][] = [];
  counts.forEach((count, bucket) => {
    if (count === 0) return;
    const from = coverage.from + bucket * width;
    const last = stretches.at(-1);
    if (last !== undefined && Math.abs(last[1] - from) < width / 2) last[1] = from + width;
    else stretches.push([from, from + width]);
  });
  return stretches;
}
