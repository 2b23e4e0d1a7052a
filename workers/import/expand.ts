import { throwIfCancelled } from "../base/abort.ts";
import { fault, faultOf, raise } from "../base/fault.ts";
import { ByteReader, join } from "../containers/byte-reader.ts";
import type { ByteSource, ContainedMember, Container, ExpansionLimits, Opening } from "../containers/container.ts";
import { containerOf } from "../containers/registry.ts";
import { unsupportedContainer } from "../containers/unsupported.ts";
import type { Fault } from "../contract.ts";
import { HEAD_BYTES } from "./detect.ts";

/** An end record of a zip with the longest comment. */
const TAIL_BYTES = 65_557;

/** One log of a source: what stands against it, or its first bytes and all its bytes (the first ones again included). */
export interface Leaf {
  /** Containers inside the source are parted by "!", as in `inner.gz!audit.log`. */
  readonly path: string;
  /** As the container claims; undefined = not known before reading. */
  readonly size: number | undefined;
  /** As its archive has them. */
  readonly comment?: string;
  readonly modified?: number;
  /** It was encrypted, and a password fitted. */
  readonly unlocked?: boolean;
  readonly content: LeafContent;
}

/** What the archive says of a member beside its bytes. */
type Aside = Pick<Leaf, "comment" | "modified" | "unlocked">;

function asideOf({ comment, modified, unlocked }: ContainedMember): Aside {
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(modified === undefined ? {} : { modified }),
    ...(unlocked === true ? { unlocked } : {}),
  };
}
/** `damage`: the fault that reading will meet within the first bytes. */
export type LeafContent =
  | { readonly kind: "refused"; readonly problem: Fault }
  | {
      readonly kind: "open";
      readonly head: Uint8Array;
      readonly isWhole: boolean;
      readonly damage: Fault | undefined;
      readonly bytes: AsyncIterable<Uint8Array>;
    };

export interface ExpandContext extends Opening {
  /** Archive inside or outside, by its own name: passwords for it alone, tried before the rest. */
  readonly passwordsFor?: (name: string) => readonly string[];
}

function openingOf(context: ExpandContext, name: string): Opening {
  const own = context.passwordsFor?.(name) ?? [];
  return { ...context, passwords: [...new Set([...own, ...context.passwords])] };
}

/** The container of a whole source. */
export async function sourceContainer(source: ByteSource): Promise<Container> {
  const head = await source.readAt(0, HEAD_BYTES);
  const tail = await source.readAt(Math.max(0, source.size - TAIL_BYTES), TAIL_BYTES);
  return containerOf(head, tail);
}

/**
 * Every log of a source, through containers in containers. A leaf's bytes must be read or left before the next leaf is
 * asked for. Faults that concern one member become refused leaves; those of the source itself are thrown.
 */
export async function* expandSource(
  container: Container,
  source: ByteSource,
  context: ExpandContext,
): AsyncGenerator<Leaf> {
  const taken = new Map<string, number>();
  let count = 0;
  for await (const leaf of expand(container, source, "", 0, context)) {
    if (++count > context.limits.members) tooMany(source.name, context.limits.members);
    const times = (taken.get(leaf.path) ?? 0) + 1;
    taken.set(leaf.path, times);
    yield times === 1 ? leaf : { ...leaf, path: `${leaf.path} (${times})` };
  }
}

async function* expand(
  container: Container,
  source: ByteSource,
  prefix: string,
  depth: number,
  context: ExpandContext,
): AsyncGenerator<Leaf> {
  for await (const member of container.members(source, openingOf(context, source.name))) {
    throwIfCancelled(context.signal);
    if (!isFolder(member)) yield* expandMember(member, prefix + member.path, depth, context);
  }
}

/** A folder of an archive has no bytes to account for; one that has some is listed like any other oddity. */
function isFolder(member: ContainedMember): boolean {
  return member.problem?.code === "source.not-a-file" && member.path.endsWith("/") && (member.size ?? 0) === 0;
}

async function* expandMember(
  member: ContainedMember,
  path: string,
  depth: number,
  context: ExpandContext,
): AsyncGenerator<Leaf> {
  if (member.problem !== undefined) {
    yield { ...refused(path, member.size, member.problem), ...asideOf(member) };
    return;
  }
  const reader = new ByteReader(member.open(context.signal));
  try {
    yield* expandOpened(member, path, depth, reader, context);
  } finally {
    await reader.close();
  }
}

async function* expandOpened(
  member: ContainedMember,
  path: string,
  depth: number,
  reader: ByteReader,
  context: ExpandContext,
): AsyncGenerator<Leaf> {
  const { bytes: head, error } = await reader.peekSome(HEAD_BYTES);
  const inner = containerOf(head);
  const unsupported = unsupportedContainer(head, path);
  if (unsupported !== undefined) yield refused(path, member.size, unsupported);
  else if (inner.id !== "plain") yield* expandNested(inner, member, path, depth, reader, context);
  else {
    const isWhole = head.length < HEAD_BYTES && error === undefined;
    const content = { kind: "open", head, isWhole, damage: faultOf(error), bytes: reader.rest() } as const;
    yield { path, size: member.size, ...asideOf(member), content };
  }
}

async function* expandNested(
  inner: Container,
  member: ContainedMember,
  path: string,
  depth: number,
  reader: ByteReader,
  context: ExpandContext,
): AsyncGenerator<Leaf> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (depth >= context.limits.depth) {
    yield refused(path, member.size, tooDeep(path, context.limits.depth));
    return;
  }
  const source = inner.access === "stream" ? streamed(name, reader) : await inMemory(name, reader, context.limits);
  if ("code" in source) {
    yield refused(path, member.size, source);
    return;
  }
  try {
    yield* expand(inner, source, `${path}!`, depth + 1, context);
  } catch (error) {
    const problem = faultOf(error);
    if (problem === undefined || problem.code === "cancelled") throw error;
    yield refused(path, member.size, problem);
  }
}

function streamed(name: string, reader: ByteReader): ByteSource {
  return {
    name,
    size: 0,
    stream: () => reader.rest(),
    readAt: () => Promise.reject(new Error("a streamed source has no random access")),
  };
}

/** The bytes of a container that is read from its end, or the fault that says why not. */
async function inMemory(name: string, reader: ByteReader, limits: ExpansionLimits): Promise<ByteSource | Fault> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of reader.rest()) {
      parts.push(part);
      size += part.length;
      if (size > limits.nestedBytes) return tooLargeInside(name, limits.nestedBytes);
    }
  } catch (error) {
    const problem = faultOf(error);
    if (problem === undefined || problem.code === "cancelled") throw error;
    return problem;
  }
  const bytes = join(parts);
  return {
    name,
    size,
    stream: async function* () {
      yield bytes;
    },
    readAt: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

function refused(path: string, size: number | undefined, problem: Fault): Leaf {
  return { path, size, content: { kind: "refused", problem } };
}

/** Containers in containers multiply; each by itself may stay within the limit. */
function tooMany(name: string, limit: number): never {
  return raise(
    "container.too-large",
    `${name} holds more than ${limit} members, those of archives inside it counted in.`,
    "If you trust it, expand it yourself and import the files that matter.",
  );
}

function tooDeep(path: string, depth: number): Fault {
  return fault(
    "container.too-large",
    `${path} lies in more than ${depth} containers, one inside the other.`,
    "If you trust it, expand it yourself and import the result.",
  );
}

function tooLargeInside(name: string, limit: number): Fault {
  return fault(
    "container.too-large",
    `${name} is an archive inside another container and larger than the ${limit} bytes that are opened there.`,
    "Expand the outer container yourself and import the archive by itself.",
  );
}
