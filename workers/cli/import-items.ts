/** What `exhibit import` reads: its paths, folders opened up, with what the options say of how to read them. */
import { resolve } from "node:path";
import type { FormatChoice, GrantId, ImportItem, PasswordFileOutcome, ReadingAnswer } from "../contract.ts";
import { caseFiles, type Engine } from "../engine/engine.ts";
import type { ChosenFile } from "../engine/evidence.ts";
import type { ParsedCommand } from "./arguments.ts";
import { caseFile, type Output } from "./context.ts";
import { checkTimeField, choiceFor, type Said, saidWith, saysNothing } from "./reading-options.ts";

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
  const said = await saidWith(command, output);
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
  for (const { grant } of read) items.push(await itemOf(engine, grant, command, said));
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

async function itemOf(engine: Engine, grant: GrantId, command: ParsedCommand, said: Said): Promise<ImportItem> {
  // What a member is called is known only by looking.
  const members = saysNothing(said) ? [] : (await engine.inspect([grant])).flatMap((item) => item.members);
  const choices: Record<string, FormatChoice> = {};
  const answers: Record<string, ReadingAnswer> = {};
  for (const member of members) {
    checkTimeField(member, said);
    const choice = choiceFor(member, said);
    if (choice !== undefined) choices[member.path] = choice;
    if (Object.keys(said.answer).length > 0) answers[member.path] = said.answer;
  }
  return {
    grant,
    choices,
    skip: [],
    ...(said.zone === undefined ? {} : { zone: said.zone }),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
    ...(command.flag("beyond-limits") ? { beyondLimits: true } : {}),
  };
}
