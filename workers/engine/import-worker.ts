/** The thread that reads evidence: inspects, previews and imports files, one at a time. */
import "../base/no-network.ts";
import { parentPort, workerData } from "node:worker_threads";
import type { ImportMessage, ImportSink } from "../base/batch.ts";
import { FaultError } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import { inspect } from "../import/inspect.ts";
import { identitiesIn } from "../import/identity-files.ts";
import { type ImportProgress, importSources } from "../import/pipeline.ts";
import { preview } from "../import/preview.ts";
import { digestOf } from "../import/read.ts";
import type { ImportThreadApi, ImportThreadData, ToEngine, ToThread } from "./import-protocol.ts";
import { UNACKNOWLEDGED } from "./import-protocol.ts";
import { fromNodePort } from "./rpc/port.ts";
import { serve } from "./rpc/serve.ts";
import { transferable } from "./transferable.ts";

if (parentPort === null) throw new Error("the import worker must be started by the engine");
const { data } = workerData as ImportThreadData;
/** Progress is told this often at most. */
const PROGRESS_MS = 100;

/** Sends batches to the engine; waits while as many as are allowed have not been written. */
class PortSink implements ImportSink {
  #underWay = 0;
  #fault: Fault | undefined;
  #wake: (() => void) | undefined;

  async accept(message: ImportMessage): Promise<void> {
    await this.#until(() => this.#underWay < UNACKNOWLEDGED);
    this.#underWay++;
    data.postMessage({ kind: "batch", message } satisfies ToEngine, transferable(message));
    // What ends a source must be written before the thread says that it is done.
    if (message.kind === "source-end") await this.#until(() => this.#underWay === 0);
  }

  taken(fault: Fault | undefined): void {
    this.#underWay--;
    this.#fault ??= fault;
    this.#wake?.();
  }

  async #until(isEnough: () => boolean): Promise<void> {
    while (this.#fault === undefined && !isEnough()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#fault !== undefined) throw new FaultError(this.#fault);
  }
}

let sink = new PortSink();
let abort = new AbortController();
data.on("message", (message: ToThread) => {
  if (message.kind === "cancel") abort.abort();
  else sink.taken(message.fault);
});
// The engine's calls keep the thread alive, not this port.
data.unref();

const api: ImportThreadApi = {
  async inspect({ path, name }, sizes, passwords) {
    const never = new AbortController().signal;
    const found = await inspect(path, passwords, never, name);
    const isKnownSize = found.problem === undefined && sizes.includes(found.bytes);
    return { ...found, sha256: isKnownSize ? await digestOf(path, never) : undefined };
  },
  preview: (file, member, choice, answer, passwords) =>
    preview({ ...file, member, choice, answer, passwords }, new AbortController().signal),
  digest: (path) => digestOf(path, new AbortController().signal),
  identities: (paths) => identitiesIn(paths),
  async importSources(orders) {
    sink = new PortSink();
    abort = new AbortController();
    let toldAt = 0;
    const progress = ({ source, done, total }: ImportProgress): void => {
      const now = performance.now();
      if (now - toldAt < PROGRESS_MS && done < total) return;
      toldAt = now;
      data.postMessage({ kind: "progress", source, done, total } satisfies ToEngine);
    };
    const bug = (error: unknown): void =>
      data.postMessage({ kind: "bug", error: plainError(error) } satisfies ToEngine);
    const requests = orders.map(({ zone, ...order }) => ({ ...order, ...(zone === undefined ? {} : { zone }) }));
    await importSources(requests, sink, abort.signal, progress, bug);
  },
};

/** What survives a structured clone, whatever was thrown. */
function plainError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const plain = new Error(error.message);
  if (error.stack !== undefined) plain.stack = error.stack;
  return plain;
}

serve(api, fromNodePort(parentPort), (error) => {
  // A bug ends the thread: the engine reports it with the source that it broke on.
  queueMicrotask(() => {
    throw error;
  });
});
