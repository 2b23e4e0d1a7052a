import { throwIfCancelled } from "../base/abort.ts";
import { fault, faultOf } from "../base/fault.ts";
import { DEFAULT_LIMITS } from "../containers/container.ts";
import type { Fault, InspectedItem, MemberVerdict } from "../contract.ts";
import { detect } from "./detect.ts";
import { expandSource, type Leaf, sourceContainer } from "./expand.ts";
import { emptySource, openSource, type SourceFile } from "./read.ts";

/** Members whose heads are read before an import; the import itself reads all of them. */
const MAX_MEMBERS = 2000;

export type Inspection = Omit<InspectedItem, "grant" | "alreadyIn">;

/** What a file holds, from the first bytes of each member. Trouble with the file or a member is part of the answer. */
export async function inspect(path: string, signal: AbortSignal): Promise<Inspection> {
  let file: SourceFile;
  try {
    file = await openSource(path);
  } catch (error) {
    return unopened(path, error);
  }
  try {
    return await inspectFile(file, signal);
  } finally {
    await file.close();
  }
}

function unopened(path: string, error: unknown): Inspection {
  const problem = faultOf(error);
  if (problem === undefined) throw error;
  const name = path.split(/[/\\]/).at(-1) ?? path;
  return { name, bytes: 0, container: "plain", members: [], problem };
}

async function inspectFile(file: SourceFile, signal: AbortSignal): Promise<Inspection> {
  const container = await sourceContainer(file);
  const members: MemberVerdict[] = [];
  let problem: Fault | undefined = file.size === 0 ? emptySource(file.path) : undefined;
  try {
    for await (const leaf of expandSource(container, file, { limits: DEFAULT_LIMITS, signal })) {
      throwIfCancelled(signal);
      if (members.length === MAX_MEMBERS) {
        problem = moreMembers(file.name);
        break;
      }
      members.push(verdictOf(leaf));
    }
  } catch (error) {
    problem = faultOf(error);
    if (problem === undefined || problem.code === "cancelled") throw error;
  }
  return { name: file.name, bytes: file.size, container: container.id, members, problem };
}

function verdictOf(leaf: Leaf): MemberVerdict {
  const { path, size: bytes, content } = leaf;
  if (content.kind === "refused") return refusedVerdict(leaf, content.problem);
  if (content.head.length === 0 && content.damage !== undefined) return refusedVerdict(leaf, content.damage);
  return { path, bytes, ...detect(content.head, content.isWhole), problem: content.damage };
}

function refusedVerdict({ path, size }: Leaf, problem: Fault): MemberVerdict {
  return {
    path,
    bytes: size,
    verdict: "refused",
    choice: undefined,
    title: "Not opened",
    reasons: [problem.message],
    alsoTried: [],
    choices: [],
    problem: { ...problem, member: path },
  };
}

function moreMembers(name: string): Fault {
  return fault(
    "container.too-large",
    `${name} has more than ${MAX_MEMBERS} members; the first ${MAX_MEMBERS} are listed.`,
    "Import it: every member is read then.",
  );
}
