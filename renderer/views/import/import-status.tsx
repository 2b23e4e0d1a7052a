import { CircleX, TriangleAlert, X } from "lucide-react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { JobState } from "../../../workers/contract.ts";
import { useCommands, useJobs } from "../../app/services.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ProgressBar } from "../../ui/progress.tsx";
import { JobProgress } from "./job-progress.tsx";
import { leftText, shareDone } from "./job-words.ts";

/** The import in the status bar: bar, share, time left; opens what each source is doing. */
export function ImportStatus() {
  const jobs = useJobs().filter((job) => job.kind === "import");
  const running = jobs.find((job) => job.state === "running");
  return (
    <>
      {running && <Running job={running} />}
      <Announcer job={running} />
    </>
  );
}

function Running({ job }: { readonly job: JobState }) {
  const share = shareDone(job.done, job.total);
  const left = leftText(job.secondsLeft);
  return (
    <DialogTrigger>
      <AriaButton className="status-item status-button">
        <span>importing</span>
        <ProgressBar done={job.done} total={job.total} label="Import" />
        <span className="figures">
          {[share === undefined ? undefined : `${share} %`, left].filter(Boolean).join(", ")}
          <span className="said">: what each source is doing</span>
        </span>
      </AriaButton>
      <Popover className="menu-popover" placement="top start" offset={4}>
        <Dialog className="status-note job-note" aria-label="Import">
          <JobProgress job={job} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Said at the start, at each quarter and at the end: not with every change. */
function Announcer({ job }: { readonly job: JobState | undefined }) {
  const share = job === undefined ? undefined : (shareDone(job.done, job.total) ?? 0);
  const quarter = share === undefined ? undefined : Math.floor(share / 25) * 25;
  return (
    <span className="said" role="status">
      {quarter === undefined ? "" : quarter === 0 ? "Import started" : `Import ${quarter} per cent`}
    </span>
  );
}

/** Where an import has ended with less than all of it: which item, what happened, what to do. */
export function ImportOutcome() {
  const { dismissJob, openView } = useCommands();
  const troubled = useJobs().filter((job) => job.kind === "import" && job.state !== "running" && hasTrouble(job));
  return troubled.map((job) => (
    <section key={job.job} className="import-outcome" aria-label="Import ended" role="alert">
      <Icon of={TriangleAlert} />
      <div className="import-outcome-text selectable">
        <p className="import-outcome-title">{outcomeTitle(job)}</p>
        <ul>
          {job.items
            .filter((item) => item.state !== "done" || item.fault !== undefined)
            .map((item, index) => (
              <li key={index} data-state={item.state}>
                <Icon of={item.state === "done" ? TriangleAlert : CircleX} />{" "}
                <b>
                  <EvidenceText text={item.name} limit={200} />
                </b>{" "}
                {item.fault?.message ?? (item.state === "cancelled" ? "was cancelled." : "was not imported.")}{" "}
                {item.fault?.next}
              </li>
            ))}
        </ul>
        {job.fault && (
          <p>
            {job.fault.message} {job.fault.next}
          </p>
        )}
      </div>
      <Button small onPress={() => openView("evidence")}>
        Show the sources
      </Button>
      <IconButton icon={X} label="Dismiss" onPress={() => dismissJob(job.job)} />
    </section>
  ));
}

function hasTrouble(job: JobState): boolean {
  return job.state !== "done" || job.items.some((item) => item.state !== "done" || item.fault !== undefined);
}

function outcomeTitle(job: JobState): string {
  const done = job.items.filter((item) => item.state === "done").length;
  const sources = `${done} of ${job.items.length} ${job.items.length === 1 ? "source" : "sources"} imported`;
  if (job.inPlace === true && job.state !== "done")
    return `Import again ${job.state}: nothing was replaced. What is in the case stays as it was.`;
  if (job.items.some((item) => item.fault?.code === "engine.gone"))
    return `Import cut off: ${sources}. What was read is kept as incomplete.`;
  if (job.state === "cancelled") return `Import cancelled: ${sources}. What was read is kept as incomplete.`;
  return `Import ended: ${sources}.`;
}
