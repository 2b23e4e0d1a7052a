/** The case, its sources, members and rejects. */
import type { EpochMicros, Fault, MemberId, Sha256, SourceId } from "./base.ts";
import type { Reading } from "./reading.ts";

type SourceState = "importing" | "ready" | "failed" | "cancelled" | "replaced";

/** Bytes of a member by what they are; the four add up to `total`, or the member is not sealed. */
export interface Ledger {
  readonly entries: number;
  readonly rejects: number;
  readonly ignored: number;
  readonly blank: number;
  /** Size of the member as expanded. */
  readonly total: number;
}

export interface MemberInfo {
  readonly id: MemberId;
  readonly source: SourceId;
  /** Path inside the archive; of a plain file, its name. */
  readonly path: string;
  readonly carrier: string;
  readonly format: string;
  /** What people call the format, for example "Linux auditd, raw". */
  readonly formatTitle: string;
  /** name@version of the parser. */
  readonly parser: string;
  readonly bytes: number;
  readonly sha256: Sha256 | undefined;
  readonly state: "importing" | "ready" | "failed" | "cancelled" | "unrecognised" | "refused";
  readonly records: number;
  readonly entries: number;
  readonly firstEntry: number;
  readonly rejects: number;
  /** Blank lines and units that are not log. */
  readonly ignored: number;
  readonly undated: number;
  readonly duplicates: number;
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
  readonly ledger: Ledger;
  /** Why this format was chosen, and what else was tried. */
  readonly reasons: readonly string[];
  readonly overridden: boolean;
  /** What else it took to read the member; empty where nothing had to be found out or chosen. */
  readonly reading: Reading;
  /** The zone that is assumed for times written without one; undefined = read as UTC. Both are flagged on the entries. */
  readonly zone: string | undefined;
  readonly problem: Fault | undefined;
}

export interface SourceInfo {
  readonly id: SourceId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970 UTC, as the file system gave it. */
  readonly mtime: number;
  readonly sha256: Sha256 | undefined;
  /** "plain", "gzip", "zip" … */
  readonly container: string;
  readonly state: SourceState;
  /** Two capital letters, three where a case has more than 676 sources; no other source has it. */
  readonly code: string;
  /** 0 … 7, the lane colour, in order of import. */
  readonly lane: number;
  readonly importedAt: number;
  readonly members: readonly MemberInfo[];
  readonly problems: readonly Fault[];
}

export interface CaseInfo {
  readonly name: string;
  readonly file: string;
  readonly schema: number;
  /** Grows with every commit; queries opened at an older revision stay as they were. */
  readonly revision: number;
  readonly entries: number;
  readonly rejects: number;
  readonly state: "empty" | "importing" | "sealed" | "incomplete";
  /** Grows with every change of what is assumed about time: entries have other times since. */
  readonly timeRevision: number;
  /** Accounted bytes and bytes of all members that are not refused. */
  readonly accounted: number;
  readonly bytes: number;
  readonly sources: readonly SourceInfo[];
  readonly bytesOnDisk: number;
  /** When identities were matched last, milliseconds since 1970 UTC; absent = there is no identity ledger. */
  readonly matchedAt?: number;
}

/** One reject: bytes of a member that are no entry, with the reason. */
export interface RejectRow {
  readonly id: number;
  readonly member: MemberId;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly code: string;
  readonly detail: string;
  /** The first bytes, at most 4,096. */
  readonly bytes: Uint8Array;
}
export interface RejectPage {
  readonly total: number;
  readonly first: number;
  readonly rows: readonly RejectRow[];
  readonly byReason: readonly { readonly code: string; readonly count: number }[];
}

/** What each of `kinds.length` equal stretches of a member holds most notably: a reject wins over the rest. */
export interface ByteMap {
  readonly member: MemberId;
  readonly bytes: number;
  /** 0 entries, 1 reject, 2 ignored, 3 blank, 4 not read. */
  readonly kinds: Uint8Array;
}

/** Where a source has entries: counts in equal buckets from `from` to `to`. */
export interface Coverage {
  readonly from: EpochMicros;
  readonly to: EpochMicros;
  readonly lanes: readonly { readonly source: SourceId; readonly counts: Uint32Array }[];
}
