/**
 * Imports the one member of a case again as lines of text, and ends itself by SIGKILL at commit number `at` of that, if
 * there are as many. Prints the number of commits when it lives so long. Arguments: case, at.
 */
import { Engine } from "../../../workers/engine/engine.ts";

const [file = "", at = ""] = process.argv.slice(2);
let commits = 0;
let isCounting = false;
function committed(): void {
  if (isCounting && ++commits === Number(at)) process.kill(process.pid, "SIGKILL");
}

const engine = new Engine({
  threads: new URL("../../../workers/engine/", import.meta.url),
  onBug: (error) => {
    throw error;
  },
  writer: { commitBytes: 100_000, commitMs: 20, committed },
});
const { sources } = await engine.openCase(engine.grants.add(file, "case"));
const member = sources.find(({ state }) => state === "ready")?.members[0];
if (member === undefined) throw new Error("the case has no member");
isCounting = true;
const job = await engine.importMemberAgain(member.id, { choice: "lines+text-lines", answer: {} });
for (let state = await engine.watch(job, -1); state.state === "running"; )
  state = await engine.watch(job, state.revision);
await engine.dispose();
process.stdout.write(String(commits));
