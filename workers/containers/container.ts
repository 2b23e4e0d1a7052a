/** What holds logs: a plain file, a gzip stream, a zip. Containers know no formats and touch no file system. */
import type { Fault } from "../contract.ts";

/** Random access to the bytes of a source as found, opened read-only. */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  stream(signal: AbortSignal): AsyncIterable<Uint8Array>;
  readAt(offset: number, length: number): Promise<Uint8Array>;
}
/** One member of a container: listed always, opened only when nothing stands against it. */
export interface ContainedMember {
  readonly path: string;
  /** As expanded, as the container claims; undefined = not known before reading. */
  readonly size: number | undefined;
  /** Why it must not or cannot be opened: unsafe path, encrypted, a link … It is listed all the same. */
  readonly problem: Fault | undefined;
  /**
   * Throws a FaultError (container.corrupt, container.truncated, container.encrypted, container.too-large) where the
   * data go wrong; what was yielded before stays good.
   */
  open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}
export interface ExpansionLimits {
  /** Nested containers below the source, at most. */
  readonly depth: number;
  readonly members: number;
  /** Bytes a member may expand to, and times its packed size. */
  readonly memberBytes: number;
  readonly ratio: number;
}
export const DEFAULT_LIMITS: ExpansionLimits = { depth: 4, members: 100_000, memberBytes: 2 ** 40, ratio: 2_000 };

export interface Container {
  readonly id: string;
  readonly title: string;
  /** Pure, by magic bytes. */
  claims(head: Uint8Array): boolean;
  members(source: ByteSource, limits: ExpansionLimits, signal: AbortSignal): AsyncIterable<ContainedMember>;
}
