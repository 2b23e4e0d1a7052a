/** One export job: a thread of its own, started for it and ended with it. */
import { rm } from "node:fs/promises";
import { MessageChannel } from "node:worker_threads";
import type { CaseInfo, ExportOutcome, ExportRequest } from "../contract.ts";
import { partFiles } from "../export/write-file.ts";
import type { ExportProgress, ExportThreadApi, ExportThreadData } from "./export-protocol.ts";
import type { Job } from "./jobs.ts";
import { Thread, threadFile } from "./thread.ts";

/** After a cancel the thread has this long to take its file back before it is ended from outside. */
const PATIENCE_MS = 700;

export async function runExport(
  job: Job,
  request: Omit<ExportRequest, "target">,
  file: string,
  info: CaseInfo,
  threads: URL,
): Promise<ExportOutcome> {
  const { port1, port2 } = new MessageChannel();
  const data: ExportThreadData = { caseFile: info.file, progress: port2 };
  const options = { workerData: data, transferList: [port2] };
  const thread = new Thread<ExportThreadApi>(threadFile(threads, "export-worker"), options);
  port1.on("message", ({ phase, rows, total }: ExportProgress) => job.change({ phase, done: rows, total }));
  const cancel = (): void => {
    thread.api.cancel().catch(() => undefined);
    setTimeout(() => void thread.stop(), PATIENCE_MS).unref();
  };
  job.abort.signal.addEventListener("abort", cancel, { once: true });
  try {
    const evidence = [info.file, `${info.file}-wal`, ...info.sources.map((source) => source.path)];
    const exported = await thread.api.run({ request, file, evidence });
    job.change({ exported });
    return exported;
  } finally {
    job.abort.signal.removeEventListener("abort", cancel);
    port1.close();
    await thread.stop();
    // A thread that was ended from outside could not take its files back.
    for (const part of partFiles(file)) await rm(part, { force: true });
  }
}
