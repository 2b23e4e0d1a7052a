import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { caseExtension } from "./grants.ts";

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
