/** `exhibit inspect`: what files would be taken for and why, before anything is imported. */
import { resolve } from "node:path";
import type { GrantId, InspectedItem, MemberVerdict, Preview, ReadingAnswer, RunnerUp } from "../contract.ts";
import type { Engine } from "../engine/engine.ts";
import { UsageError } from "./arguments.ts";
import { type Context, type Status, withEngine } from "./context.ts";
import { bytesText, cellText, inert, json, table, timeJson } from "./print.ts";
import { checkTimeField, choiceFor, type Said, saidWith } from "./reading-options.ts";

interface Seen {
  readonly item: InspectedItem;
  readonly members: readonly SeenMember[];
}
interface SeenMember {
  readonly verdict: MemberVerdict;
  /** What it would be read as under the options; undefined: nothing. */
  readonly choice: string | undefined;
  readonly preview: Preview | undefined;
}

const MOST_ROWS = 200;

/** Status 2: some file or member could not be opened. */
export async function inspectCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const rows = command.text("rows") === undefined ? 0 : command.whole("rows", 0);
  if (rows > MOST_ROWS) throw new UsageError(`--rows takes at most ${MOST_ROWS}`);
  const said = await saidWith(command, output);
  const seen = await withEngine(context, (engine) => look(context, engine, said, rows > 0));
  if (command.flag("json")) await output.out(json({ items: seen.map((each) => itemReport(each, rows)) }));
  else for (const each of seen) for (const line of itemLines(each, rows)) await output.out(`${line}\n`);
  const isWhole = seen.every(
    ({ item }) => item.problem === undefined && item.members.every(({ verdict }) => verdict !== "refused"),
  );
  return isWhole ? 0 : 2;
}

async function look({ command }: Context, engine: Engine, said: Said, isShown: boolean): Promise<readonly Seen[]> {
  const grants = command.positionals.map((path) => engine.grants.add(resolve(path), "read"));
  const passwords = command.text("password-file");
  if (passwords !== undefined) await engine.usePasswordFile(engine.grants.add(resolve(passwords), "read"), grants);
  const seen: Seen[] = [];
  for (const item of await engine.inspect(grants)) {
    const members: SeenMember[] = [];
    for (const verdict of item.members) members.push(await memberOf(engine, item.grant, verdict, said, isShown));
    seen.push({ item, members });
  }
  return seen;
}

async function memberOf(
  engine: Engine,
  grant: GrantId,
  verdict: MemberVerdict,
  said: Said,
  isShown: boolean,
): Promise<SeenMember> {
  checkTimeField(verdict, said);
  const choice = choiceFor(verdict, said);
  const isTable = verdict.choice?.startsWith("csv+") === true || said.answer.delimiter === undefined;
  const read = choice ?? (isTable ? verdict.choice : "csv+generic-json");
  if (!isShown || read === undefined) return { verdict, choice: read, preview: undefined };
  const answer: ReadingAnswer = { ...said.answer, ...(said.zone === undefined ? {} : { zone: said.zone }) };
  return { verdict, choice: read, preview: await engine.preview(grant, verdict.path, read, answer) };
}

function itemReport({ item, members }: Seen, rows: number): object {
  const { name, bytes, container, password, problem } = item;
  return {
    name,
    bytes,
    container,
    password,
    problem: problem ?? null,
    members: members.map((each) => report(each, rows)),
  };
}

function report({ verdict, choice, preview }: SeenMember, rows: number): object {
  const { choices, problem, comment, runnerUp, shape, ...rest } = verdict;
  const found = choices.find((each) => each.choice === verdict.choice);
  return {
    ...rest,
    choice: rest.choice ?? null,
    format: found?.format ?? null,
    carrier: found?.carrier ?? null,
    readAs: choice ?? null,
    runnerUp: runnerUp ?? null,
    shape: shape ?? null,
    problem: problem ?? null,
    comment: comment ?? null,
    ...(preview === undefined ? {} : { preview: previewReport(preview, rows) }),
  };
}

function previewReport(preview: Preview, most: number): object {
  const { columns, rows, rejects, reading, isWhole, timeFrom, timeFields } = preview;
  return {
    reading,
    rejects,
    isWhole: isWhole && rows.length <= most,
    timeFrom: timeFrom ?? null,
    timeFields,
    rows: rows.slice(0, most).map((row) => ({
      offset: row.offset,
      line: row.line,
      time: timeJson(row.time),
      flags: row.flags,
      ...(row.reject === undefined
        ? {
            fields: Object.fromEntries(
              columns.flatMap((name, at) => (row.cells[at] === "" ? [] : [[name, row.cells[at]]])),
            ),
          }
        : { reject: row.reject }),
    })),
  };
}

function* itemLines({ item, members }: Seen, rows: number): Generator<string> {
  yield `${inert(item.name)}: ${bytesText(item.bytes)}${item.container === "" ? "" : `, ${item.container}`}`;
  if (item.problem !== undefined) yield `  ! ${inert(item.problem.message)} ${inert(item.problem.next)}`;
  for (const member of members) yield* memberLines(member, rows);
}

function* memberLines({ verdict, choice, preview }: SeenMember, rows: number): Generator<string> {
  const { path, title, reasons, runnerUp, alsoTried, problem } = verdict;
  yield `  ${inert(path)}: ${title}, ${verdict.verdict}${verdict.choice === undefined ? "" : ` (${verdict.choice})`}`;
  for (const reason of reasons) yield `    + ${inert(reason)}`;
  if (runnerUp !== undefined) yield* runnerUpLines(runnerUp);
  else if (verdict.choice !== undefined) yield "    - no runner-up: nothing else fits its first bytes";
  for (const tried of alsoTried) yield `    - also tried: ${inert(tried)}`;
  if (problem !== undefined && verdict.verdict !== "refused")
    yield `    ! ${inert(problem.message)} ${inert(problem.next)}`;
  if (choice !== verdict.choice) yield `    = read as ${choice ?? "nothing"}, as the options say`;
  if (preview !== undefined) yield rowTable(preview, rows).trimEnd();
}

function* runnerUpLines({ choice, title, lost, reasons }: RunnerUp): Generator<string> {
  yield `    - runner-up: ${title} (${choice}): ${inert(lost)}`;
  for (const reason of reasons) yield `      + ${inert(reason)}`;
}

const MOST_COLUMNS = 6;
/** Said of every row, or the whole row once more. */
const SAME_FOR_ALL = ["datasource", "family", "level", "data"];

function rowTable({ columns, rows }: Preview, most: number): string {
  const all = columns.map((name, at) => ({ name, at }));
  const telling = all.filter(({ name }) => !SAME_FOR_ALL.includes(name));
  const shown = (telling.length > 0 ? telling : all).slice(0, MOST_COLUMNS);
  const header = ["BYTE", "TIME", ...shown.map(({ name }) => name)];
  return table(
    header,
    rows
      .slice(0, most)
      .map((row) =>
        row.reject === undefined
          ? [String(row.offset), timeJson(row.time) ?? "", ...shown.map(({ at }) => cellText(row.cells[at] ?? ""))]
          : [String(row.offset), "reject", `${row.reject.code}: ${row.reject.detail}`, ...shown.slice(1).map(() => "")],
      ),
  );
}
