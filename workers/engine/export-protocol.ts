/** What passes between the engine and its export thread. */
import type { MessagePort } from "node:worker_threads";
import type { ExportOutcome, ExportRequest } from "../contract.ts";

export interface ExportThreadData {
  readonly caseFile: string;
  readonly progress: MessagePort;
}
export interface ExportOrder {
  readonly request: Omit<ExportRequest, "target">;
  readonly file: string;
  /** The case and its sources, which an export must never overwrite. */
  readonly evidence: readonly string[];
}
export interface ExportProgress {
  readonly phase: "reading" | "writing" | "checking";
  readonly rows: number;
  readonly total: number | undefined;
}
export interface ExportThreadApi {
  run(order: ExportOrder): Promise<ExportOutcome>;
  cancel(): Promise<void>;
}
