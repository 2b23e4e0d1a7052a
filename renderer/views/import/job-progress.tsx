import { Check, CircleX, Minus } from "lucide-react";
import type { JobItem, JobState } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ProgressBar } from "../../ui/progress.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { amountText, leftText, phaseText, rateText, shareDone } from "./job-words.ts";
import "./job-progress.css";

/** What each source is doing: phase, bytes of bytes, rate, time left. */
export function JobProgress({ job }: { readonly job: JobState }) {
  const { cancelJob } = useCommands();
  const facts = [amountText(job.done, job.total, job.unit), rateText(job.rate, job.unit), leftText(job.secondsLeft)];
  return (
    <div className="job">
      <p className="job-head">
        <b>{phaseText(job.phase)}</b>
        <span className="figures">{facts.filter((fact) => fact !== undefined).join(", ")}</span>
      </p>
      <ul className="job-items">
        {job.items.map((item) => (
          <Item key={item.name} item={item} unit={job.unit} />
        ))}
      </ul>
      <p className="job-foot">
        <span>
          <Count value={job.entries} /> entries, <Count value={job.rejects} /> rejects so far
        </span>
        <Button small onPress={() => cancelJob(job.job)}>
          Cancel the import
        </Button>
      </p>
    </div>
  );
}

function Item({ item, unit }: { readonly item: JobItem; readonly unit: JobState["unit"] }) {
  const share = shareDone(item.done, item.total);
  return (
    <li className="job-item" data-state={item.state}>
      <span className="job-item-name">
        <EvidenceText text={item.name} limit={120} />
      </span>
      <span className="job-item-amount figures">{amountText(item.done, item.total, unit)}</span>
      {item.state === "running" ? (
        <>
          <ProgressBar done={item.done} total={item.total} label={shownText(item.name)} />
          <span className="job-item-share figures">{share === undefined ? "" : `${share} %`}</span>
        </>
      ) : (
        <span className="job-item-state">
          <Icon of={item.state === "done" ? Check : item.state === "waiting" ? Minus : CircleX} /> {item.state}
        </span>
      )}
      {item.fault && <span className="job-item-fault">{item.fault.message}</span>}
    </li>
  );
}
