/** `exhibit again`: imports one member of a case once more, as the options say, in place of what the case has of it. */
import { resolve } from "node:path";
import type { CaseInfo, JobState, MemberInfo, MemberRequest, SourceInfo } from "../contract.ts";
import { FaultError } from "../base/fault.ts";
import type { Engine } from "../engine/engine.ts";
import { UsageError } from "./arguments.ts";
import { type Context, type Status, caseFile, withEngine } from "./context.ts";
import { follow, sourceReport } from "./import.ts";
import { inert, json } from "./print.ts";
import { checkTimeField, choiceFor, type Said, saidWith } from "./reading-options.ts";

/** Status 2: nothing was replaced. */
export async function againCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const said = await saidWith(command, output);
  const { job, source } = await withEngine(context, (engine) => importAgain(context, engine, said));
  const isReplaced = job.state === "done";
  if (command.flag("json")) await output.out(json({ replaced: isReplaced, source: sourceReport(source) }));
  else if (isReplaced) output.say(`${inert(source.name)}: replaced, ${job.entries} entries, ${job.rejects} rejects\n`);
  if (job.fault !== undefined) output.say(`exhibit: ${inert(job.fault.message)} ${inert(job.fault.next)}\n`);
  return isReplaced ? 0 : 2;
}

interface Done {
  readonly job: JobState;
  /** As it is now. */
  readonly source: SourceInfo;
}

async function importAgain(context: Context, engine: Engine, said: Said): Promise<Done> {
  const { command } = context;
  const info = await engine.openCase(engine.grants.add(caseFile(command), "case"));
  const { source, member } = memberNamed(info, command.positionals[1] ?? "");
  const passwords = command.text("password-file");
  if (passwords !== undefined) await engine.usePasswordFile(engine.grants.add(resolve(passwords), "read"), []);
  const job = await engine.importMemberAgain(member.id, await requestFor(engine, source, member, said));
  const ended = await follow(context, engine, job);
  const after = (await engine.watchCase(-1))?.sources.filter(({ state }) => state !== "replaced") ?? [];
  return { job: ended, source: after.find(({ path }) => path === source.path) ?? source };
}

async function requestFor(
  engine: Engine,
  source: SourceInfo,
  { path }: MemberInfo,
  said: Said,
): Promise<MemberRequest> {
  const { item, said: before } = await engine.lookAgain(source.id);
  const verdict = item.members.find((member) => member.path === path);
  if (verdict === undefined) {
    throw new FaultError({
      code: "source.changed",
      message: `${source.name} holds no ${path} any more.`,
      next: "Find the file that was imported, and put it where it was.",
      source: source.path,
    });
  }
  checkTimeField(verdict, said);
  const choice = choiceFor(verdict, said);
  // Times must not move because something else of the member is said otherwise.
  const { zone = before[path]?.answer.zone, answer: given } = said;
  const year = given.year ?? before[path]?.answer.year;
  const answer = { ...given, ...(zone === undefined ? {} : { zone }), ...(year === undefined ? {} : { year }) };
  return { ...(choice === undefined ? {} : { choice }), answer };
}

/** By number, or by a path that only one member has. */
function memberNamed(info: CaseInfo, name: string): { readonly source: SourceInfo; readonly member: MemberInfo } {
  const all = info.sources
    .filter(({ state }) => state !== "replaced")
    .flatMap((source) => source.members.map((member) => ({ source, member })));
  const found = all.filter(({ member }) => member.path === name || String(member.id) === name);
  const [one, ...more] = found;
  if (one === undefined) {
    throw new UsageError(`the case has no member ${JSON.stringify(name)}; exhibit info CASE --json lists them`);
  }
  if (more.length === 0) return one;
  const ids = found.map(({ member, source }) => `${member.id} (${inert(source.name)})`);
  throw new UsageError(`several members are called ${JSON.stringify(name)}; name one by its number: ${ids.join(", ")}`);
}
