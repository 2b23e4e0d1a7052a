/**
 * Text out of the evidence. It reaches the page as text nodes only; what would be invisible, reorder the line or control
 * a terminal is shown as a boxed name.
 */
import { memo } from "react";
import { cutAt, type TextRun, textRuns } from "./text-runs.ts";

export interface EvidenceTextProps {
  readonly text: string;
  /** Characters shown at most; the rest is said to be there. */
  readonly limit?: number;
  readonly className?: string;
}

const USUAL_LIMIT = 2000;

export const EvidenceText = memo(function EvidenceText({ text, limit = USUAL_LIMIT, className }: EvidenceTextProps) {
  const shown = text.length > limit ? cutAt(text, limit) : text;
  return (
    <span className={className === undefined ? "evidence" : `evidence ${className}`}>
      {textRuns(shown).map((run, index) => (
        <Run key={index} run={run} />
      ))}
      {shown.length < text.length && <span className="evidence-more"> … {text.length - shown.length} more</span>}
    </span>
  );
});

function Run({ run }: { readonly run: TextRun }) {
  if (run.kind === "text") return run.text;
  return <ControlToken name={run.name} title={run.title} />;
}

/** A character that cannot be shown, by name: LF, NUL, U+202E. */
export function ControlToken({ name, title }: { readonly name: string; readonly title: string }) {
  return (
    <span className="token" title={title}>
      {name}
    </span>
  );
}
