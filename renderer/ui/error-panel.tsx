import { CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { EvidenceText } from "./evidence-text.tsx";
import { Icon } from "./icon.tsx";

export interface ErrorPanelProps {
  /** fail: it has failed. care: a notice, or something that waits for a person. */
  readonly tone?: "fail" | "care";
  readonly message: string;
  readonly next: string;
  /** Source, member, offset: where it happened. */
  readonly where?: string;
  /** What it means for the completeness of the case. */
  readonly effect?: string;
  readonly details: string;
  readonly onCopy: (text: string) => void;
  readonly onClose?: () => void;
  readonly children?: ReactNode;
}

/** Trouble in the place it concerns: what, where, what it means, what to do. */
export function ErrorPanel({
  tone = "fail",
  message,
  next,
  where,
  effect,
  details,
  onCopy,
  onClose,
  children,
}: ErrorPanelProps) {
  return (
    <div className="error-panel" data-tone={tone} role={tone === "fail" ? "alert" : "status"}>
      <Icon of={tone === "fail" ? CircleX : TriangleAlert} size={16} />
      <div className="error-panel-text selectable">
        <p className="error-panel-message">
          <EvidenceText text={message} />
        </p>
        {where !== undefined && (
          <p className="error-panel-where">
            <EvidenceText text={where} />
          </p>
        )}
        {effect !== undefined && <p>{effect}</p>}
        <p>
          <EvidenceText text={next} />
        </p>
      </div>
      <div className="error-panel-actions">
        {children}
        <Button small onPress={() => onCopy(details)}>
          Copy details
        </Button>
        {onClose && (
          <Button small kind="quiet" onPress={onClose}>
            Dismiss
          </Button>
        )}
      </div>
    </div>
  );
}
