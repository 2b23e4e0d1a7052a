import type { ReactNode } from "react";
import type { Fault } from "../../workers/contract.ts";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { countText } from "../ui/count.tsx";
import { useCase, useCommands, useObservable, useServices } from "./services.tsx";

/** Where a fault lies, in words: source, member, byte. */
function placeOf(fault: Fault): string | undefined {
  const parts = [fault.source, fault.member].filter((part) => part !== undefined);
  if (fault.offset !== undefined) parts.push(`byte ${countText(fault.offset)}`);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function detailsOf(fault: Fault): string {
  return [fault.code, fault.message, placeOf(fault), fault.next].filter((line) => line !== undefined).join("\n");
}

interface PanelProps {
  readonly fault: Fault;
  /** What it means for completeness. */
  readonly effect?: string;
  readonly onClose?: () => void;
  /** What can be done at once. */
  readonly children?: ReactNode;
}

/** A fault where it concerns something. */
export function FaultPanel(props: PanelProps) {
  return <Panel {...props} tone="fail" />;
}

/** A notice, or what waits for a person: nothing has failed. */
export function CarePanel(props: PanelProps) {
  return <Panel {...props} tone="care" />;
}

function Panel({ fault, effect, onClose, children, tone }: PanelProps & { readonly tone: "fail" | "care" }) {
  const { copy } = useCommands();
  const where = placeOf(fault);
  return (
    <ErrorPanel
      tone={tone}
      message={fault.message}
      next={fault.next}
      details={detailsOf(fault)}
      onCopy={copy}
      {...(where !== undefined && { where })}
      {...(effect !== undefined && { effect })}
      {...(onClose && { onClose })}
    >
      {children}
    </ErrorPanel>
  );
}

/** Trouble of a command, until it is dismissed or the next one runs. */
export function TroubleBanner() {
  const { trouble } = useServices();
  const fault = useObservable(trouble);
  if (fault === undefined) return null;
  return <FaultPanel fault={fault} onClose={() => trouble.set(undefined)} />;
}

export function ResultTrouble({ fault }: { readonly fault: Fault }) {
  return <FaultPanel fault={fault} effect="What is shown below is the last view that could be opened." />;
}

const ENDED: Fault = {
  code: "engine.gone",
  message: "The engine of Exhibit ended unexpectedly.",
  next: "Another is being started; the case opens where it was.",
};
const ENDED_AGAIN: Fault = {
  ...ENDED,
  message: "The engine of Exhibit ended again and again.",
  next: "Start it once more, or close this window and open the case anew; report it if it goes on.",
};
const BACK: Fault = {
  ...ENDED,
  message: "The engine of Exhibit ended unexpectedly and was started again.",
  next: "The case is open where it was, with the same query and the same entry.",
};
const KEPT =
  "The evidence and everything already written to the case file are unchanged. An import that was running is kept as incomplete.";

/** The engine ended: what happened, what it means for the case, and that another one serves. */
export function OutageBanner() {
  const { recovery } = useServices();
  const { restartEngine } = useCommands();
  const { info } = useCase();
  const outage = useObservable(recovery);
  if (outage === undefined) return null;
  switch (outage.state) {
    case "starting":
      return <CarePanel fault={ENDED} effect={KEPT} />;
    case "back":
      return (
        <CarePanel
          fault={info === undefined ? { ...BACK, next: "No case is open." } : BACK}
          effect={KEPT}
          onClose={recovery.dismiss}
        />
      );
    case "stopped":
      return (
        <FaultPanel fault={ENDED_AGAIN} effect={KEPT}>
          <Button small kind="primary" onPress={restartEngine}>
            Start the engine again
          </Button>
        </FaultPanel>
      );
  }
}
