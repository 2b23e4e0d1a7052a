/** The engine's contract over generated rows, for the preview in a plain browser and for tests of the renderer. */
import type {
  CaseInfo,
  EngineApi,
  EpochMicros,
  Fault,
  GrantId,
  JobId,
  JobState,
  QueryRequest,
  Result,
  ResultId,
  ResultInfo,
  SourceId,
} from "../../workers/contract.ts";
import type { EngineConnection } from "../../renderer/engine/client.ts";
import { FAKE_REJECTS, fakeCase, stale, troubledCase } from "./fake-case.ts";
import { fakeIdentities } from "./fake-identities.ts";
import { FAKE_PASSWORD, fakeInspect, fakeLocked, fakePreview } from "./fake-import.ts";
import { FAKE_FIELDS, faultOfText, partsOf, testOf, tokensOf } from "./fake-query.ts";
import { FAKE_OVERLAPS, detailOf } from "./fake-objects.ts";
import { type FakeRow, fakeRows } from "./fake-rows.ts";
import { fakeTimes } from "./fake-times.ts";

export interface FakeOptions {
  readonly entries?: number;
  /** No case until one is created, opened or imported into. */
  readonly closed?: boolean;
  /** The case is being imported and never finishes. */
  readonly importing?: boolean;
  /** Sources of the case are incomplete, locked, or have something to say. */
  readonly troubled?: boolean;
  /** Two sources tell some of the same things. */
  readonly overlapping?: boolean;
  /** An identity ledger was added before. */
  readonly ledger?: boolean;
}

interface Opened {
  readonly rows: readonly FakeRow[];
  readonly info: ResultInfo;
}

const ok = <T>(value: T): Result<T> => ({ ok: true, value });
const no = <T>(fault: Fault): Result<T> => ({ ok: false, fault });
/** A promise that never settles: a watch on something that never changes. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export function fakeEngine(options: FakeOptions = {}): EngineConnection {
  const api = fakeApi(options);
  return {
    api,
    generation: () => 1,
    state: () => "ready",
    subscribe: () => () => undefined,
    onReturn: () => undefined,
    lost: () => undefined,
    dispose: () => undefined,
  };
}

function fakeApi(options: FakeOptions = {}): EngineApi {
  const { entries = 5000, closed = false, importing = false, troubled = false, overlapping = false } = options;
  const rows = fakeRows(entries);
  const plain = troubled ? troubledCase(rows, 7) : fakeCase(rows, importing ? "importing" : "sealed", 7);
  const full = options.ledger === true ? { ...plain, matchedAt: 1_780_000_000_000 } : plain;
  const results = new Map<number, Opened>();
  const unlocked = new Set<GrantId>();
  let open: CaseInfo | undefined = closed ? undefined : full;
  let revision = closed ? -1 : full.revision;
  let wake: (() => void) | undefined;
  let opened = 0;
  const put = (info: CaseInfo | undefined): void => {
    open = info;
    revision = info === undefined ? -1 : info.revision;
    wake?.();
  };
  const find = (id: ResultId): Opened | undefined => results.get(id);

  return {
    ...fakeIdentities(options.ledger === true, () => {
      if (open !== undefined) put({ ...open, revision: open.revision + 1 });
    }),
    watchCase: async (seen) => {
      if (seen === revision && seen >= 0) await new Promise<void>((go) => (wake = go));
      return open;
    },
    createCase: async () => {
      put({ ...full, entries: 0, rejects: 0, state: "empty", sources: [], accounted: 0, bytes: 0, revision: 1 });
      return ok(open as CaseInfo);
    },
    openCase: async () => {
      put(full);
      return ok(full);
    },
    closeCase: async () => {
      put(undefined);
      return ok(true as const);
    },
    inspect: async (grants) =>
      ok(fakeInspect(grants).map((item) => (unlocked.has(item.grant) ? fakeLocked(item.grant, "open") : item))),
    preview: async () => ok(fakePreview(rows)),
    openMapping: async () => no(stale),
    editMapping: async () => no(stale),
    saveMapping: async () => no(stale),
    startImport: async () => {
      setTimeout(() => put(full), 50);
      return ok(1 as JobId);
    },
    startExport: async () => ok(2 as JobId),
    watch: async (job, seen) => (seen < 0 ? ok(fakeJob(job, importing)) : never()),
    cancel: async () => undefined,
    removeSource: async () => ok(true as const),
    importAgain: async () => ok(1 as JobId),
    lookAgain: async (source) => {
      const [item] = fakeInspect(["again" as GrantId]);
      if (item === undefined) throw new Error("the fake file is gone");
      return ok({ item: { ...item, alreadyIn: source }, said: { "audit.log": { answer: { zone: "+02:00" } } } });
    },
    importMemberAgain: async () => ok(1 as JobId),
    unlock: async (grant, password) => {
      if (password === FAKE_PASSWORD) unlocked.add(grant);
      return ok(fakeLocked(grant, unlocked.has(grant) ? "open" : "wrong"));
    },
    unlockSource: async (_source, password) =>
      ok(fakeLocked("again" as GrantId, password === FAKE_PASSWORD ? "open" : "wrong")),
    usePasswordFile: async (_file, grants) => {
      for (const grant of grants) unlocked.add(grant);
      return ok({ passwords: 3, missing: ["missing-case.zip"] });
    },
    ...fakeTimes(),
    overlaps: async () => ok(overlapping ? FAKE_OVERLAPS : []),
    rejects: async (first, count, member, code) => {
      const fit = FAKE_REJECTS.filter((reject) => (member ?? 0) === 0 && (code === undefined || reject.code === code));
      const page = fit.slice(first, first + count).map((reject, index) => ({
        id: first + index,
        member: 0 as never,
        line: 90_217 + index,
        offset: reject.offset,
        length: reject.length,
        code: reject.code,
        detail: reject.detail,
        bytes: new TextEncoder().encode(reject.text),
      }));
      return ok({
        total: fit.length,
        first,
        rows: page,
        byReason: [
          { code: "stamp not readable", count: 2 },
          { code: "cut off", count: 1 },
        ],
      });
    },
    byteMap: async (member, cells) => {
      const kinds = new Uint8Array(cells);
      if (member === 0) for (const { offset } of FAKE_REJECTS) kinds[Math.floor((offset / 731_402_118) * cells)] = 1;
      kinds[Math.floor(cells * 0.52)] = 2;
      return ok({ member, bytes: full.sources[member]?.bytes ?? 0, kinds });
    },
    coverage: async (buckets) => {
      const [from, to] = spanOf(rows);
      return ok({
        from,
        to,
        lanes: [0, 1, 2].map((source) => ({
          source: source as SourceId,
          counts: bucketed(
            rows.filter((row) => row.member === source),
            buckets,
            from,
            to,
          ),
        })),
      });
    },
    bytes: async (_member, _offset, length) => ok(new Uint8Array(length).map((_, index) => 32 + (index % 90))),
    fields: async () =>
      ok(
        FAKE_FIELDS.map((name) => ({
          secret: name === "custom7",
          name,
          title: name === "to" ? "Host" : name[0]?.toUpperCase() + name.slice(1),
          group: name.startsWith("raw.")
            ? ("original" as const)
            : name === "source"
              ? ("evidence" as const)
              : ("canonical" as const),
          kind: name === "time" ? ("time" as const) : name === "target" ? ("list" as const) : ("text" as const),
          aliases: name === "to" ? ["host", "wheredestination"] : [],
          present: true,
        })),
      ),
    check: async (text) =>
      ok({
        tokens: tokensOf(text),
        fault: faultOfText(text),
        inferred: /\bAND\b.*\bOR\b|\bOR\b.*\bAND\b/.test(text)
          ? text.replace(/(\S+) AND (\S+)/, "($1 AND $2)")
          : undefined,
        instants: [],
      }),
    open: async (query) => {
      const fault = faultOfText(query.text);
      if (fault !== undefined) return no(fault);
      const info = answer(rows, query, ++opened, full.revision);
      results.set(info.id, { rows: sorted(rows.filter(testOf(query)), query), info });
      return ok(info);
    },
    rows: async (id, first, count, columns) => {
      const found = find(id);
      if (found === undefined) return no(stale);
      const page = found.rows.slice(first, first + count);
      return ok({
        first,
        entries: Uint32Array.from(page, (row) => row.id),
        time: Float64Array.from(page, (row) => row.time),
        precision: Uint8Array.from(page, (row) => row.precision),
        flags: Uint32Array.from(page, (row) => row.flags),
        member: Uint32Array.from(page, (row) => row.member),
        cells: columns.map((column) =>
          page.map((row) => {
            const values = row.fields[column] ?? [];
            return values.length > 1 ? values : (values[0] ?? "");
          }),
        ),
      });
    },
    histogram: async (id, buckets, range) => {
      const found = find(id);
      if (found === undefined) return no(stale);
      const [first, last] = spanOf(rows);
      const [from, to] = [range.from ?? first, range.to ?? last];
      const width = Math.ceil((to - from) / buckets);
      const end = (from + width * buckets) as EpochMicros;
      return ok({
        from,
        to: end,
        width,
        series: [0, 1, 2].map((source) => ({
          source: source as SourceId,
          counts: bucketed(
            found.rows.filter((row) => row.member === source),
            buckets,
            from,
            end,
          ),
        })),
        totals: bucketed(rows, buckets, from, end),
        undatedMatched: found.info.undatedMatched,
        undatedTotal: found.info.undatedTotal,
        matchedOutside: 0,
      });
    },
    facets: async (id, fields, limit, contains) => {
      const found = find(id);
      if (found === undefined) return no(stale);
      return ok(fields.map((field) => facet(found.rows, field, limit, contains)));
    },
    entry: async (id) => {
      const row = rows[id];
      return row === undefined ? no(stale) : ok(detailOf(row, false));
    },
    reveal: async (id) => {
      const row = rows[id];
      return row === undefined ? no(stale) : ok(detailOf(row, true));
    },
    locate: async (id, at) => {
      const list = find(id)?.rows ?? [];
      const index = list.findIndex((row) => ("entry" in at ? row.id === at.entry : row.time >= at.time));
      return ok(index < 0 ? undefined : index);
    },
    explain: async (query) => {
      const parts = partsOf(query);
      return ok(
        parts.map((part) => ({
          text: part.text,
          part: { kind: part.kind, index: part.index },
          alone: rows.filter(part.test).length,
          without: rows.filter((row) => parts.every((other) => other === part || other.test(row))).length,
        })),
      );
    },
    exportPreview: async (request) => {
      const matching = rows.filter(testOf(request.query));
      return ok({
        entries: matching.length,
        header: "time,source,outcome,actor,action,target,_src_member,_byte_offset",
        rows: matching
          .slice(0, 3)
          .map(
            (row) =>
              `${new Date(row.time / 1000).toISOString()},AU,${row.fields["outcome"]?.[0]},${row.fields["actor"]?.[0]}`,
          ),
        guarded: '2026-08-12T03:13:02.118+00:00,AQ,denied,"\'=HYPERLINK(""x"")",login,aqg-01,audit.jsonl,9120640',
      });
    },
    close: async (id) => {
      results.delete(id);
    },
  };
}

function answer(rows: readonly FakeRow[], query: QueryRequest, id: number, revision: number): ResultInfo {
  const matching = rows.filter(testOf(query));
  const [first, last] = spanOf(matching);
  const [firstOfAll, lastOfAll] = spanOf(rows);
  const undated = (list: readonly FakeRow[]): number => list.filter((row) => Number.isNaN(row.time)).length;
  return {
    id: id as ResultId,
    revision,
    total: rows.length,
    matched: matching.length,
    undatedTotal: undated(rows),
    undatedMatched: undated(matching),
    first: matching.length === 0 ? undefined : first,
    last: matching.length === 0 ? undefined : last,
    firstOfAll,
    lastOfAll,
    query: query.text,
    perSource: [0, 1, 2].map((source) => ({
      source: source as SourceId,
      matched: matching.filter((row) => row.member === source).length,
      total: rows.filter((row) => row.member === source).length,
    })),
    tookMs: 3,
  };
}

function sorted(rows: readonly FakeRow[], { sort }: QueryRequest): readonly FakeRow[] {
  const sign = sort.descending ? -1 : 1;
  const key = (row: FakeRow): string => row.fields[sort.field]?.[0] ?? "";
  return rows.toSorted((one, other) => {
    if (sort.field !== "time") return sign * key(one).localeCompare(key(other)) || one.id - other.id;
    if (Number.isNaN(one.time) || Number.isNaN(other.time))
      return Number(Number.isNaN(one.time)) - Number(Number.isNaN(other.time));
    return sign * (one.time - other.time);
  });
}

function spanOf(rows: readonly FakeRow[]): readonly [EpochMicros, EpochMicros] {
  let [first, last] = [Infinity, -Infinity];
  for (const { time } of rows) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return [first as EpochMicros, last as EpochMicros];
}

function bucketed(rows: readonly FakeRow[], buckets: number, from: number, to: number): Uint32Array {
  const counts = new Uint32Array(buckets);
  for (const { time } of rows) {
    const at = Math.floor(((time - from) / (to - from)) * buckets);
    if (at >= 0 && at < buckets) counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

function facet(rows: readonly FakeRow[], field: string, limit: number, contains: string) {
  const counts = new Map<string, number>();
  let missing = 0;
  for (const row of rows) {
    const values = row.fields[field] ?? [];
    if (values.length === 0) missing += 1;
    for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const wanted = [...counts].filter(([value]) => value.toLowerCase().includes(contains.toLowerCase()));
  const values = wanted.toSorted((one, other) => other[1] - one[1]).map(([value, count]) => ({ value, count }));
  return { field, values: values.slice(0, limit), distinct: wanted.length, missing };
}

function fakeJob(job: JobId, running: boolean): JobState {
  return {
    job,
    kind: "import",
    state: running ? "running" : "done",
    revision: 1,
    phase: running ? "reading" : "done",
    label: "siren-audit-2026.08.jsonl",
    done: 133_089_717,
    total: 214_660_835,
    unit: "bytes",
    rate: 9_050_000,
    secondsLeft: 9,
    entries: 36_104,
    rejects: 0,
    items: [
      {
        name: "audit.log",
        state: "done",
        done: 731_402_118,
        total: 731_402_118,
        entries: 918_406,
        rejects: 3,
        fault: undefined,
      },
      {
        name: "siren-audit-2026.08.jsonl",
        state: running ? "running" : "done",
        done: 133_089_717,
        total: 214_660_835,
        entries: 36_104,
        rejects: 0,
        fault: undefined,
      },
      {
        name: "notes.bin",
        state: "failed",
        done: 0,
        total: 4096,
        entries: 0,
        rejects: 0,
        fault: {
          code: "format.unknown",
          message: "notes.bin is not text and no known format.",
          next: "Leave it out, or convert it to text first.",
          source: "notes.bin",
        },
      },
    ],
    fault: undefined,
    exported: undefined,
  };
}
