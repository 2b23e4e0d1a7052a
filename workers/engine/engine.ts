/**
 * The engine: one open case, its jobs and its threads. The same object serves the window over a port, the command line
 * and the tests; methods answer as `EngineApi` describes, but throw their Faults (`api.ts` turns them into data).
 */
import type * as c from "../contract.ts";
import { FaultError, raise } from "../base/fault.ts";
import type { WriterOptions } from "../store/case-writer.ts";
import { type ChosenFile, Evidence } from "./evidence.ts";
import { GrantTable } from "./grants.ts";
import { readLedgerFiles, readPolicyFile } from "./ledger-files.ts";
import type { AgainTools } from "./again-tools.ts";
import { saidOf, stillThere } from "./import-again.ts";
import { Inspector } from "./inspector.ts";
import { JobTable } from "./jobs.ts";
import * as mappings from "./mapping-files.ts";
import { type CaseContext, OpenCase } from "./open-case.ts";

export interface EngineOptions {
  /** Folder of the thread entries: `threadFolder(import.meta.url)`. */
  readonly threads: URL;
  /** Hears of what was thrown and is no Fault. */
  readonly onBug: (error: unknown) => void;
  /** How cases are written; as `CaseWriter` has it unless stated. */
  readonly writer?: WriterOptions;
}

const LONGEST_WAIT_MS = 10_000;

export class Engine {
  readonly grants = new GrantTable();
  readonly jobs = new JobTable();
  readonly #options: EngineOptions;
  readonly #inspector: Inspector;
  readonly #evidence: Evidence;
  #case: OpenCase | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#inspector = new Inspector(options.threads);
    this.#evidence = new Evidence(this.grants, this.#inspector);
  }

  // ---- the case

  async watchCase(seen: number): Promise<c.CaseInfo | undefined> {
    const revision = this.#case?.revision ?? -1;
    if (seen !== -1 && revision === seen) await this.#changed();
    return this.#case?.info();
  }

  async createCase(grant: c.GrantId): Promise<c.CaseInfo> {
    return await this.#use(() => OpenCase.create(this.grants.path(grant, "case", "write-new"), this.#context()));
  }

  async openCase(grant: c.GrantId): Promise<c.CaseInfo> {
    return await this.#use(() => OpenCase.open(this.grants.path(grant, "case"), this.#context()));
  }

  async closeCase(): Promise<true> {
    const closing = this.#case;
    this.#case = undefined;
    await closing?.close();
    this.#wake();
    return true;
  }

  /** Closes the case and ends every thread. */
  async dispose(): Promise<void> {
    await this.closeCase();
    await this.#inspector.stop();
  }

  /** The one open before is closed only when the new one could be opened. */
  async #use(make: () => OpenCase): Promise<c.CaseInfo> {
    const opened = make();
    await this.closeCase();
    this.#case = opened;
    this.#wake();
    return opened.info();
  }

  #context(): CaseContext {
    return { ...this.#options, jobs: this.jobs, onChange: () => this.#wake() };
  }

  #open(): OpenCase {
    if (this.#case !== undefined) return this.#case;
    return raise("store.none", "No case is open.", "Create a case or open one first.");
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, LONGEST_WAIT_MS);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  // ---- evidence and jobs

  /** The files behind grants, folders opened up: for callers in the same process. `own`: files of the case to be. */
  files(grants: readonly c.GrantId[], own: readonly string[]): Promise<readonly ChosenFile[]> {
    return this.#evidence.files(grants, own);
  }

  async inspect(grants: readonly c.GrantId[]): Promise<readonly c.InspectedItem[]> {
    const info = this.#case?.info();
    return await this.#evidence.inspect(grants, info === undefined ? [] : caseFiles(info.file), sourcesOf(info));
  }

  async preview(grant: c.GrantId, member: string, choice: c.FormatChoice, answer: c.ReadingAnswer): Promise<c.Preview> {
    const file = this.grants.file(grant, "read");
    return await this.#evidence.preview(file, member, choice, answer);
  }

  openMapping(folder: c.GrantId): Promise<c.MappingDraft> {
    return mappings.openMapping(this.grants.path(folder, "read"));
  }

  async editMapping(texts: c.MappingTexts, edits: readonly c.MappingEdit[]): Promise<c.MappingDraft> {
    return mappings.editMapping(texts, edits);
  }

  saveMapping(target: c.GrantId, texts: c.MappingTexts): Promise<c.SavedMapping> {
    const info = this.#case?.info();
    const evidence = info === undefined ? [] : [...caseFiles(info.file), ...info.sources.map(({ path }) => path)];
    return mappings.saveMapping(this.grants.path(target, "write-new"), texts, evidence);
  }

  /** What a folder only lists (links, devices) is left out, and the case says so. */
  async startImport(request: c.ImportRequest): Promise<c.JobId> {
    const open = this.#open();
    const refused = request.items.flatMap(({ grant }) => this.grants.problem(grant) ?? []);
    const items = request.items.filter(({ grant }) => this.grants.problem(grant) === undefined);
    if (items.length === 0 && refused[0] !== undefined) throw new FaultError(refused[0]);
    const beside = (request.beside ?? [])
      .filter((grant) => this.grants.problem(grant) === undefined)
      .map((grant) => this.grants.path(grant, "read", "case"));
    const paths = items.map((item) => {
      const { path, name } = this.grants.file(item.grant, "read", "case");
      return { ...item, path, name, passwords: this.#evidence.passwords.for(name), beside };
    });
    if (refused.length > 0) open.logLeftOut(refused);
    return open.startImport(paths);
  }

  async startExport(request: c.ExportRequest): Promise<c.JobId> {
    return this.#open().startExport(request, this.grants.path(request.target, "write-new"));
  }

  watch(job: c.JobId, seen: number): Promise<c.JobState> {
    return this.jobs.get(job).watch(seen);
  }

  async cancel(job: c.JobId): Promise<void> {
    this.jobs.cancel(job);
  }

  async removeSource(source: c.SourceId): Promise<true> {
    this.#open().removeSource(source);
    return true;
  }

  unlock(grant: c.GrantId, password: string): Promise<c.InspectedItem> {
    return this.#evidence.unlock(grant, password, sourcesOf(this.#case?.info()));
  }

  /** Faults: request.stale, source.missing. */
  async unlockSource(id: c.SourceId, password: string): Promise<c.InspectedItem> {
    const { grant } = await this.#fileOf(id);
    return await this.#evidence.unlock(grant, password, sourcesOf(this.#open().info()));
  }

  usePasswordFile(file: c.GrantId, grants: readonly c.GrantId[]): Promise<c.PasswordFileOutcome> {
    return this.#evidence.usePasswordFile(file, grants);
  }

  importAgain(source: c.SourceId, beyondLimits: boolean): Promise<c.JobId> {
    return this.#open().again(this.#againTools()).source(source, beyondLimits);
  }

  importMemberAgain(member: c.MemberId, as: c.MemberRequest): Promise<c.JobId> {
    return this.#open().again(this.#againTools()).member(member, as);
  }

  /** Faults: request.stale, source.missing. */
  async lookAgain(id: c.SourceId): Promise<c.AgainLook> {
    const { source, grant } = await this.#fileOf(id);
    const open = this.#open();
    const item = await this.#evidence.look(grant, sourcesOf(open.info()));
    return { item, said: saidOf(source, open.actions(), open.timeInForce()) };
  }

  #againTools(): AgainTools {
    return {
      grant: (path, name) => this.grants.addFound(path, name, undefined),
      passwords: (name) => this.#evidence.passwords.for(name),
      digest: (path) => this.#inspector.digest(path),
    };
  }

  async #fileOf(id: c.SourceId): Promise<{ readonly source: c.SourceInfo; readonly grant: c.GrantId }> {
    const source = sourcesOf(this.#open().info()).find((known) => known.id === id);
    if (source === undefined) raise("request.stale", "This source is not in the case.", "Look at the list again.");
    await stillThere(source);
    return { source, grant: this.grants.addFound(source.path, source.name, undefined) };
  }

  reveal(id: c.EntryId): Promise<c.EntryDetail> {
    return this.#open().reveal(id);
  }

  // ---- identity matching

  identities(): Promise<c.IdentityInfo> {
    return this.#open().ask((query) => query.identities());
  }

  async addLedgerTables(tables: readonly c.LedgerTableChoice[]): Promise<c.IdentityInfo> {
    const open = this.#open();
    const chosen = await this.files(
      tables.map(({ grant }) => grant),
      caseFiles(open.info().file),
    );
    return await open.identities.add(await readLedgerFiles(this.grants, chosen, tables));
  }

  removeLedgerTable(table: number): Promise<c.IdentityInfo> {
    return this.#open().identities.remove(table);
  }

  async setIdentityPolicy(policy: c.IdentityPolicy | c.GrantId): Promise<c.IdentityInfo> {
    const isEdited = typeof policy !== "string";
    const given = isEdited ? policy : await readPolicyFile(this.grants.file(policy, "read"));
    return await this.#open().identities.usePolicy(given);
  }

  undoIdentities(): Promise<c.IdentityInfo> {
    return this.#open().identities.undo();
  }

  redoIdentities(): Promise<c.IdentityInfo> {
    return this.#open().identities.redo();
  }

  worklist(role: c.MatchRole, state: c.MatchState, first: number, count: number): Promise<c.WorklistPage> {
    return this.#open().ask((query) => query.worklist(role, state, first, count));
  }

  // ---- assumptions about time

  async changeTime(change: c.TimeChange): Promise<c.LoggedTimeChange> {
    const changed = await this.#open().changeTime({ kind: "do", change });
    return changed ?? raise("request.stale", "The change was not made.", "Look at the case, and make it again.");
  }

  undoTimeChange(): Promise<c.LoggedTimeChange | undefined> {
    return this.#open().changeTime({ kind: "undo" });
  }

  redoTimeChange(): Promise<c.LoggedTimeChange | undefined> {
    return this.#open().changeTime({ kind: "redo" });
  }

  // ---- questions, answered by the query thread

  timeAssumptions(): Promise<c.TimeAssumptions> {
    return this.#open().ask((query) => query.timeAssumptions());
  }

  rejects(
    first: number,
    count: number,
    member: c.MemberId | undefined,
    code: string | undefined,
  ): Promise<c.RejectPage> {
    return this.#open().ask((query) => query.rejects(first, count, member, code));
  }

  byteMap(member: c.MemberId, cells: number): Promise<c.ByteMap> {
    return this.#open().ask((query) => query.byteMap(member, cells));
  }

  coverage(buckets: number): Promise<c.Coverage | undefined> {
    return this.#open().ask((query) => query.coverage(buckets));
  }

  bytes(member: c.MemberId, offset: number, length: number, entry?: c.EntryId): Promise<Uint8Array> {
    return this.#open().ask((query) => query.bytes(member, offset, length, entry));
  }

  fields(): Promise<readonly c.FieldInfo[]> {
    return this.#open().ask((query) => query.fields());
  }

  check(text: string, zone: string): Promise<c.QueryCheck> {
    return this.#open().ask((query) => query.check(text, zone));
  }

  open(query: c.QueryRequest): Promise<c.ResultInfo> {
    return this.#open().ask((service) => service.open(query));
  }

  rows(id: c.ResultId, first: number, count: number, columns: readonly string[]): Promise<c.RowPage> {
    return this.#open().ask((query) => query.rows(id, first, count, columns));
  }

  histogram(id: c.ResultId, buckets: number, range: c.TimeRange): Promise<c.Histogram> {
    return this.#open().ask((query) => query.histogram(id, buckets, range));
  }

  facets(id: c.ResultId, fields: readonly string[], limit: number, contains: string): Promise<readonly c.Facet[]> {
    return this.#open().ask((query) => query.facets(id, fields, limit, contains));
  }

  entry(id: c.EntryId): Promise<c.EntryDetail> {
    return this.#open().ask((query) => query.entry(id));
  }

  overlaps(): Promise<readonly c.Overlap[]> {
    return this.#open().ask((query) => query.overlaps());
  }

  locate(
    id: c.ResultId,
    at: { readonly entry: c.EntryId } | { readonly time: c.EpochMicros },
  ): Promise<number | undefined> {
    return this.#open().ask((query) => query.locate(id, at));
  }

  explain(query: c.QueryRequest): Promise<readonly c.ClauseCount[]> {
    return this.#open().ask((service) => service.explain(query));
  }

  exportPreview(request: Omit<c.ExportRequest, "target">): Promise<c.ExportPreview> {
    return this.#open().ask((query) => query.exportPreview(request));
  }

  async close(id: c.ResultId): Promise<void> {
    await this.#case?.ask((query) => query.close(id));
  }
}

/** The case and what SQLite keeps beside it. */
export function caseFiles(file: string): readonly string[] {
  return [file, `${file}-wal`, `${file}-shm`];
}

function sourcesOf(info: c.CaseInfo | undefined): readonly c.SourceInfo[] {
  return info?.sources.filter(({ state }) => state !== "replaced") ?? [];
}
