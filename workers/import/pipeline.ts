/**
 * The way of sources into a case: file -> container -> carrier -> format -> columns and blocks -> sink. Each stage pulls
 * from the one before, and nothing goes on before the sink has room; that is the backpressure. Within a chunk everything
 * is synchronous.
 *
 * A run imports one source, or several of which some are files of one rotated log. Each is surveyed first: what its
 * members are, and which of them belong together.
 */
import type { ImportSink, SourceEnd } from "../base/batch.ts";
import { faultOf } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import type { Chosen } from "./choose.ts";
import { ColumnBuilder } from "./column-builder.ts";
import { sourceContainer } from "./expand.ts";
import { importOther } from "./leaf-import.ts";
import { openSource, type SourceFile } from "./read.ts";
import { importLog, type LogMember } from "./read-log.ts";
import { rotatedSets } from "./rotation.ts";
import {
  endUnopened,
  type ImportProgress,
  type ImportSourceRequest,
  type RunContext,
  SourceRun,
} from "./source-run.ts";
import type { SurveyedLeaf } from "./survey.ts";

export type { ImportProgress, ImportSourceRequest } from "./source-run.ts";

/** Imports one file: see `importSources`. */
export async function importSource(
  request: ImportSourceRequest,
  sink: ImportSink,
  signal: AbortSignal,
  progress: (state: ImportProgress) => void,
  onBug: (error: unknown) => void = () => undefined,
): Promise<SourceEnd> {
  const [end] = await importSources([request], sink, signal, progress, onBug);
  if (end === undefined) throw new Error("a source had no end");
  return end;
}

/**
 * Imports files in one run. Trouble with a file or a member ends up in the messages and in the results, never as a throw;
 * what throws is a bug or a sink that failed. Defects of a carrier or format cost their member; `onBug` hears of them.
 */
export async function importSources(
  requests: readonly ImportSourceRequest[],
  sink: ImportSink,
  signal: AbortSignal,
  progress: (state: ImportProgress) => void,
  onBug: (error: unknown) => void,
): Promise<readonly SourceEnd[]> {
  const run: RunContext = { sink, signal, columns: new ColumnBuilder(), progress, onBug, members: 0 };
  const sources: SourceRun[] = [];
  const ends: (SourceEnd | undefined)[] = [];
  try {
    for (const [number, request] of requests.entries()) {
      const opened = await openOrFault(request);
      if ("fault" in opened) {
        ends[number] = await endUnopened(number, request, opened.fault, sink);
        continue;
      }
      const source = new SourceRun(number, request, opened.file, await sourceContainer(opened.file), run);
      sources.push(source);
      await source.begin();
    }
    for (const source of sources) await source.survey();
    await importAll(sources);
    for (const source of sources) ends[source.number] = await source.end();
  } finally {
    for (const source of sources) await source.close();
  }
  return ends.flatMap((end) => end ?? []);
}

async function openOrFault(
  request: ImportSourceRequest,
): Promise<{ readonly file: SourceFile } | { readonly fault: Fault }> {
  try {
    return { file: await openSource(request.path, request.name) };
  } catch (error) {
    const known = faultOf(error);
    if (known === undefined) throw error;
    return { fault: known };
  }
}

type Task = { readonly kind: "other"; readonly source: SourceRun; readonly leaf: SurveyedLeaf } | Log;
interface Log {
  readonly kind: "log";
  readonly members: readonly LogMember[];
}

async function importAll(sources: readonly SourceRun[]): Promise<void> {
  const tasks = tasksOf(sources);
  for (const source of sources) source.plan(passesOf(source, tasks));
  for (const task of tasks) {
    if (task.kind === "log") await importSet(task.members);
    else await task.source.attempt(() => importOther(task.source, task.leaf));
  }
  for (const source of sources) await source.attempt(() => source.finish());
}

/** What ends a log from outside, such as a cancel, ends all its sources. */
async function importSet(members: readonly LogMember[]): Promise<void> {
  try {
    await importLog(members);
  } catch (error) {
    if (faultOf(error) === undefined) throw error;
    for (const { source } of members) await source.attempt(() => Promise.reject(error));
  }
}

/** Members in the order of their source, but a rotated set as one and after the rest, oldest first. */
function tasksOf(sources: readonly SourceRun[]): readonly Task[] {
  const sets = rotatedSets(sources.flatMap(candidatesOf));
  const inSet = new Set(sets.flat().map(({ leaf }) => leaf));
  const alone = sources.flatMap((source) =>
    source.wanted
      .filter((leaf) => !inSet.has(leaf))
      .map((leaf): Task => {
        const { choice } = leaf;
        return choice?.kind === "chosen"
          ? { kind: "log", members: [memberOf(source, leaf, choice)] }
          : { kind: "other", source, leaf };
      }),
  );
  const rotated = sets.map(
    (set): Log => ({
      kind: "log",
      members: set.map(({ source, leaf, chosen }) => memberOf(source, leaf, chosen)),
    }),
  );
  return [...alone, ...rotated];
}

function memberOf(source: SourceRun, { place, path }: SurveyedLeaf, choice: Chosen): LogMember {
  return { source, place, path, choice };
}

/** A file that holds one log stands for it by its own path; logs of an archive stand in the archive. */
function candidatesOf(source: SourceRun) {
  return source.wanted.flatMap((leaf) => {
    const { choice, first, path } = leaf;
    if (choice?.kind !== "chosen" || !choice.format.joinsRotated) return [];
    const own = source.file.path.replaceAll("\\", "/");
    const place = source.isOneLog ? own : `${own}!/${path}`;
    return [{ path: place, choice: `${choice.carrier.id}+${choice.format.id}`, first, source, leaf, chosen: choice }];
  });
}

/** How often a source is gone through: once more for each step back. */
function passesOf(source: SourceRun, tasks: readonly Task[]): number {
  const places = tasks.flatMap((task) => {
    const members = task.kind === "log" ? task.members : [{ source: task.source, place: task.leaf.place }];
    return members.filter((member) => member.source === source).map(({ place }) => place);
  });
  return 1 + places.filter((place, at) => at > 0 && place < (places[at - 1] ?? 0)).length;
}
