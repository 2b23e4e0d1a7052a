/** `exhibit export`: what a query matches, as a file with its manifest. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ExportRequest } from "../contract.ts";
import { UsageError } from "./arguments.ts";
import { type Context, type Status, caseFile, fieldsOf, queryOf, secretsOf, withEngine } from "./context.ts";
import { follow } from "./import.ts";
import { inert, json } from "./print.ts";

const FORMATS: readonly ExportRequest["format"][] = ["csv", "csv-zip", "linux-auditd-jsonl", "linux-auditd-csv"];

/** By the ending of the file's name. */
function formatOf(to: string): ExportRequest["format"] {
  if (to.endsWith(".zip")) return "csv-zip";
  return to.endsWith(".jsonl") || to.endsWith(".ndjson") ? "linux-auditd-jsonl" : "csv";
}

export async function exportCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const to = command.text("to");
  if (to === undefined) throw new UsageError("export needs --to FILE");
  const as = command.text("as") ?? formatOf(to);
  const format = FORMATS.find((known) => known === as);
  if (format === undefined) throw new UsageError(`--as ${as}: not yet in this version; ${FORMATS.join(", ")} are`);
  const file = resolve(to);
  if (existsSync(file)) throw new UsageError(`${to} exists already; choose another name`);
  const query = queryOf(command, 1);
  const secrets = secretsOf(command);
  const state = await withEngine(context, async (engine) => {
    await engine.openCase(engine.grants.add(caseFile(command), "case"));
    const target = engine.grants.add(file, "write-new");
    const columns = fieldsOf(command) ?? "all";
    const request = {
      query,
      format,
      columns,
      provenance: true,
      recordedTime: command.flag("recorded-time"),
      formulaGuard: true,
      lineEnd: "lf",
      secrets,
      target,
    } as const;
    return await follow(context, engine, await engine.startExport(request));
  });
  if (state.exported === undefined) {
    output.say(`${inert(state.fault?.message ?? "The export failed.")} ${state.fault?.next ?? ""}\n`);
    return 2;
  }
  await output.out(json(state.exported));
  return 0;
}
