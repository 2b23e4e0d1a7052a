/** The items of an import job, one after another: a source that fails costs no other. */
import { stat } from "node:fs/promises";
import type { ImportMessage, SourceEnd } from "../base/batch.ts";
import type { Fault, ImportItem, JobItem } from "../contract.ts";
import { fault, faultOf } from "../base/fault.ts";
import type { CaseWriter } from "../store/case-writer.ts";
import { Importer } from "./import-run.ts";
import type { Job } from "./jobs.ts";

export type PathItem = ImportItem & {
  readonly path: string;
  /** What the source is called. */
  readonly name: string;
  readonly passwords: readonly string[];
};

/** Faults that the next source would meet as well. */
const FATAL: readonly Fault["code"][] = ["disk.full", "target.unwritable", "store.locked", "store.corrupt"];

export async function importSources(
  job: Job,
  items: readonly PathItem[],
  writer: CaseWriter,
  threads: URL,
  onChange: () => void,
): Promise<void> {
  const importer = new Importer(threads, writer);
  await measure(job, items);
  try {
    let stop: Fault | undefined;
    for (const [at, item] of items.entries()) {
      if (job.abort.signal.aborted) stop ??= CANCELLED;
      if (stop !== undefined) {
        job.changeItem(at, { state: "cancelled", fault: stop });
        continue;
      }
      const failure = await importOne(importer, job, new ItemTrack(job, at), item, writer);
      onChange();
      if (failure !== undefined && FATAL.includes(failure.code)) stop = failure;
    }
    end(job, stop);
  } finally {
    await importer.stop();
  }
}

/** Sizes first, so that the bar has an end; a file that cannot be looked at is reported when it is opened. */
async function measure(job: Job, items: readonly PathItem[]): Promise<void> {
  const sizes = await Promise.all(
    items.map(({ path }) =>
      stat(path).then(
        (found) => found.size,
        () => undefined,
      ),
    ),
  );
  job.change({
    total: sizes.reduce((sum: number, size) => sum + (size ?? 0), 0),
    items: job.state.items.map((item, at) => ({ ...item, total: sizes[at] })),
  });
}

const CANCELLED = fault("cancelled", "The import was cancelled.", "Import the file again when ready.");

async function importOne(
  importer: Importer,
  job: Job,
  events: ItemTrack,
  item: PathItem,
  writer: CaseWriter,
): Promise<Fault | undefined> {
  job.change({ phase: "reading" });
  events.begin();
  const { grant: _grant, ...rest } = item;
  const task = { ...rest, zone: item.zone, answers: item.answers ?? {}, beyondLimits: item.beyondLimits ?? false };
  const end = await importer.run(task, job.abort.signal, events);
  const failure = end.kind === "failed" ? abandoned(writer, end.fault) : undefined;
  events.end(failure);
  return failure;
}

/** Why the source failed; a case that cannot even take that down is the graver reason. */
function abandoned(writer: CaseWriter, reason: Fault): Fault {
  try {
    writer.abandon(reason);
    return reason;
  } catch (error) {
    const graver = faultOf(error);
    if (graver === undefined) throw error;
    return graver;
  }
}

/** The job ends as its items did; of several faults the first is shown. */
function end(job: Job, stop: Fault | undefined): void {
  const problem = stop ?? job.state.items.find((item) => item.state === "failed")?.fault;
  if (job.abort.signal.aborted) job.finish("cancelled", CANCELLED);
  else if (problem !== undefined) job.finish("failed", problem);
  else job.finish("done", undefined);
}

/** Adds what an item has done to what its job had done before it. */
class ItemTrack {
  #state: JobItem["state"] = "done";
  #problem: Fault | undefined;
  /** A member could not be read to its end; what was read of it is kept. */
  #isCut = false;
  readonly #job: Job;
  readonly #at: number;
  readonly #base: { readonly done: number; readonly entries: number; readonly rejects: number };
  #entries = 0;
  #rejects = 0;

  constructor(job: Job, at: number) {
    this.#job = job;
    this.#at = at;
    this.#base = { done: job.state.done, entries: job.state.entries, rejects: job.state.rejects };
  }

  begin(): void {
    this.#job.changeItem(this.#at, { state: "running" });
  }

  progress(done: number, total: number): void {
    // All is read; what takes its time now is the order of the entries.
    if (done >= total) this.#job.change({ phase: "ordering" });
    this.#change({ done, total });
  }

  message(message: ImportMessage): void {
    if (message.kind === "entries") this.#entries += message.batch.count;
    else if (message.kind === "rejects") this.#rejects += message.rejects.length;
    else if (message.kind === "member-end") this.#isCut ||= message.end.state === "failed";
    else if (message.kind === "source-end") this.#ended(message.end);
    else return;
    this.#change({ entries: this.#entries, rejects: this.#rejects });
  }

  /** `failure`: the source had no end of its own. What a source that was read has to say shows all the same. */
  end(failure: Fault | undefined): void {
    const state = failure === undefined ? this.#state : failure.code === "cancelled" ? "cancelled" : "failed";
    this.#change({ state, fault: failure ?? this.#problem });
  }

  #ended({ state, problems }: SourceEnd): void {
    this.#state = state === "ready" ? (this.#isCut ? "failed" : "done") : state;
    this.#problem = problems[0] ?? (state === "cancelled" ? CANCELLED : undefined);
  }

  #change(change: Partial<JobItem>): void {
    const items = this.#job.state.items.map((item, at) => (at === this.#at ? { ...item, ...change } : item));
    const item = items[this.#at];
    this.#job.change({
      items,
      total: items.reduce((sum, { total }) => sum + (total ?? 0), 0),
      done: this.#base.done + (item?.done ?? 0),
      entries: this.#base.entries + this.#entries,
      rejects: this.#base.rejects + this.#rejects,
    });
  }
}
