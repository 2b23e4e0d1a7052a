/**
 * One import: a thread reads and parses, this side writes what it sends, one batch after another. The case keeps
 * whatever was committed; a thread that dies costs its own source only.
 */
import { basename } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { ImportMessage, ImportSink } from "../base/batch.ts";
import type { Fault } from "../contract.ts";
import { fault, faultOf } from "../base/fault.ts";
import { free } from "../base/free.ts";
import type { ImportOrder, ImportThreadApi, ToEngine, ToThread } from "./import-protocol.ts";
import type { BesideFile } from "../import/settings-file.ts";
import { startReader } from "./inspector.ts";
import type { Thread } from "./thread.ts";
import { transferable } from "./transferable.ts";

export type ImportTask = ImportOrder;
export interface ImportEvents {
  /** `source`: the place of its task among those of the run. */
  progress(source: number, done: number, total: number): void;
  message(message: ImportMessage): void;
  /** A defect of Exhibit cost one member. */
  bug(error: unknown): void;
}
export type ImportEnd = { readonly kind: "ended" } | { readonly kind: "failed"; readonly fault: Fault };

/** After a cancel the thread has this long to end its source by itself before it is ended from outside. */
const PATIENCE_MS = 700;

export class Importer {
  readonly #folder: URL;
  readonly #sink: ImportSink;
  #reader: { readonly thread: Thread<ImportThreadApi>; readonly data: MessagePort } | undefined;

  constructor(folder: URL, sink: ImportSink) {
    this.#folder = folder;
    this.#sink = sink;
  }

  /**
   * Imports files in one run. Resolves when everything was written. failed: the thread or the writer could not go on, and
   * sources that have had no `source-end` are open still: the caller ends them. Bugs of the writer throw.
   */
  async run(tasks: readonly ImportTask[], signal: AbortSignal, events: ImportEvents): Promise<ImportEnd> {
    const { thread, data } = (this.#reader ??= this.#start());
    const intake = new Intake(data, this.#sink, events);
    const cancel = (): void => {
      data.postMessage({ kind: "cancel" } satisfies ToThread);
      setTimeout(() => {
        if (!intake.isClosed) void thread.stop();
      }, PATIENCE_MS).unref();
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      if (signal.aborted) cancel();
      await thread.api.importSources(tasks);
      await intake.drained();
      return { kind: "ended" };
    } catch (error) {
      await intake.drained();
      this.#reader = undefined;
      await thread.stop();
      if (intake.bug !== undefined) throw intake.bug;
      const reason =
        intake.fault ?? (signal.aborted ? cancelled(tasks) : await causeOf(error, thread, intake.place(tasks)));
      return { kind: "failed", fault: reason };
    } finally {
      signal.removeEventListener("abort", cancel);
      intake.close();
    }
  }

  /** Account names among the files of a job. A thread that dies of them has found none. */
  async identities(paths: readonly string[]): Promise<readonly BesideFile[]> {
    const { thread } = (this.#reader ??= this.#start());
    try {
      return await thread.api.identities(paths);
    } catch (error) {
      this.#reader = undefined;
      await thread.stop();
      if (faultOf(error)?.code === "engine.gone") return [];
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#reader?.thread.stop();
    this.#reader = undefined;
  }

  #start(): { readonly thread: Thread<ImportThreadApi>; readonly data: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    return { thread: startReader(this.#folder, { data: port2 }), data: port1 };
  }
}

interface Place {
  readonly source: string;
  readonly member?: string;
}

const WRITER_BROKE = fault("store.corrupt", "Writing to the case failed.", "Close the case and open it again.");

/** Takes messages in order, writes each before the next, and tells the thread that there is room again. */
class Intake {
  /** Why the writer cannot go on. Messages that follow are dropped. */
  fault: Fault | undefined;
  bug: unknown;
  isClosed = false;
  /** What was begun last. */
  #source = 0;
  #member = "";
  #queue: Promise<void> = Promise.resolve();
  readonly #data: MessagePort;
  readonly #sink: ImportSink;
  readonly #events: ImportEvents;
  readonly #listener = (message: ToEngine): void => this.#hear(message);

  constructor(data: MessagePort, sink: ImportSink, events: ImportEvents) {
    this.#data = data;
    this.#sink = sink;
    this.#events = events;
    data.on("message", this.#listener);
  }

  drained(): Promise<void> {
    return this.#queue;
  }

  place(tasks: readonly ImportTask[]): Place {
    const source = tasks[this.#source]?.path ?? "";
    return this.#member === "" ? { source } : { source, member: this.#member };
  }

  close(): void {
    this.isClosed = true;
    this.#data.off("message", this.#listener);
  }

  #hear(message: ToEngine): void {
    if (message.kind === "progress") this.#events.progress(message.source, message.done, message.total);
    else if (message.kind === "bug") this.#events.bug(message.error);
    else this.#queue = this.#queue.then(() => this.#write(message.message));
  }

  async #write(message: ImportMessage): Promise<void> {
    if (this.fault === undefined) {
      try {
        await this.#sink.accept(message);
      } catch (error) {
        this.fault = faultOf(error) ?? WRITER_BROKE;
        if (this.fault === WRITER_BROKE) this.bug = error;
      }
    }
    if (message.kind === "member") {
      this.#source = message.of;
      this.#member = message.member.path;
    }
    // What was not written did not happen.
    if (this.fault === undefined) this.#events.message(message);
    for (const buffer of transferable(message)) free(buffer);
    this.#data.postMessage({ kind: "taken", fault: this.fault } satisfies ToThread);
  }
}

async function causeOf(error: unknown, thread: Thread<ImportThreadApi>, place: Place): Promise<Fault> {
  const known = faultOf(error);
  if (known !== undefined && known.code !== "engine.gone") return known;
  const died = known === undefined ? error : await thread.ended;
  const what = place.member === undefined ? basename(place.source) : `${basename(place.source)}, ${place.member},`;
  const why = died instanceof Error ? ` (${died.message})` : "";
  return fault(
    "source.unreadable",
    `Reading ${what} failed${why}; what was read before is kept, marked incomplete.`,
    "Remove the source and import it again; if it fails again, keep the file for the developers.",
    place,
  );
}

function cancelled(tasks: readonly ImportTask[]): Fault {
  const names = tasks.map(({ path }) => basename(path)).join(", ");
  const place = tasks.slice(0, 1).map(({ path }) => ({ source: path }))[0];
  return fault("cancelled", `The import of ${names} was cancelled.`, "Remove the source, or import it again.", place);
}
