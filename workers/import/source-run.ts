import { isCancellation, throwIfCancelled } from "../base/abort.ts";
import { faultOf } from "../base/fault.ts";
import type { ImportMessage, ImportSink, SourceEnd } from "../base/batch.ts";
import { BEYOND_LIMITS, type Container, DEFAULT_LIMITS, type ExpansionLimits } from "../containers/container.ts";
import type { Fault, FormatChoice, Reading, ReadingAnswer, Sha256 } from "../contract.ts";
import { type Chosen, chooseFormat, type Unchosen } from "./choose.ts";
import type { ColumnBuilder } from "./column-builder.ts";
import type { Leaf, LeafContent } from "./expand.ts";
import { namesFor } from "./identity.ts";
import { LeafCursor } from "./leaf-cursor.ts";
import { emptySource, type SourceFile } from "./read.ts";
import { type BesideFile, settingsFor } from "./settings-file.ts";
import { survey, type SurveyedLeaf } from "./survey.ts";

export interface ImportSourceRequest {
  readonly path: string;
  /** What the source is called in the case; without it, the file's name. */
  readonly name?: string;
  /** Carrier and format by member path, where a person chose them. */
  readonly choices: Readonly<Record<string, FormatChoice>>;
  /** Paths of members to leave out. */
  readonly skip: readonly string[];
  /** Paths of the members to read; the others are not even listed. Without it: all. */
  readonly only?: readonly string[];
  /** Zone of times that name none: IANA name or fixed offset. */
  readonly zone?: string;
  readonly limits?: ExpansionLimits;
  /** Read on past the limits, `BEYOND_LIMITS`: a person's choice. */
  readonly beyondLimits?: boolean;
  /** What a person said of a member, by its path. */
  readonly answers?: Readonly<Record<string, ReadingAnswer>>;
  /** To be tried in this order. */
  readonly passwords?: readonly string[];
  /** Account names and settings from files beside the source, for members that have none nearer. Paths as `path`, with "/". */
  readonly names?: readonly BesideFile[];
}

/** How far the import of a source is, in bytes of the file, however often it must be read. */
export interface ImportProgress {
  /** The source's place among those of the run. */
  readonly source: number;
  readonly done: number;
  readonly total: number;
  readonly entries: number;
  readonly rejects: number;
}

/** What the sources of one run share. */
export interface RunContext {
  readonly sink: ImportSink;
  readonly signal: AbortSignal;
  readonly columns: ColumnBuilder;
  progress(state: ImportProgress): void;
  /** Hears of defects of Exhibit that cost one member, not the import. */
  onBug(error: unknown): void;
  /** Members that have begun. */
  members: number;
}

type OpenLeaf = Extract<LeafContent, { kind: "open" }>;

/** One source of a run, from its survey to its end. */
export class SourceRun {
  readonly number: number;
  readonly file: SourceFile;
  readonly container: Container;
  readonly cursor: LeafCursor;
  readonly run: RunContext;
  readonly problems: Fault[] = [];
  leaves: readonly SurveyedLeaf[] = [];
  /** Members whose bytes were read. */
  read = 0;
  entries = 0;
  rejects = 0;
  /** Why nothing more can be read of it. */
  failure: unknown;
  readonly #request: ImportSourceRequest;
  readonly #skip: ReadonlySet<string>;
  #names: readonly BesideFile[];
  #done = 0;
  /** Bytes that will have been read at the end. */
  #planned: number;
  /** What ended the survey before the end of the source. */
  #trouble: unknown;
  #sealed: SourceEnd | undefined;

  constructor(number: number, request: ImportSourceRequest, file: SourceFile, container: Container, run: RunContext) {
    this.number = number;
    this.file = file;
    this.container = container;
    this.run = run;
    this.#request = request;
    this.#skip = new Set(request.skip);
    this.#names = [];
    this.#planned = file.size * 2;
    const limits = limitsOf(request);
    const { signal } = run;
    this.cursor = new LeafCursor(container, file, { limits, signal, passwords: request.passwords ?? [] });
  }

  async begin(): Promise<void> {
    const { name, path, size: bytes, mtime } = this.file;
    const source = { name, path, bytes, mtime, container: this.container.id };
    await this.run.sink.accept({ kind: "source", number: this.number, source });
  }

  /** Looks at every member. A container that is read at random is hashed first, from front to back. */
  async survey(): Promise<void> {
    await this.attempt(async () => {
      if (this.container.access === "random") await this.file.digest(this.run.signal);
      const found = await survey(this.cursor, {
        choose: (leaf, content) => this.#choose(leaf, content),
        isLeftOut: (path) => this.isLeftOut(path),
        report: () => this.report(),
        onBug: (error) => this.run.onBug(error),
      });
      this.leaves = found.leaves;
      this.#names = found.names;
      this.#trouble = found.trouble;
    });
  }

  /** `passes`: how often the import will go through the file, from front to back. */
  plan(passes: number): void {
    this.#planned = this.file.bytesRead + this.file.size * (this.container.access === "random" ? 1 : passes);
  }

  /** After its last member. Faults: what stands behind that, and a cancel. */
  finish(): void {
    throwIfCancelled(this.run.signal);
    if (this.#trouble !== undefined) throw this.#trouble;
  }

  /** Runs a step of the import; what goes wrong with the source is kept, and ends it. False = it failed. */
  async attempt(step: () => Promise<void> | void): Promise<boolean> {
    if (this.failure !== undefined) return false;
    try {
      await step();
      return true;
    } catch (error) {
      if (faultOf(error) === undefined) throw error;
      this.failure = error;
      return false;
    }
  }

  /** The members that this run is for. */
  get wanted(): readonly SurveyedLeaf[] {
    const { only } = this.#request;
    return only === undefined ? this.leaves : this.leaves.filter(({ path }) => only.includes(path));
  }

  isLeftOut(path: string): boolean {
    return this.#skip.has(path);
  }

  zoneOf(path: string): string | undefined {
    return this.#request.answers?.[path]?.zone ?? this.#request.zone;
  }

  /** How a member is read, with the account names of the same evidence that hold for it. */
  readingOf(path: string, { format, reading }: Chosen): Reading {
    if (format.takesSettings) return this.#withSettings(path, reading);
    if (!format.takesNames) return reading;
    const beside = this.#request.names ?? [];
    const names = namesFor(path, this.#names) ?? namesFor(this.file.path.replaceAll("\\", "/"), beside);
    return names === undefined ? reading : { ...reading, names };
  }

  #withSettings(path: string, reading: Reading): Reading {
    const beside = this.#request.names ?? [];
    const own = settingsFor(path, this.#names);
    const settings = own ?? settingsFor(this.file.path.replaceAll("\\", "/"), beside);
    return settings === undefined ? reading : { ...reading, settings };
  }

  /** Whether the member's bytes are the file's, so that they are hashed once. */
  get isPlain(): boolean {
    return this.container.id === "plain";
  }

  /** The file is one log, packed or not: what is said of its name is said of the log's. */
  get isOneLog(): boolean {
    return this.isPlain || (this.container.isOneFile === true && this.leaves.length === 1);
  }

  report(): void {
    const { size, bytesRead } = this.file;
    this.#done = Math.max(this.#done, Math.floor(Math.min(1, bytesRead / Math.max(1, this.#planned)) * size));
    const { number: source, entries, rejects } = this;
    this.run.progress({ source, done: this.#done, total: size, entries, rejects });
  }

  /** Lets go of the file and of what its containers hold. */
  async close(): Promise<void> {
    await this.cursor.rewind();
    await this.file.close();
  }

  async end(): Promise<SourceEnd> {
    const end = await this.#outcome();
    if (end.state === "ready") {
      const { number: source, entries, rejects } = this;
      this.run.progress({ source, done: this.file.size, total: this.file.size, entries, rejects });
    }
    const message: ImportMessage = { kind: "source-end", number: this.number, end };
    await this.run.sink.accept(message);
    return end;
  }

  async #outcome(): Promise<SourceEnd> {
    if (this.failure === undefined) await this.attempt(() => this.#seal());
    const { failure, problems } = this;
    if (failure === undefined) return this.#sealed ?? { state: "failed", sha256: undefined, problems };
    if (isCancellation(failure)) return { state: "cancelled", sha256: undefined, problems };
    const problem = faultOf(failure);
    if (problem === undefined) throw failure;
    const sha256 = problem.code.startsWith("container.") ? await this.#digestAfterFault() : undefined;
    // What cut the whole source short stands before what is said of its members.
    return { state: "failed", sha256, problems: [{ ...problem, source: this.file.path }, ...this.#graver()] };
  }

  /** A note beside the logs of an archive is listed as a member that is no log; it is no trouble of the source. */
  #graver(): readonly Fault[] {
    return this.read === 0 ? this.problems : this.problems.filter(({ code }) => code !== "format.unknown");
  }

  /** The digest and the second look at the file; only now is it known that what was read is what was there. */
  async #seal(): Promise<void> {
    const { file, problems } = this;
    const sha256 = await file.digest(this.run.signal);
    const change = await file.change();
    if (change !== undefined) {
      this.#sealed = { state: "failed", sha256: undefined, problems: [change, ...problems] };
      return;
    }
    if (file.size === 0) problems.push(emptySource(file.path));
    const isRead = this.read > 0 || problems.length === 0;
    this.#sealed = { state: isRead ? "ready" : "failed", sha256, problems: this.#graver() };
  }

  /** A damaged archive is still evidence of something: its digest is taken all the same. */
  async #digestAfterFault(): Promise<Sha256 | undefined> {
    try {
      return await this.file.digest(this.run.signal);
    } catch (error) {
      if (faultOf(error) === undefined) throw error;
      return undefined;
    }
  }

  #choose(leaf: Leaf, content: OpenLeaf): Chosen | Unchosen {
    const { zone: _zone, ...asked } = this.#request.answers?.[leaf.path] ?? {};
    const hints = { asked, modified: leaf.modified ?? Math.round(this.file.mtime * 1000) };
    return chooseFormat(content.head, content.isWhole, this.#request.choices[leaf.path], hints);
  }
}

function limitsOf({ limits = DEFAULT_LIMITS, beyondLimits = false }: ImportSourceRequest): ExpansionLimits {
  return beyondLimits ? BEYOND_LIMITS : limits;
}

/** A source that cannot even be opened still leaves a trace of the attempt. */
export async function endUnopened(
  number: number,
  request: ImportSourceRequest,
  problem: Fault,
  sink: ImportSink,
): Promise<SourceEnd> {
  const name = request.name ?? request.path.split(/[/\\]/).at(-1) ?? request.path;
  const source = { name, path: request.path, bytes: 0, mtime: 0, container: "plain" };
  await sink.accept({ kind: "source", number, source });
  const end: SourceEnd = { state: "failed", sha256: undefined, problems: [problem] };
  await sink.accept({ kind: "source-end", number, end });
  return end;
}
