import "./identities.css";
import "../evidence/evidence.css";
import { Undo2, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { IdentityInfo } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useIdentities } from "../../engine/use-identities.ts";
import { useKept } from "../../engine/use-result.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { LedgerTables } from "./ledger-tables.tsx";
import { MatchSummary } from "./match-summary.tsx";
import { PolicyEditor } from "./policy-editor.tsx";
import { Worklist } from "./worklist.tsx";

/** Who is behind the actors and targets: the ledger, the policy, and whom they did not find. */
export function IdentitiesView() {
  const { openView } = useCommands();
  const frame = useRef<HTMLDivElement>(null);
  const loaded = useIdentities();
  const info = useKept(loaded);
  const isThere = info !== undefined;
  useEffect(() => {
    if (isThere && document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>("[data-region-start]")?.focus();
  }, [isThere]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !frame.current?.contains(event.target as Node)) return;
    event.preventDefault();
    openView("entries");
  };
  return (
    // Esc closes the view from wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="evidence-view identities" ref={frame} onKeyDown={onKeyDown}>
      <header className="evidence-view-head">
        <h1>Identities</h1>
        <span className="evidence-view-about">What is found stands beside what was recorded, never in its place</span>
        {info?.lastChange !== undefined && <TakeBack change={info.lastChange} />}
        <IconButton icon={X} label="Back to the entries" keys="Esc" onPress={() => openView("entries")} />
      </header>
      {loaded.state === "fault" && (
        <FaultPanel fault={loaded.fault} effect="The entries and what was matched before are unchanged." />
      )}
      {info !== undefined && <Body info={info} />}
    </div>
  );
}

function TakeBack({ change }: { readonly change: string }) {
  const { takeBackIdentities } = useCommands();
  return (
    <>
      <span className="identities-change">{change}</span>
      <Button small icon={Undo2} label={`Take back: ${change}`} onPress={takeBackIdentities}>
        Take back
      </Button>
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
