import { ArrowDownToLine } from "lucide-react";
import { useCase, useCommands, useCurrent, useJobs } from "../../app/services.tsx";
import { countText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";
import "./job-progress.css";

/** While evidence arrives the rows stay where they are; this says what they do not show yet. */
export function ArrivingBanner() {
  const { info } = useCase();
  const { arrived } = useCurrent();
  const { showNew } = useCommands();
  const running = useJobs().find((job) => job.kind === "import" && job.state === "running");
  if (info?.state !== "importing" && arrived === 0) return null;
  const count = running?.items.length ?? 0;
  const what = count === 1 ? `${running?.label} is` : count > 1 ? `${countText(count)} files are` : "Evidence is";
  return (
    <div className="arriving">
      <Icon of={ArrowDownToLine} />
      <span className="arriving-text">
        {what} still arriving{running === undefined ? "" : `, ${countText(running.entries)} entries so far`}. Order is
        held.
      </span>
      {arrived > 0 && (
        <button type="button" className="link" onClick={showNew}>
          Show {countText(arrived)} new
        </button>
      )}
    </div>
  );
}
