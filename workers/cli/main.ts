/** The command line: `exhibit COMMAND …`. Machine output goes to stdout, what people read to stderr. */
import "../base/no-network.ts";
import { once } from "node:events";
import { run } from "./run.ts";
import type { Output } from "./context.ts";

const interrupt = new AbortController();
process.on("SIGINT", () => {
  if (interrupt.signal.aborted) process.exit(130);
  interrupt.abort();
});
// A reader that has seen enough, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const output: Output = {
  async out(text) {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  },
  say: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
};

process.exitCode = await run(process.argv.slice(2), import.meta.url, output, interrupt.signal);
