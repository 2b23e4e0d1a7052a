import { useState } from "react";
import { Button } from "../../ui/button.tsx";

const RISK =
  "Archives made to harm unpack to far more than they weigh. Past the limit Exhibit reads on until the end or until the disk is full; memory stays bounded, and the import can be cancelled. The choice is logged in the case.";

/** "Continue past this limit" in two steps: what it risks, then the choice. */
export function LimitChoice({
  onContinue,
  disabled = false,
}: {
  readonly onContinue: () => void;
  readonly disabled?: boolean;
}) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <Button small disabled={disabled} onPress={() => setOpen(true)}>
        Continue past this limit…
      </Button>
    );
  }
  return (
    <div className="limit-choice" role="group" aria-label="Continue past this limit">
      <p>{RISK}</p>
      <span className="limit-choice-buttons">
        <Button
          small
          onPress={() => {
            setOpen(false);
            onContinue();
          }}
        >
          Continue past the limit
        </Button>
        <Button small kind="quiet" autoFocus onPress={() => setOpen(false)}>
          Keep the limit
        </Button>
      </span>
    </div>
  );
}
