/** `exhibit import`: reads evidence into a case, made when there is none, and reports what became of every byte. */
import { existsSync } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CaseInfo, GrantId, ImportItem, JobId, JobState, MemberInfo, SourceInfo } from "../contract.ts";
import type { Engine } from "../engine/engine.ts";
import { UsageError } from "./arguments.ts";
import { type Context, type Status, caseFile, withEngine, zoneOf } from "./context.ts";
import { bytesText, inert, json, timeJson } from "./print.ts";

export async function importCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const zone = command.text("zone") === undefined ? undefined : zoneOf(command);
  const paths = await filesOf(command.positionals.slice(1).map((path) => resolve(path)));
  const { report, isWhole } = await withEngine(context, (engine) => importInto(context, engine, paths, zone));
  if (command.flag("json")) await output.out(json(report));
  else for (const line of lines(report)) output.say(line);
  return isWhole ? 0 : 2;
}

async function importInto(
  context: Context,
  engine: Engine,
  paths: readonly string[],
  zone: string | undefined,
): Promise<{ readonly report: Report; readonly isWhole: boolean }> {
  // Formats first: a wrong one must not leave an empty case behind.
  const items: ImportItem[] = [];
  for (const path of paths) items.push(await itemOf(engine, path, context.command.text("format"), zone));
  const file = caseFile(context.command);
  const grant = engine.grants.add(file, "case");
  const before = await (existsSync(file) ? engine.openCase(grant) : engine.createCase(grant));
  const had = new Set(before.sources.map((source) => source.id));
  const job = items.length === 0 ? undefined : await follow(context, engine, await engine.startImport({ items }));
  const after = await engine.watchCase(-1);
  if (after === undefined) throw new Error("the case was closed under the import");
  const sources = after.sources.filter((source) => !had.has(source.id));
  const isWhole = sources.length === paths.length && sources.length > 0 && sources.every(isImported);
  return { report: reportOf(after, sources, job, paths), isWhole };
}

async function itemOf(
  engine: Engine,
  path: string,
  format: string | undefined,
  zone: string | undefined,
): Promise<ImportItem> {
  const grant = engine.grants.add(path, "read");
  const choices = format === undefined ? {} : await choicesOf(engine, grant, format);
  return { grant, choices, skip: [], ...(zone === undefined ? {} : { zone }) };
}

/** `format` names a format, with or without its carrier; members that cannot be opened need no choice. */
async function choicesOf(engine: Engine, grant: GrantId, format: string): Promise<Record<string, string>> {
  const choices: Record<string, string> = {};
  const [item] = await engine.inspect([grant]);
  for (const member of item?.members ?? []) {
    const known = member.choices.map(({ choice }) => choice);
    const chosen = known.find((choice) => choice === format || choice.endsWith(`+${format}`));
    if (chosen !== undefined) choices[member.path] = chosen;
    else if (known.length > 0) throw new UsageError(`--format: ${member.path} can be read as ${known.join(", ")}`);
  }
  return choices;
}

/** A folder stands for the plain files directly inside it, in the order of their names; links in it are left alone. */
async function filesOf(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const isFolder = await lstat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isFolder) found.push(path);
    else found.push(...(await filesIn(path)));
  }
  return found;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return names.toSorted((a, b) => (a < b ? -1 : 1)).map((name) => join(folder, name));
}

/** Shows progress until the job has ended; an interrupt cancels it. */
export async function follow({ output, signal }: Context, engine: Engine, job: JobId): Promise<JobState> {
  const cancel = (): void => void engine.cancel(job);
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    let state = await engine.watch(job, -1);
    while (state.state === "running") {
      if (output.isTerminal) output.say(`\r${progressText(state)}\u001b[K`);
      state = await engine.watch(job, state.revision);
    }
    if (output.isTerminal) output.say("\r\u001b[K");
    return state;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

function progressText(state: JobState): string {
  const done = state.unit === "bytes" ? bytesText(state.done) : `${state.done} entries`;
  const share =
    state.total === undefined || state.total === 0 ? "" : ` of ${Math.floor((state.done / state.total) * 100)} %`;
  const left = state.secondsLeft === undefined ? "" : `, ${Math.ceil(state.secondsLeft)} s left`;
  return `${state.phase}: ${done}${share}${left}`;
}

interface Problem {
  readonly code: string;
  readonly member: string | null;
  readonly detail: string;
}
interface SourceReport {
  readonly name: string;
  readonly path: string;
  readonly sha256: string | null;
  readonly bytes: number;
  readonly state: string;
  readonly members: readonly ReturnType<typeof memberReport>[];
  readonly problems: readonly Problem[];
}
interface Report {
  readonly case: string;
  readonly sources: readonly SourceReport[];
}

function memberReport(member: MemberInfo) {
  return {
    path: member.path,
    format: member.format,
    bytes: member.bytes,
    sha256: member.sha256 ?? null,
    records: member.records,
    entries: member.entries,
    rejects: member.rejects,
    ignored: member.ignored,
    undated: member.undated,
    duplicates: member.duplicates,
    first: timeJson(member.first),
    last: timeJson(member.last),
    ledger: member.ledger,
  };
}

export function sourceReport(source: SourceInfo): SourceReport {
  const ofMembers = source.members.flatMap((member) =>
    member.problem === undefined ? [] : [{ ...member.problem, member: member.path }],
  );
  const own = source.problems.filter(
    (problem) => !ofMembers.some((known) => known.code === problem.code && known.member === problem.member),
  );
  return {
    name: source.name,
    path: source.path,
    sha256: source.sha256 ?? null,
    bytes: source.bytes,
    state: source.state,
    members: source.members.map(memberReport),
    problems: [...own, ...ofMembers].map((problem) => ({
      code: problem.code,
      member: problem.member ?? null,
      detail: `${problem.message} ${problem.next}`,
    })),
  };
}

/** Sources that never came into the case, because they could not be opened, are reported all the same. */
function reportOf(
  info: CaseInfo,
  sources: readonly SourceInfo[],
  job: JobState | undefined,
  paths: readonly string[],
): Report {
  const reports = sources.map(sourceReport);
  for (const [at, item] of (job?.items ?? []).entries()) {
    const path = paths[at] ?? item.name;
    if (item.fault === undefined || reports.some((source) => source.path === path)) continue;
    const problems = [{ code: item.fault.code, member: null, detail: `${item.fault.message} ${item.fault.next}` }];
    reports.push({
      name: item.name,
      path,
      sha256: null,
      bytes: item.total ?? 0,
      state: item.state,
      members: [],
      problems,
    });
  }
  return { case: info.file, sources: reports };
}

/** A note beside the logs leaves a source whole; a member cut off does not, nor one in which nothing was recognised. */
function isImported({ state, members }: SourceInfo): boolean {
  const isCut = members.some((member) => member.state === "failed");
  return state === "ready" && !isCut && members.some((member) => member.state === "ready");
}

function* lines(report: Report): Generator<string> {
  for (const source of report.sources) {
    yield `${inert(source.name)}: ${source.state}, ${bytesText(source.bytes)}\n`;
    for (const member of source.members) {
      const { ledger } = member;
      const accounted = ledger.entries + ledger.rejects + ledger.ignored + ledger.blank;
      const share = ledger.total === 0 ? "100.00" : ((accounted / ledger.total) * 100).toFixed(2);
      const counts = `${member.entries} entries of ${member.records} records, ${member.rejects} rejects, ${member.undated} undated`;
      yield `  ${inert(member.path)} (${member.format}): ${counts}; ${share} % of ${member.bytes} bytes accounted for\n`;
    }
    for (const problem of source.problems)
      yield `  ! ${inert(problem.member ?? source.name)}: ${inert(problem.detail)}\n`;
  }
}
