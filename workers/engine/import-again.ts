/** What it takes to import a source's file once more, the way it was imported. */
import { stat } from "node:fs/promises";
import * as v from "valibot";
import { raise } from "../base/fault.ts";
import type {
  ImportItem,
  MemberId,
  MemberInfo,
  MemberRequest,
  Reading,
  ReadingAnswer,
  SourceInfo,
} from "../contract.ts";
import type { TimeInForce } from "../store/time-in-force.ts";
import type { PathItem } from "./import-job.ts";

/** Kind of the action that keeps how files were to be read, where a person said something of it. */
export const IMPORT_ACTION = "import.start";

/** Kind of the action that keeps how a member was to be read again. */
export const MEMBER_AGAIN_ACTION = "member.again";

export type SourceRequest = Omit<ImportItem, "grant">;

/** What a person said of how to read the items; those that were read as they are need no word. */
export function requestsOf(items: readonly PathItem[]): readonly (SourceRequest & { readonly path: string })[] {
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
  delimiter: v.exactOptional(v.string()),
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

const again = v.object({
  source: v.number(),
  path: v.string(),
  as: v.object({ choice: v.exactOptional(v.string()), answer }),
  members: v.array(v.number()),
});
const replaced = v.object({ source: v.number(), members: v.array(v.number()) });

export interface LoggedAction {
  readonly at: number;
  readonly kind: string;
  /** JSON */
  readonly payload: string;
}

/** How a source is to be read again: as it was imported, and as was said of its members since. */
export function requestOf(source: SourceInfo, actions: readonly LoggedAction[]): SourceRequest {
  const { beyondLimits: _beyondLimits, ...request } =
    loggedRequest(source, actions) ?? requestOfMembers(source.members);
  return laterSaid(source, actions).reduce(
    (said: SourceRequest, { path, as }) => withMember(said, source, path, as),
    request,
  );
}

/**
 * By member path, what a person said, at the import and since, also of zone and year; what was found out by itself is left
 * to be found again.
 */
export function saidOf(
  source: SourceInfo,
  actions: readonly LoggedAction[],
  inForce: TimeInForce,
): Readonly<Record<string, MemberRequest>> {
  const logged = loggedRequest(source, actions);
  const later = new Map(laterSaid(source, actions).map(({ path, as }) => [path, as]));
  const entries = source.members.map((member): readonly [string, MemberRequest] => {
    const { id, path } = member;
    const said = later.get(path) ?? (logged === undefined ? saidByMember(member) : saidIn(logged, path));
    return [path, { ...said, answer: { ...said.answer, ...changedTime(inForce, id) } }];
  });
  return Object.fromEntries(entries);
}

function saidIn({ choices, answers, zone }: SourceRequest, path: string): MemberRequest {
  const choice = choices[path];
  const answer = { ...(zone === undefined ? {} : { zone }), ...answers?.[path] };
  return { ...(choice === undefined ? {} : { choice }), answer };
}

/** What of a member's reading cannot have been found out by itself. */
function saidByMember({ path: _path, ...member }: MemberInfo): MemberRequest {
  const { carrier, format, overridden, reading, zone } = member;
  const { year, delimiter, mapping } = answerOf(reading, zone);
  return {
    ...(overridden ? { choice: `${carrier}+${format}` } : {}),
    answer: {
      ...(year === undefined ? {} : { year }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(mapping === undefined ? {} : { mapping }),
      ...(zone === undefined ? {} : { zone }),
    },
  };
}

/** Whether its file was read past the limits when it was imported. */
export function wentBeyond(source: SourceInfo, actions: readonly LoggedAction[]): boolean {
  return loggedRequest(source, actions)?.beyondLimits ?? false;
}

/** The same request, but one member as is said now; the zone of the source stays that of the others. */
export function withMember(
  { zone, ...request }: SourceRequest,
  source: SourceInfo,
  path: string,
  { choice, answer: said }: MemberRequest,
): SourceRequest {
  const { [path]: _choice, ...choices } = request.choices;
  const zoned = zone === undefined ? [] : source.members.map((member) => [member.path, { zone }] as const);
  const answers: Record<string, ReadingAnswer> = Object.fromEntries(zoned);
  for (const [own, given] of Object.entries(request.answers ?? {})) answers[own] = { ...answers[own], ...given };
  answers[path] = said;
  return {
    ...request,
    choices: choice === undefined ? choices : { ...choices, [path]: choice },
    skip: request.skip.filter((left) => left !== path),
    answers,
  };
}

/** What was logged when it was imported; undefined: nothing was said of it then. */
function loggedRequest(source: SourceInfo, actions: readonly LoggedAction[]): SourceRequest | undefined {
  const told = actions.filter(({ kind, at }) => kind === IMPORT_ACTION && at <= source.importedAt);
  for (const action of told.toReversed()) {
    const parsed = v.safeParse(payload, jsonOf(action.payload));
    const item = parsed.success ? parsed.output.items.find(({ path }) => path === source.path) : undefined;
    if (item === undefined) continue;
    const { path: _path, ...request } = item;
    return request;
  }
  return undefined;
}

/** Members of it that were imported again since, oldest first. */
function laterSaid(source: SourceInfo, actions: readonly LoggedAction[]) {
  const done = new Set(
    actions.flatMap(({ kind, payload: text }) => {
      const parsed = kind === "member.replace" ? v.safeParse(replaced, jsonOf(text)) : undefined;
      return parsed?.success === true && parsed.output.source === source.id ? parsed.output.members : [];
    }),
  );
  return actions.flatMap(({ kind, payload: text }) => {
    const parsed = kind === MEMBER_AGAIN_ACTION ? v.safeParse(again, jsonOf(text)) : undefined;
    if (parsed?.success !== true || parsed.output.source !== source.id) return [];
    return parsed.output.members.every((member) => !done.has(member)) ? [] : [parsed.output];
  });
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

function requestOfMembers(members: readonly MemberInfo[]): SourceRequest {
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

/** Zones and years that were changed since are what the source is read with again. */
export function withChangedTimes(
  request: SourceRequest,
  members: readonly MemberInfo[],
  inForce: TimeInForce,
): SourceRequest {
  const answers = { ...request.answers };
  for (const { id, path } of members) {
    const changed = changedTime(inForce, id);
    if (Object.keys(changed).length > 0) answers[path] = { ...answers[path], ...changed };
  }
  return Object.keys(answers).length === 0 ? request : { ...request, answers };
}

function changedTime(inForce: TimeInForce, member: MemberId): Pick<ReadingAnswer, "zone" | "year"> {
  const { zone, year } = inForce.members.get(member) ?? {};
  return { ...(zone === undefined ? {} : { zone }), ...(year === undefined ? {} : { year }) };
}

function answerOf(reading: Reading, zone: string | undefined): ReadingAnswer {
  const { year, yearFrom, timeField, dateOrder, encoding, delimiter, mapping } = reading;
  return {
    ...(year === undefined || yearFrom !== "person" ? {} : { year }),
    ...(timeField === undefined ? {} : { timeField }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
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
