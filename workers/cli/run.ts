/** From arguments to an exit status. */
import type { Fault } from "../contract.ts";
import { faultOf } from "../base/fault.ts";
import { TOOL_VERSION } from "../engine/version.ts";
import { type CommandName, USAGE, UsageError, parseCommand } from "./arguments.ts";
import { againCommand } from "./again.ts";
import type { Context, Output, Status } from "./context.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { identifyCommand } from "./identify.ts";
import { infoCommand } from "./info.ts";
import { inert } from "./print.ts";
import { inspectCommand } from "./inspect.ts";
import { queryCommand } from "./query.ts";
import { countCommand, facetCommand, histogramCommand } from "./questions.ts";
import { rejectsCommand, showCommand } from "./show.ts";
import { timeCommand } from "./time.ts";
import { verifyCommand } from "./verify.ts";

const RUN: Readonly<Record<CommandName, (context: Context) => Promise<Status>>> = {
  inspect: inspectCommand,
  import: importCommand,
  again: againCommand,
  query: queryCommand,
  count: countCommand,
  facet: facetCommand,
  histogram: histogramCommand,
  show: showCommand,
  rejects: rejectsCommand,
  export: exportCommand,
  verify: verifyCommand,
  info: infoCommand,
  identify: identifyCommand,
  time: timeCommand,
};

/** `entry`: `import.meta.url` of the file that was started. */
export async function run(
  argv: readonly string[],
  entry: string,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  if (argv.length === 1 && (argv[0] === "--help" || argv[0] === "help")) {
    await output.out(USAGE);
    return 0;
  }
  if (argv.length === 1 && argv[0] === "--version") {
    await output.out(`${TOOL_VERSION}\n`);
    return 0;
  }
  try {
    const command = parseCommand(argv);
    return await RUN[command.name]({ command, entry, output, signal });
  } catch (error) {
    const told = error instanceof UsageError ? { status: 1, text: error.message } : toldFault(faultOf(error));
    if (told === undefined) throw error;
    output.say(`exhibit: ${told.text}\n`);
    return told.status;
  }
}

function toldFault(fault: Fault | undefined): { readonly status: number; readonly text: string } | undefined {
  if (fault === undefined) return undefined;
  const where = fault.code.startsWith("query.") && fault.offset !== undefined ? ` (column ${fault.offset + 1})` : "";
  return { status: statusOf(fault.code), text: `${inert(fault.message)}${where} ${inert(fault.next)}` };
}

/** A fault that reaches this far stopped the command: the question was wrong, or the case cannot be used. */
function statusOf(code: Fault["code"]): number {
  if (code.startsWith("query.") || code === "not-yet" || code.startsWith("request.")) return 1;
  return code.startsWith("store.") || code === "target.unwritable" ? 3 : 2;
}
