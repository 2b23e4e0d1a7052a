/** Facets and clauses of secret fields: what is shown masked can be counted and filtered by, and is never told. */
import type { Clause, Facet, FacetValue, QueryRequest } from "../contract.ts";
import type { Checkpoint } from "../query/checkpoint.ts";
import type { CaseColumns } from "../query/columns.ts";
import { facets } from "../query/facets.ts";
import { fieldNames } from "../query/names.ts";
import type { Result } from "../query/result.ts";
import { shownStretches } from "../query/shown.ts";
import { type CaseSecrets, longestFirst, spellings } from "./secrets.ts";

/** Distinct secrets of a field that are told apart. */
const MOST_SECRETS = 100_000;
const MASK = /^•{6} [0-9a-f]{4}$/u;

/** `name` is a query name, secret in some member. `contains` is looked for in what is shown. */
export async function maskedFacet(
  result: Result,
  secrets: CaseSecrets,
  name: string,
  limit: number,
  contains: string,
  checkpoint: Checkpoint,
): Promise<Facet> {
  const { columns } = result;
  const [hidden, open] = parted(columns, secrets, name, Uint32Array.from(result.selection).sort());
  const [shown] = await facets({ columns, ids: open, checkpoint, limit }, [name], contains);
  const counted = await secretCounts(columns, hidden, name, checkpoint);
  const masked = new Map<string, number>();
  for (const { value, count } of counted.values) {
    const text = secrets.masking.mask(value);
    masked.set(text, (masked.get(text) ?? 0) + count);
  }
  const wanted = contains.toLowerCase();
  const values = [...masked].map(([value, count]): FacetValue => ({ value, count }));
  const all = [...(shown?.values ?? []), ...values.filter(({ value }) => value.includes(wanted))];
  return {
    field: name,
    values: all.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, limit),
    distinct: (shown?.distinct ?? 0) + counted.distinct,
    missing: (shown?.missing ?? 0) + counted.missing,
  };
}

async function secretCounts(
  columns: CaseColumns,
  ids: Uint32Array,
  name: string,
  checkpoint: Checkpoint,
): Promise<Omit<Facet, "field">> {
  const [counted] = await facets({ columns, ids, checkpoint, limit: MOST_SECRETS }, [name], "");
  return counted ?? { values: [], distinct: 0, missing: 0 };
}

/** Entries in which the field is a secret, and the others; both in the order given. */
function parted(
  columns: CaseColumns,
  secrets: CaseSecrets,
  name: string,
  ids: Uint32Array,
): [Uint32Array, Uint32Array] {
  const isSecret = columns.members.map((member) => secrets.of(member).has(name));
  const isHidden = (entry: number): boolean => isSecret[columns.member[entry] ?? -1] === true;
  return [ids.filter(isHidden), ids.filter((entry) => !isHidden(entry))];
}

export interface ResolvedQuery {
  readonly query: QueryRequest;
  /** A text about the query without the secrets that it stands for. */
  readonly hide: (text: string) => string;
}

/** A chip that was made from a masked value stands for the values that are shown so. */
export async function resolvedQuery(
  columns: CaseColumns,
  secrets: CaseSecrets,
  query: QueryRequest,
  checkpoint: Checkpoint,
): Promise<ResolvedQuery> {
  const clauses: Clause[] = [];
  const used: string[] = [];
  for (const clause of query.clauses) {
    const name = fieldNames(columns).resolve(clause.field);
    const isMasked =
      name !== undefined && secrets.isSecretSomewhere(name) && clause.values.some((each) => MASK.test(each));
    if (!isMasked) {
      clauses.push(clause);
      continue;
    }
    const [hidden] = parted(columns, secrets, name, shownEntries(columns));
    const { values } = await secretCounts(columns, hidden, name, checkpoint);
    const meant = values.filter(({ value }) => clause.values.includes(secrets.masking.mask(value)));
    used.push(...meant.map(({ value }) => value));
    clauses.push({ ...clause, values: [...clause.values, ...meant.map(({ value }) => value)] });
  }
  return {
    query: { ...query, clauses },
    hide: (text) => longestFirst(used).reduce((shown, secret) => hid(shown, secret, secrets), text),
  };
}

function hid(text: string, secret: string, { masking }: CaseSecrets): string {
  return spellings(secret).reduce((shown, spelling) => shown.replaceAll(spelling, masking.mask(secret)), text);
}

function shownEntries(columns: CaseColumns): Uint32Array {
  const stretches = shownStretches(columns);
  const ids = new Uint32Array(stretches.reduce((sum, { first, end }) => sum + end - first, 0));
  let at = 0;
  for (const { first, end } of stretches) for (let entry = first; entry < end; entry++) ids[at++] = entry;
  return ids;
}
