import type { CaseInfo } from "../../../workers/contract.ts";
import { useCommands, useJobs } from "../../app/services.tsx";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { JobProgress } from "./job-progress.tsx";

/** The case has sources and no entry: the first are being read, or none was found in them. */
export function NoEntries({ info }: { readonly info: CaseInfo }) {
  const running = useJobs().find((job) => job.kind === "import" && job.state === "running");
  if (running) {
    return (
      <div className="waiting">
        <h2 className="waiting-title">Reading the evidence</h2>
        <JobProgress job={running} />
      </div>
    );
  }
  return <NothingFound info={info} />;
}

function NothingFound({ info }: { readonly info: CaseInfo }) {
  const { openView, addEvidence } = useCommands();
  const sources = info.sources.length === 1 ? "1 source" : `${countText(info.sources.length)} sources`;
  return (
    <div className="waiting">
      <h2 className="waiting-title">No entry was found in {sources}</h2>
      <p className="zero-about">
        {info.rejects > 0
          ? `${countText(info.rejects)} rejects hold bytes that no format could read.`
          : "Their members are listed with what they were taken for."}
      </p>
      <div className="drop-zone-buttons">
        <Button kind="primary" autoFocus onPress={() => openView(info.rejects > 0 ? "rejects" : "evidence")}>
          {info.rejects > 0 ? `Show ${countText(info.rejects)} rejects` : "Show sources and members"}
        </Button>
        <Button onPress={() => addEvidence()}>Add other files</Button>
      </div>
    </div>
  );
}
