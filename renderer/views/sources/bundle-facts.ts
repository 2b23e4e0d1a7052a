/** What the case holds of AQtive Guard, host by host and type by type: asked of the engine like any other query. */
import type {
  Clause,
  EngineApi,
  EpochMicros,
  Facet,
  QueryRequest,
  Result,
  ResultInfo,
} from "../../../workers/contract.ts";
import { floorSeen } from "./bundle-model.ts";

/** How far the entries of one type reach on one host. */
export interface Reach {
  readonly type: string;
  /** undefined = the entries name none. */
  readonly host: string | undefined;
  readonly entries: number;
  readonly first: EpochMicros | undefined;
  readonly last: EpochMicros | undefined;
  /** The lowest level among them: what lies below it may never have been written. */
  readonly floor: string | undefined;
}

const MOST_TYPES = 12;
const MOST_HOSTS = 24;
const GUARD: Clause = { field: "family", not: false, values: ["aqtive-guard"], enabled: true };

/** Of the whole case, whatever filters are on. */
export async function reachesOf(api: EngineApi): Promise<Result<readonly Reach[]>> {
  const types = await asked(api, [GUARD], ["category"], MOST_TYPES);
  if (!types.ok) return types;
  const reaches: Reach[] = [];
  for (const { value: type } of types.value.facets[0]?.values ?? []) {
    const ofType = [GUARD, is("category", type)];
    const hosts = await asked(api, ofType, ["datasource"], MOST_HOSTS);
    if (!hosts.ok) return hosts;
    const [facet] = hosts.value.facets;
    const named = (facet?.values ?? []).map(({ value }): string | undefined => value);
    for (const host of (facet?.missing ?? 0) > 0 ? [...named, undefined] : named) {
      const ofHost = host === undefined ? MISSING_HOST : is("datasource", host);
      const reach = await asked(api, [...ofType, ofHost], ["level"], 20);
      if (!reach.ok) return reach;
      const { info, facets } = reach.value;
      reaches.push({
        type: type.toUpperCase(),
        host,
        entries: info.matched,
        first: info.first,
        last: info.last,
        floor: floorSeen(facets[0]),
      });
    }
  }
  return { ok: true, value: reaches };
}

/** Values of a field under the restriction of the view, but for its own condition on that field. */
export async function countsWithout(api: EngineApi, query: QueryRequest, field: string): Promise<Result<Facet>> {
  const clauses = query.clauses.filter((clause) => clause.not || clause.field !== field);
  // Other formats have categories of their own, which are no log types.
  const own = field === "category" ? [...clauses, GUARD] : clauses;
  const answer = await asked(api, own, [field], 100, query);
  if (!answer.ok) return answer;
  const [facet] = answer.value.facets;
  return { ok: true, value: facet ?? { field, values: [], distinct: 0, missing: 0 } };
}

const is = (field: string, value: string): Clause => ({ field, not: false, values: [value], enabled: true });
const MISSING_HOST: Clause = { field: "datasource", not: false, values: [], enabled: true };
const EVERYTHING: QueryRequest = {
  clauses: [],
  text: "",
  range: {},
  zone: "UTC",
  sort: { field: "time", descending: false },
};

interface Asked {
  readonly info: ResultInfo;
  readonly facets: readonly Facet[];
}

async function asked(
  api: EngineApi,
  clauses: readonly Clause[],
  fields: readonly string[],
  limit: number,
  query: QueryRequest = EVERYTHING,
): Promise<Result<Asked>> {
  const opened = await api.open({ ...query, clauses });
  if (!opened.ok) return opened;
  const facets = await api.facets(opened.value.id, fields, limit, "");
  await api.close(opened.value.id);
  return facets.ok ? { ok: true, value: { info: opened.value, facets: facets.value } } : facets;
}
