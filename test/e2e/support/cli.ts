import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkout } from "./runtime.ts";

const run = promisify(execFile);

/** Counts of bytes by kind, as the command line prints them. */
interface CliLedger {
  readonly entries: number;
  readonly rejects: number;
  readonly ignored: number;
  readonly blank: number;
  readonly total: number;
}
export interface CliMember {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly entries: number;
  readonly rejects: number;
  readonly undated: number;
  readonly ledger: CliLedger;
}
export interface CliImport {
  readonly sources: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly members: readonly CliMember[];
  }[];
}

/** The same engine without a window: what it answers is what the window must show. */
export async function exhibitCli(...args: readonly string[]): Promise<string> {
  const main = join(checkout, "workers", "cli", "main.ts");
  const { stdout } = await run(process.execPath, [main, ...args], { cwd: checkout, maxBuffer: 1 << 28 });
  return stdout;
}

/** Makes a case. Its JSON is printed by our own command line, not by anyone else. */
export async function importByCli(target: string, paths: readonly string[]): Promise<CliImport> {
  return JSON.parse(await exhibitCli("import", target, ...paths, "--json")) as CliImport;
}

/** How many entries of a case match. */
export async function countByCli(file: string, query: string): Promise<number> {
  return Number.parseInt(await exhibitCli("count", file, query), 10);
}

export const membersOf = (imported: CliImport): readonly CliMember[] => imported.sources.flatMap((one) => one.members);

/** Entries of all members. */
export function entriesOf(imported: CliImport): number {
  return membersOf(imported).reduce((sum, member) => sum + member.entries, 0);
}
