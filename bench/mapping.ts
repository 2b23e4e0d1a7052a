/** A raw source through the definition files of RadiantOne, beside the same bytes as any table, in the same run. */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ImportSink } from "../workers/base/batch.ts";
import type { MappingTexts } from "../workers/contract.ts";
import { importSource } from "../workers/import/pipeline.ts";
import { attributesText, PROPERTIES_TEXT } from "../test/support/mapping.ts";
import { seeded } from "./generate.ts";
import { best } from "./measure.ts";
import type { Line } from "./report.ts";

const ROWS = 30_000;
const IDS = ["RD", "WR", "REN", "DEL"];
const TARGET = 1.5;

export async function benchMapping(folder: string, runs: number, say: (text: string) => void): Promise<Line> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "mapping.csv");
  writeFileSync(file, source());
  const mapping = { properties: PROPERTIES_TEXT, attributes: attributesText() };
  const limited = await best(runs, "cpu", () => read(file, "csv+generic-json"));
  const measured = await best(runs, "cpu", () => read(file, "csv+radiantone", mapping));
  say(`form.mapping: ${(measured / limited).toFixed(2)}`);
  const note = `${statSync(file).size} bytes, ${ROWS} rows`;
  const shared = { limit: limited, limitName: "generic CSV", target: TARGET, wallMs: measured, p95Ms: measured, runs };
  return { case: "form.mapping", measured, ...shared, note };
}

function source(): string {
  const below = seeded(6);
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const clock = new Date(Date.UTC(2026, 0, 5) + at * 613).toISOString().replaceAll(/[-T:]|\..*/g, "");
    const properties = IDS[at % IDS.length] === "DEL" ? "" : `${below(9000)}|${below(512)}`;
    const path = String.raw`\\fs${below(4)}\share\folder ${below(300)}\file ${below(5000)}.txt`;
    return `${at},${clock},fs${below(4)},192.0.2.${below(250)},${IDS[at % IDS.length]},user${below(60)},${path},${properties}`;
  });
  return `no,timestamp,server,client,type,sid,file,properties\n${rows.join("\n")}\n`;
}

/** Throws where it is read otherwise than asked for. */
async function read(file: string, choice: string, mapping?: MappingTexts): Promise<void> {
  let [found, entries, isMapped] = ["", 0, false];
  const sink: ImportSink = {
    async accept(message) {
      if (message.kind === "member") {
        found = `${message.member.carrier}+${message.member.format}`;
        isMapped = message.member.reading.mapping?.eventId !== undefined;
      }
      if (message.kind === "member-end") entries = message.end.entries;
    },
  };
  const answers = mapping === undefined ? {} : { log: { mapping } };
  const request = { path: file, name: "log", choices: { log: choice }, answers, skip: [] };
  await importSource(request, sink, new AbortController().signal, () => undefined);
  if (found !== choice || entries !== ROWS || isMapped !== (mapping !== undefined))
    throw new Error(`wrong answer: ${found} reads ${entries} of ${ROWS} rows`);
}
