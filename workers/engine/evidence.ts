/** What was chosen as evidence: files, and folders with all that lies in them, with the passwords that open them. */
import { stat } from "node:fs/promises";
import { fault, faultOf } from "../base/fault.ts";
import type {
  Fault,
  FormatChoice,
  GrantId,
  InspectedItem,
  PasswordFileOutcome,
  Preview,
  ReadingAnswer,
  SourceInfo,
} from "../contract.ts";
import { formatById } from "../formats/registry.ts";
import { filesIn, type FolderFile } from "./folder.ts";
import type { GrantTable } from "./grants.ts";
import { type Inspector, sharingChoices, unread } from "./inspector.ts";
import type { NamedFile } from "./import-protocol.ts";
import { maskedPreview } from "./masked-preview.ts";
import { Masking, newSalt } from "./secrets.ts";
import { looksLikePasswordTable, missingArchives, Passwords, passwordsIn } from "./passwords.ts";

/** One file of what was chosen. */
export interface ChosenFile {
  readonly grant: GrantId;
  readonly name: string;
  /** It lies in a folder that was chosen. */
  readonly isFound: boolean;
  /** Why it is listed only. */
  readonly problem: Fault | undefined;
  /** A table of passwords that was taken, or why it was not. */
  readonly passwords: PasswordFileOutcome | Fault | undefined;
}

const EVIDENCE = ["read", "case"] as const;

export class Evidence {
  readonly passwords = new Passwords();
  readonly #grants: GrantTable;
  readonly #inspector: Inspector;
  readonly #masking = new Masking(newSalt());

  constructor(grants: GrantTable, inspector: Inspector) {
    this.#grants = grants;
    this.#inspector = inspector;
  }

  /**
   * The files behind grants, folders opened up. A table of passwords that lies in a folder is taken by the way. `own`:
   * files of the open case, which are no evidence of themselves.
   */
  async files(grants: readonly GrantId[], own: readonly string[]): Promise<readonly ChosenFile[]> {
    const files: ChosenFile[] = [];
    for (const grant of grants) {
      const problem = this.#grants.problem(grant);
      if (problem !== undefined) {
        files.push({ grant, name: this.#grants.name(grant), isFound: true, problem, passwords: undefined });
        continue;
      }
      const { path, name } = this.#grants.file(grant, ...EVIDENCE);
      if (await isFolder(path)) files.push(...(await this.#found(path, own)));
      else files.push({ grant, name, isFound: false, problem: undefined, passwords: undefined });
    }
    return files;
  }

  async inspect(grants: readonly GrantId[], own: readonly string[], sources: readonly SourceInfo[]) {
    const items: InspectedItem[] = [];
    for (const file of await this.files(grants, own)) items.push(await this.#inspectFile(file, sources));
    return sharingChoices(items);
  }

  async preview(file: NamedFile, member: string, choice: FormatChoice, answer: ReadingAnswer): Promise<Preview> {
    const seen = await this.#inspector.preview(file, member, choice, answer, this.passwords.for(file.name));
    return maskedPreview(seen, formatById(choice.slice(choice.indexOf("+") + 1)), this.#masking);
  }

  /** One file, with the passwords that are known for it. Faults: those of the grant. */
  async look(grant: GrantId, sources: readonly SourceInfo[]): Promise<InspectedItem> {
    const { name } = this.#grants.file(grant, ...EVIDENCE);
    const file = { grant, name, isFound: false, problem: undefined, passwords: undefined };
    return await this.#inspectFile(file, sources);
  }

  /** Tries a password and looks again; it is kept when it opens what was shut. Faults: those of the grant. */
  async unlock(grant: GrantId, password: string, sources: readonly SourceInfo[]): Promise<InspectedItem> {
    const { path, name } = this.#grants.file(grant, ...EVIDENCE);
    const known = this.passwords.for(name);
    const before = await this.#inspector.inspect({ grant, path, name, passwords: known }, sources);
    const passwords = [password, ...known.filter((other) => other !== password)];
    const after = await this.#inspector.inspect({ grant, path, name, passwords }, sources);
    if (lockedMembers(after) < lockedMembers(before)) this.passwords.addFor(name, password);
    return after;
  }

  /** Faults: format.unfit; those of the file and of the grants. */
  async usePasswordFile(file: GrantId, chosen: readonly GrantId[]): Promise<PasswordFileOutcome> {
    const names = (await this.files(chosen, [])).map(({ name }) => name);
    return await this.#take(this.#grants.path(file, "read"), names);
  }

  async #take(path: string, atHand: readonly string[]): Promise<PasswordFileOutcome> {
    const entries = await passwordsIn(path);
    this.passwords.take(entries);
    return { passwords: entries.length, missing: missingArchives(entries, atHand) };
  }

  async #found(folder: string, own: readonly string[]): Promise<readonly ChosenFile[]> {
    const found = (await filesIn(folder)).filter(({ path }) => !own.includes(path));
    const names = found.map(({ name }) => name);
    const files: ChosenFile[] = [];
    for (const file of found) {
      const { path, name, problem } = file;
      const passwords = await this.#passwordsOf(file, names);
      const grant = this.#grants.addFound(path, name, problem);
      files.push({ grant, name, isFound: true, problem, passwords });
    }
    return files;
  }

  async #passwordsOf({ path, problem }: FolderFile, names: readonly string[]): Promise<ChosenFile["passwords"]> {
    if (problem !== undefined || !(await looksLikePasswordTable(path))) return undefined;
    try {
      return await this.#take(path, names);
    } catch (error) {
      const known = faultOf(error);
      if (known === undefined) throw error;
      return { ...known, source: path };
    }
  }

  async #inspectFile(file: ChosenFile, sources: readonly SourceInfo[]): Promise<InspectedItem> {
    const { grant, name, problem } = file;
    if (problem !== undefined) return unread(grant, name, problem);
    const { path } = this.#grants.file(grant, ...EVIDENCE);
    const item = await this.#inspector.inspect({ grant, path, name, passwords: this.passwords.for(name) }, sources);
    const told = file.passwords === undefined ? item.problem : passwordProblem(name, file.passwords);
    return { ...item, problem: told ?? item.problem, password: this.#stateOf(item) };
  }

  /** A password that fits other archives is no wrong one for this: nobody gave it for this one. */
  #stateOf({ name, password }: InspectedItem): InspectedItem["password"] {
    return password === "wrong" && !this.passwords.isNamed(name) ? "locked" : password;
  }
}

/** What a reader should know of a table of passwords. */
function passwordProblem(name: string, outcome: PasswordFileOutcome | Fault): Fault | undefined {
  if ("code" in outcome) return outcome;
  if (outcome.missing.length === 0) return undefined;
  const [first = "", ...more] = outcome.missing;
  const what = more.length === 0 ? `${first}, which is` : `${first} and ${more.length} more files, which are`;
  return fault(
    "source.missing",
    `${name} has a password for ${what} not here: ${outcome.missing.slice(0, 20).join(", ")} not found.`,
    "Check whether the collection is complete; the other passwords are used.",
  );
}

function lockedMembers({ members, problem: own }: InspectedItem): number {
  const codes = [own?.code, ...members.map(({ problem }) => problem?.code)];
  return codes.filter((code) => code === "container.encrypted" || code === "container.password").length;
}

/** What is wrong with a path is told where it is opened. */
async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
