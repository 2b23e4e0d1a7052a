/** The command line: `exhibit COMMAND …`. Machine output goes to stdout, what people read to stderr. */
import "../base/no-network.ts";
import { once } from "node:events";
import { run } from "./run.ts";
import type { Output } from "./context.ts";

const output: Output = {
  async out(text) {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  },
  say: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
};

/** The exit status; when it is told, all output has been handed over. `argv`: the command and what follows it. */
export async function main(argv: readonly string[]): Promise<number> {
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
  const status = await run(argv, import.meta.url, output, interrupt.signal);
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  return status;
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write("", () => resolve()));
}

// The program with a window asks for `main` itself.
if (process.versions["electron"] === undefined) process.exitCode = await main(process.argv.slice(2));
