import { useRef, useState } from "react";
import type { ExportOutcome, Fault, JobState } from "../../../workers/contract.ts";
import { useCommands, useJobs, useServices } from "../../app/services.tsx";
import type { Grant } from "../../engine/bridge.ts";
import { unexpected } from "../../engine/request-cache.ts";
import type { PreviewRequest } from "./export-options.ts";

type ExportRun =
  | { readonly state: "choosing" }
  | { readonly state: "running"; readonly job: JobState | undefined; readonly target: Grant }
  | { readonly state: "done"; readonly outcome: ExportOutcome; readonly target: Grant }
  | { readonly state: "cancelled" }
  | { readonly state: "failed"; readonly fault: Fault };

export interface ExportRunner {
  readonly run: ExportRun;
  readonly start: (request: PreviewRequest, target: Grant) => void;
  readonly cancel: () => void;
  /** Back to the options. */
  readonly again: () => void;
}

/** One export of this dialog from its start to what came of it. */
export function useExportRun(): ExportRunner {
  const { runExport, cancelJob, dismissJob } = useCommands();
  const { jobs } = useServices();
  const running = useJobs().findLast((job) => job.kind === "export" && job.state === "running");
  const [run, setRun] = useState<ExportRun>({ state: "choosing" });
  const latest = useRef<Grant | undefined>(undefined);

  const start = (request: PreviewRequest, target: Grant): void => {
    latest.current = target;
    setRun({ state: "running", job: undefined, target });
    runExport({ ...request, target: target.grant as never }).then(
      (answer) => {
        if (!answer.ok) return setRun({ state: "failed", fault: answer.fault });
        dismissJob(answer.value.job);
        setRun(endOf(answer.value, target));
      },
      (error: unknown) => setRun({ state: "failed", fault: unexpected(error) }),
    );
  };
  const cancel = (): void => {
    const job = running ?? jobs.get().findLast((own) => own.kind === "export" && own.state === "running");
    if (job !== undefined) cancelJob(job.job);
  };
  return {
    run: run.state === "running" ? { ...run, job: running } : run,
    start,
    cancel,
    again: () => setRun({ state: "choosing" }),
  };
}

function endOf(job: JobState, target: Grant): ExportRun {
  if (job.exported !== undefined) return { state: "done", outcome: job.exported, target };
  if (job.state === "cancelled") return { state: "cancelled" };
  return { state: "failed", fault: job.fault ?? unexpected(new Error("The export ended without a file.")) };
}
