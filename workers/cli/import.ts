/** `exhibit import`: reads evidence into a case, made when there is none, and reports what became of every byte. */
import { existsSync } from "node:fs";
import type { CaseInfo, Fault, FaultCode, JobId, JobState, MemberInfo, SourceInfo } from "../contract.ts";
import type { Engine } from "../engine/engine.ts";
import { identitiesOf, putInForce } from "./identify.ts";
import { type Context, type Status, caseFile, withEngine, zoneOf } from "./context.ts";
import { type Plan, planOf } from "./import-items.ts";
import { mappingNotUsed } from "./mapping.ts";
import { bytesText, inert, json, timeJson } from "./print.ts";

export async function importCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  if (command.text("zone") !== undefined) zoneOf(command);
  const { report, isWhole } = await withEngine(context, (engine) => importInto(context, engine));
  if (command.flag("json")) await output.out(json(report));
  else for (const line of lines(report)) output.say(line);
  return isWhole ? 0 : 2;
}

async function importInto(
  context: Context,
  engine: Engine,
): Promise<{ readonly report: Report; readonly isWhole: boolean }> {
  // How to read comes first: a wrong option must not leave an empty case behind.
  const plan = await planOf(context.command, engine, context.output);
  const identities = await identitiesOf(engine, context.command);
  const { items } = plan;
  const file = caseFile(context.command);
  const grant = engine.grants.add(file, "case");
  const before = await (existsSync(file) ? engine.openCase(grant) : engine.createCase(grant));
  const had = new Set(before.sources.map((source) => source.id));
  await putInForce(engine, identities);
  const job = items.length === 0 ? undefined : await follow(context, engine, await engine.startImport({ items }));
  const after = await engine.watchCase(-1);
  if (after === undefined) throw new Error("the case was closed under the import");
  const sources = after.sources.filter((source) => !had.has(source.id));
  const isMapped = context.command.text("mapping") !== undefined;
  const unused = isMapped ? mappingNotUsed(sources.flatMap(({ members }) => members)) : undefined;
  const report = { ...reportOf(after, sources, job, plan), ...(unused === undefined ? {} : { mapping: unused }) };
  return { report, isWhole: unused === undefined && isWhole(sources, plan) };
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
  readonly members: readonly MemberReport[];
  readonly problems: readonly Problem[];
}
interface Report {
  readonly case: string;
  readonly sources: readonly SourceReport[];
  /** Found in a folder and not read, with the reason. */
  readonly leftOut?: Plan["leftOut"];
  /** Password files that were used, with the archives they name that are not here. */
  readonly passwordFiles?: Plan["passwordFiles"];
  /** Definitions that were given and fit nothing. */
  readonly mapping?: Fault;
}

type MemberReport = ReturnType<typeof memberReport>;

export function memberReport(member: MemberInfo) {
  const { year, yearFrom, mapping } = member.reading;
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
    ...(year !== undefined && yearFrom === "file time" ? { assumedYear: year } : {}),
    ...(mapping?.eventId === undefined ? {} : { eventIdColumn: mapping.eventId }),
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
  { files, leftOut, passwordFiles }: Plan,
): Report {
  const reports = sources.map(sourceReport);
  for (const [at, item] of (job?.items ?? []).entries()) {
    const path = files[at]?.path ?? item.name;
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
  return {
    case: info.file,
    sources: reports,
    ...(leftOut.length === 0 ? {} : { leftOut }),
    ...(passwordFiles.length === 0 ? {} : { passwordFiles }),
  };
}

/** Every file became a source that was read; what a folder holds beside logs is no trouble, a locked archive is. */
function isWhole(sources: readonly SourceInfo[], { files, leftOut }: Plan): boolean {
  const found = new Set(files.filter(({ isFound }) => isFound).map(({ path }) => path));
  const isFine = (source: SourceInfo): boolean => isImported(source) || (found.has(source.path) && isNoLog(source));
  return (
    sources.length === files.length &&
    sources.some(isImported) &&
    sources.every(isFine) &&
    leftOut.every(({ code }) => code === "source.not-a-file")
  );
}

const LOCKED: readonly (FaultCode | undefined)[] = ["container.encrypted", "container.password"];

/** A note beside the logs leaves a source whole; a member cut off or locked does not, nor one in which nothing was recognised. */
function isImported({ state, members }: SourceInfo): boolean {
  const isCut = members.some((member) => member.state === "failed" || LOCKED.includes(member.problem?.code));
  return state === "ready" && !isCut && members.some((member) => member.state === "ready");
}

function isNoLog({ bytes, members }: SourceInfo): boolean {
  return bytes === 0 || (members.length > 0 && members.every((member) => member.state === "unrecognised"));
}

/** A member without a format was not read: its size is told, and below it the reason. */
function* memberLines(member: MemberReport): Generator<string> {
  const { ledger, records, entries, rejects, undated } = member;
  const name = inert(member.path);
  if (member.format === "") {
    yield `  ${name}: ${member.bytes === 0 ? "empty" : `no entries, ${bytesText(member.bytes)} not read as a log`}\n`;
    return;
  }
  const accounted = ledger.entries + ledger.rejects + ledger.ignored + ledger.blank;
  const share = ledger.total === 0 ? "100.00" : ((accounted / ledger.total) * 100).toFixed(2);
  const counts = `${entries} entries of ${records} records, ${rejects} rejects, ${undated} undated`;
  yield `  ${name} (${member.format}): ${counts}; ${share} % of ${member.bytes} bytes accounted for\n`;
  if (undated > 0 && undated * 2 >= entries) {
    yield `  ? ${name}: where it has times, --time-column names their column and --date-order says how 01/02/2025 is meant.\n`;
  }
  if (member.assumedYear !== undefined) {
    yield `  ? ${name}: its times name no year; ${member.assumedYear} is taken from the time of the file, --year says otherwise.\n`;
  }
}

function* lines(report: Report): Generator<string> {
  for (const source of report.sources) {
    yield `${inert(source.name)}: ${source.state}, ${bytesText(source.bytes)}\n`;
    for (const member of source.members) yield* memberLines(member);
    for (const problem of source.problems)
      yield `  ! ${inert(problem.member ?? source.name)}: ${inert(problem.detail)}\n`;
  }
  if (report.mapping !== undefined) yield `! ${report.mapping.message} ${report.mapping.next}\n`;
  for (const { path, detail } of report.leftOut ?? []) yield `not read: ${inert(path)}: ${inert(detail)}\n`;
  for (const { name, passwords, missing } of report.passwordFiles ?? []) {
    yield `${inert(name)}: passwords read: ${passwords}\n`;
    for (const archive of missing) yield `  ! ${inert(archive)}: not found\n`;
  }
}
