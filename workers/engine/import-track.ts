/** How far the items of a job are that are imported in one run. */
import type { ImportMessage, SourceEnd } from "../base/batch.ts";
import { fault } from "../base/fault.ts";
import type { Fault, JobItem } from "../contract.ts";
import type { ImportEvents } from "./import-run.ts";
import type { Job } from "./jobs.ts";

const CANCELLED = fault("cancelled", "The import was cancelled.", "Import the file again when ready.");

export class GroupTrack implements ImportEvents {
  readonly #job: Job;
  readonly #items: readonly ItemTrack[];
  readonly #onBug: (error: unknown) => void;
  /** The source of each member, by their numbers in the run. */
  readonly #sourceOf = new Map<number, number>();

  constructor(job: Job, group: readonly { readonly at: number }[], onBug: (error: unknown) => void) {
    this.#job = job;
    this.#items = group.map(({ at }) => new ItemTrack(job, at));
    this.#onBug = onBug;
  }

  begin(): void {
    for (const item of this.#items) item.change({ state: "running" });
  }

  progress(source: number, done: number, total: number): void {
    this.#items[source]?.change({ done, total });
    // All is read; what takes its time now is the order of the entries.
    if (this.#items.every((item) => item.isRead)) this.#job.change({ phase: "ordering" });
  }

  bug(error: unknown): void {
    this.#onBug(error);
  }

  message(message: ImportMessage): void {
    if (message.kind === "member") this.#sourceOf.set(message.number, message.of);
    this.#items[this.#sourceIn(message)]?.message(message);
  }

  /** `failure`: the run broke off, and sources have had no end of their own. */
  end(failure: Fault | undefined): void {
    for (const item of this.#items) item.end(failure);
  }

  #sourceIn(message: ImportMessage): number {
    if (message.kind === "source" || message.kind === "source-end") return message.number;
    if (message.kind === "member") return message.of;
    return this.#sourceOf.get(message.kind === "member-end" ? message.number : message.member) ?? 0;
  }
}

class ItemTrack {
  readonly #job: Job;
  readonly #at: number;
  #end: SourceEnd | undefined;
  /** A member could not be read to its end; what was read of it is kept. */
  #isCut = false;
  #entries = 0;
  #rejects = 0;

  constructor(job: Job, at: number) {
    this.#job = job;
    this.#at = at;
  }

  get isRead(): boolean {
    const item = this.#job.state.items[this.#at];
    return item?.total !== undefined && item.done >= item.total;
  }

  message(message: ImportMessage): void {
    if (message.kind === "entries") this.#entries += message.batch.count;
    else if (message.kind === "rejects") this.#rejects += message.rejects.length;
    else if (message.kind === "member-end") this.#isCut ||= message.end.state === "failed";
    else if (message.kind === "source-end") this.#end = message.end;
    else return;
    this.change({ entries: this.#entries, rejects: this.#rejects });
  }

  /** What a source that was read has to say shows all the same. */
  end(failure: Fault | undefined): void {
    const ended = this.#end;
    if (ended === undefined) {
      const state = failure?.code === "cancelled" ? "cancelled" : "failed";
      this.change({ state, fault: failure });
      return;
    }
    const state = ended.state === "ready" ? (this.#isCut ? "failed" : "done") : ended.state;
    const reason = ended.problems[0] ?? (ended.state === "cancelled" ? CANCELLED : undefined);
    this.change({ state, fault: reason });
  }

  /** The job has done what its items have. */
  change(change: Partial<JobItem>): void {
    const items = this.#job.state.items.map((item, at) => (at === this.#at ? { ...item, ...change } : item));
    const sum = (count: (item: JobItem) => number): number => items.reduce((total, item) => total + count(item), 0);
    this.#job.change({
      items,
      total: sum(({ total }) => total ?? 0),
      done: sum(({ done }) => done),
      entries: sum(({ entries }) => entries),
      rejects: sum(({ rejects }) => rejects),
    });
  }
}
