import { Worker } from "node:worker_threads";
import type { Answer } from "./thread.ts";
import type { Reached, Trial } from "./trial.ts";

/** Wall time that one input of some 100 KB may take on a busy machine; a tenth of a second is usual. */
const BUDGET_MS = 20_000;
const HEAP_MB = 768;
/** The whole process, the thread's typed arrays included. */
const CEILING_BYTES = 1.5 * 2 ** 30;
const LOOK_MS = 100;

export type Outcome = { readonly reached: Reached; readonly ms: number } | { readonly trouble: string };

/** A thread that cases run in; one that hangs, or takes too much memory, is ended and another started. */
export class Runner {
  #worker: Worker | undefined;
  readonly #budget: number;

  /** `budget`: milliseconds that one input may take. */
  constructor(budget = BUDGET_MS) {
    this.#budget = budget;
  }

  run(trial: Trial): Promise<Outcome> {
    const worker = (this.#worker ??= new Worker(new URL("./thread.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    }));
    return new Promise((resolve) => {
      const began = performance.now();
      const look = setInterval(() => {
        const ms = performance.now() - began;
        if (ms > this.#budget) void drop(`it is not done after ${this.#budget / 1000} s`);
        else if (process.memoryUsage.rss() > CEILING_BYTES)
          void drop(`it takes more than ${CEILING_BYTES / 2 ** 20} MiB`);
      }, LOOK_MS);
      const end = (outcome: Outcome): void => {
        clearInterval(look);
        worker.removeAllListeners("message");
        worker.removeAllListeners("error");
        resolve(outcome);
      };
      const drop = async (trouble: string): Promise<void> => {
        this.#worker = undefined;
        end({ trouble });
        await worker.terminate();
      };
      worker.once("message", (answer: Answer) =>
        end("reached" in answer ? { ...answer, ms: performance.now() - began } : answer),
      );
      worker.once("error", (error) => {
        this.#worker = undefined;
        end({ trouble: `the thread died: ${String(error)}` });
      });
      worker.postMessage(trial);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}
