import "./export.css";
import type { ExportPreview, ResultInfo } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useServices, useView } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import type { Grant } from "../../engine/bridge.ts";
import { useKept, useRequest } from "../../engine/use-result.ts";
import { isRestricted, queryOf } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormatList, OptionsForm, exportLabel } from "./export-form.tsx";
import { type ExportOptions, type PreviewRequest, hasColumns } from "./export-options.ts";
import { ExportDone, ExportProgress } from "./export-outcome.tsx";
import { useExportSteps } from "./use-export-steps.ts";
import type { ExportRunner } from "./use-export-run.ts";

interface ExportDialogProps {
  readonly result: ResultInfo;
  readonly onClose: () => void;
}

/** Exports what the grid shows, in the same order. */
export function ExportDialog({ result: newest, onClose }: ExportDialogProps) {
  const steps = useExportSteps(newest);
  const { runner, options, result, what } = steps;
  const isChoosing = runner.run.state === "choosing";
  return (
    <Dialog
      title="Export"
      about="what the grid shows now, in the same order"
      onClose={onClose}
      onConfirm={steps.confirm}
      width={980}
      height={588}
      className="export"
      footer={
        <Footer
          runner={runner}
          onAgain={steps.again}
          ready={steps.ready}
          entries={result.matched}
          onClose={onClose}
          onConfirm={steps.confirm}
        />
      }
    >
      <div className="export-body">
        <FormatList options={options} onChange={isChoosing ? steps.change : () => undefined} />
        <div className="export-main">
          <p className="export-figure">
            <b>
              <Count value={result.matched} />
            </b>
            <Restriction matched={result.matched} />
          </p>
          {steps.placeFault && <FaultPanel fault={steps.placeFault} onClose={steps.dismiss} />}
          {isChoosing && what !== undefined ? (
            <Choosing
              options={options}
              onChange={steps.change}
              what={what}
              result={result}
              target={steps.target}
              name={steps.name}
              onPlace={steps.choosePlace}
            />
          ) : (
            <After runner={runner} entries={result.matched} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Restriction({ matched }: { readonly matched: number }) {
  const view = useView((state) => state);
  return (
    <span>
      {matched === 1 ? "entry" : "entries"}
      <br />
      {isRestricted(queryOf(view)) ? "as filtered" : "all of the case"}
    </span>
  );
}

interface ChoosingProps {
  readonly options: ExportOptions;
  readonly onChange: (part: Partial<ExportOptions>) => void;
  readonly what: PreviewRequest;
  readonly result: ResultInfo;
  readonly target: Grant | undefined;
  readonly name: string;
  readonly onPlace: () => void;
}

function Choosing({ what, result, ...form }: ChoosingProps) {
  const { api } = useServices().engine;
  const key = hasColumns(what) ? `export ${result.id} ${result.revision} ${JSON.stringify(what)}` : undefined;
  const loaded = useRequest<ExportPreview>(key, () => api.exportPreview(what));
  const preview = useKept(loaded);
  const fault = loaded.state === "fault" ? loaded.fault : undefined;
  return (
    <OptionsForm {...form} at={result.last ?? 0} preview={key === undefined ? undefined : preview} fault={fault} />
  );
}

function After({ runner, entries }: { readonly runner: ExportRunner; readonly entries: number }) {
  const { run } = runner;
  switch (run.state) {
    case "choosing":
      return null;
    case "running":
      return <ExportProgress job={run.job} entries={entries} onCancel={runner.cancel} />;
    case "done":
      return <ExportDone outcome={run.outcome} target={run.target} />;
    case "cancelled":
      return <p className="export-quiet">The export was cancelled. No file was left behind.</p>;
    case "failed":
      return <FaultPanel fault={run.fault} effect="No file was left behind; the case is unchanged." />;
  }
}

interface FooterProps {
  readonly runner: ExportRunner;
  readonly onAgain: () => void;
  readonly ready: boolean;
  readonly entries: number;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

function Footer({ runner, onAgain, ready, entries, onClose, onConfirm }: FooterProps) {
  const { state } = runner.run;
  const ended = state === "done" || state === "cancelled" || state === "failed";
  return (
    <>
      <span className="dialog-foot-text">
        {state === "done"
          ? "The hashes in the manifest are those of the file as read back."
          : "A manifest beside the file states what was asked for, and its hashes."}
      </span>
      {ended && (
        <Button className={state === "done" ? "" : "export-next"} onPress={onAgain}>
          Back to the options
        </Button>
      )}
      {state === "done" ? (
        <Button kind="primary" className="export-next" onPress={onClose}>
          Done
        </Button>
      ) : (
        <Button onPress={onClose}>{state === "choosing" ? "Cancel" : "Close"}</Button>
      )}
      {state === "choosing" && (
        <Button kind="primary" disabled={!ready} autoFocus keys={keysText("Ctrl+Enter")} onPress={onConfirm}>
          {exportLabel(entries)}
        </Button>
      )}
    </>
  );
}
