/**
 * Imports into a case what it does not have whole, and ends itself by SIGKILL, `delay` milliseconds after commit number
 * `at` of the import, or when it has ended, wherever reader and writer are by then. What an import before it left is removed first. Prints the
 * number of commits when it lives so long. Arguments: case, at, delay, files.
 */
import { existsSync } from "node:fs";
import { Engine } from "../../../workers/engine/engine.ts";

const [file = "", at = "", delay = "", ...paths] = process.argv.slice(2);
const die = (): void => void process.kill(process.pid, "SIGKILL");

let commits = 0;
function committed(): void {
  commits++;
  if (commits !== Number(at)) return;
  if (Number(delay) === 0) die();
  else setTimeout(die, Number(delay));
}

const engine = new Engine({
  threads: new URL("../../../workers/engine/", import.meta.url),
  onBug: (error) => {
    throw error;
  },
  writer: { commitBytes: 100_000, commitMs: 20, committed },
});
const grant = engine.grants.add(file, "case");
const { sources } = await (existsSync(file) ? engine.openCase(grant) : engine.createCase(grant));
for (const source of sources) if (source.state === "failed") await engine.removeSource(source.id);
const isThere = (path: string): boolean => sources.some((source) => source.path === path && source.state === "ready");
const missing = paths.filter((path) => !isThere(path));
commits = 0;
const items = missing.map((path) => ({ grant: engine.grants.add(path, "read"), choices: {}, skip: [] }));
const job = await engine.startImport({ items });
for (let state = await engine.watch(job, -1); state.state === "running"; )
  state = await engine.watch(job, state.revision);
if (Number(at) > 0) die();
await engine.dispose();
process.stdout.write(String(commits));
