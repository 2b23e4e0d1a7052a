/** What `exhibit import` reads: its paths, folders opened up, with what the options say of how to read them. */
import { resolve } from "node:path";
import type {
  FormatChoice,
  GrantId,
  ImportItem,
  MemberVerdict,
  PasswordFileOutcome,
  ReadingAnswer,
} from "../contract.ts";
import { caseFiles, type Engine } from "../engine/engine.ts";
import type { ChosenFile } from "../engine/evidence.ts";
import { type ParsedCommand, UsageError } from "./arguments.ts";
import { caseFile, type Output, zoneOf } from "./context.ts";
import { mappingFrom } from "./mapping.ts";

interface LeftOut {
  readonly path: string;
  readonly code: string;
  readonly detail: string;
}
interface PasswordFile {
  readonly name: string;
  readonly passwords: number;
  readonly missing: readonly string[];
}
export interface Plan {
  readonly items: readonly ImportItem[];
  /** By place in `items`. */
  readonly files: readonly { readonly path: string; readonly isFound: boolean }[];
  readonly leftOut: readonly LeftOut[];
  readonly passwordFiles: readonly PasswordFile[];
}

/** Faults: those of a password file. */
export async function planOf(command: ParsedCommand, engine: Engine, output: Output): Promise<Plan> {
  const answer = await answerWith(command, output);
  const grants = command.positionals.slice(1).map((path) => engine.grants.add(resolve(path), "read"));
  const given = command.text("password-file");
  const own = [...caseFiles(caseFile(command)), ...(given === undefined ? [] : [resolve(given)])];
  const passwordFiles: PasswordFile[] = [];
  if (given !== undefined) {
    const outcome = await engine.usePasswordFile(engine.grants.add(resolve(given), "read"), grants);
    passwordFiles.push({ name: given, ...outcome });
  }
  const chosen = await engine.files(grants, own);
  const leftOut = chosen.flatMap((file) => leftOutOf(file) ?? []);
  for (const { name, passwords } of chosen) if (isTaken(passwords)) passwordFiles.push({ name, ...passwords });
  const read = chosen.filter((file) => file.problem === undefined && file.passwords === undefined);
  const items: ImportItem[] = [];
  for (const { grant } of read) items.push(await itemOf(engine, grant, command, answer));
  const files = read.map(({ grant, isFound }) => ({ path: engine.grants.path(grant, "read"), isFound }));
  return { items, files, leftOut, passwordFiles };
}

function isTaken(passwords: ChosenFile["passwords"]): passwords is PasswordFileOutcome {
  return passwords !== undefined && !("code" in passwords);
}

function leftOutOf({ name, problem, passwords }: ChosenFile): LeftOut | undefined {
  const fault = problem ?? (isTaken(passwords) ? undefined : passwords);
  return fault === undefined ? undefined : { path: name, code: fault.code, detail: `${fault.message} ${fault.next}` };
}

type Answer = Pick<ReadingAnswer, "year" | "timeField" | "dateOrder" | "encoding" | "mapping">;

const DATE_ORDERS: Readonly<Record<string, NonNullable<Answer["dateOrder"]>>> = {
  "day-first": "day-first",
  "month-first": "month-first",
};
const ENCODINGS: Readonly<Record<string, NonNullable<Answer["encoding"]>>> = {
  "utf-8": "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "windows-1252": "windows-1252",
};

function answerOf(command: ParsedCommand): Answer | undefined {
  const [year, timeField] = [command.text("year"), command.text("time-field")];
  const dateOrder = oneOf(command, "date-order", DATE_ORDERS);
  const encoding = oneOf(command, "encoding", ENCODINGS);
  if (year !== undefined && !(/^\d{4}$/.test(year) && Number(year) >= 1684 && Number(year) <= 2255)) {
    throw new UsageError("--year takes a year from 1684 to 2255");
  }
  if (timeField === "") throw new UsageError("--time-field takes the name of a field");
  const answer: Answer = {
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(timeField === undefined ? {} : { timeField }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(encoding === undefined ? {} : { encoding }),
  };
  return Object.keys(answer).length === 0 ? undefined : answer;
}

async function answerWith(command: ParsedCommand, output: Output): Promise<Answer | undefined> {
  const answer = answerOf(command);
  const folder = command.text("mapping");
  return folder === undefined ? answer : { ...answer, mapping: await mappingFrom(resolve(folder), output) };
}

function oneOf<T>(command: ParsedCommand, option: string, known: Readonly<Record<string, T>>): T | undefined {
  const text = command.text(option);
  if (text === undefined) return undefined;
  const found = Object.hasOwn(known, text) ? known[text] : undefined;
  if (found === undefined) throw new UsageError(`--${option} takes ${Object.keys(known).join(" or ")}`);
  return found;
}

async function itemOf(
  engine: Engine,
  grant: GrantId,
  command: ParsedCommand,
  answer: Answer | undefined,
): Promise<ImportItem> {
  const format = command.text("format");
  const zone = command.text("zone") === undefined ? undefined : zoneOf(command);
  // What a member is called is known only by looking.
  const asked = format === undefined && answer === undefined ? [] : await engine.inspect([grant]);
  const members = asked.flatMap((item) => item.members);
  return {
    grant,
    choices: format === undefined ? {} : choicesOf(members, format),
    skip: [],
    ...(zone === undefined ? {} : { zone }),
    ...(answer === undefined ? {} : { answers: answersOf(members, answer) }),
    ...(command.flag("beyond-limits") ? { beyondLimits: true } : {}),
  };
}

/** `format` names a format, with or without its carrier; members that cannot be opened need no choice. */
function choicesOf(members: readonly MemberVerdict[], format: string): Record<string, FormatChoice> {
  const choices: Record<string, FormatChoice> = {};
  for (const member of members) {
    const known = member.choices.map(({ choice }) => choice);
    const chosen = choiceOf(member, format, known);
    if (chosen !== undefined) choices[member.path] = chosen;
    else if (known.length > 0) throw new UsageError(`--format: ${member.path} can be read as ${known.join(", ")}`);
  }
  return choices;
}

/** Of several carriers that a format goes with, the one that was recognised, else the plainest. */
function choiceOf(member: MemberVerdict, format: string, known: readonly FormatChoice[]): FormatChoice | undefined {
  const recognised = member.choice?.split("+")[0] ?? "";
  const carriers = [recognised, "lines", "json-lines"];
  const wanted = [format, ...carriers.map((carrier) => `${carrier}+${format}`)];
  return wanted.find((choice) => known.includes(choice)) ?? known.find((choice) => choice.endsWith(`+${format}`));
}

function answersOf(members: readonly MemberVerdict[], answer: Answer): Record<string, ReadingAnswer> {
  for (const { path, questions } of members) {
    const asked = questions.find((question) => question.kind === "time-field");
    const names = asked?.fields.map(({ name }) => name) ?? [];
    if (answer.timeField !== undefined && names.length > 0 && !names.includes(answer.timeField)) {
      throw new UsageError(`--time-field: ${path} has no such field of times; it has ${names.join(", ")}`);
    }
  }
  return Object.fromEntries(members.map(({ path }) => [path, answer]));
}
