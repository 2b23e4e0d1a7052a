import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { caseExtension } from "./grants.ts";

/** The sub-commands of `exhibit` (workers/cli), with what else it answers without a case. */
const commands = [
  "inspect",
  "import",
  "again",
  "query",
  "count",
  "facet",
  "histogram",
  "show",
  "rejects",
  "export",
  "verify",
  "info",
  "identify",
  "time",
  "help",
  "--help",
  "--version",
] as const;

/** Chromium's own switches that a start script puts before the command: without a sandbox, without a word of its own. */
const runtimeSwitches = ["--no-sandbox", "--log-level=3"] as const;

/**
 * The sub-command with its arguments, when the program was started with one; undefined when it is to show its window.
 * @param argv all of it
 * @param isDefaultApp whether Electron itself was started with this checkout as its argument
 */
export function commandArguments(argv: readonly string[], isDefaultApp: boolean): readonly string[] | undefined {
  const own = argv.slice(1).filter((argument) => !runtimeSwitches.some((known) => known === argument));
  const given = isDefaultApp ? own.slice(1) : own;
  return commands.some((command) => command === given[0]) ? given : undefined;
}

/**
 * The case named on the command line, if one is.
 * @param argv all of it
 * @param isDefaultApp whether Electron itself was started with this checkout as its argument
 */
export function caseArgument(argv: readonly string[], isDefaultApp: boolean): string | undefined {
  const own = argv.slice(isDefaultApp ? 2 : 1).filter((argument) => !argument.startsWith("-"));
  const named = own.find((argument) => extname(argument).toLowerCase() === caseExtension);
  return named === undefined || !existsSync(named) ? undefined : resolve(named);
}
