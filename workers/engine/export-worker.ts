/** The thread that writes one export. */
import "../base/no-network.ts";
import { parentPort, workerData } from "node:worker_threads";
import { basename } from "node:path";
import type { ExportOutcome, ResultId } from "../contract.ts";
import { raise } from "../base/fault.ts";
import type { ExportContext } from "../export/export-writer.ts";
import { EXPORT_FORMATS } from "../export/registry.ts";
import { writeExport } from "../export/write-file.ts";
import type { Result } from "../query/result.ts";
import { shownSources } from "../query/shown.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { auditRows } from "./export-audit-rows.ts";
import { exportOptions } from "./export-preview.ts";
import type { ExportOrder, ExportProgress, ExportThreadApi, ExportThreadData } from "./export-protocol.ts";
import { exportRows } from "./export-rows.ts";
import { QueryService } from "./query-service.ts";
import { fromNodePort } from "./rpc/port.ts";
import { serve } from "./rpc/serve.ts";
import { assumptionTexts } from "./time-assumption-text.ts";
import { TOOL_VERSION } from "./version.ts";

if (parentPort === null) throw new Error("the export worker must be started by the engine");
const { caseFile, progress } = workerData as ExportThreadData;
const abort = new AbortController();
const PROGRESS_MS = 100;

const api: ExportThreadApi = {
  run: runExport,
  async cancel() {
    abort.abort();
  },
};
serve(api, fromNodePort(parentPort), (error) => {
  process.stderr.write(`export: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
});

async function runExport({ request, file, evidence }: ExportOrder): Promise<ExportOutcome> {
  const format = EXPORT_FORMATS.find(({ id }) => id === request.format);
  if (format === undefined) raise("not-yet", `Export as ${request.format} is not there yet.`, "Export as CSV.");
  const service = new QueryService(caseFile, request.secrets);
  try {
    const reader = service.reader();
    tell({ phase: "reading", rows: 0, total: undefined }, true);
    const { result, hide } = await service.answer(request.query);
    const options = exportOptions(result, request);
    const work = {
      options,
      context: contextOf(reader, result, hide),
      rows: exportRows(reader, result, options.columns, service.secrets(result.columns)),
      auditRows: auditRows(reader, result, options, service.secrets(result.columns)),
      signal: abort.signal,
      onRows: (rows: number) => tell({ phase: "writing", rows, total: result.matched }, rows === result.matched),
    };
    return await writeExport(format, work, file, evidence, (phase) =>
      tell({ phase, rows: phase === "checking" ? result.matched : 0, total: result.matched }, true),
    );
  } finally {
    service.dispose();
  }
}

let toldAt = 0;
function tell(state: ExportProgress, isDue: boolean): void {
  const now = performance.now();
  if (!isDue && now - toldAt < PROGRESS_MS) return;
  toldAt = now;
  progress.postMessage(state);
}

function contextOf(reader: CaseReader, result: Result, hide: (text: string) => string): ExportContext {
  const { query, total } = result.info(0 as ResultId, 0);
  return {
    query: hide(query),
    sort: `${result.sort.field}:${result.sort.descending ? "desc" : "asc"}`,
    caseName: basename(reader.file, ".exhibit"),
    caseEntries: total,
    toolVersion: TOOL_VERSION,
    timeAssumptions: assumptionTexts(reader),
    sources: shownSources(reader).map(({ name, bytes, sha256 }) => ({ name, bytes, sha256: sha256 ?? "" })),
  };
}
