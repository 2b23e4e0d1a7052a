/** The open case: its writer, its query thread, and the jobs that change or read it. */
import { basename } from "node:path";
import type {
  CaseInfo,
  EntryDetail,
  EntryId,
  ExportRequest,
  Fault,
  JobId,
  JobItem,
  LoggedTimeChange,
  SourceId,
} from "../contract.ts";
import { fault, faultOf } from "../base/fault.ts";
import { CaseWriter, type WriterOptions } from "../store/case-writer.ts";
import type { Replacement } from "../store/replacement.ts";
import type { TimeInForce } from "../store/time-in-force.ts";
import { refuseWhileImporting, type TimeChangeStep } from "../store/time-change-writer.ts";
import { examiner } from "./examiner.ts";
import { runExport } from "./export-run.ts";
import { type AgainHost, AgainImports } from "./again-imports.ts";
import type { AgainTools } from "./again-tools.ts";
import { IdentityChanges } from "./identity-changes.ts";
import { IMPORT_ACTION, type LoggedAction, requestsOf } from "./import-again.ts";
import { type ImportExtras, importSources, type PathItem } from "./import-job.ts";
import type { Job, JobTable } from "./jobs.ts";
import type { QueryThreadApi, QueryThreadData } from "./query-protocol.ts";
import { newSalt, SALT_SETTING } from "./secrets.ts";
import { Thread, threadFile } from "./thread.ts";
import { TOOL_VERSION } from "./version.ts";

export interface CaseContext {
  readonly threads: URL;
  readonly jobs: JobTable;
  /** The case has changed: whoever watches it should look again. */
  readonly onChange: () => void;
  readonly onBug: (error: unknown) => void;
  readonly writer?: WriterOptions;
}

export class OpenCase {
  readonly #writer: CaseWriter;
  readonly #context: CaseContext;
  readonly identities: IdentityChanges;
  #query: Thread<QueryThreadApi> | undefined;
  /** The revision that is told while an import in place of something is under way. */
  #held: number | undefined;
  /** Imports run one after another. */
  #imports: Promise<void> = Promise.resolve();

  private constructor(writer: CaseWriter, context: CaseContext) {
    this.#writer = writer;
    this.#context = context;
    this.identities = new IdentityChanges(writer, {
      ask: (question) => this.ask(question),
      onChange: () => this.#changed(),
    });
  }

  static create(file: string, context: CaseContext): OpenCase {
    return OpenCase.#logged(CaseWriter.create(file, writerOptions(context)), "case.create", context);
  }

  static open(file: string, context: CaseContext): OpenCase {
    const open = OpenCase.#logged(CaseWriter.open(file, writerOptions(context)), "case.open", context);
    // An Exhibit that ended too early may have left entries whose times were not settled, or that were never matched.
    open.#imports = open.#catchUp();
    return open;
  }

  static #logged(writer: CaseWriter, kind: string, context: CaseContext): OpenCase {
    try {
      writer.keepSetting(SALT_SETTING, newSalt());
      writer.log(kind, { file: basename(writer.file), version: TOOL_VERSION });
    } catch (error) {
      writer.close();
      throw error;
    }
    return new OpenCase(writer, context);
  }

  /** While something is read out of sight, commits change nothing that is shown: the revision stays until it is seen. */
  get revision(): number {
    return this.#held ?? this.#writer.revision;
  }

  info(): CaseInfo {
    return { ...this.#writer.info(), revision: this.revision };
  }

  /** Cancels what runs, waits for it, and leaves one file. */
  async close(): Promise<void> {
    for (const job of this.#context.jobs.running()) job.abort.abort();
    await this.#imports;
    await this.#query?.stop();
    this.#writer.close();
  }

  startImport(items: readonly PathItem[]): JobId {
    const job = this.#newImport(items.map(({ name }) => name));
    return this.#enqueue(job, () => this.#import(job, items));
  }

  /** Imports that take the place of what is in the case. */
  again(tools: AgainTools): AgainImports {
    const host = {
      info: () => this.info(),
      actions: () => this.#writer.actions(),
      timeInForce: () => this.timeInForce(),
      log: (kind: string, payload: unknown) => this.#writer.log(kind, payload),
      newImport: (names: readonly string[]) => this.#newImport(names),
      enqueue: (job: Job, run: () => Promise<void>) => this.#enqueue(job, run),
      importInPlace: (...values: Parameters<AgainHost["importInPlace"]>) => this.#importInPlace(...values),
    };
    return new AgainImports(host, tools);
  }

  /** The examiner log, oldest first. */
  actions(): readonly LoggedAction[] {
    return this.#writer.actions();
  }

  /** What is assumed about time otherwise than the import did. */
  timeInForce(): TimeInForce {
    return this.#writer.timeInForce();
  }

  #newImport(names: readonly string[]): Job {
    const waiting = names.map(newItem);
    const label = names.length === 1 ? (names[0] as string) : `${names.length} files`;
    return this.#context.jobs.create("import", label, "bytes", waiting);
  }

  #enqueue(job: Job, run: () => Promise<void>): JobId {
    this.#imports = this.#imports.then(() => this.#finish(job, run));
    return job.state.job;
  }

  async #import(job: Job, items: readonly PathItem[], extras: ImportExtras = {}): Promise<void> {
    // What is said of single members is logged with them.
    const told = requestsOf(items.filter(({ only }) => only === undefined));
    if (told.length > 0) this.#writer.log(IMPORT_ACTION, { items: told });
    const { threads, onChange, onBug } = this.#context;
    await importSources(job, items, this.#writer, threads, onChange, onBug, {
      ...extras,
      beforeEnd: () => this.#catchUp(),
    });
  }

  /** What could not be caught up with is no reason to call an import failed: it is when the case is opened again. */
  async #catchUp(): Promise<void> {
    try {
      await this.#writer.settleBrokenOff();
      await this.identities.catchUp();
    } catch (error) {
      this.#context.onBug(error);
    }
  }

  /** The old is replaced in the transaction in which all of the new is whole; otherwise the new is never seen. */
  async #importInPlace(
    job: Job,
    items: readonly PathItem[],
    replacing: readonly Replacement[],
    extras: ImportExtras,
  ): Promise<void> {
    this.#writer.replacing = replacing;
    this.#held = this.#writer.revision;
    try {
      await this.#import(job, items, extras);
    } finally {
      this.#writer.replacing = [];
      this.#held = undefined;
      this.#context.onChange();
    }
  }

  startExport(request: ExportRequest, file: string): JobId {
    const job = this.#context.jobs.create("export", basename(file), "entries");
    const { target: _target, ...rest } = request;
    const run = async (): Promise<void> => {
      const outcome = await runExport(job, rest, file, this.#writer.info(), this.#context.threads);
      this.#writer.log("export", {
        file: basename(file),
        format: rest.format,
        secrets: rest.secrets,
        rows: outcome.rows,
        sha256: outcome.sha256,
      });
      this.#context.onChange();
    };
    void this.#finish(job, run);
    return job.state.job;
  }

  /** What was found beside the evidence and not read. */
  logLeftOut(problems: readonly Fault[]): void {
    const named = problems.slice(0, MOST_NAMED).map(({ message }) => message);
    this.#writer.log("import.left-out", { count: problems.length, named });
  }

  /** The entry with nothing masked. What is a secret in it is named in the log before it is shown, never told. */
  async reveal(id: EntryId): Promise<EntryDetail> {
    const masked = await this.ask((query) => query.entry(id));
    if (!masked.masked) return masked;
    const fields = masked.fields.flatMap((field) => (field.masked ? [field.name] : []));
    const [first] = masked.records;
    this.#writer.log("secret.reveal", {
      entry: id,
      member: first?.member ?? masked.member,
      offset: first?.offset,
      fields,
    });
    this.#context.onChange();
    return await this.ask((query) => query.reveal(id));
  }

  /** One step after the other, and none while something is imported. */
  changeTime(step: TimeChangeStep): Promise<LoggedTimeChange | undefined> {
    if (this.#context.jobs.running().some(({ state }) => state.kind === "import")) refuseWhileImporting();
    const changed = this.#imports.then(async () => await this.#writer.changeTime(await this.#withWritten(step)));
    // What goes wrong is told to who asked; what is next in line does not depend on it.
    this.#imports = changed.then(
      () => undefined,
      () => undefined,
    );
    return changed;
  }

  /** Entries whose year was not known are read again, so that another year gives them their time. */
  async #withWritten(step: TimeChangeStep): Promise<TimeChangeStep> {
    if (step.kind !== "do" || step.change.kind !== "year" || step.change.year === undefined) return step;
    const { member } = step.change;
    return { ...step, written: await this.ask((query) => query.writtenTimes(member)) };
  }

  removeSource(source: SourceId): void {
    this.#writer.removeSource(source);
    this.#changed();
  }

  /** By something other than the import that is under way: it is to be seen at once. */
  #changed(): void {
    if (this.#held !== undefined) this.#held = this.#writer.revision;
    this.#context.onChange();
  }

  /** Asks the query thread, which is started when first needed and again after it died. */
  ask<T>(question: (query: QueryThreadApi) => Promise<T>): Promise<T> {
    if (this.#query === undefined) {
      const data: QueryThreadData = { caseFile: this.#writer.info().file };
      const thread = new Thread<QueryThreadApi>(threadFile(this.#context.threads, "query-worker"), {
        workerData: data,
      });
      this.#query = thread;
      void thread.ended.then((error) => {
        if (this.#query === thread) this.#query = undefined;
        if (error !== undefined) this.#context.onBug(error);
      });
    }
    return question(this.#query.api);
  }

  /** Ends the job as the work ended. */
  async #finish(job: Job, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (job.state.state === "running") job.finish("done", undefined);
    } catch (error) {
      const known = faultOf(error);
      if (known === undefined) this.#context.onBug(error);
      // A thread that was ended because it did not hear the cancel reports that it is gone.
      const isCancelled = job.abort.signal.aborted && (known?.code === "cancelled" || known?.code === "engine.gone");
      job.finish(isCancelled ? "cancelled" : "failed", isCancelled ? CANCELLED : (known ?? broken(error)));
    }
  }
}

/** Lines that one action of the log holds, at most. */
const MOST_NAMED = 1_000;

function writerOptions({ onChange, writer }: CaseContext): WriterOptions {
  return { examiner: examiner(), committed: onChange, ...writer };
}

const CANCELLED = fault("cancelled", "It was cancelled.", "Nothing was left behind; start it again when ready.");

function newItem(name: string): JobItem {
  return {
    name,
    state: "waiting",
    done: 0,
    total: undefined,
    entries: 0,
    rejects: 0,
    fault: undefined,
  };
}

function broken(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "engine.gone",
    message: `A part of the engine failed: ${message}.`,
    next: "Try again; report it if it happens again.",
  };
}
