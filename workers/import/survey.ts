/** A first look at a source: what its members are, which of them are one log, and whose account names lie beside them. */
import { isCancellation } from "../base/abort.ts";
import { faultOf } from "../base/fault.ts";
import { cutterOf } from "../carriers/encoded.ts";
import { asideOf } from "./asides.ts";
import type { Chosen, Unchosen } from "./choose.ts";
import { Defect, defect } from "./defect.ts";
import type { Leaf, LeafContent } from "./expand.ts";
import { MAX_IDENTITY_BYTES, readIdentityFile } from "./identity.ts";
import type { LeafCursor } from "./leaf-cursor.ts";
import { ObjectSink } from "./object-sink.ts";
import { readContext } from "./read-context.ts";
import { type BesideFile, MAX_SETTINGS_BYTES, readSettingsFile } from "./settings-file.ts";

/** A member as its first bytes show it. */
export interface SurveyedLeaf {
  /** Among all members of the source, from 0. */
  readonly place: number;
  readonly path: string;
  /** undefined: it is listed and not read. */
  readonly choice: Chosen | Unchosen | undefined;
  /** Of a log that may be rotated: the first time that its first records tell. */
  readonly first: number | undefined;
}
export interface Survey {
  readonly leaves: readonly SurveyedLeaf[];
  readonly names: readonly BesideFile[];
  /** The fault that ended it before the end of the source. */
  readonly trouble: unknown;
}
export interface SurveyOptions {
  choose(leaf: Leaf, content: OpenLeaf): Chosen | Unchosen;
  isLeftOut(path: string): boolean;
  report(): void;
  onBug(error: unknown): void;
}
type OpenLeaf = Extract<LeafContent, { kind: "open" }>;

/** Trouble with the source ends the survey where it is met; what was found before is read all the same. */
export async function survey(cursor: LeafCursor, options: SurveyOptions): Promise<Survey> {
  const leaves: SurveyedLeaf[] = [];
  const names: BesideFile[] = [];
  let trouble: unknown;
  try {
    for (let leaf = await cursor.next(); leaf !== undefined; leaf = await cursor.next()) {
      leaves.push(surveyed(leaf, leaves.length, options));
      const file = options.isLeftOut(leaf.path) ? undefined : await besideFile(leaf);
      if (file !== undefined) names.push(file);
      options.report();
    }
  } catch (error) {
    if (faultOf(error) === undefined || isCancellation(error)) throw error;
    trouble = error;
  } finally {
    await cursor.rewind();
  }
  return { leaves, names, trouble };
}

function surveyed(leaf: Leaf, place: number, options: SurveyOptions): SurveyedLeaf {
  const { path, content } = leaf;
  if (content.kind === "refused" || options.isLeftOut(path))
    return { place, path, choice: undefined, first: undefined };
  try {
    const choice = Defect.guard(() => options.choose(leaf, content));
    return { place, path, choice, first: firstTimeOf(content, choice) };
  } catch (error) {
    if (!(error instanceof Defect)) throw error;
    options.onBug(error.cause);
    const problem = defect(path, 0, error.cause);
    return { place, path, choice: { kind: "unchosen", title: "Not read", reasons: [], problem }, first: undefined };
  }
}

/** A format that breaks here will break again, and tell of it, when its member is read. */
function firstTimeOf(content: OpenLeaf, choice: Chosen | Unchosen): number | undefined {
  if (choice.kind === "unchosen" || !choice.format.joinsRotated) return undefined;
  try {
    return Defect.guard(() => firstTime(content, choice));
  } catch (error) {
    if (!(error instanceof Defect)) throw error;
    return undefined;
  }
}

/** The names that a passwd or group file tells, and what settings say; undefined for any other leaf. */
export async function besideFile({ path, content, modified }: Leaf): Promise<BesideFile | undefined> {
  if (content.kind === "refused") return undefined;
  const kind = asideOf(content.head, content.isWhole)?.kind;
  if (kind !== "passwd" && kind !== "group" && kind !== "settings") return undefined;
  const most = kind === "settings" ? MAX_SETTINGS_BYTES : MAX_IDENTITY_BYTES;
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of content.bytes) {
      parts.push(new Uint8Array(part));
      length += part.length;
      if (length >= most) break;
    }
  } catch (error) {
    // The member's own import tells what is wrong with it; names that were read before that are names all the same.
    if (faultOf(error) === undefined || isCancellation(error)) throw error;
  }
  const bytes = Buffer.concat(parts);
  return kind === "settings" ? readSettingsFile(path, bytes, modified) : readIdentityFile(kind, path, bytes);
}

/** The first time, in the order of the bytes, that an entry of the head has. */
function firstTime({ head, isWhole }: OpenLeaf, { carrier, format, reading }: Chosen): number | undefined {
  let first: number | undefined;
  const assembler = format.assemble(readContext("", undefined, reading), {
    entry(_records, _duplicates, write) {
      if (first !== undefined) return;
      const fields = new ObjectSink();
      write(fields);
      first = fields.when.at;
    },
    reject: () => undefined,
    ignore: () => undefined,
  });
  const splitter = cutterOf(carrier, reading).split({
    record: (record) => assembler.push(record),
    reject: () => undefined,
    ignore: () => undefined,
    blank: () => undefined,
    note: () => undefined,
  });
  splitter.push(head);
  if (isWhole) splitter.finish();
  assembler.finish();
  return first;
}
