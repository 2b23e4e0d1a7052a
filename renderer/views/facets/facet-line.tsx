import { ChevronDown, ChevronRight, Minus, Plus } from "lucide-react";
import type { MouseEvent } from "react";
import { outcomeOf } from "../../ui/badges.tsx";
import { Count, countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { FacetLine } from "./facet-model.ts";

interface FacetLineProps {
  readonly id: string;
  readonly line: FacetLine;
  readonly title: string;
  readonly current: boolean;
  readonly onPress: (kind: "press" | "include" | "exclude") => void;
}

/** One line of 24 px. On hover and focus the bar gives way to + and −. */
export function FacetLineView({ id, line, title, current, onPress }: FacetLineProps) {
  const press = (event: MouseEvent): void => onPress(event.altKey ? "exclude" : "press");
  const common = {
    id,
    role: "treeitem",
    "aria-selected": current,
    "data-current": current ? "" : undefined,
    onClick: press,
  } as const;
  if (line.kind === "field") {
    return (
      // Keys are the tree's: it is the one tab stop.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div {...common} className="facet-field" aria-level={1} aria-expanded={line.open}>
        <Icon of={line.open ? ChevronDown : ChevronRight} size={13} />
        <span className="facet-title">{title}</span>
        <Count value={line.distinct} className="facet-distinct" />
      </div>
    );
  }
  if (line.kind === "more") {
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div {...common} className="facet-more" aria-level={2}>
        {countText(line.hidden)} more
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      {...common}
      className="facet-value"
      aria-level={2}
      data-chosen={chosenOf(line)}
      data-failed={failed(line) ? "" : undefined}
    >
      {line.kind === "value" && line.value !== "" ? (
        <EvidenceText text={line.value} limit={200} className="facet-text" />
      ) : (
        <span className="facet-none">
          {line.kind === "value" ? "empty text" : "none"}
          {line.kind === "missing" && <span className="said"> without {title}</span>}
        </span>
      )}
      <span className="facet-bar" aria-hidden>
        <span style={{ width: `${Math.max(2, Math.round(line.share * 40))}px` }} />
      </span>
      <span className="facet-signs" aria-hidden>
        <Sign of={Plus} onPress={() => onPress("include")} />
        <Sign of={Minus} onPress={() => onPress("exclude")} />
      </span>
      <span className="said">, </span>
      <Count value={line.count} className="facet-count" />
      <span className="said">{stateWords(line)}</span>
    </div>
  );
}

/** For the mouse only: the same is said and done by keys on the line itself. */
function Sign({ of, onPress }: { readonly of: typeof Plus; readonly onPress: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className="facet-sign"
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      <Icon of={of} size={12} />
    </span>
  );
}

type ValueLine = Extract<FacetLine, { readonly kind: "value" | "missing" }>;

function chosenOf(line: ValueLine): "is" | "not" | undefined {
  if (line.kind === "value") return line.chosen;
  return line.chosen ? "is" : undefined;
}

function failed(line: ValueLine): boolean {
  return line.kind === "value" && line.field === "outcome" && outcomeOf(line.value).kind === "failed";
}

/** Said after the count. */
function stateWords(line: ValueLine): string {
  const chosen = chosenOf(line);
  return chosen === "is" ? " entries, included" : chosen === "not" ? " entries, excluded" : " entries";
}
