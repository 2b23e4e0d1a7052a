/**
 * Everything that is asked of a case and changes nothing. The window and the export ask it in a thread, the command line
 * in its own process. A result stays at the revision it was opened on; a new one is opened on what is committed by then.
 */
import type * as c from "../contract.ts";
import { raise } from "../base/fault.ts";
import { isZone } from "../base/zone.ts";
import { check } from "../query/check.ts";
import { explain } from "../query/explain.ts";
import { fieldInfos, fieldNames } from "../query/names.ts";
import type { CaseColumns } from "../query/columns.ts";
import { overlapsOf } from "../query/repeats.ts";
import { Result } from "../query/result.ts";
import { worklistPage } from "../query/worklist.ts";
import { CaseReader } from "../store/case-reader.ts";
import { CaseReread } from "./case-reread.ts";
import { fairCheckpoint } from "./checkpoint.ts";
import { coverageOf } from "./coverage.ts";
import { entryDetail } from "./entry-detail.ts";
import { previewExport } from "./export-preview.ts";
import { IdentityMatching, type MatchOutcome } from "./identity-matching.ts";
import { LineIndex } from "./line-index.ts";
import { MaskedBytes } from "./masked-bytes.ts";
import { maskedDetail } from "./masked-detail.ts";
import { maskedFacet, resolvedQuery } from "./masked-query.ts";
import type { QueryThreadApi } from "./query-protocol.ts";
import { CaseSecrets, newSalt, SALT_SETTING } from "./secrets.ts";
import { timeAssumptions } from "./time-assumptions.ts";
import { writtenTimes } from "./written-times.ts";

export type SecretMode = "masked" | "full";

/** Results kept at one time; a window shows one and prepares one. */
const KEPT = 32;

export class QueryService {
  readonly #lines = new LineIndex();
  readonly #identities = new IdentityMatching();
  readonly #results = new Map<c.ResultId, Result>();
  readonly #secrets = new WeakMap<CaseColumns, CaseSecrets>();
  readonly #masked = new WeakMap<CaseReader, MaskedBytes>();
  /** Entries that were shown with nothing masked; asked for more of their bytes, they are so still. */
  readonly #revealed = new Set<c.EntryId>();
  readonly #mode: SecretMode;
  readonly #salt: string;
  #reader: CaseReader;
  #next = 1;

  /** Faults: those of `CaseReader.open`. full: nothing is masked, which the caller logs. */
  constructor(caseFile: string, mode: SecretMode = "masked") {
    this.#reader = CaseReader.open(caseFile, (reader) => new CaseReread(reader));
    this.#mode = mode;
    // A case that nobody has opened for writing since secrets are masked has no salt yet.
    this.#salt = this.#reader.setting(SALT_SETTING) ?? newSalt();
  }

  /** The secrets of a snapshot; undefined where nothing is to be masked. */
  secrets(columns: CaseColumns): CaseSecrets | undefined {
    if (this.#mode === "full") return undefined;
    let secrets = this.#secrets.get(columns);
    if (secrets === undefined) {
      secrets = new CaseSecrets(columns, this.#salt);
      this.#secrets.set(columns, secrets);
    }
    return secrets;
  }

  /** The case as it is now. */
  reader(): CaseReader {
    this.#reader = this.#reader.refresh();
    return this.#reader;
  }

  dispose(): void {
    this.#results.clear();
    this.#reader.close();
  }

  async open(query: c.QueryRequest): Promise<c.ResultInfo> {
    const start = performance.now();
    const { result, hide } = await this.answer(query);
    const id = this.#next++ as c.ResultId;
    this.#results.set(id, result);
    for (const oldest of this.#results.keys()) {
      if (this.#results.size <= KEPT) break;
      this.#results.delete(oldest);
    }
    const info = result.info(id, performance.now() - start);
    return { ...info, query: hide(info.query) };
  }

  /** A result that nobody keeps, for callers in the same thread. `hide`: takes secrets out of a text about the query. */
  async answer(query: c.QueryRequest): Promise<{ readonly result: Result; readonly hide: (text: string) => string }> {
    requireZone(query.zone);
    const reader = this.reader();
    const resolved = await this.#resolved(reader, query);
    return { result: await Result.open(reader, resolved.query, fairCheckpoint()), hide: resolved.hide };
  }

  async #resolved(reader: CaseReader, query: c.QueryRequest): ReturnType<typeof resolvedQuery> {
    const secrets = this.secrets(reader) ?? new CaseSecrets(reader, this.#salt);
    return await resolvedQuery(reader, secrets, query, fairCheckpoint());
  }

  async close(id: c.ResultId): Promise<void> {
    this.#results.delete(id);
  }

  async rows(id: c.ResultId, first: number, count: number, columns: readonly string[]): Promise<c.RowPage> {
    const result = this.#result(id);
    const page = result.rows(first, count, columns);
    const names = columns.map((name) => fieldNames(result.columns).require(name));
    return this.secrets(result.columns)?.page(page, names) ?? page;
  }

  async histogram(id: c.ResultId, buckets: number, range: c.TimeRange): Promise<c.Histogram> {
    return this.#result(id).histogram(buckets, range);
  }

  async facets(
    id: c.ResultId,
    fields: readonly string[],
    limit: number,
    contains: string,
  ): Promise<readonly c.Facet[]> {
    const result = this.#result(id);
    const secrets = this.secrets(result.columns);
    const found: c.Facet[] = [];
    for (const field of fields) {
      const name = fieldNames(result.columns).require(field);
      const isSecret = secrets?.isSecretSomewhere(name) === true;
      if (isSecret) found.push(await maskedFacet(result, secrets, name, limit, contains, fairCheckpoint()));
      else found.push(...(await result.facets([name], limit, contains, fairCheckpoint())));
    }
    return found;
  }

  async locate(id: c.ResultId, at: Parameters<Result["locate"]>[0]): Promise<number | undefined> {
    return this.#result(id).locate(at);
  }

  async fields(): Promise<readonly c.FieldInfo[]> {
    const reader = this.reader();
    return new CaseSecrets(reader, this.#salt).infos(fieldInfos(reader));
  }

  async check(text: string, zone: string): Promise<c.QueryCheck> {
    requireZone(zone);
    return check(text, fieldNames(this.reader()), zone);
  }

  async explain(query: c.QueryRequest): Promise<readonly c.ClauseCount[]> {
    requireZone(query.zone);
    const reader = this.reader();
    const resolved = await this.#resolved(reader, query);
    const counts = await explain(reader, resolved.query, fairCheckpoint());
    return counts.map((count) => ({ ...count, text: resolved.hide(count.text) }));
  }

  async entry(id: c.EntryId): Promise<c.EntryDetail> {
    const reader = this.reader();
    const detail = await entryDetail(reader, id, this.#lines);
    const secrets = this.secrets(reader);
    if (secrets === undefined) return detail;
    return maskedDetail(detail, secrets.of(reader.placeOf(id).member), secrets.masking);
  }

  /** The caller logs it. */
  reveal(id: c.EntryId): Promise<c.EntryDetail> {
    this.#revealed.add(id);
    return entryDetail(this.reader(), id, this.#lines);
  }

  async overlaps(): Promise<readonly c.Overlap[]> {
    return overlapsOf(this.reader());
  }

  async timeAssumptions(): Promise<c.TimeAssumptions> {
    return timeAssumptions(this.reader());
  }

  async writtenTimes(member: c.MemberId): Promise<Float64Array> {
    return writtenTimes(this.reader(), member);
  }

  async rejects(
    first: number,
    count: number,
    member: c.MemberId | undefined,
    code: string | undefined,
  ): Promise<c.RejectPage> {
    const reader = this.reader();
    const page = reader.rejects(first, count, member, code);
    return this.#maskedBytes(reader)?.rejects(page) ?? page;
  }

  async byteMap(member: c.MemberId, cells: number): Promise<c.ByteMap> {
    return this.reader().byteMap(member, cells);
  }

  async coverage(buckets: number): Promise<c.Coverage | undefined> {
    return coverageOf(this.reader(), buckets);
  }

  async bytes(member: c.MemberId, offset: number, length: number, entry?: c.EntryId): Promise<Uint8Array> {
    const reader = this.reader();
    const isOpen =
      entry !== undefined && (this.#revealed.has(entry) || this.secrets(reader)?.isHolder(entry) === false);
    const masked = this.#maskedBytes(reader)?.bytes(member, offset, length, isOpen ? entry : undefined);
    return masked ?? new Uint8Array(reader.bytes(member, offset, length));
  }

  #maskedBytes(reader: CaseReader): MaskedBytes | undefined {
    const secrets = this.secrets(reader);
    if (secrets === undefined) return undefined;
    let masked = this.#masked.get(reader);
    if (masked === undefined) {
      masked = new MaskedBytes(reader, secrets);
      this.#masked.set(reader, masked);
    }
    return masked;
  }

  async exportPreview(request: Omit<c.ExportRequest, "target">): Promise<c.ExportPreview> {
    const { result } = await this.answer(request.query);
    const secrets = request.secrets === "full" ? undefined : this.secrets(result.columns);
    return previewExport(this.#reader, result, request, secrets);
  }

  async identities(): Promise<c.IdentityInfo> {
    return this.#identities.info(this.reader());
  }

  async worklist(role: c.MatchRole, state: c.MatchState, first: number, count: number): Promise<c.WorklistPage> {
    return worklistPage(this.reader(), role, state, first, count);
  }

  async matchIdentities(): Promise<MatchOutcome> {
    return this.#identities.match(this.reader());
  }

  #result(id: c.ResultId): Result {
    const result = this.#results.get(id);
    if (result !== undefined) return result;
    return raise("request.stale", "This result was closed.", "Run the query again.");
  }
}

/**
 * Every method that crosses the port, as `serve` wants them: own properties. `service` opens the case when first asked,
 * so that a case that cannot be read is an answer and not the end of the thread.
 */
export function queryApi(service: () => QueryService): QueryThreadApi {
  return {
    open: async (query) => await service().open(query),
    close: async (id) => await service().close(id),
    rows: async (...values) => await service().rows(...values),
    histogram: async (...values) => await service().histogram(...values),
    facets: async (...values) => await service().facets(...values),
    locate: async (...values) => await service().locate(...values),
    fields: async () => await service().fields(),
    check: async (...values) => await service().check(...values),
    explain: async (query) => await service().explain(query),
    entry: async (id) => await service().entry(id),
    reveal: async (id) => await service().reveal(id),
    overlaps: async () => await service().overlaps(),
    timeAssumptions: async () => await service().timeAssumptions(),
    writtenTimes: async (member) => await service().writtenTimes(member),
    rejects: async (...values) => await service().rejects(...values),
    byteMap: async (...values) => await service().byteMap(...values),
    coverage: async (buckets) => await service().coverage(buckets),
    bytes: async (...values) => await service().bytes(...values),
    exportPreview: async (request) => await service().exportPreview(request),
    identities: async () => await service().identities(),
    worklist: async (...values) => await service().worklist(...values),
    matchIdentities: async () => await service().matchIdentities(),
  };
}

function requireZone(zone: string): void {
  if (isZone(zone)) return;
  raise(
    "request.invalid",
    `No time zone is called ${JSON.stringify(zone)}.`,
    "Choose a zone such as Europe/Paris, or +02:00.",
  );
}
