import { type KeyboardEvent, type RefObject, useRef } from "react";
import type { QueryCheck } from "../../../workers/contract.ts";
import { useView } from "../../app/services.tsx";
import { highlightRuns } from "./highlight.ts";
import type { Draft } from "./use-draft.ts";

/** The text field: what is typed is drawn by an overlay beneath, in the colours of its parts. */
export function QueryField(props: {
  readonly draft: Draft;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onIntoChips: () => void;
}) {
  const { draft, field, onIntoChips } = props;
  const overlay = useRef<HTMLDivElement>(null);
  const chips = useView((view) => view.clauses.length);
  const follow = (): void => {
    const shift = field.current?.scrollLeft ?? 0;
    if (overlay.current) overlay.current.style.transform = `translateX(${-shift}px)`;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    const atStart = selectionStart === 0 && selectionEnd === 0;
    if (event.key === "Enter") draft.run();
    else if (event.key === "Escape" && draft.text !== "") draft.write("");
    else if ((event.key === "ArrowLeft" || event.key === "Backspace") && atStart && chips > 0) onIntoChips();
    else return;
    event.preventDefault();
  };
  return (
    <div className="query-field">
      <div className="query-overlay mono" aria-hidden>
        <div className="query-overlay-text" ref={overlay}>
          <Highlighted text={draft.text} check={draft.check} />
        </div>
      </div>
      <input
        ref={field}
        data-region-start
        className="query-input mono"
        value={draft.text}
        aria-label="Query"
        aria-invalid={draft.fault !== undefined}
        aria-describedby="query-notes"
        aria-keyshortcuts="/ Control+L"
        placeholder={chips === 0 ? "Words, field:value, AND OR NOT" : ""}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => draft.write(event.target.value)}
        onKeyDown={onKeyDown}
        onScroll={follow}
        onSelect={follow}
      />
    </div>
  );
}

function Highlighted({ text, check }: { readonly text: string; readonly check: QueryCheck | undefined }) {
  return highlightRuns(text, check).map((run) => (
    <span key={run.start} className={`token-${run.kind}`} data-fault={run.fault ? "" : undefined}>
      {run.text}
    </span>
  ));
}
