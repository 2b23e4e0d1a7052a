import { throwIfCancelled } from "../base/abort.ts";
import { fault, faultOf, raise } from "../base/fault.ts";
import { ByteReader } from "../containers/byte-reader.ts";
import {
  type ByteSource,
  CheckFailed,
  type ContainedMember,
  type Container,
  type Opening,
} from "../containers/container.ts";
import { GO_ON } from "../containers/expansion-meter.ts";
import { containerOf } from "../containers/registry.ts";
import { unsupportedContainer } from "../containers/unsupported.ts";
import type { Fault } from "../contract.ts";
import { HEAD_BYTES } from "./detect.ts";
import { SourceMeter } from "./source-meter.ts";
import { holdBytes, type HeldSource } from "./spool.ts";

/** An end record of a zip with the longest comment. */
const TAIL_BYTES = 65_557;

/** One log of a source: what stands against it, or its first bytes and all its bytes (the first ones again included). */
export interface Leaf {
  /**
   * Containers inside the source are parted by "!", as in `inner.gz!audit.log`; a tar inside its compressor is one with
   * it, as in `inner.tar.gz!audit.log`.
   */
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
  const meter = new SourceMeter(context.limits, source.name, source.size);
  const walk: Walk = { context, meter };
  let count = 0;
  for await (const leaf of expand({ container, prefix: "", depth: 0 }, source, walk)) {
    if (++count > context.limits.members) tooMany(source.name, context.limits.members);
    const times = (taken.get(leaf.path) ?? 0) + 1;
    taken.set(leaf.path, times);
    yield times === 1 ? leaf : { ...leaf, path: `${leaf.path} (${times})` };
  }
}

/** What all containers of one source share. */
interface Walk {
  readonly context: ExpandContext;
  readonly meter: SourceMeter;
}
/** Where in the source a container lies. */
interface Place {
  readonly container: Container;
  /** Stands before the paths of its members. */
  readonly prefix: string;
  readonly depth: number;
}

async function* expand(place: Place, source: ByteSource, walk: Walk): AsyncGenerator<Leaf> {
  const { context } = walk;
  for await (const member of place.container.members(source, openingOf(context, source.name))) {
    throwIfCancelled(context.signal);
    if (!isFolder(member)) yield* expandMember(member, place, walk);
  }
}

/** A folder of an archive has no bytes to account for; one that has some is listed like any other oddity. */
function isFolder(member: ContainedMember): boolean {
  return member.problem?.code === "source.not-a-file" && member.path.endsWith("/") && (member.size ?? 0) === 0;
}

async function* expandMember(member: ContainedMember, place: Place, walk: Walk): AsyncGenerator<Leaf> {
  const path = place.prefix + member.path;
  const problem = member.problem ?? walk.meter.spent;
  if (problem !== undefined) {
    yield { ...refused(path, member.size, problem), ...asideOf(member) };
    return;
  }
  const reader = new ByteReader(member.open(walk.context.signal));
  try {
    yield* expandOpened(member, place, reader, walk);
  } finally {
    await reader.close();
  }
}

async function* expandOpened(
  member: ContainedMember,
  place: Place,
  reader: ByteReader,
  walk: Walk,
): AsyncGenerator<Leaf> {
  const path = place.prefix + member.path;
  const { bytes: head, error } = await reader.peekSome(HEAD_BYTES);
  const inner = containerOf(head);
  const unsupported = unsupportedContainer(head, path);
  if (unsupported !== undefined) yield { ...refused(path, member.size, unsupported), ...asideOf(member) };
  else if (inner.id !== "plain") yield* expandNested(inner, member, place, reader, walk);
  else {
    const log = await logHead(reader, { bytes: head, error });
    const bytes = walk.meter.counted(reader.rest());
    const content = { kind: "open", ...log, bytes } as const;
    yield { path, size: member.size, ...asideOf(member), content };
  }
}

/** NUL bytes of a head behind which a log is looked for, at most. */
const MOST_NUL = 16 * 1024 * 1024;

/**
 * What a member is shows in its first bytes; where these are nothing but NUL, behind them: so begins a log that was emptied
 * while its writer went on where it was (logrotate's copytruncate).
 */
async function logHead(
  reader: ByteReader,
  { bytes: head, error }: { readonly bytes: Uint8Array; readonly error: unknown },
): Promise<LogHead> {
  if (head.length < HEAD_BYTES || head.some((byte) => byte !== 0)) {
    return { head, isWhole: head.length < HEAD_BYTES && error === undefined, damage: faultOf(error) };
  }
  const seen = await reader.peekSome(MOST_NUL);
  const damage = faultOf(seen.error);
  const from = seen.bytes.findIndex((byte) => byte !== 0);
  if (from === -1) return { head, isWhole: false, damage };
  const behind = seen.bytes.subarray(from, from + HEAD_BYTES);
  const isSeenWhole = seen.bytes.length < MOST_NUL && seen.error === undefined;
  return { head: behind, isWhole: isSeenWhole && from + behind.length === seen.bytes.length, damage };
}

interface LogHead {
  readonly head: Uint8Array;
  readonly isWhole: boolean;
  readonly damage: Fault | undefined;
}

async function* expandNested(
  inner: Container,
  member: ContainedMember,
  { container, prefix, depth }: Place,
  reader: ByteReader,
  walk: Walk,
): AsyncGenerator<Leaf> {
  const path = prefix + member.path;
  const { limits } = walk.context;
  if (depth >= limits.depth) {
    yield refused(path, member.size, tooDeep(path, limits.depth));
    return;
  }
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("!")) + 1);
  const place = {
    container: inner,
    prefix: container.isOneFile === true && inner.id === "tar" ? prefix : `${path}!`,
    depth: depth + 1,
  };
  const damage = new Damage();
  let source: HeldSource | undefined;
  try {
    const bytes = damage.noted(reader.rest());
    source = inner.access === "stream" ? streamed(name, bytes) : await held(name, bytes, walk);
    yield* expand(place, source, walk);
    if (damage.fault !== undefined) yield refused(path, member.size, damage.fault);
  } catch (error) {
    const problem = faultOf(error);
    if (problem === undefined || problem.code === "cancelled") throw error;
    yield refused(path, member.size, damage.fault ?? problem);
  } finally {
    await source?.close();
  }
}

/** A failed check of the container around: all bytes came out, so what is inside is read, and the failure told after. */
class Damage {
  fault: Fault | undefined;

  async *noted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      if (!(error instanceof CheckFailed)) throw error;
      this.fault = error.fault;
    }
  }
}

/** The bytes of a container that is read from its end; they count as expanded, for they take room. */
function held(name: string, bytes: AsyncIterable<Uint8Array>, { context, meter }: Walk): Promise<HeldSource> {
  return holdBytes(name, meter.counted(bytes), context.limits.nestedBytes);
}

function streamed(name: string, bytes: AsyncIterable<Uint8Array>): HeldSource {
  return {
    name,
    size: 0,
    stream: () => bytes,
    readAt: () => Promise.reject(new Error("a streamed source has no random access")),
    close: () => Promise.resolve(),
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
    GO_ON,
  );
}

function tooDeep(path: string, depth: number): Fault {
  return fault(
    "container.too-large",
    `${path} lies in more than ${depth} containers, one inside the other.`,
    "If you trust it, expand it yourself and import the result.",
  );
}
