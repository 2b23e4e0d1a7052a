import { faultOf } from "../../workers/base/fault.ts";
import { type ByteSource, CheckFailed, type Container, DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import type { Fault } from "../../workers/contract.ts";

export interface ReadMember {
  readonly path: string;
  readonly text: string;
  /** What the list says, or what reading ended in. */
  readonly problem: Fault | undefined;
  /** All came out, though a check failed. */
  readonly isKept: boolean;
}

/** A source in memory that streams in chunks of `chunkSize`. */
export function sourceOf(bytes: Uint8Array, name = "source", chunkSize = 64 * 1024): ByteSource {
  return {
    name,
    size: bytes.length,
    stream: async function* () {
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
    },
    readAt: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

export async function readMembers(
  container: Container,
  source: ByteSource,
  limits = DEFAULT_LIMITS,
  passwords: readonly string[] = [],
): Promise<readonly ReadMember[]> {
  const members: ReadMember[] = [];
  await collect(container, source, limits, passwords, members);
  return members;
}

/** What came before the listing ended, and the fault that it ended in. */
export async function readUntilFault(
  container: Container,
  source: ByteSource,
  limits = DEFAULT_LIMITS,
  passwords: readonly string[] = [],
): Promise<{ readonly members: readonly ReadMember[]; readonly fault: Fault | undefined }> {
  const members: ReadMember[] = [];
  try {
    await collect(container, source, limits, passwords, members);
    return { members, fault: undefined };
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return { members, fault };
  }
}

async function collect(
  container: Container,
  source: ByteSource,
  limits: typeof DEFAULT_LIMITS,
  passwords: readonly string[],
  members: ReadMember[],
): Promise<void> {
  const { signal } = new AbortController();
  for await (const member of container.members(source, { limits, signal, passwords })) {
    const parts: Uint8Array[] = [];
    let problem = member.problem;
    let isKept = problem === undefined;
    if (problem === undefined) {
      try {
        for await (const chunk of member.open(signal)) parts.push(chunk);
      } catch (error) {
        problem = faultOf(error);
        if (problem === undefined) throw error;
        isKept = error instanceof CheckFailed;
      }
    }
    members.push({ path: member.path, text: Buffer.concat(parts).toString("latin1"), problem, isKept });
  }
}

/** The fault that listing a container ends in. */
export async function listingFault(container: Container, source: ByteSource): Promise<Fault | undefined> {
  return (await readUntilFault(container, source)).fault;
}
