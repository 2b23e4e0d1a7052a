import { throwIfCancelled } from "../base/abort.ts";
import { fault, faultOf } from "../base/fault.ts";
import { DEFAULT_LIMITS } from "../containers/container.ts";
import type { Fault, InspectedItem, MemberVerdict } from "../contract.ts";
import { Defect, defect } from "./defect.ts";
import { detect } from "./detect.ts";
import { expandSource, type Leaf, sourceContainer } from "./expand.ts";
import { emptySource, openSource, type SourceFile } from "./read.ts";

/** Members whose heads are read before an import; the import itself reads all of them. */
const MAX_MEMBERS = 2000;

export type Inspection = Omit<InspectedItem, "grant" | "alreadyIn">;

/**
 * What a file holds, from the first bytes of each member. Trouble with the file or a member is part of the answer. `name`:
 * what the source will be called, which is what a plain file's one member is called.
 */
export async function inspect(
  path: string,
  passwords: readonly string[],
  signal: AbortSignal,
  name?: string,
): Promise<Inspection> {
  let file: SourceFile;
  try {
    file = await openSource(path, name);
  } catch (error) {
    return unopened(path, error);
  }
  try {
    return await inspectFile(file, passwords, signal);
  } finally {
    await file.close();
  }
}

function unopened(path: string, error: unknown): Inspection {
  const problem = faultOf(error);
  if (problem === undefined) throw error;
  const name = path.split(/[/\\]/).at(-1) ?? path;
  return { name, bytes: 0, container: "plain", members: [], problem, password: "none" };
}

async function inspectFile(file: SourceFile, passwords: readonly string[], signal: AbortSignal): Promise<Inspection> {
  const container = await sourceContainer(file);
  const members: MemberVerdict[] = [];
  let isUnlocked = false;
  let problem: Fault | undefined = file.size === 0 ? emptySource(file.path) : undefined;
  try {
    for await (const leaf of expandSource(container, file, { limits: DEFAULT_LIMITS, signal, passwords })) {
      throwIfCancelled(signal);
      if (members.length === MAX_MEMBERS) {
        problem = moreMembers(file.name);
        break;
      }
      isUnlocked ||= leaf.unlocked === true;
      members.push(verdictOf(leaf, file.mtime));
    }
  } catch (error) {
    problem = faultOf(error);
    if (problem === undefined || problem.code === "cancelled") throw error;
  }
  return {
    name: file.name,
    bytes: file.size,
    container: container.id,
    members,
    problem,
    password: passwordState(members, isUnlocked),
  };
}

function passwordState(members: readonly MemberVerdict[], isUnlocked: boolean): Inspection["password"] {
  const codes = members.map(({ problem }) => problem?.code);
  if (codes.includes("container.password")) return "wrong";
  if (codes.includes("container.encrypted")) return "locked";
  return isUnlocked ? "open" : "none";
}

function verdictOf(leaf: Leaf, mtime: number): MemberVerdict {
  const { path, size: bytes, comment, content } = leaf;
  if (content.kind === "refused") return refusedVerdict(leaf, content.problem);
  if (content.head.length === 0 && content.damage !== undefined) return refusedVerdict(leaf, content.damage);
  const hints = { asked: {}, modified: leaf.modified ?? Math.round(mtime * 1000) };
  try {
    const found = Defect.guard(() => detect(content.head, content.isWhole, hints));
    return { path, bytes, comment, ...found, problem: content.damage };
  } catch (error) {
    if (!(error instanceof Defect)) throw error;
    return refusedVerdict(leaf, defect(path, 0, error.cause));
  }
}

function refusedVerdict({ path, size, comment }: Leaf, problem: Fault): MemberVerdict {
  return {
    path,
    bytes: size,
    verdict: "refused",
    choice: undefined,
    title: "Not opened",
    reasons: [problem.message],
    alsoTried: [],
    runnerUp: undefined,
    choices: [],
    carriers: [],
    shape: undefined,
    comment,
    reading: {},
    questions: [],
    problem: { ...problem, member: path },
  };
}

function moreMembers(name: string): Fault {
  return fault(
    "format.partial",
    `${name} has more than ${MAX_MEMBERS} members; the first ${MAX_MEMBERS} are listed.`,
    "Import it: every member is read then.",
  );
}
