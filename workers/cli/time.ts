/** `exhibit time`: what is assumed about the times of a case, and how to change it. */
import type {
  ClockScope,
  DescribedTimeChange,
  MemberId,
  MemberTimes,
  TimeAssumptions,
  TimeChange,
} from "../contract.ts";
import { isZone } from "../base/zone.ts";
import type { Engine } from "../engine/engine.ts";
import { changeText } from "../engine/time-assumption-text.ts";
import { type ParsedCommand, UsageError } from "./arguments.ts";
import { clockArgument } from "./clock-argument.ts";
import { type Context, type Status, caseFile, withCase, withEngine } from "./context.ts";
import { inert, json, table } from "./print.ts";

type Paths = ReadonlyMap<number, string>;

export async function timeCommand(context: Context): Promise<Status> {
  const { command } = context;
  const steps = ["zone", "year", "clock"].filter((name) => command.text(name) !== undefined).length;
  const [isUndo, isRedo] = [command.flag("undo"), command.flag("redo")];
  if (Number(isUndo) + Number(isRedo) + Math.min(steps, 1) > 1) {
    throw new UsageError("time: change, --undo and --redo are three different steps");
  }
  if (isUndo || isRedo) await withOpenCase(context, (engine) => back(context, engine, isUndo));
  else if (steps > 0) await withOpenCase(context, (engine) => change(context, engine));
  else if (scopes(command).length > 0) throw new UsageError("time: say what to change: --zone, --year or --clock");
  await tell(context);
  return 0;
}

async function withOpenCase(context: Context, work: (engine: Engine) => Promise<void>): Promise<void> {
  // What is no zone, year or correction is told before the case is touched.
  wanted(context.command);
  await withEngine(context, async (engine) => {
    await engine.openCase(engine.grants.add(caseFile(context.command), "case"));
    await work(engine);
  });
}

async function back({ output }: Context, engine: Engine, isUndo: boolean): Promise<void> {
  const changed = await (isUndo ? engine.undoTimeChange() : engine.redoTimeChange());
  const what = isUndo ? "undone" : "done again";
  if (changed === undefined) output.say(`nothing is there to be ${what}\n`);
  else output.say(`${what}: ${inert(changeText(changed.change))}\n`);
}

interface Wanted {
  readonly zone: { readonly to: string | undefined } | undefined;
  readonly year: { readonly to: number | undefined } | undefined;
  readonly clock: { readonly to: ReturnType<typeof clockArgument> } | undefined;
}

function wanted(command: ParsedCommand): Wanted {
  const [zone, year, clock] = ["zone", "year", "clock"].map((name) => command.text(name));
  const isMemberOnly = zone !== undefined || year !== undefined;
  const [scope, ...more] = scopes(command);
  if (isMemberOnly && scope !== undefined && scope !== "member")
    throw new UsageError("time: zone and year are a member's");
  if ((isMemberOnly || clock !== undefined) && (scope === undefined || more.length > 0)) {
    throw new UsageError("time: name one of --member, --host and --datasource");
  }
  return {
    zone: zone === undefined ? undefined : { to: zone === AS_IMPORTED ? undefined : zoneArgument(zone) },
    year: year === undefined ? undefined : { to: year === AS_IMPORTED ? undefined : yearArgument(year) },
    clock: clock === undefined ? undefined : { to: clockArgument(clock) },
  };
}

const AS_IMPORTED = "as-imported";

function scopes(command: ParsedCommand): readonly string[] {
  return ["member", "host", "datasource"].filter((name) => command.text(name) !== undefined);
}

function zoneArgument(zone: string): string {
  if (isZone(zone)) return zone;
  throw new UsageError(`--zone: ${JSON.stringify(zone)} is no time zone; use a name such as Europe/Paris, or +02:00`);
}

function yearArgument(year: string): number {
  if (/^\d{4}$/.test(year)) return Number(year);
  throw new UsageError("--year takes a year of four digits");
}

async function change({ command }: Context, engine: Engine): Promise<void> {
  const { zone, year, clock } = wanted(command);
  const members = await membersNamed(command, engine);
  const changes: TimeChange[] = [];
  for (const member of members) {
    if (zone !== undefined) changes.push({ kind: "zone", member, zone: zone.to });
    if (year !== undefined) changes.push({ kind: "year", member, year: year.to });
  }
  if (clock !== undefined)
    for (const of of clockScopes(command, members)) changes.push({ kind: "clock", of, clock: clock.to });
  for (const each of changes) await engine.changeTime(each);
}

function clockScopes(command: ParsedCommand, members: readonly MemberId[]): readonly ClockScope[] {
  const [host, datasource] = [command.text("host"), command.text("datasource")];
  if (host !== undefined) return [{ field: "to", host }];
  if (datasource !== undefined) return [{ field: "datasource", host: datasource }];
  return members.map((member) => ({ member }));
}

/** A path may stand for several members, of sources that hold a log of the same name. */
async function membersNamed(command: ParsedCommand, engine: Engine): Promise<readonly MemberId[]> {
  const path = command.text("member");
  if (path === undefined) return [];
  const info = await engine.watchCase(-1);
  const live = info?.sources.filter(({ state }) => state !== "replaced") ?? [];
  const found = live.flatMap(({ members }) => members.filter((member) => member.path === path && member.entries > 0));
  if (found.length === 0) throw new UsageError(`--member: no member with entries is called ${JSON.stringify(path)}`);
  return found.map(({ id }) => id);
}

async function tell(context: Context): Promise<void> {
  const { command, output } = context;
  const { state, paths } = await withCase(context, async (service) => ({
    state: await service.timeAssumptions(),
    paths: new Map(service.reader().members.map(({ id, path }) => [id as number, path])),
  }));
  if (command.flag("json")) await output.out(json(stateJson(state, paths)));
  else await output.out(stateText(state, paths));
}

function stateJson({ members, hosts, changes }: TimeAssumptions, paths: Paths): object {
  return {
    members: members.map((member) => ({ path: paths.get(member.member), ...member })),
    hosts,
    changes: changes.map(({ at, ...rest }) => ({ ...rest, at: new Date(at).toISOString() })),
  };
}

function stateText(state: TimeAssumptions, paths: Paths): string {
  const rows = state.members.map((member) => memberRow(member, paths));
  const header = ["MEMBER", "NO ZONE", "READ AS", "NO YEAR", "FIRST YEAR", "TWICE", "SKIPPED", "CORRECTED", "CLOCK"];
  const hosts = state.hosts.map((each) => [each.field, each.host, String(each.entries), each.clockText]);
  const changes = state.changes.map(changeRow);
  return [
    table(header, rows),
    ...(hosts.length === 0 ? [] : ["\n", table(["HOST BY", "NAME", "ENTRIES", "CLOCK"], hosts)]),
    ...(changes.length === 0 ? [] : ["\n", table(["CHANGE", "WHEN", "BY", "WHAT", "STATE"], changes)]),
  ].join("");
}

function memberRow(member: MemberTimes, paths: Paths): readonly string[] {
  const { zoneless, yearless, zone, year, twice, skipped, corrected, clockText } = member;
  return [
    paths.get(member.member) ?? "",
    String(zoneless),
    zone ?? "UTC",
    String(yearless),
    year === undefined ? "" : String(year),
    String(twice),
    String(skipped),
    String(corrected),
    clockText ?? "",
  ];
}

function changeRow({ id, at, examiner, text, state }: DescribedTimeChange): readonly string[] {
  return [String(id), new Date(at).toISOString(), examiner, text, state];
}
