/** The real import thread, which dies of a bug soon after it is asked to read a file called poison. */
import { parentPort } from "node:worker_threads";
import "../../../../workers/engine/import-worker.ts";

parentPort?.on("message", (message: unknown) => {
  if (!JSON.stringify(message).includes("poison.log")) return;
  setTimeout(() => {
    throw new RangeError("a bug in a parser");
  }, 300);
});
