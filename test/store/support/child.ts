/** A process of its own for what must not happen in the test's: a death in mid-import, another user's rights. */
import { faultOf } from "../../../workers/base/fault.ts";
import { CaseReader } from "../../../workers/store/case-reader.ts";
import { CaseWriter } from "../../../workers/store/case-writer.ts";
import { importSource, lines } from "./evidence.ts";
import { messagesOf } from "./model.ts";

const [action, file, uid] = process.argv.slice(2) as [string, string, string | undefined];
if (uid !== undefined && process.setuid !== undefined) process.setuid(Number(uid));

/** Imports a log far longer than the test waits for, telling every commit. */
async function importUntilKilled(): Promise<void> {
  const writer = CaseWriter.open(file, { commitMs: 0 });
  await importSource(writer, lines("whole.log", 100));
  for (const message of messagesOf(lines("endless.log", 20_000), {
    batch: 20,
    block: 1_000,
    hashed: [],
    columnless: [],
  })) {
    await writer.accept(message);
    if (message.kind === "entries") process.stdout.write(`${writer.revision}\n`);
  }
}

function attempt(work: () => unknown): void {
  try {
    process.stdout.write(JSON.stringify({ ok: work() }));
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    process.stdout.write(JSON.stringify({ fault }));
  }
}

function countEntries(): number {
  const reader = CaseReader.open(file);
  const { entries } = reader;
  reader.field("actor");
  reader.text.bytes(entries - 1);
  reader.close();
  return entries;
}

if (action === "import") await importUntilKilled();
else if (action === "read") attempt(countEntries);
else if (action === "write") attempt(() => CaseWriter.open(file).close());
else if (action === "create") attempt(() => CaseWriter.create(file).close());
else throw new Error(`no such action: ${action}`);
