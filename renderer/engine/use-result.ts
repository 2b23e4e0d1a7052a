/** Questions to the engine as hooks. Each answer is kept by what was asked (`RequestCache`), so asking again is free. */
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type {
  ByteMap,
  CaseInfo,
  ClauseCount,
  Coverage,
  EntryDetail,
  EntryId,
  Facet,
  FieldInfo,
  Histogram,
  MemberId,
  Overlap,
  QueryCheck,
  QueryRequest,
  RejectPage,
  Result,
  ResultInfo,
  TimeAssumptions,
  TimeRange,
} from "../../workers/contract.ts";
import { useCase, useEngineState, useServices } from "../app/services.tsx";
import type { Loaded } from "./request-cache.ts";
import { RowPages } from "./row-pages.ts";

const LOADING = { state: "loading" } as const;

/** Asks once for each key; undefined asks nothing. `run` must depend on nothing that the key does not tell apart. */
export function useRequest<T>(key: string | undefined, run: () => Promise<Result<T>>): Loaded<T> {
  const { requests } = useServices();
  const engine = useEngineState();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
    if (key !== undefined && engine === "ready") requests.ask(key, () => latest.current());
  });
  return useSyncExternalStore(
    (listener) => requests.subscribe(listener),
    () => (key === undefined ? LOADING : (requests.peek<T>(key) ?? LOADING)),
  );
}

/** The last value that was ready, so that a view keeps its content while the next is on its way. */
export function useKept<T>(loaded: Loaded<T>): T | undefined {
  const kept = useRef<T | undefined>(undefined);
  if (loaded.state === "ready") kept.current = loaded.value;
  return loaded.state === "fault" ? undefined : kept.current;
}

export function useHistogram(result: ResultInfo, buckets: number, range: TimeRange): Loaded<Histogram> {
  const { api } = useServices().engine;
  const key = `histogram ${resultKey(result)} ${buckets} ${range.from ?? ""} ${range.to ?? ""}`;
  return useRequest(key, () => api.histogram(result.id, buckets, range));
}

export function useFacets(
  result: ResultInfo,
  fields: readonly string[],
  limit: number,
  contains: string,
): Loaded<readonly Facet[]> {
  const { api } = useServices().engine;
  const key = `facets ${resultKey(result)} ${JSON.stringify([fields, limit, contains])}`;
  return useRequest(key, () => api.facets(result.id, fields, limit, contains));
}

/** Pages of rows; renders again as they arrive. Call `want` in an effect for what is in sight. */
export function useRowPages(result: ResultInfo, columns: readonly string[]): RowPages {
  const { engine } = useServices();
  const wanted = columns.join("\n");
  const pages = useMemo(
    () => new RowPages(engine, result.id, wanted === "" ? [] : wanted.split("\n")),
    // The result itself, not its id: another engine gives the same ids again.
    [engine, result, wanted],
  );
  useSyncExternalStore(
    (listener) => pages.subscribe(listener),
    () => pages.version,
  );
  return pages;
}

export function useEntry(entry: EntryId | undefined): Loaded<EntryDetail> {
  const { api } = useServices().engine;
  const { info } = useCase();
  const around = useMemo(() => aroundEntries(info), [info]);
  const key = entry === undefined ? undefined : `entry ${info?.file} ${around} ${entry}`;
  return useRequest(key, () => api.entry(entry as EntryId));
}

/**
 * What may change of an entry: who is behind it, what is assumed of its time, and what other sources tell it again. Those
 * that are still being read are left out: an entry that is looked at is not asked for again with every batch.
 */
function aroundEntries(info: CaseInfo | undefined): string {
  const sources = info?.sources.filter(({ state }) => state !== "importing") ?? [];
  return JSON.stringify([info?.matchedAt, info?.timeRevision, sources.map(({ id, state }) => `${id} ${state}`)]);
}

/** Every field of the case, present ones and the rest of the model. */
export function useFields(): Loaded<readonly FieldInfo[]> {
  const { api } = useServices().engine;
  const { info } = useCase();
  return useRequest(info && `fields ${info.file} ${info.revision}`, () => api.fields());
}

/** Members that tell the same things; not asked while evidence arrives, when each batch would ask anew. */
export function useOverlaps(): Loaded<readonly Overlap[]> {
  const { api } = useServices().engine;
  const { info } = useCase();
  const isAsked = info !== undefined && info.state !== "importing" && info.entries > 0;
  return useRequest(isAsked ? `overlaps ${info.file} ${info.revision}` : undefined, () => api.overlaps());
}

/** Not asked while evidence arrives: nothing can be changed then. */
export function useTimeAssumptions(): Loaded<TimeAssumptions> {
  const { api } = useServices().engine;
  const { info } = useCase();
  const isAsked = info !== undefined && info.state !== "importing" && info.entries > 0;
  return useRequest(isAsked ? `times ${info.file} ${info.revision}` : undefined, () => api.timeAssumptions());
}

export function useCheck(text: string, zone: string): Loaded<QueryCheck> {
  const { api } = useServices().engine;
  const { info } = useCase();
  return useRequest(info && `check ${info.file} ${info.revision} ${zone} ${text}`, () => api.check(text, zone));
}

export function useExplain(request: QueryRequest | undefined, revision: number): Loaded<readonly ClauseCount[]> {
  const { api } = useServices().engine;
  const key = request && `explain ${revision} ${JSON.stringify(request)}`;
  return useRequest(key, () => api.explain(request as QueryRequest));
}

export function useRejects(
  first: number,
  count: number,
  member: MemberId | undefined,
  code: string | undefined,
): Loaded<RejectPage> {
  const { api } = useServices().engine;
  const { info } = useCase();
  const key = info && `rejects ${info.file} ${info.revision} ${first} ${count} ${member ?? ""} ${code ?? ""}`;
  return useRequest(key, () => api.rejects(first, count, member, code));
}

export function useByteMap(member: MemberId | undefined, cells: number): Loaded<ByteMap> {
  const { api } = useServices().engine;
  const { info } = useCase();
  const key = member === undefined ? undefined : info && `map ${info.file} ${info.revision} ${member} ${cells}`;
  return useRequest(key, () => api.byteMap(member as MemberId, cells));
}

export function useCoverage(buckets: number): Loaded<Coverage | undefined> {
  const { api } = useServices().engine;
  const { info } = useCase();
  return useRequest(info && `coverage ${info.file} ${info.revision} ${buckets}`, () => api.coverage(buckets));
}

/** Bytes of a member, at most 1 MiB a call. `entry`: shown with nothing masked, if it was revealed. */
export function useBytes(
  member: MemberId | undefined,
  offset: number,
  length: number,
  entry?: EntryId,
): Loaded<Uint8Array> {
  const { api } = useServices().engine;
  const file = useCase().info?.file;
  const key =
    member === undefined || length === 0 ? undefined : `bytes ${file} ${member} ${offset} ${length} ${entry ?? ""}`;
  return useRequest(key, () => api.bytes(member as MemberId, offset, length, entry));
}

const resultKey = (result: ResultInfo): string => `${result.id} ${result.revision}`;
