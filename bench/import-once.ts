/** Imports one file into a new case, alone in a process, and prints what it took: `import-once.ts FILE CASE`. */
import { Engine } from "../workers/engine/engine.ts";
import { CaseWriter } from "../workers/store/case-writer.ts";

export interface ImportTaken {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakRssBytes: number;
  readonly entries: number;
  readonly records: number;
  readonly sha256: string | undefined;
  /** Recomputed from the blocks of the case. */
  readonly digest: string;
  readonly caseBytes: number;
}

const [file = "", caseFile = ""] = process.argv.slice(2);
const threads = new URL("../workers/engine/", import.meta.url);
const engine = new Engine({
  threads,
  onBug: (error) => {
    throw error;
  },
});
await engine.createCase(engine.grants.add(caseFile, "case"));
const before = process.cpuUsage();
const start = performance.now();
const items = [{ grant: engine.grants.add(file, "read"), choices: {}, skip: [] }];
const job = await engine.startImport({ items });
let state = await engine.watch(job, -1);
while (state.state === "running") state = await engine.watch(job, state.revision);
const wallMs = performance.now() - start;
const used = process.cpuUsage(before);
const info = await engine.watchCase(-1);
await engine.dispose();
if (state.state !== "done" || info === undefined) throw new Error(state.fault?.message ?? "the import failed");

const peakRssBytes = process.resourceUsage().maxRSS * 1024;
const member = info.sources[0]?.members[0];
if (member === undefined) throw new Error("the case has no member");
const writer = CaseWriter.open(caseFile);
const digest = writer.digestFromBlocks(member.id);
const caseBytes = writer.info().bytesOnDisk;
writer.close();
const taken: ImportTaken = {
  cpuMs: (used.user + used.system) / 1_000,
  wallMs,
  peakRssBytes,
  entries: info.entries,
  records: member.records,
  sha256: member.sha256,
  digest,
  caseBytes,
};
process.stdout.write(JSON.stringify(taken));
