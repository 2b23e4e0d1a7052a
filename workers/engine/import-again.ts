/** What it takes to import a source's file once more, the way it was imported. */
import { stat } from "node:fs/promises";
import * as v from "valibot";
import { raise } from "../base/fault.ts";
import type { ImportItem, MemberInfo, Reading, ReadingAnswer, SourceInfo } from "../contract.ts";
import type { PathItem } from "./import-job.ts";

/** Kind of the action that keeps how files were to be read, where a person said something of it. */
export const IMPORT_ACTION = "import.start";

type Request = Omit<ImportItem, "grant">;

/** What a person said of how to read the items; those that were read as they are need no word. */
export function requestsOf(items: readonly PathItem[]): readonly (Request & { readonly path: string })[] {
  return items.flatMap(({ path, choices, skip, zone, answers, beyondLimits }) => {
    const isPlain =
      Object.keys(choices).length === 0 &&
      skip.length === 0 &&
      Object.keys(answers ?? {}).length === 0 &&
      !beyondLimits;
    if (isPlain && zone === undefined) return [];
    return {
      path,
      choices,
      skip,
      ...(zone === undefined ? {} : { zone }),
      ...(answers === undefined ? {} : { answers }),
      ...(beyondLimits === true ? { beyondLimits } : {}),
    };
  });
}

const answer = v.object({
  year: v.exactOptional(v.number()),
  timeField: v.exactOptional(v.string()),
  dateOrder: v.exactOptional(v.picklist(["day-first", "month-first"])),
  encoding: v.exactOptional(v.picklist(["utf-8", "utf-16le", "utf-16be", "windows-1252"])),
  mapping: v.exactOptional(
    v.object({ properties: v.string(), attributes: v.string(), eventId: v.exactOptional(v.string()) }),
  ),
  zone: v.exactOptional(v.string()),
});
const payload = v.object({
  items: v.array(
    v.object({
      path: v.string(),
      choices: v.record(v.string(), v.string()),
      skip: v.array(v.string()),
      zone: v.exactOptional(v.string()),
      answers: v.exactOptional(v.record(v.string(), answer)),
      beyondLimits: v.exactOptional(v.boolean()),
    }),
  ),
});

export interface LoggedAction {
  readonly at: number;
  readonly kind: string;
  /** JSON */
  readonly payload: string;
}

/** The request that a source was imported by; where the log has none, what its members say of themselves. */
export function requestOf(source: SourceInfo, actions: readonly LoggedAction[]): Request {
  const told = actions.filter(({ kind, at }) => kind === IMPORT_ACTION && at <= source.importedAt);
  for (const action of told.toReversed()) {
    const parsed = v.safeParse(payload, jsonOf(action.payload));
    const item = parsed.success ? parsed.output.items.find(({ path }) => path === source.path) : undefined;
    if (item === undefined) continue;
    const { path: _path, beyondLimits: _beyondLimits, ...request } = item;
    return request;
  }
  return requestOfMembers(source.members);
}

/** A case may have been forged: what is no JSON says nothing. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function requestOfMembers(members: readonly MemberInfo[]): Request {
  const chosen = members.filter(({ overridden }) => overridden);
  return {
    choices: Object.fromEntries(chosen.map(({ path, carrier, format }) => [path, `${carrier}+${format}`])),
    skip: members.filter(isLeftOut).map(({ path }) => path),
    answers: Object.fromEntries(members.map((member) => [member.path, answerOf(member.reading, member.zone)])),
  };
}

/** A member that could not be opened has a reason in its problem; one that was left out has none. */
function isLeftOut({ state, problem }: MemberInfo): boolean {
  return state === "refused" && problem === undefined;
}

function answerOf(reading: Reading, zone: string | undefined): ReadingAnswer {
  const { year, yearFrom, timeField, dateOrder, encoding, mapping } = reading;
  return {
    ...(year === undefined || yearFrom !== "person" ? {} : { year }),
    ...(timeField === undefined ? {} : { timeField }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(mapping === undefined ? {} : { mapping }),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** Size and time of a file as it is now. */
export interface SeenChange {
  readonly bytes: number;
  readonly mtime: number;
}

/**
 * Whether the file is the one that was imported. A source that was read to its end is told by its digest, one that was
 * cut off has none: a file that has changed since is read, and the change is returned. Faults: source.missing,
 * source.changed.
 */
export async function sameFile(
  source: SourceInfo,
  digest: (path: string) => Promise<string>,
): Promise<SeenChange | undefined> {
  const { bytes, mtime } = await stillThere(source);
  const isSame = bytes === source.bytes && Math.floor(mtime) === Math.floor(source.mtime);
  if (source.sha256 === undefined) return isSame ? undefined : { bytes, mtime };
  if (bytes !== source.bytes || (await digest(source.path)) !== source.sha256) {
    raise(
      "source.changed",
      `The file at the place of ${source.name} is not the one that was imported: its content differs.`,
      "Find the file that was imported, or import this one as a source of its own.",
      { source: source.path },
    );
  }
  return undefined;
}

/** Fault: source.missing. */
export async function stillThere(source: SourceInfo): Promise<SeenChange> {
  try {
    const found = await stat(source.path);
    return { bytes: found.size, mtime: found.mtimeMs };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return raise(
      "source.missing",
      `${source.name} is not where it was imported from.`,
      "Connect the drive or put the file back; or choose the file where it is now and import it.",
      { source: source.path },
      error,
    );
  }
}
