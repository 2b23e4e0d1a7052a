/** Jobs: counters that the engine writes and `watch` reads. Nothing is pushed over a port. */
import type { Fault, JobId, JobItem, JobState } from "../contract.ts";
import { raise } from "../base/fault.ts";
import { Rate } from "./rate.ts";

const ANSWER_EVERY_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Finished jobs that are kept, so that a late `watch` still learns how it ended. */
const KEPT = 50;

export type JobChange = Partial<Omit<JobState, "job" | "kind" | "revision" | "rate" | "secondsLeft">>;

/** One running job, as the code that does the work sees it. */
export class Job {
  readonly abort = new AbortController();
  #state: JobState;
  readonly #rate = new Rate();
  readonly #waiting = new Set<() => void>();
  #answeredAt = 0;

  constructor(job: JobId, kind: JobState["kind"], label: string, unit: JobState["unit"], items: readonly JobItem[]) {
    this.#state = {
      job,
      kind,
      state: "running",
      revision: 0,
      phase: "waiting",
      label,
      done: 0,
      total: undefined,
      unit,
      rate: 0,
      secondsLeft: undefined,
      entries: 0,
      rejects: 0,
      items,
      fault: undefined,
      exported: undefined,
    };
  }

  get state(): JobState {
    return this.#state;
  }

  change(change: JobChange): void {
    const next = { ...this.#state, ...change };
    this.#rate.at(performance.now(), next.done);
    const running = next.state === "running";
    const rate = running ? this.#rate.perSecond() : this.#rate.overall();
    const left = next.total === undefined || rate <= 0 ? undefined : Math.max(0, (next.total - next.done) / rate);
    this.#state = { ...next, revision: next.revision + 1, rate, secondsLeft: running ? left : undefined };
    for (const wake of [...this.#waiting]) wake();
  }

  changeItem(at: number, change: Partial<JobItem>): void {
    this.change({ items: this.#state.items.map((item, i) => (i === at ? { ...item, ...change } : item)) });
  }

  finish(state: "done" | "failed" | "cancelled", fault: Fault | undefined): void {
    this.change({ state, phase: "done", fault });
  }

  /** Resolves when the revision differs from `seen`, at most five times a second while running, or after 10 s. */
  async watch(seen: number): Promise<JobState> {
    if (this.#state.revision === seen) await this.#changed();
    if (this.#state.state === "running") {
      const early = this.#answeredAt + ANSWER_EVERY_MS - performance.now();
      if (early > 0) await this.#ended(early);
    }
    this.#answeredAt = performance.now();
    return this.#state;
  }

  #changed(): Promise<void> {
    return this.#wake(LONGEST_WAIT_MS, () => true);
  }

  /** Waits `ms`, or less when the job ends meanwhile. */
  #ended(ms: number): Promise<void> {
    return this.#wake(ms, () => this.#state.state !== "running");
  }

  #wake(ms: number, enough: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      const check = (): void => {
        if (enough()) done();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(check);
    });
  }
}

export class JobTable {
  readonly #jobs = new Map<number, Job>();
  #next = 1;

  create(kind: JobState["kind"], label: string, unit: JobState["unit"], items: readonly JobItem[] = []): Job {
    const job = new Job(this.#next++ as JobId, kind, label, unit, items);
    this.#jobs.set(job.state.job, job);
    this.#forget();
    return job;
  }

  get(id: JobId): Job {
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    raise("request.stale", "This job is not known any more.", "Look at the list of sources for how it ended.");
  }

  cancel(id: JobId): void {
    this.#jobs.get(id)?.abort.abort();
  }

  running(): readonly Job[] {
    return [...this.#jobs.values()].filter((job) => job.state.state === "running");
  }

  #forget(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size <= KEPT) return;
      if (job.state.state !== "running") this.#jobs.delete(id);
    }
  }
}
