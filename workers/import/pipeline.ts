/**
 * The way of a source into a case: file -> container -> carrier -> format -> columns and blocks -> sink. Each stage
 * pulls from the one before, and nothing goes on before the sink has room; that is the backpressure. Within a chunk
 * everything is synchronous.
 */
import type { ImportSink, SourceEnd } from "../base/batch.ts";
import { isCancellation } from "../base/abort.ts";
import { faultOf } from "../base/fault.ts";
import { type Container, DEFAULT_LIMITS, type ExpansionLimits } from "../containers/container.ts";
import type { Fault, FormatChoice, ReadingAnswer, Sha256 } from "../contract.ts";
import { ColumnBuilder } from "./column-builder.ts";
import { expandSource, sourceContainer } from "./expand.ts";
import { importLeaf, type LeafContext } from "./leaf-import.ts";
import { emptySource, openSource, type SourceFile } from "./read.ts";

export interface ImportSourceRequest {
  readonly path: string;
  /** What the source is called in the case; without it, the file's name. */
  readonly name?: string;
  /** Carrier and format by member path, where a person chose them. */
  readonly choices: Readonly<Record<string, FormatChoice>>;
  /** Paths of members to leave out. */
  readonly skip: readonly string[];
  /** Zone of times that name none: IANA name or fixed offset. */
  readonly zone?: string;
  readonly limits?: ExpansionLimits;
  readonly answers?: Readonly<Record<string, ReadingAnswer>>;
  readonly passwords?: readonly string[];
}

/** How far an import is; `done` and `total` count bytes of the file as read (twice, where a pass for the digest comes first). */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly entries: number;
  readonly rejects: number;
}

/**
 * Imports one file. Trouble with the file or a member ends up in the messages and in the result, never as a throw;
 * what throws is a bug or a sink that failed.
 */
export async function importSource(
  request: ImportSourceRequest,
  sink: ImportSink,
  signal: AbortSignal,
  progress: (state: ImportProgress) => void,
): Promise<SourceEnd> {
  const opened = await openOrFault(request);
  if ("fault" in opened) return endUnopened(request, opened.fault, sink);
  const { file } = opened;
  try {
    const container = await sourceContainer(file);
    await sink.accept({ kind: "source", source: { ...described(file), container: container.id } });
    const end = await importOpened(request, file, container, sink, signal, progress);
    await sink.accept({ kind: "source-end", end });
    return end;
  } finally {
    await file.close();
  }
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

/** A source that cannot even be opened still leaves a trace of the attempt. */
async function endUnopened(request: ImportSourceRequest, problem: Fault, sink: ImportSink): Promise<SourceEnd> {
  const name = request.name ?? request.path.split(/[/\\]/).at(-1) ?? request.path;
  await sink.accept({ kind: "source", source: { name, path: request.path, bytes: 0, mtime: 0, container: "plain" } });
  const end: SourceEnd = { state: "failed", sha256: undefined, problems: [problem] };
  await sink.accept({ kind: "source-end", end });
  return end;
}

function described(file: SourceFile): { name: string; path: string; bytes: number; mtime: number } {
  return { name: file.name, path: file.path, bytes: file.size, mtime: file.mtime };
}

async function importOpened(
  request: ImportSourceRequest,
  file: SourceFile,
  container: Container,
  sink: ImportSink,
  signal: AbortSignal,
  progress: (state: ImportProgress) => void,
): Promise<SourceEnd> {
  const isRandom = container.access === "random";
  const context: LeafContext = {
    choices: request.choices,
    skip: new Set(request.skip),
    zone: request.zone,
    answers: request.answers ?? {},
    modified: Math.round(file.mtime * 1000),
    columns: new ColumnBuilder(),
    sink,
    signal,
    sameBytes: container.id === "plain" ? file : undefined,
    tally: { ordinal: 0, entries: 0, rejects: 0, problems: [], read: 0 },
    report() {
      const total = isRandom ? file.size * 2 : file.size;
      const { entries, rejects } = this.tally;
      progress({ done: Math.min(file.bytesRead, total), total, entries, rejects });
    },
  };
  try {
    if (isRandom) await file.digest(signal);
    await importMembers(request, file, container, context);
    const end = await sealed(file, context);
    const total = isRandom ? file.size * 2 : file.size;
    progress({ done: total, total, entries: context.tally.entries, rejects: context.tally.rejects });
    return end;
  } catch (error) {
    return failed(file, context, error);
  }
}

async function importMembers(
  request: ImportSourceRequest,
  file: SourceFile,
  container: Container,
  context: LeafContext,
): Promise<void> {
  const limits = request.limits ?? DEFAULT_LIMITS;
  for await (const leaf of expandSource(container, file, {
    limits,
    signal: context.signal,
    passwords: request.passwords ?? [],
  })) {
    await importLeaf(leaf, context);
    context.report();
  }
}

/** The digest and the second look at the file; only now is it known that what was read is what was there. */
async function sealed(file: SourceFile, context: LeafContext): Promise<SourceEnd> {
  const { problems, read } = context.tally;
  const sha256 = await file.digest(context.signal);
  const change = await file.change();
  if (change !== undefined) return { state: "failed", sha256: undefined, problems: [...problems, change] };
  if (file.size === 0) problems.push(emptySource(file.path));
  if (read === 0 && problems.length > 0) return { state: "failed", sha256, problems };
  // A note beside the logs of an archive is listed as a member that is no log; it is no trouble of the source.
  return { state: "ready", sha256, problems: problems.filter(({ code }) => code !== "format.unknown") };
}

async function failed(file: SourceFile, context: LeafContext, error: unknown): Promise<SourceEnd> {
  const { problems } = context.tally;
  if (isCancellation(error)) return { state: "cancelled", sha256: undefined, problems };
  const problem = faultOf(error);
  if (problem === undefined) throw error;
  const sha256 = problem.code.startsWith("container.") ? await digestAfterFault(file, context.signal) : undefined;
  return { state: "failed", sha256, problems: [...problems, { ...problem, source: file.path }] };
}

/** A damaged archive is still evidence of something: its digest is taken all the same. */
async function digestAfterFault(file: SourceFile, signal: AbortSignal): Promise<Sha256 | undefined> {
  try {
    return await file.digest(signal);
  } catch (error) {
    if (faultOf(error) === undefined) throw error;
    return undefined;
  }
}
