import "./identities.css";
import "../evidence/evidence.css";
import { Redo2, Undo2, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { IdentityInfo } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useCommands } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useIdentities } from "../../engine/use-identities.ts";
import { useKept } from "../../engine/use-result.ts";
import { IconButton } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { LedgerTables } from "./ledger-tables.tsx";
import { MatchSummary } from "./match-summary.tsx";
import { PolicyEditor } from "./policy-editor.tsx";
import { Worklist } from "./worklist.tsx";

/** Who is behind the actors and targets: the ledger, the policy, and whom they did not find. */
export function IdentitiesView() {
  const { openView, undoIdentities, redoIdentities } = useCommands();
  const frame = useRef<HTMLDivElement>(null);
  const loaded = useIdentities();
  const info = useKept(loaded);
  const isThere = info !== undefined;
  useEffect(() => {
    if (isThere && document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>("[data-region-start]")?.focus();
  }, [isThere]);
  const stepBy = (forward: boolean): void => {
    if (forward && info?.undone !== undefined) redoIdentities();
    if (!forward && info?.lastChange !== undefined) undoIdentities();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !frame.current?.contains(event.target as Node)) return;
    const isStep = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    // In a text field the keys undo what is typed.
    if (isStep && event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
    // Elsewhere the keys undo what was changed of times, which would not be seen from here.
    if (isStep) stepBy(event.shiftKey);
    else if (event.key === "Escape") openView("entries");
    else return;
    event.preventDefault();
  };
  return (
    // Esc closes the view from wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="evidence-view identities" ref={frame} onKeyDown={onKeyDown}>
      <header className="evidence-view-head">
        <h1>Identities</h1>
        <span className="evidence-view-about">What is found stands beside what was recorded, never in its place</span>
        {info !== undefined && <Steps info={info} />}
        <IconButton icon={X} label="Back to the entries" keys="Esc" onPress={() => openView("entries")} />
      </header>
      {loaded.state === "fault" && (
        <FaultPanel fault={loaded.fault} effect="The entries and what was matched before are unchanged." />
      )}
      {info !== undefined && <Body info={info} />}
    </div>
  );
}

/** Of ledger and policy; both are steps of the log. */
function Steps({ info: { lastChange, undone } }: { readonly info: IdentityInfo }) {
  const { undoIdentities, redoIdentities } = useCommands();
  return (
    <>
      <span className="identities-change" role="status">
        {lastChange !== undefined && <EvidenceText text={lastChange} limit={200} />}
      </span>
      <IconButton
        icon={Undo2}
        label={lastChange === undefined ? "Undo" : `Undo: ${shownText(lastChange)}`}
        keys={keysText("Ctrl+Z")}
        disabled={lastChange === undefined}
        onPress={undoIdentities}
      />
      <IconButton
        icon={Redo2}
        label={undone === undefined ? "Redo" : `Redo: ${shownText(undone)}`}
        keys={keysText("Ctrl+Shift+Z")}
        disabled={undone === undefined}
        onPress={redoIdentities}
      />
    </>
  );
}

function Body({ info }: { readonly info: IdentityInfo }) {
  const isMatched = info.matchedAt !== undefined;
  return (
    <div className="evidence-view-body">
      <section className="evidence-view-left" data-region="worklist" aria-label="Matches and worklists">
        {isMatched ? (
          <>
            <MatchSummary roles={info.roles} />
            <Worklist />
          </>
        ) : (
          <p className="evidence-view-none">
            No identity ledger yet. Add its CSV tables (accounts.csv, identities.csv, groups.csv and so on), and each
            entry shows who is behind it and by which rule.
          </p>
        )}
      </section>
      <aside className="evidence-view-right identities-right" data-region="policy" aria-label="Ledger and policy">
        <LedgerTables tables={info.tables} />
        <PolicyEditor info={info} />
      </aside>
    </div>
  );
}
