/** CPU and wall time of a step, several times over. */
export interface Timing {
  readonly runs: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly p95Ms: number;
}

/** Medians over `runs` calls; CPU time is that of the whole process, its threads included. */
export async function measure(runs: number, step: (run: number) => unknown): Promise<Timing> {
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let run = 0; run < runs; run++) {
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    await step(run);
    wall.push(performance.now() - start);
    const used = process.cpuUsage(cpuBefore);
    cpu.push((used.user + used.system) / 1_000);
  }
  return { runs, cpuMs: at(cpu, 0.5), wallMs: at(wall, 0.5), p95Ms: at(wall, 0.95) };
}

/**
 * The least of `runs` calls after one to warm up, which says most on a machine that does other things as well: CPU time of
 * this process, or wall time where another process does the work.
 */
export async function best(runs: number, clock: "cpu" | "wall", step: () => unknown): Promise<number> {
  await step();
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const timing = await measure(1, step);
    least = Math.min(least, clock === "cpu" ? timing.cpuMs : timing.wallMs);
  }
  return least;
}

export function median(values: readonly number[]): number {
  return at(values, 0.5);
}

function at(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
