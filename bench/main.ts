/**
 * `npm run bench [-- --n=1e6 --case=import.auditd,… --runs=3 --json --strict]`: how far Exhibit is from what this machine
 * can do at all, measured in the same run. A wrong answer fails; a missed ratio is told, and fails with --strict.
 * `--long [--gib=2]`: a member of 2 GiB in a zip in a tar.gz instead; fails where memory passes its ceiling.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Facet, QueryRequest, ResultId } from "../workers/contract.ts";
import { QueryService } from "../workers/engine/query-service.ts";
import type { CaseReader } from "../workers/store/case-reader.ts";
import { type Expected, generateAuditd, generateNdjson } from "./generate.ts";
import type { ImportTaken } from "./import-once.ts";
import { benchIdentity } from "./identity.ts";
import { limitColumn, limitHash, limitLoad, limitSkim, limitZip, prepareLoad } from "./limits.ts";
import { benchMapping } from "./mapping.ts";
import { benchLong, longText } from "./long.ts";
import { benchContainers, benchForms } from "./rates.ts";
import { benchTables } from "./tables.ts";
import { benchTimes } from "./times.ts";
import { measure, median, type Timing } from "./measure.ts";
import { type Line, isMissed, tableText, withRatio } from "./report.ts";

const CASES = [
  "import.auditd",
  "import.ndjson",
  "query.histogram",
  "query.facets10",
  "open.columns",
  "rates.containers",
  "rates.forms",
  "rates.tables",
  "identity.match",
  "times.rezone",
] as const;
const BUCKETS = 200;
const FACETS = ["actor", "action", "target", "outcome", "from", "to", "level", "event", "category", "family"];
const EVERYTHING: QueryRequest = {
  clauses: [],
  text: "",
  range: {},
  zone: "UTC",
  sort: { field: "time", descending: false },
};

const { values } = parseArgs({
  options: {
    n: { type: "string", default: "1e6" },
    case: { type: "string", default: CASES.join(",") },
    runs: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    strict: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    gib: { type: "string", default: "2" },
  },
});
const n = Number(values.n);
const runs = Number(values.runs);
const wanted = values.case.split(",");
const unknown = wanted.filter((name) => !CASES.some((known) => known === name));
if (!Number.isSafeInteger(n) || n < 1 || !(runs >= 1) || unknown.length > 0) {
  process.stderr.write(`bench: --n and --runs are whole numbers; --case is any of ${CASES.join(", ")}\n`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "exhibit-bench-"));
const lines: Line[] = [];
try {
  if (values.long) await runLong();
  else if (wanted.includes("import.auditd")) lines.push(await benchImport("import.auditd", 3, generateAuditd));
  const alone = ["import.auditd", "identity.match", "rates.containers", "rates.forms", "rates.tables", "times.rezone"];
  const needsCase = !values.long && wanted.some((name) => !alone.includes(name));
  if (needsCase) await benchCase();
  if (!values.long && wanted.includes("identity.match")) lines.push(...(await benchIdentity(folder, n, runs, say)));
  if (!values.long && wanted.includes("rates.containers")) lines.push(...(await benchContainers(folder, runs, say)));
  if (!values.long && wanted.includes("rates.forms")) {
    lines.push(...(await benchForms(folder, runs, say)), await benchMapping(join(folder, "mapping"), runs, say));
  }
  if (!values.long && wanted.includes("rates.tables")) lines.push(...(await benchTables(folder, runs, say)));
  if (!values.long && wanted.includes("times.rezone")) lines.push(...(await benchTimes(folder, n, runs, say)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (values.json)
  process.stdout.write(`${JSON.stringify({ n, node: process.version, lines: lines.map(withRatio) }, undefined, 2)}\n`);
else if (!values.long) process.stdout.write(tableText(lines));
if (values.strict && lines.some(isMissed)) process.exitCode = 1;

async function runLong(): Promise<void> {
  const long = await benchLong(folder, Number(values.gib), say);
  process.stdout.write(longText(long));
  if (long.some(({ peakMiB, ceilingMiB }) => peakMiB > ceilingMiB)) process.exitCode = 1;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function require(isRight: boolean, what: string): void {
  if (!isRight) throw new Error(`wrong answer: ${what}`);
}

/** The case of the last run stays, for the queries. */
function caseOf(name: string): string {
  return join(folder, `${name}.exhibit`);
}

async function benchImport(
  name: string,
  target: number,
  generate: (file: string, n: number) => Promise<Expected>,
  keep: (expected: Expected) => void = () => undefined,
): Promise<Line> {
  const file = join(folder, `${name}.log`);
  say(`${name}: generating ${n}`);
  const expected = await generate(file, n);
  keep(expected);
  say(`${name}: limits over ${(expected.bytes / 2 ** 20).toFixed(0)} MiB`);
  let limit = 0;
  for (const step of [limitHash, limitZip, limitSkim]) limit += (await measure(runs, () => step(file))).cpuMs;
  const taken: ImportTaken[] = [];
  for (let run = 0; run < runs; run++) {
    rmSync(caseOf(name), { force: true });
    const script = new URL("./import-once.ts", import.meta.url).pathname;
    const out = execFileSync(process.execPath, [script, file, caseOf(name)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    const one = JSON.parse(out) as ImportTaken;
    say(`${name}: run ${run + 1}: ${(one.cpuMs / 1_000).toFixed(1)} CPU s, ${(one.wallMs / 1_000).toFixed(1)} s`);
    require(one.entries === expected.entries, `${one.entries} entries, not ${expected.entries}`);
    require(one.records === expected.records, `${one.records} records, not ${expected.records}`);
    require(one.digest === one.sha256, "the blocks are not the file");
    taken.push(one);
  }
  rmSync(file);
  const peak = Math.max(...taken.map((one) => one.peakRssBytes)) / 2 ** 20;
  const size = (taken.at(-1)?.caseBytes ?? 0) / expected.bytes;
  return {
    case: name,
    measured: median(taken.map((one) => one.cpuMs)),
    limit,
    limitName: "hash+zip+skim",
    target,
    wallMs: median(taken.map((one) => one.wallMs)),
    p95Ms: Math.max(...taken.map((one) => one.wallMs)),
    runs,
    note: `peak ${peak.toFixed(0)} MiB, case ${size.toFixed(2)} × raw`,
  };
}

async function benchCase(): Promise<void> {
  let expected: Expected | undefined;
  const line = await benchImport("import.ndjson", 3.5, generateNdjson, (made) => {
    expected = made;
  });
  if (wanted.includes("import.ndjson")) lines.push(line);
  if (expected === undefined) throw new Error("nothing was generated");
  const values16 = Uint16Array.from({ length: n }, (_, i) => (i * 2_654_435_761) >>> 20);
  const column = await measure(Math.max(runs, 9), () => limitColumn(values16));
  const queryRuns = Math.max(runs, 9);
  const service = new QueryService(caseOf("import.ndjson"));
  try {
    const reader = service.reader();
    const { id } = await service.open(EVERYTHING);
    // A result of its own for each run, so that nothing a result keeps is measured twice.
    const ids: ResultId[] = [];
    while (ids.length < queryRuns) ids.push((await service.open(EVERYTHING)).id);
    if (wanted.includes("query.histogram")) {
      checkHistogram(reader, await service.histogram(id, BUCKETS, {}));
      const timing = await measure(queryRuns, (run) => service.histogram(ids[run] ?? id, BUCKETS, {}));
      lines.push(queryLine("query.histogram", timing, column.wallMs, "L.col", 2));
    }
    if (wanted.includes("query.facets10")) {
      checkFacets(await service.facets(id, FACETS, 500, ""), expected);
      const timing = await measure(queryRuns, (run) => service.facets(ids[run] ?? id, FACETS, 20, ""));
      lines.push(queryLine("query.facets10", timing, column.wallMs, "L.col", 14));
    }
  } finally {
    service.dispose();
  }
  if (wanted.includes("open.columns")) lines.push(await benchOpen(queryRuns));
}

function queryLine(name: string, timing: Timing, limit: number, limitName: string, target: number): Line {
  const { wallMs, p95Ms, runs: times } = timing;
  return { case: name, measured: wallMs, limit, limitName, target, wallMs, p95Ms, runs: times, note: "" };
}

/** Bucket by bucket against a plain loop over the entries. */
function checkHistogram(reader: CaseReader, histogram: Awaited<ReturnType<QueryService["histogram"]>>): void {
  const counts = new Uint32Array(histogram.totals.length);
  for (const at of reader.time) {
    const bucket = Math.floor((at - histogram.from) / histogram.width);
    if (bucket >= 0 && bucket < counts.length) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const drawn = histogram.series.reduce((sum, series) => sum + (series.counts[bucket] ?? 0), 0);
    require(drawn === counts[bucket], `bucket ${bucket} holds ${drawn}, not ${counts[bucket]}`);
  }
}

/** One field value by value against what was generated, the others by their sums. */
function checkFacets(facets: readonly Facet[], expected: Expected): void {
  for (const facet of facets) {
    const sum = facet.values.reduce((total, { count }) => total + count, facet.missing);
    require(facet.distinct > facet.values.length || sum === expected.entries, `${facet.field} counts ${sum} entries`);
  }
  const counted = facets.find((facet) => facet.field === expected.countedField);
  require(counted?.values.length ===
    expected.counts.size, `${expected.countedField} has ${counted?.values.length} values`);
  for (const { value, count } of counted?.values ?? []) {
    require(count === expected.counts.get(value), `${value} is counted ${count} times`);
  }
}

/** Time and ten facet columns of a case just opened, against reading as many bytes from a file. */
async function benchOpen(times: number): Promise<Line> {
  let bytes = 0;
  const open = (): void => {
    const service = new QueryService(caseOf("import.ndjson"));
    const reader = service.reader();
    bytes = reader.time.byteLength;
    for (const name of FACETS) {
      const field = reader.field(name);
      if (field?.kind === "dict") bytes += field.codes.byteLength + field.dictionary.pool.byteLength;
    }
    service.dispose();
  };
  open();
  const timing = await measure(times, open);
  const file = join(folder, "columns");
  prepareLoad(file, bytes);
  const load = await measure(times, () => limitLoad(file));
  return queryLine("open.columns", timing, load.wallMs, "L.load", 16);
}
