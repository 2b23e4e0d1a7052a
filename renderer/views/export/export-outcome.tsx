import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { ExportOutcome, JobState } from "../../../workers/contract.ts";
import { useCommands, useServices } from "../../app/services.tsx";
import type { Grant } from "../../engine/bridge.ts";
import { Button } from "../../ui/button.tsx";
import { Count, countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ProgressBar } from "../../ui/progress.tsx";
import { amountText, leftText, phaseText, rateText } from "../import/job-words.ts";

/** While it is written: where it is, and the way out. */
export function ExportProgress({
  job,
  entries,
  onCancel,
}: {
  readonly job: JobState | undefined;
  readonly entries: number;
  readonly onCancel: () => void;
}) {
  const done = job?.done ?? 0;
  const total = job?.total ?? entries;
  const facts = [
    amountText(done, total, "entries"),
    job && rateText(job.rate, "entries"),
    leftText(job?.secondsLeft),
  ].filter((fact) => fact !== undefined);
  return (
    <div className="export-progress" role="status">
      <p>
        <b>{phaseText(job?.phase ?? "waiting")}</b>
      </p>
      <ProgressBar done={done} total={total} label="Export" />
      <p className="figures">{facts.join(", ")}</p>
      <p className="export-quiet">
        The file gets its name only when it is whole and was read back. Cancelling leaves nothing behind.
      </p>
      <Button className="export-next" onPress={onCancel}>
        Cancel the export
      </Button>
    </div>
  );
}

/** What was written, as read back. */
export function ExportDone({ outcome, target }: { readonly outcome: ExportOutcome; readonly target: Grant }) {
  const { copy } = useCommands();
  const { bridge, trouble } = useServices();
  const show = (): void => {
    bridge.showInFolder(target.grant).catch((error: unknown) =>
      trouble.set({
        code: "target.unwritable",
        message: `The folder could not be shown: ${error instanceof Error ? error.message : String(error)}`,
        next: "Open it by hand; the file itself is whole.",
      }),
    );
  };
  return (
    <div className="export-done">
      <p className="export-done-head" role="status">
        <Icon of={Check} size={17} />
        <span>
          <b>
            <Count value={outcome.rows} />
          </b>{" "}
          {outcome.rows === 1 ? "row" : "rows"} written and read back
        </span>
      </p>
      <dl>
        <Fact title="file">
          <span className="mono">
            <EvidenceText text={outcome.file} limit={400} />
          </span>
        </Fact>
        <Fact title="size">
          <Count value={outcome.bytes} /> bytes
        </Fact>
        <Fact title="sha256">
          <span className="mono">{outcome.sha256}</span>{" "}
          <Button kind="link" small label="Copy the sha256" onPress={() => copy(outcome.sha256)}>
            copy
          </Button>
        </Fact>
        <Fact title="guarded">
          {outcome.guardedCells === 0
            ? "no cell began like a formula"
            : `${countText(outcome.guardedCells)} cells, undone by the rule in the manifest`}
        </Fact>
        <Fact title="manifest">
          <span className="mono">
            <EvidenceText text={outcome.manifest} limit={400} />
          </span>
        </Fact>
      </dl>
      <Button onPress={show}>Show in folder</Button>
    </div>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="export-fact">
      <dt>{title}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  );
}
