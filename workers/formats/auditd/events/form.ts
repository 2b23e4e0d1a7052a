/** One way in which a program writes a whole audit event, or a record of one, as an object. */
import type { JsonObject } from "../../../base/json.ts";
import type { MeaningOrigin } from "../../../contract.ts";
import type { EventHead, Part, Rewritten, WrittenRecord } from "../rewritten.ts";
import type { Leaf, Leaves } from "./leaves.ts";

export interface Form {
  readonly id: string;
  readonly title: string;
  /** Whether an object is surely of this form. */
  claims(object: JsonObject, leaves: Leaves): boolean;
  /** The records that the object tells of, as the kernel wrote them; values are known by the paths of their leaves. */
  understand(leaves: Leaves): Understood;
}
export interface Understood {
  readonly head: EventHead;
  readonly records: readonly WrittenRecord<string>[];
  /** The path of the time. */
  readonly timePath: string | undefined;
  /** Who put names to numbers, where it was not the host that the event happened on. */
  readonly names: MeaningOrigin | undefined;
  /** The host that the event happened on, where the program names it and the record does not; it is no `node=`. */
  readonly host?: Leaf;
  /** The object is one record of an event: others of the same event are objects of their own. */
  readonly isOneOfSeveral: boolean;
}

export type PathPart = Part<string>;
export type PathRecord = Rewritten<string>;

/** Names that user-space records have in front of their message. */
const USER_HEADER = new Set(["pid", "uid", "gid", "auid", "ses", "subj", "old-auid", "old-ses"]);

/** Splits the values of a record that was flattened. */
export function byScope(isUser: boolean, parts: readonly PathPart[]): Pick<PathRecord, "header" | "nested"> {
  if (!isUser) return { header: parts, nested: [] };
  const header = parts.filter(({ name }) => USER_HEADER.has(name));
  return { header, nested: parts.filter(({ name }) => !USER_HEADER.has(name)) };
}
