import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sqliteBinding } from "./sqlite-binding.ts";

interface CommandLine {
  readonly main: (argv: readonly string[]) => Promise<number>;
}

/** Runs a sub-command as `exhibit` does, and ends the process with its status. */
export async function runCommand(argv: readonly string[]): Promise<never> {
  Object.assign(process.env, sqliteBinding());
  // Built beside this file, with the threads it starts; a computed address, so that it stays a file of its own.
  const entry = pathToFileURL(join(import.meta.dirname, "cli.js")).href;
  const { main } = (await import(entry)) as CommandLine;
  process.exit(await main(argv));
}
