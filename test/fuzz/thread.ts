/** Runs the cases that its parent sends, one after another; the parent ends it when one takes too long. */
import { parentPort } from "node:worker_threads";
import { runTrial, type Reached, type Trial } from "./trial.ts";

export type Answer = { readonly reached: Reached } | { readonly trouble: string };

const port = parentPort;
if (port === null) throw new Error("this is a thread's own file");
port.on("message", (trial: Trial) => {
  runTrial(trial).then(
    (reached) => port.postMessage({ reached } satisfies Answer),
    (error: unknown) => port.postMessage({ trouble: troubleOf(error) } satisfies Answer),
  );
});

function troubleOf(error: unknown): string {
  return error instanceof Error ? `${error.stack ?? error.message}` : String(error);
}
