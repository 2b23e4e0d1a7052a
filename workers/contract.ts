/**
 * All that the renderer and the engine share. Everything here survives a structured clone: no functions cross a port,
 * except as the methods of `EngineApi`, which the renderer calls and the engine answers.
 *
 * Units: times are whole microseconds since 1970 UTC; offsets and lengths are bytes of a member as expanded, line ends
 * included; counts are exact.
 */

import type { EntryId, EpochMicros, GrantId, JobId, MemberId, Result, ResultId, SourceId } from "./contract/base.ts";
import type { ByteMap, CaseInfo, Coverage, RejectPage } from "./contract/case.ts";
import type { EntryDetail, Overlap } from "./contract/entry.ts";
import type { ExportPreview, ExportRequest } from "./contract/export.ts";
import type {
  IdentityInfo,
  IdentityPolicy,
  LedgerTableChoice,
  MatchRole,
  MatchState,
  WorklistPage,
} from "./contract/identity.ts";
import type {
  AgainLook,
  FormatChoice,
  ImportRequest,
  InspectedItem,
  JobState,
  MemberRequest,
  PasswordFileOutcome,
  Preview,
} from "./contract/import.ts";
import type { MappingDraft, MappingEdit, MappingTexts, SavedMapping } from "./contract/mapping.ts";
import type {
  ClauseCount,
  Facet,
  FieldInfo,
  Histogram,
  QueryCheck,
  QueryRequest,
  ResultInfo,
  RowPage,
  TimeRange,
} from "./contract/query.ts";
import type { ReadingAnswer } from "./contract/reading.ts";
import type { LoggedTimeChange, TimeAssumptions, TimeChange } from "./contract/time.ts";

export * from "./contract/base.ts";
export type * from "./contract/case.ts";
export type * from "./contract/entry.ts";
export type * from "./contract/export.ts";
export * from "./contract/identity.ts";
export type * from "./contract/import.ts";
export * from "./contract/mapping.ts";
export type * from "./contract/query.ts";
export type * from "./contract/reading.ts";
export type * from "./contract/siren.ts";
export * from "./contract/time.ts";

export interface EngineApi {
  /** The open case; waits up to 10 s for a revision other than `seen` (-1 answers at once). undefined = none open. */
  watchCase(seen: number): Promise<CaseInfo | undefined>;
  createCase(grant: GrantId): Promise<Result<CaseInfo>>;
  openCase(grant: GrantId): Promise<Result<CaseInfo>>;
  closeCase(): Promise<Result<true>>;

  /** A folder yields an item for each file in it, at any depth, under a grant of its own; links are listed, not followed. */
  inspect(grants: readonly GrantId[]): Promise<Result<readonly InspectedItem[]>>;
  preview(grant: GrantId, member: string, choice: FormatChoice, answer: ReadingAnswer): Promise<Result<Preview>>;
  /** Tries a password on an archive and looks at it again. Passwords that fit are kept in memory until the engine ends. */
  unlock(grant: GrantId, password: string): Promise<Result<InspectedItem>>;
  /** The same for a source of the case, whose file is looked at again where it was; `importAgain` then reads it. */
  unlockSource(source: SourceId, password: string): Promise<Result<InspectedItem>>;
  /** Takes the passwords of a file into memory; `grants`: what was chosen, to tell which named files are missing. */
  usePasswordFile(file: GrantId, grants: readonly GrantId[]): Promise<Result<PasswordFileOutcome>>;
  /** Reads the two definition files of a folder, broken ones too. */
  openMapping(folder: GrantId): Promise<Result<MappingDraft>>;
  /** The definitions with these changes made, one after the other; what is not changed stays byte for byte. */
  editMapping(texts: MappingTexts, edits: readonly MappingEdit[]): Promise<Result<MappingDraft>>;
  /** Writes both files into the folder of `target`, or neither of them; files that are there go only where `target` is one. */
  saveMapping(target: GrantId, texts: MappingTexts): Promise<Result<SavedMapping>>;
  startImport(request: ImportRequest): Promise<Result<JobId>>;
  startExport(request: ExportRequest): Promise<Result<JobId>>;
  /** Answers when the job's revision differs from `seen`, at most 5 times a second, or after 10 s. */
  watch(job: JobId, seen: number): Promise<Result<JobState>>;
  cancel(job: JobId): Promise<void>;
  /** Takes an incomplete or unwanted source out of every view; its bytes stay in the case, the step is logged. */
  removeSource(source: SourceId): Promise<Result<true>>;
  /** Imports a source's file once more, the way it was imported; the old one is replaced when the new one is whole. */
  importAgain(source: SourceId, beyondLimits: boolean): Promise<Result<JobId>>;

  /** The file of a source as it is now, and how it was read; faults as `importAgain` has them. */
  lookAgain(source: SourceId): Promise<Result<AgainLook>>;
  /**
   * Imports one member once more as is said now, with those that it is one log with. What is in the case of it stays until
   * the new one is whole, and is replaced in one step; otherwise nothing changes. Of a source that was not read to its end
   * all is read again.
   */
  importMemberAgain(member: MemberId, as: MemberRequest): Promise<Result<JobId>>;

  /** What follows the name of a secret is overwritten in the bytes. */
  rejects(
    first: number,
    count: number,
    member: MemberId | undefined,
    code: string | undefined,
  ): Promise<Result<RejectPage>>;
  byteMap(member: MemberId, cells: number): Promise<Result<ByteMap>>;
  coverage(buckets: number): Promise<Result<Coverage | undefined>>;
  /**
   * Bytes of a member, at most 1 MiB a call. Those of secrets are overwritten, each with `*`, but in `entry` if `reveal`
   * was asked of it.
   */
  bytes(member: MemberId, offset: number, length: number, entry?: EntryId): Promise<Result<Uint8Array>>;

  fields(): Promise<Result<readonly FieldInfo[]>>;
  check(text: string, zone: string): Promise<Result<QueryCheck>>;
  open(query: QueryRequest): Promise<Result<ResultInfo>>;
  /** count ≤ 500 */
  rows(id: ResultId, first: number, count: number, columns: readonly string[]): Promise<Result<RowPage>>;
  /** `range` = what the axis shows; without it, all dated entries of the case. */
  histogram(id: ResultId, buckets: number, range: TimeRange): Promise<Result<Histogram>>;
  /** `contains` narrows the values listed, without case. */
  facets(id: ResultId, fields: readonly string[], limit: number, contains: string): Promise<Result<readonly Facet[]>>;
  /** Secrets are masked, in the values and in the bytes. */
  entry(id: EntryId): Promise<Result<EntryDetail>>;
  /** The entry with nothing masked; who asked for it, and when, is logged in the case. */
  reveal(id: EntryId): Promise<Result<EntryDetail>>;
  timeAssumptions(): Promise<Result<TimeAssumptions>>;
  /**
   * Changes an assumption about time for every entry it touches, without reading the evidence again: what the import
   * recorded stays. Faults: request.invalid, request.stale (also while a source is being imported).
   */
  changeTime(change: TimeChange): Promise<Result<LoggedTimeChange>>;
  /** Takes the last change back; undefined = there is none. Faults: request.stale. */
  undoTimeChange(): Promise<Result<LoggedTimeChange | undefined>>;
  /** Does the change again that was undone last; undefined = there is none. Faults: request.stale. */
  redoTimeChange(): Promise<Result<LoggedTimeChange | undefined>>;
  /** Members that tell the same things, for example a dump and a later export of the same log. */
  overlaps(): Promise<Result<readonly Overlap[]>>;
  /** Row number of an entry in a result, or of the first row at or after a time; undefined = not in it. */
  locate(
    id: ResultId,
    at: { readonly entry: EntryId } | { readonly time: EpochMicros },
  ): Promise<Result<number | undefined>>;
  explain(query: QueryRequest): Promise<Result<readonly ClauseCount[]>>;
  exportPreview(request: Omit<ExportRequest, "target">): Promise<Result<ExportPreview>>;

  /** The identity ledger and the policy in force, and what came of them. */
  identities(): Promise<Result<IdentityInfo>>;
  /** Takes tables into the case; one of the same kind and name replaces the one before. Matching follows. */
  addLedgerTables(tables: readonly LedgerTableChoice[]): Promise<Result<IdentityInfo>>;
  removeLedgerTable(table: number): Promise<Result<IdentityInfo>>;
  /** `policy`: edited, or a policy file to be read. */
  setIdentityPolicy(policy: IdentityPolicy | GrantId): Promise<Result<IdentityInfo>>;
  /** Undoes the last change of ledger or policy, or does it again; both are logged like the change. Fault: request.stale. */
  undoIdentities(): Promise<Result<IdentityInfo>>;
  redoIdentities(): Promise<Result<IdentityInfo>>;
  /** Distinct pairs in a state, at most 500 a call. */
  worklist(role: MatchRole, state: MatchState, first: number, count: number): Promise<Result<WorklistPage>>;
  close(id: ResultId): Promise<void>;
}
