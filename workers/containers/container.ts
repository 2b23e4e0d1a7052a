/** What holds logs: a plain file, a gzip stream, a zip. Containers know no formats and touch no file system. */
import type { Fault } from "../contract.ts";
import { FaultError } from "../base/fault.ts";

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
  /** Comment that the container holds beside the member. */
  readonly comment?: string;
  /** µs since 1970 UTC, where the container says when the member was changed and means UTC. */
  readonly modified?: number;
  /** Encrypted, and a password of `Opening` fits. */
  readonly unlocked?: boolean;
  /** Why it must not or cannot be opened: unsafe path, encrypted, a link … It is listed all the same. */
  readonly problem: Fault | undefined;
  /**
   * Throws a `CheckFailed` after the last byte when all came out and a checksum, or what follows, is wrong; any other
   * FaultError (container.corrupt, container.truncated, container.encrypted, container.too-large) where the
   * data go wrong; what was yielded before stays good.
   */
  open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}
/** Every byte of the member came out, yet a check failed: it is kept and flagged. */
export class CheckFailed extends FaultError {}

export interface ExpansionLimits {
  /** Nested containers below the source, at most. */
  readonly depth: number;
  readonly members: number;
  /** Bytes a member may expand to, and times its packed size once `ratioFrom` bytes came out. */
  readonly memberBytes: number;
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Bytes that all members of a source may expand to; and, once `totalFrom` came out, `ratio` times the source. */
  readonly totalBytes: number;
  readonly totalFrom: number;
  /** A container that needs random access and lies in another one is held in memory up to this size, then on disk. */
  readonly nestedBytes: number;
}
/** Logs deflate to a tenth or a thirtieth; a run of zeros, which is what bombs are made of, to a thousandth. */
export const DEFAULT_LIMITS: ExpansionLimits = {
  depth: 4,
  members: 100_000,
  memberBytes: 2 ** 40,
  ratio: 200,
  ratioFrom: 10_000_000,
  totalBytes: 2 ** 40,
  totalFrom: 2 ** 34,
  nestedBytes: 16 * 1024 * 1024,
};
/** What a person gets who chooses to read on past the limits: all but the depth, which costs a log nothing. */
export const BEYOND_LIMITS: ExpansionLimits = {
  ...DEFAULT_LIMITS,
  members: 100 * DEFAULT_LIMITS.members,
  memberBytes: Number.POSITIVE_INFINITY,
  ratio: Number.POSITIVE_INFINITY,
  totalBytes: Number.POSITIVE_INFINITY,
};

/** What may be used to open a container. */
export interface Opening {
  readonly limits: ExpansionLimits;
  readonly signal: AbortSignal;
  /** To be tried in this order, in memory only. */
  readonly passwords: readonly string[];
}

export interface Container {
  readonly id: string;
  readonly title: string;
  /** stream: reads `source.stream` once, front to back; random: needs `readAt` and a true `size`. */
  readonly access: "stream" | "random";
  /** Its one member has no name of its own: a tar inside stands in its place (`logs.tar.gz!audit.log`). */
  readonly isOneFile?: true;
  /** Pure, by magic bytes. */
  claims(head: Uint8Array): boolean;
  /** Whether the last bytes are this container's end, for one with foreign bytes before it. */
  claimsTail?(tail: Uint8Array): boolean;
  /** Without a fitting password an encrypted member is listed with `container.encrypted`, after wrong ones with `container.password`. */
  members(source: ByteSource, opening: Opening): AsyncIterable<ContainedMember>;
}
