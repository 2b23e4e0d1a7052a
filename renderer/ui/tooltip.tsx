import type { ReactElement } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components/Tooltip";

/** After 500 ms of hovering, at once on focus. Never the only place of a fact. The child must be a Button of ours. */
export function Tip({
  text,
  keys,
  children,
}: {
  readonly text: string;
  readonly keys?: string;
  readonly children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className="tooltip" offset={6}>
        {text}
        {keys !== undefined && <kbd className="keys">{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
