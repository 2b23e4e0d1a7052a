/** `exhibit info`: sources, ledger, coverage and versions. */
import { assumptionTexts } from "../engine/time-assumption-text.ts";
import { TOOL_VERSION } from "../engine/version.ts";
import { type Context, type Status, withCase } from "./context.ts";
import { memberReport, sourceReport } from "./import.ts";
import { bytesText, inert, json, table, timeJson } from "./print.ts";

const BUCKETS = 50;

export async function infoCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const { info, coverage, assumed } = await withCase(context, async (service) => ({
    info: service.reader().info(),
    assumed: assumptionTexts(service.reader()),
    coverage: await service.coverage(BUCKETS),
  }));
  if (command.flag("json")) {
    const { name, file, schema, revision, entries, rejects, state, accounted, bytes, bytesOnDisk } = info;
    const sources = info.sources.map((source) => ({
      id: source.id,
      code: source.code,
      container: source.container,
      ...sourceReport(source),
      members: source.members.map((member) => ({
        id: member.id,
        carrier: member.carrier,
        reasons: member.reasons,
        overridden: member.overridden,
        ...memberReport(member),
      })),
    }));
    await output.out(
      json({
        case: { name, file, state, schema, revision, entries, rejects, accounted, bytes, bytesOnDisk },
        versions: { exhibit: TOOL_VERSION, schema },
        sources,
        ...(assumed.length === 0 ? {} : { timeAssumptions: assumed }),
        coverage:
          coverage === undefined
            ? null
            : {
                from: timeJson(coverage.from),
                to: timeJson(coverage.to),
                sources: coverage.lanes.map(({ source, counts }) => ({ source, counts: [...counts] })),
              },
      }),
    );
    return 0;
  }
  const share = info.bytes === 0 ? "100.00" : ((info.accounted / info.bytes) * 100).toFixed(2);
  await output.out(`${inert(info.name)}: ${info.state}, ${info.entries} entries, ${info.rejects} rejects\n`);
  await output.out(
    `${info.accounted} of ${info.bytes} bytes accounted for (${share} %), ${bytesText(info.bytesOnDisk)} on disk\n`,
  );
  const rows = info.sources.flatMap((source) =>
    source.members.map((member) => [
      source.code,
      source.name,
      source.state === "ready" ? member.state : source.state,
      member.path,
      member.parser,
      String(member.entries),
      String(member.rejects),
      timeJson(member.first) ?? "",
      timeJson(member.last) ?? "",
    ]),
  );
  await output.out(table(["", "SOURCE", "STATE", "MEMBER", "PARSER", "ENTRIES", "REJECTS", "FIRST", "LAST"], rows));
  for (const line of assumed) await output.out(`time: ${inert(line)}\n`);
  return 0;
}
