import type { Fault } from "../../workers/contract.ts";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { countText } from "../ui/count.tsx";
import { useCommands, useObservable, useServices } from "./services.tsx";

/** Where a fault lies, in words: source, member, byte. */
function placeOf(fault: Fault): string | undefined {
  const parts = [fault.source, fault.member].filter((part) => part !== undefined);
  if (fault.offset !== undefined) parts.push(`byte ${countText(fault.offset)}`);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function detailsOf(fault: Fault): string {
  return [fault.code, fault.message, placeOf(fault), fault.next].filter((line) => line !== undefined).join("\n");
}

/** A fault where it concerns something; `effect` says what it means for completeness. */
export function FaultPanel(props: { readonly fault: Fault; readonly effect?: string; readonly onClose?: () => void }) {
  const { fault, effect, onClose } = props;
  const { copy } = useCommands();
  const where = placeOf(fault);
  return (
    <ErrorPanel
      message={fault.message}
      next={fault.next}
      details={detailsOf(fault)}
      onCopy={copy}
      {...(where !== undefined && { where })}
      {...(effect !== undefined && { effect })}
      {...(onClose && { onClose })}
    />
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

const GONE: Fault = {
  code: "engine.gone",
  message: "The engine of Exhibit ended.",
  next: "Start it again: the case is opened where it was. An import that was running is kept as incomplete.",
};

export function EngineGoneBanner() {
  const { restartEngine, copy } = useCommands();
  return (
    <ErrorPanel
      message={GONE.message}
      next={GONE.next}
      effect="The evidence and everything already written to the case file are unchanged."
      details={detailsOf(GONE)}
      onCopy={copy}
    >
      <Button small kind="primary" onPress={restartEngine}>
        Start the engine again
      </Button>
    </ErrorPanel>
  );
}
