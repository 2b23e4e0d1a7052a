/** `count`, `facet`, `histogram`: questions with one answer. */
import type { EpochMicros, Histogram } from "../contract.ts";
import { type Context, type Status, queryOf, withCase } from "./context.ts";
import { json, table, timeJson } from "./print.ts";

export async function countCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const { matched } = await withCase(context, (service) => service.open(queryOf(command, 1)));
  await output.out(command.flag("json") ? `{"count":${matched}}\n` : `${matched}\n`);
  return 0;
}

export async function facetCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const field = command.positionals[1] ?? "";
  const facet = await withCase(context, async (service) => {
    const { id } = await service.open(queryOf(command, 2));
    const [found] = await service.facets(id, [field], command.whole("limit", 20), "");
    return found;
  });
  if (facet === undefined) throw new Error("the facet was not answered");
  if (command.flag("json")) await output.out(json(facet));
  else {
    await output.out(
      table(
        ["COUNT", facet.field],
        facet.values.map(({ value, count }) => [String(count), value]),
      ),
    );
    output.say(`${facet.distinct} distinct values, ${facet.missing} entries without the field\n`);
  }
  return 0;
}

export async function histogramCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const { info, histogram } = await withCase(context, async (service) => {
    const opened = await service.open(queryOf(command, 1));
    return { info: opened, histogram: await service.histogram(opened.id, command.whole("buckets", 50), {}) };
  });
  if (command.flag("json")) await output.out(json(histogramJson(histogram)));
  else await output.out(table(["FROM", "COUNT"], bucketRows(histogram)));
  output.say(`${info.matched} of ${info.total} entries, ${histogram.undatedMatched} of them undated\n`);
  return 0;
}

function matchedCounts({ series, totals }: Histogram): readonly number[] {
  return Array.from(totals, (_, at) => series.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0));
}

function histogramJson(histogram: Histogram): object {
  const { from, to, width, series, totals, undatedMatched, undatedTotal, matchedOutside } = histogram;
  return {
    from: timeJson(from),
    to: timeJson(to),
    widthMicros: width,
    counts: matchedCounts(histogram),
    totals: [...totals],
    sources: series.map(({ source, counts }) => ({ source, counts: [...counts] })),
    undatedMatched,
    undatedTotal,
    matchedOutside,
  };
}

function bucketRows(histogram: Histogram): readonly (readonly string[])[] {
  return matchedCounts(histogram).map((count, at) => [
    timeJson((histogram.from + at * histogram.width) as EpochMicros) ?? "",
    String(count),
  ]);
}
