import "./export.css";
import { useEffect, useState } from "react";
import type { ExportPreview, ResultInfo } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useCase, useCurrent, useServices, useView } from "../../app/services.tsx";
import { resolveZone } from "../../app/time-format.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import type { Grant } from "../../engine/bridge.ts";
import { useKept, useRequest } from "../../engine/use-result.ts";
import { isRestricted, queryOf } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormatList, OptionsForm, exportLabel } from "./export-form.tsx";
import {
  type ExportOptions,
  type PreviewRequest,
  exportRequest,
  initialOptions,
  suggestedName,
} from "./export-options.ts";
import { ExportDone, ExportProgress } from "./export-outcome.tsx";
import { type ExportRunner, useExportRun } from "./use-export-run.ts";

interface ExportDialogProps {
  readonly result: ResultInfo;
  readonly onClose: () => void;
}

/** Exports what the grid shows, in the same order. */
export function ExportDialog({ result: newest, onClose }: ExportDialogProps) {
  const { request, pending } = useCurrent();
  /** What was confirmed: the figures of a running export are its own, whatever the grid shows meanwhile. */
  const [confirmed, setConfirmed] = useState<ResultInfo | undefined>(undefined);
  const result = confirmed ?? newest;
  const columns = useView((view) => view.columns);
  const zone = useView((view) => view.zone);
  const [options, setOptions] = useState(() => initialOptions(columns));
  const runner = useExportRun();
  const [target, setTarget] = useState<Grant | undefined>(undefined);
  const [placeFault, setPlaceFault] = useState<string | undefined>(undefined);
  const name = useName(options);
  const { bridge } = useServices();
  const what = request && exportRequest(options, request, columns, resolveZone(zone));

  const choosePlace = async (): Promise<Grant | undefined> => {
    const place = await bridge.chooseExportTarget(target?.name ?? name);
    if (place !== undefined) setTarget(place);
    return place;
  };
  const guarded = (work: Promise<unknown>): void => {
    setPlaceFault(undefined);
    work.catch((error: unknown) => setPlaceFault(error instanceof Error ? error.message : String(error)));
  };
  const start = async (): Promise<void> => {
    const place = target ?? (await choosePlace());
    if (place === undefined || what === undefined) return;
    setConfirmed(result);
    runner.start(what, place);
  };
  useNextFocus(runner.run.state);
  // While a newer answer is on its way, the rows on screen are not those of the query above them.
  const isAnswered = what !== undefined && !pending && result.matched > 0 && hasColumns(what);
  const ready = runner.run.state === "choosing" && isAnswered;
  const confirm = (): void => {
    if (ready) guarded(start());
  };
  const again = (): void => {
    setConfirmed(undefined);
    runner.again();
  };
  const change = (part: Partial<ExportOptions>): void => {
    setOptions((now) => ({ ...now, ...part }));
    // Another format has another ending: the place is asked for again.
    if (part.format !== undefined) setTarget(undefined);
  };
  return (
    <Dialog
      title="Export"
      about="what the grid shows now, in the same order"
      onClose={onClose}
      onConfirm={confirm}
      width={980}
      height={588}
      className="export"
      footer={
        <Footer
          runner={runner}
          onAgain={again}
          ready={ready}
          entries={result.matched}
          onClose={onClose}
          onConfirm={confirm}
        />
      }
    >
      <div className="export-body">
        <FormatList options={options} onChange={runner.run.state === "choosing" ? change : () => undefined} />
        <div className="export-main">
          <p className="export-figure">
            <b>
              <Count value={result.matched} />
            </b>
            <Restriction matched={result.matched} />
          </p>
          {placeFault !== undefined && (
            <FaultPanel
              fault={{ code: "target.unwritable", message: placeFault, next: "Choose another place." }}
              onClose={() => setPlaceFault(undefined)}
            />
          )}
          {runner.run.state === "choosing" && what !== undefined ? (
            <Choosing
              options={options}
              onChange={change}
              what={what}
              result={result}
              target={target}
              name={name}
              onPlace={() => guarded(choosePlace())}
            />
          ) : (
            <After runner={runner} entries={result.matched} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** The button that had the focus goes with each step; what comes next takes it, once the dialog has let go. */
function useNextFocus(state: ExportRunner["run"]["state"]): void {
  useEffect(() => {
    if (state === "choosing") return undefined;
    const timer = setTimeout(() => document.querySelector<HTMLElement>(".export .export-next")?.focus(), 50);
    return () => clearTimeout(timer);
  }, [state]);
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

const hasColumns = ({ columns }: { readonly columns: "all" | readonly string[] }): boolean =>
  columns === "all" || columns.length > 0;

function useName({ format }: ExportOptions): string {
  const file = useCase().info?.file ?? "";
  const view = useView((state) => state);
  return suggestedName(file, isRestricted(queryOf(view)), format);
}
