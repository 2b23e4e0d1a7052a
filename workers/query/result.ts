/**
 * One answered query: a snapshot of the columns it was asked on, the entries that match, and their order. Everything
 * that shows the same filter (grid, histogram, facets, command line, export) reads it from here.
 */
import type { CaseColumns, Mask } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type {
  EpochMicros,
  Facet,
  Histogram,
  QueryRequest,
  ResultId,
  ResultInfo,
  RowPage,
  Sort,
  TimeRange,
} from "../contract.ts";
import type { QueryNode } from "./tree.ts";
import { queryTree } from "./clauses.ts";
import { evaluate } from "./compile.ts";
import { facets } from "./facets.ts";
import { histogram } from "./histogram.ts";
import { rowAtTime, rowOfEntry } from "./locate.ts";
import { fieldNames } from "./names.ts";
import { print } from "./print.ts";
import { rowPage } from "./rows.ts";
import { shownSources } from "./shown.ts";
import { selected } from "./select.ts";
import { ordered } from "./sort.ts";
import { ofSource, tally, tallyOfAll } from "./tally.ts";

type Summary = Omit<ResultInfo, "id" | "tookMs">;

export class Result {
  readonly columns: CaseColumns;
  readonly tree: QueryNode;
  readonly sort: Sort;
  /** Matching entries in the order of `sort`. */
  readonly selection: Uint32Array;
  readonly #ids: Uint32Array;
  readonly #summary: Summary;

  private constructor(columns: CaseColumns, tree: QueryNode, sort: Sort, ids: Uint32Array, selection: Uint32Array) {
    this.columns = columns;
    this.tree = tree;
    this.sort = sort;
    this.selection = selection;
    this.#ids = ids;
    this.#summary = summarise(columns, tree, ids);
  }

  /** Faults: those of `queryParts`; query.field for an unknown sort field; what the checkpoint throws. */
  static async open(columns: CaseColumns, request: QueryRequest, checkpoint: Checkpoint): Promise<Result> {
    const names = fieldNames(columns);
    const field = names.require(request.sort.field);
    return Result.of(columns, queryTree(request, names), { ...request.sort, field }, checkpoint);
  }

  /** `sort.field` is a query name. */
  static async of(columns: CaseColumns, tree: QueryNode, sort: Sort, checkpoint: Checkpoint): Promise<Result> {
    const mask: Mask = await evaluate(columns, tree, checkpoint);
    const ids = selected(mask);
    return new Result(columns, tree, sort, ids, await ordered(columns, mask, ids, sort, checkpoint));
  }

  get matched(): number {
    return this.#ids.length;
  }

  info(id: ResultId, tookMs: number): ResultInfo {
    return { ...this.#summary, id, tookMs };
  }

  /**
   * At most `buckets` buckets of a readable width over `range`, without it over all dated entries of the case. The axis
   * may begin before and end after the range, at multiples of the width. Σ series + undatedMatched + matchedOutside =
   * matched.
   */
  histogram(buckets: number, range: TimeRange): Histogram {
    const { columns, matched } = this;
    const { total, undatedTotal, firstOfAll: first, lastOfAll: last } = this.#summary;
    const extent = first === undefined || last === undefined ? undefined : { first, last };
    const isAll = matched === total;
    return histogram({ columns, ids: this.#ids, extent, undatedTotal, isAll }, buckets, range);
  }

  /** Fields in any spelling; each facet bears the query name. `contains` narrows the values listed, without ASCII case. */
  async facets(
    fields: readonly string[],
    limit: number,
    contains: string,
    checkpoint: Checkpoint,
  ): Promise<readonly Facet[]> {
    const names = fields.map((field) => fieldNames(this.columns).require(field));
    return facets({ columns: this.columns, ids: this.#ids, checkpoint, limit }, names, contains);
  }

  /** count ≤ 500; fields in any spelling. */
  rows(first: number, count: number, fields: readonly string[]): RowPage {
    const names = fields.map((field) => fieldNames(this.columns).require(field));
    return rowPage(this.columns, this.selection, first, count, names);
  }

  locate(at: { readonly entry: number } | { readonly time: EpochMicros }): number | undefined {
    return "entry" in at ? rowOfEntry(this.selection, at.entry) : rowAtTime(this.columns, this.selection, at.time);
  }
}

function summarise(columns: CaseColumns, tree: QueryNode, ids: Uint32Array): Summary {
  const all = tallyOfAll(columns);
  const matched = ids.length === all.count ? all : tally(columns, ids);
  return {
    revision: columns.revision,
    total: all.count,
    matched: matched.count,
    undatedTotal: all.undated,
    undatedMatched: matched.undated,
    first: matched.first,
    last: matched.last,
    firstOfAll: all.first,
    lastOfAll: all.last,
    query: print(tree),
    perSource: shownSources(columns).map(({ id }) => ({
      source: id,
      matched: ofSource(columns, matched, id),
      total: ofSource(columns, all, id),
    })),
  };
}
