/** What every command gets: the arguments, an engine with the case open, and where to write. */
import { resolve } from "node:path";
import type { QueryRequest } from "../contract.ts";
import { isZone } from "../base/zone.ts";
import { Engine } from "../engine/engine.ts";
import { QueryService, type SecretMode } from "../engine/query-service.ts";
import { threadFolder } from "../engine/thread.ts";
import { CaseWriter } from "../store/case-writer.ts";
import { faultOf } from "../base/fault.ts";
import { type ParsedCommand, UsageError } from "./arguments.ts";

export interface Output {
  /** For machines. Resolves when there is room for more. */
  out(text: string | Uint8Array): Promise<void>;
  /** For people. */
  say(text: string): void;
  /** People are looking: progress may be written over itself. */
  readonly isTerminal: boolean;
}

export interface Context {
  readonly command: ParsedCommand;
  /** `import.meta.url` of the entry: threads lie beside it. */
  readonly entry: string;
  readonly output: Output;
  /** Fires when the user interrupts. */
  readonly signal: AbortSignal;
}

/** 0 done, 2 some source could not be imported, verified or exported. Usage and unusable cases are thrown. */
export type Status = 0 | 2;

export function caseFile(command: ParsedCommand): string {
  return resolve(command.positionals[0] ?? "");
}

/** For what changes the case or takes long: the engine with its threads. */
export async function withEngine<T>({ entry, output }: Context, work: (engine: Engine) => Promise<T>): Promise<T> {
  const onBug = (error: unknown): void =>
    output.say(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  const engine = new Engine({ threads: threadFolder(entry), onBug });
  try {
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}

/** For questions: the case is read in this process and nothing is written to it. */
export async function withCase<T>(
  { command }: Context,
  work: (service: QueryService) => Promise<T>,
  secrets: SecretMode = "masked",
): Promise<T> {
  const service = openService(caseFile(command), secrets);
  try {
    return await work(service);
  } finally {
    service.dispose();
  }
}

/** An older case is upgraded once, beside a copy; reading alone could not do that. */
function openService(file: string, secrets: SecretMode): QueryService {
  try {
    return new QueryService(file, secrets);
  } catch (error) {
    if (faultOf(error)?.code !== "target.unwritable") throw error;
    CaseWriter.open(file).close();
    return new QueryService(file, secrets);
  }
}

/** The question in positional argument `at`, in the order of --sort. */
export function queryOf(command: ParsedCommand, at: number): QueryRequest {
  return {
    clauses: [],
    text: command.positionals[at] ?? "",
    range: {},
    zone: zoneOf(command),
    sort: sortOf(command.text("sort")),
  };
}

export function zoneOf(command: ParsedCommand): string {
  const zone = command.text("zone") ?? "UTC";
  if (!isZone(zone))
    throw new UsageError(`--zone: ${JSON.stringify(zone)} is no time zone; use a name such as Europe/Paris, or +02:00`);
  return zone;
}

export function secretsOf(command: ParsedCommand): SecretMode {
  const mode = command.text("secrets") ?? "masked";
  if (mode === "masked" || mode === "full") return mode;
  throw new UsageError("--secrets takes masked or full");
}

export function fieldsOf(command: ParsedCommand): readonly string[] | undefined {
  return command
    .text("fields")
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function sortOf(text: string | undefined): QueryRequest["sort"] {
  const [field = "time", order = "asc"] = (text ?? "time").split(":");
  if (order !== "asc" && order !== "desc") throw new UsageError("--sort takes FIELD, FIELD:asc or FIELD:desc");
  return { field, descending: order === "desc" };
}
