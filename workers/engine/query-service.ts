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
import { Result } from "../query/result.ts";
import { CaseReader } from "../store/case-reader.ts";
import { CaseReread } from "./case-reread.ts";
import { fairCheckpoint } from "./checkpoint.ts";
import { coverageOf } from "./coverage.ts";
import { entryDetail } from "./entry-detail.ts";
import { previewExport } from "./export-preview.ts";
import { LineIndex } from "./line-index.ts";
import type { QueryThreadApi } from "./query-protocol.ts";

/** Results kept at one time; a window shows one and prepares one. */
const KEPT = 32;

export class QueryService {
  readonly #lines = new LineIndex();
  readonly #results = new Map<c.ResultId, Result>();
  #reader: CaseReader;
  #next = 1;

  /** Faults: those of `CaseReader.open`. */
  constructor(caseFile: string) {
    this.#reader = CaseReader.open(caseFile, (reader) => new CaseReread(reader));
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
    const result = await this.result(query);
    const id = this.#next++ as c.ResultId;
    this.#results.set(id, result);
    for (const oldest of this.#results.keys()) {
      if (this.#results.size <= KEPT) break;
      this.#results.delete(oldest);
    }
    return result.info(id, performance.now() - start);
  }

  /** A result that nobody keeps, for callers in the same thread. */
  async result(query: c.QueryRequest): Promise<Result> {
    requireZone(query.zone);
    return await Result.open(this.reader(), query, fairCheckpoint());
  }

  async close(id: c.ResultId): Promise<void> {
    this.#results.delete(id);
  }

  async rows(id: c.ResultId, first: number, count: number, columns: readonly string[]): Promise<c.RowPage> {
    return this.#result(id).rows(first, count, columns);
  }

  async histogram(id: c.ResultId, buckets: number, range: c.TimeRange): Promise<c.Histogram> {
    return this.#result(id).histogram(buckets, range);
  }

  facets(id: c.ResultId, fields: readonly string[], limit: number, contains: string): Promise<readonly c.Facet[]> {
    return this.#result(id).facets(fields, limit, contains, fairCheckpoint());
  }

  async locate(id: c.ResultId, at: Parameters<Result["locate"]>[0]): Promise<number | undefined> {
    return this.#result(id).locate(at);
  }

  async fields(): Promise<readonly c.FieldInfo[]> {
    return fieldInfos(this.reader());
  }

  async check(text: string, zone: string): Promise<c.QueryCheck> {
    requireZone(zone);
    return check(text, fieldNames(this.reader()), zone);
  }

  async explain(query: c.QueryRequest): Promise<readonly c.ClauseCount[]> {
    requireZone(query.zone);
    return await explain(this.reader(), query, fairCheckpoint());
  }

  entry(id: c.EntryId): Promise<c.EntryDetail> {
    return entryDetail(this.reader(), id, this.#lines);
  }

  async rejects(
    first: number,
    count: number,
    member: c.MemberId | undefined,
    code: string | undefined,
  ): Promise<c.RejectPage> {
    return this.reader().rejects(first, count, member, code);
  }

  async byteMap(member: c.MemberId, cells: number): Promise<c.ByteMap> {
    return this.reader().byteMap(member, cells);
  }

  async coverage(buckets: number): Promise<c.Coverage | undefined> {
    return coverageOf(this.reader(), buckets);
  }

  async bytes(member: c.MemberId, offset: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(this.reader().bytes(member, offset, length));
  }

  async exportPreview(request: Omit<c.ExportRequest, "target">): Promise<c.ExportPreview> {
    const reader = this.reader();
    return previewExport(reader, await this.result(request.query), request);
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
    rejects: async (...values) => await service().rejects(...values),
    byteMap: async (...values) => await service().byteMap(...values),
    coverage: async (buckets) => await service().coverage(buckets),
    bytes: async (...values) => await service().bytes(...values),
    exportPreview: async (request) => await service().exportPreview(request),
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
