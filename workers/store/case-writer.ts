/**
 * The one writer of a case. It takes an import's messages in order and turns them into rows: blocks as they come,
 * columns through open segments, all inside transactions that end every 64 MiB of evidence or half a second. What is
 * committed is always a consistent prefix; a crash loses only what came after the last commit, and the source stays
 * "importing", which the reader shows as interrupted.
 */
import { type EntryBatch, type ImportMessage, type ImportSink, MAX_DICTIONARY, type SourceEnd } from "../base/batch.ts";
import { faultOf, raise } from "../base/fault.ts";
import type { CaseInfo, Fault, LoggedTimeChange, Sha256, SourceId, TimeChange } from "../contract.ts";
import { digestOfBlocks } from "./block-digest.ts";
import { signStored } from "./block-signing.ts";
import { readCaseInfo } from "./case-info.ts";
import { CaseTransactions, type TransactionOptions } from "./case-transactions.ts";
import { closeWriter, type ConnectionOptions, createCase, openForWriting, type WriteDb } from "./connection.ts";
import { EntryWriter } from "./entry-writer.ts";
import type { FieldColumn } from "./field-column.ts";
import { MAX_ORIGINAL_COLUMNS } from "./field-table.ts";
import { IdentityWriter } from "./identity-writer.ts";
import { ImportRun } from "./import-run.ts";
import { type Arrived, areFit, replaceAll, type Replacement } from "./replacement.ts";
import { writeExtents } from "./retimed.ts";
import { type ActionRow, allActions } from "./statements/actions.ts";
import { endOpenMembers } from "./statements/members.ts";
import { readSetting, writeSetting } from "./statements/settings.ts";
import { finishSource, replaceSource } from "./statements/sources.ts";
import {
  carriedChanges,
  extentsByHosts,
  keepWritten,
  planStep,
  refuseWhileImporting,
  requireSound,
  settledTimes,
  settleTimes,
  stepPayload,
  type TimeChangeStep,
  writeStep,
} from "./time-change-writer.ts";
import { timeChanges, type TimeInForce, timeInForce } from "./time-in-force.ts";
import { timeVersion } from "./time-view.ts";

export interface WriterOptions extends ConnectionOptions, TransactionOptions {
  /** Source bytes, and milliseconds, after which a transaction ends. */
  readonly commitBytes?: number;
  readonly commitMs?: number;
  /** Distinct values a field may have before it is told apart by hash, if they are also more than half the entries. */
  readonly maxDictionary?: number;
  readonly maxOriginals?: number;
}

const COMMIT_BYTES = 64 * 2 ** 20;
const COMMIT_MS = 500;

export class CaseWriter implements ImportSink {
  readonly file: string;
  readonly identities: IdentityWriter;
  readonly #db: WriteDb;
  readonly #options: WriterOptions;
  readonly #case: CaseTransactions;
  #entries: EntryWriter;
  #run: ImportRun | undefined;
  /** The sources whose import broke off because the case could not take it. */
  #lost: readonly SourceId[] = [];
  #bytesSinceCommit = 0;

  /** Faults: store.exists, target.unwritable, disk.full. */
  static create(file: string, options: WriterOptions = {}): CaseWriter {
    return new CaseWriter(createCase(file, options), options);
  }

  /**
   * Faults: store.none, store.not-a-case, store.newer, store.corrupt, store.locked, target.unwritable, disk.full. An
   * older case is copied beside itself and upgraded.
   */
  static open(file: string, options: WriterOptions = {}): CaseWriter {
    return new CaseWriter(openForWriting(file, options), options);
  }

  private constructor(db: WriteDb, options: WriterOptions) {
    this.#db = db;
    this.file = db.name;
    this.#options = options;
    this.#case = new CaseTransactions(db, options, {
      beforeCommit: () => this.#beforeCommit(),
      takenBack: () => this.#takenBack(),
    });
    this.identities = new IdentityWriter(this.#case);
    this.#entries = this.#loadEntries();
  }

  /** Grows with every commit. */
  get revision(): number {
    return this.#case.revision;
  }

  /** The sources that are being imported. */
  get importing(): readonly SourceId[] {
    return this.#run?.sources ?? [];
  }

  info(): CaseInfo {
    return this.#case.guard(() => readCaseInfo(this.#db, this.file, this.importing));
  }

  /** Faults: disk.full, target.unwritable, store.locked; the import is over then, what was committed stays. */
  async accept(message: ImportMessage): Promise<void> {
    if (message.kind === "source") return this.#case.step(() => this.#beginSource(message.number, message.source));
    if (message.kind === "source-end") return this.#endSource(message.number, message.end);
    if (message.kind === "entries") return this.#writeEntries(message.member, message.batch);
    this.#case.step(() => this.#write(message));
  }

  /**
   * Ends an import whose sender can say no more, or that the case could not take: what is committed stays, marked
   * cancelled or failed as the fault says. Where even that cannot be written, the source is shown as interrupted.
   */
  abandon(problem: Fault): void {
    const run = this.#run;
    const state = problem.code === "cancelled" ? "cancelled" : "failed";
    const end: SourceEnd = { state, sha256: undefined, problems: [problem] };
    if (run !== undefined) {
      this.#case.write(() => {
        for (const source of run.endAll(end)) this.#logImport(source, end);
        this.#run = undefined;
        this.#arrived = [];
      });
    } else if (this.#lost.length > 0) this.#markLost(this.#lost, end);
  }

  /** Members of an import that broke off get the first and last time that the corrections in force give them. */
  async settleBrokenOff(): Promise<void> {
    if (this.#run !== undefined || this.info().sources.every(({ state }) => state === "ready")) return;
    const extents = await extentsByHosts(this.#db, this.#entries);
    if (extents.length === 0 || this.#run !== undefined) return;
    this.#case.write(() => {
      writeExtents(this.#db, extents);
    });
  }

  /** Takes a source out of every view; its bytes stay in the case, and the log says so. */
  removeSource(source: SourceId): void {
    if (this.importing.includes(source)) {
      raise("request.stale", "This source is still being imported.", "Cancel the import first.");
    }
    this.#case.write(() => {
      if (!replaceSource(this.#db, source))
        raise("request.stale", "This source is not in the case.", "Look at the list again.");
      this.#case.log("source.remove", { source });
    });
  }

  /**
   * Changes an assumption about time, undoes or redoes one; the order of the entries and the log follow in the same
   * transaction. undefined: there is nothing to undo or to redo. Faults: request.invalid, request.stale, disk.full.
   */
  async changeTime(step: TimeChangeStep): Promise<LoggedTimeChange | undefined> {
    if (this.#run !== undefined) refuseWhileImporting();
    const version = timeVersion(this.#db);
    if (step.kind === "do") {
      this.#case.guard(() => requireSound(this.#db, step.change));
      this.#case.step(() => keepWritten(this.#db, step));
    }
    const planned = await planStep(this.#db, this.#entries, step);
    if (planned === undefined) return undefined;
    if (this.#run !== undefined) refuseWhileImporting();
    return this.#case.write(() => {
      const isStale = timeVersion(this.#db) !== version || planned.entries !== this.#entries.entries;
      if (isStale) raise("request.stale", "The case was changed meanwhile.", "Look at it, and make the change again.");
      const changed = writeStep(this.#db, planned, this.#case.now(), this.#case.examiner);
      const kind = step.kind === "do" ? `time.${changed.change.kind}` : `time.${step.kind}`;
      this.#case.log(kind, stepPayload(this.#db, changed));
      return changed;
    });
  }

  /** What is assumed about time otherwise than the import did. */
  timeInForce(): TimeInForce {
    return this.#case.guard(() => timeInForce(timeChanges(this.#db)));
  }

  /** Adds a line to the examiner log; `payload` is kept as JSON. */
  log(kind: string, payload: unknown): void {
    this.#case.write(() => {
      this.#case.log(kind, payload);
    });
  }

  /** What the sources of the next run take the place of, in the transaction in which the last of them is whole. */
  replacing: readonly Replacement[] = [];
  #arrived: Arrived[] = [];

  /** Writes a setting unless the case has it. */
  keepSetting(name: string, value: string): void {
    if (this.#case.guard(() => readSetting(this.#db, name)) !== undefined) return;
    this.#case.write(() => {
      writeSetting(this.#db, name, value);
    });
  }

  /** The examiner log, oldest first. */
  actions(): readonly ActionRow[] {
    return this.#case.guard(() => allActions(this.#db));
  }

  /** SHA-256 of a member's bytes as the case holds them; equal to `member.sha256` where that is known. */
  digestFromBlocks(member: number): Sha256 {
    return this.#case.guard(() => digestOfBlocks(this.#db, member));
  }

  /** Ends the case's use for writing; one file is left when no reader has it open. */
  close(): void {
    if (!this.#db.open) return;
    this.#case.guard(() => {
      if (this.#db.inTransaction) this.#case.commit();
    });
    closeWriter(this.#db);
  }

  #beginSource(number: number, start: Extract<ImportMessage, { kind: "source" }>["source"]): void {
    this.#run ??= new ImportRun(this.#db, this.#entries);
    this.#run.beginSource(number, start, this.#case.now(), this.#replacementOf(start.path)?.old);
    this.#case.commit();
  }

  #write(message: Exclude<ImportMessage, { kind: "source" | "entries" | "source-end" }>): void {
    const run = this.#openRun();
    switch (message.kind) {
      case "member":
        return run.beginMember(message.number, message.of, message.member);
      case "blocks":
        this.#bytesSinceCommit += run.writeBlocks(message.member, message.blocks);
        return;
      case "rejects":
        return run.writeRejects(message.member, message.rejects);
      case "member-end":
        return run.endMember(message.number, message.end);
    }
  }

  async #writeEntries(member: number, batch: EntryBatch): Promise<void> {
    const run = this.#openRun();
    await this.#hashFields(this.#case.step(() => run.meetFields(batch)));
    const overfull = this.#case.step(() => {
      const fields = run.writeEntries(member, batch);
      const isDue = this.#case.sinceCommit >= (this.#options.commitMs ?? COMMIT_MS);
      if (isDue || this.#bytesSinceCommit >= (this.#options.commitBytes ?? COMMIT_BYTES)) this.#case.commit();
      return fields;
    });
    await this.#hashFields(overfull);
  }

  /** From codes to hashes: what is stored as codes is signed first, so that no word of it is lost to the search. */
  async #hashFields(fields: readonly FieldColumn[]): Promise<void> {
    for (const field of fields) {
      this.#case.step(() => this.#entries.flush());
      await signStored(this.#db, field, this.#entries.capacity, (work) => this.#case.step(work));
      this.#case.step(() => field.setHashed());
    }
  }

  /** The order comes before the state, so a source is ready only when all of it is; other ends are told at once. */
  async #endSource(number: number, end: SourceEnd): Promise<void> {
    const run = this.#openRun();
    this.#case.write(() => {
      if (end.state !== "ready") this.#finishSource(run, number, end);
    });
    const carried = end.state === "ready" ? this.#carriedWith(run, number) : [];
    const times = await settledTimes(this.#db, this.#entries, carried, (write) => this.#case.step(write));
    this.#case.write(() => {
      if (end.state === "ready") this.#finishSource(run, number, end);
      for (const change of settleTimes(this.#db, times, { now: this.#case.now(), examiner: this.#case.examiner }))
        this.#case.log(`time.${change.change.kind}`, { ...stepPayload(this.#db, change), carried: true });
    });
    this.#case.guard(() => this.#db.pragma("wal_checkpoint(TRUNCATE)"));
  }

  /** The same trouble again is no news: it was told when the import broke off. */
  #markLost(sources: readonly SourceId[], end: SourceEnd): void {
    this.#lost = [];
    try {
      this.#case.write(() => {
        for (const source of sources) {
          endOpenMembers(this.#db, source, end.state);
          finishSource(this.#db, source, end.state, undefined, JSON.stringify(end.problems));
        }
      });
    } catch (error) {
      if (faultOf(error)?.code !== end.problems[0]?.code) throw error;
    }
  }

  /** The run is over with its last source. */
  #finishSource(run: ImportRun, number: number, end: SourceEnd): void {
    const source = run.endSource(number, end);
    this.#logImport(source, end);
    const replacement = this.#replacementOf(source.path);
    if (replacement !== undefined && end.state === "ready")
      this.#arrived.push({ replacement, source: source.id, problems: end.problems });
    if (run.sources.length > 0) return;
    this.#run = undefined;
    this.#replace();
  }

  /** The corrections of clocks that hold for what is replaced now that this source, the last of the run, is whole. */
  #carriedWith(run: ImportRun, number: number): readonly TimeChange[] {
    const { id, path } = run.source(number);
    const replacement = this.#replacementOf(path);
    if (replacement === undefined || run.sources.length > 1) return [];
    const arrived = [...this.#arrived, { replacement, source: id, problems: [] }];
    if (arrived.length < this.replacing.length || !areFit(this.#db, arrived)) return [];
    return arrived.flatMap((each) => carriedChanges(this.#db, each.replacement.old, each.source));
  }

  #replacementOf(path: string): Replacement | undefined {
    return this.replacing.find((replacement) => replacement.path === path);
  }

  /** All that is to be replaced, or nothing. */
  #replace(): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    if (arrived.length === 0 || arrived.length < this.replacing.length) return;
    for (const { kind, payload } of replaceAll(this.#db, arrived)) this.#case.log(kind, payload);
  }

  #logImport(source: { readonly id: SourceId; readonly name: string }, end: SourceEnd): void {
    this.#case.log("source.import", {
      source: source.id,
      name: source.name,
      state: end.state,
      sha256: end.sha256 ?? null,
    });
  }

  #openRun(): ImportRun {
    if (this.#run === undefined) throw new Error("a message of an import came before its source");
    return this.#run;
  }

  #beforeCommit(): void {
    this.#run?.count();
    this.#entries.flush();
    this.#bytesSinceCommit = 0;
  }

  /** Back to what the file holds. The import that was under way is over; its source stays as "importing". */
  #takenBack(): void {
    this.#lost = this.#run?.sources ?? this.#lost;
    this.#run = undefined;
    this.#arrived = [];
    this.#entries = this.#loadEntries();
  }

  #loadEntries(): EntryWriter {
    return this.#case.guard(
      () =>
        new EntryWriter(this.#db, {
          maxDictionary: this.#options.maxDictionary ?? MAX_DICTIONARY,
          maxOriginals: this.#options.maxOriginals ?? MAX_ORIGINAL_COLUMNS,
        }),
    );
  }
}
