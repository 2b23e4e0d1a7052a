import { useEffect, useState } from "react";
import type { Fault, ResultInfo } from "../../../workers/contract.ts";
import { useCase, useCurrent, useServices, useView } from "../../app/services.tsx";
import { resolveZone } from "../../app/time-format.ts";
import type { Grant } from "../../engine/bridge.ts";
import { isRestricted, queryOf } from "../../state/view-state.ts";
import {
  type ExportOptions,
  type PreviewRequest,
  exportRequest,
  hasColumns,
  initialOptions,
  suggestedName,
} from "./export-options.ts";
import { type ExportRunner, useExportRun } from "./use-export-run.ts";

export interface ExportSteps {
  readonly runner: ExportRunner;
  readonly options: ExportOptions;
  /** What is exported: once confirmed it stays, whatever the grid shows meanwhile. */
  readonly result: ResultInfo;
  /** Undefined until the query is answered. */
  readonly what: PreviewRequest | undefined;
  /** It may be confirmed now. */
  readonly ready: boolean;
  readonly name: string;
  readonly target: Grant | undefined;
  readonly placeFault: Fault | undefined;
  readonly change: (part: Partial<ExportOptions>) => void;
  readonly choosePlace: () => void;
  readonly confirm: () => void;
  readonly again: () => void;
  readonly dismiss: () => void;
}

/** From the options to a place to a running export, and back to the options. */
export function useExportSteps(newest: ResultInfo): ExportSteps {
  const { request, pending } = useCurrent();
  const [confirmed, setConfirmed] = useState<ResultInfo | undefined>(undefined);
  const result = confirmed ?? newest;
  const columns = useView((view) => view.columns);
  const zone = useView((view) => view.zone);
  const [options, setOptions] = useState(() => initialOptions(columns));
  const runner = useExportRun();
  const name = useName(options);
  const place = usePlace(name);
  const what = request && exportRequest(options, request, columns, resolveZone(zone));
  // While a newer answer is on its way, the rows on screen are not those of the query above them.
  const isAnswered = what !== undefined && !pending && result.matched > 0 && hasColumns(what);
  const ready = runner.run.state === "choosing" && isAnswered;
  useNextFocus(runner.run.state);

  const start = async (): Promise<void> => {
    const target = place.target ?? (await place.ask());
    if (target === undefined || what === undefined) return;
    setConfirmed(result);
    runner.start(what, target);
  };
  return {
    runner,
    options,
    result,
    what,
    ready,
    name,
    target: place.target,
    placeFault: place.fault,
    change: (part) => {
      setOptions((now) => ({ ...now, ...part }));
      // Another format has another ending: the place is asked for again.
      if (part.format !== undefined) place.forget();
    },
    choosePlace: () => place.guard(place.ask()),
    confirm: () => {
      if (ready) place.guard(start());
    },
    again: () => {
      setConfirmed(undefined);
      runner.again();
    },
    dismiss: place.dismiss,
  };
}

/** Where the file goes, and the trouble of asking for it. */
function usePlace(name: string) {
  const { bridge } = useServices();
  const [target, setTarget] = useState<Grant | undefined>(undefined);
  const [message, setMessage] = useState<string | undefined>(undefined);
  const ask = async (): Promise<Grant | undefined> => {
    const place = await bridge.chooseExportTarget(target?.name ?? name);
    if (place !== undefined) setTarget(place);
    return place;
  };
  const guard = (work: Promise<unknown>): void => {
    setMessage(undefined);
    work.catch((error: unknown) => setMessage(error instanceof Error ? error.message : String(error)));
  };
  const fault: Fault | undefined =
    message === undefined ? undefined : { code: "target.unwritable", message, next: "Choose another place." };
  return { target, ask, guard, fault, forget: () => setTarget(undefined), dismiss: () => setMessage(undefined) };
}

/** The button that had the focus goes with each step; what comes next takes it, once the dialog has let go. */
function useNextFocus(state: ExportRunner["run"]["state"]): void {
  useEffect(() => {
    if (state === "choosing") return undefined;
    const timer = setTimeout(() => document.querySelector<HTMLElement>(".export .export-next")?.focus(), 50);
    return () => clearTimeout(timer);
  }, [state]);
}

function useName({ format }: ExportOptions): string {
  const file = useCase().info?.file ?? "";
  const view = useView((state) => state);
  return suggestedName(file, isRestricted(queryOf(view)), format);
}
