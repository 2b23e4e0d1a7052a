import "./evidence.css";
import "./evidence-panel.css";
import "../detail/raw.css";
import { FolderPlus, Plus, UserRoundSearch, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { CaseInfo, SourceId } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { shownSources } from "../../app/source-standing.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { CoverageLanes } from "./coverage-lanes.tsx";
import { EvidencePanel } from "./evidence-panel.tsx";
import { EvidenceTree } from "./evidence-tree.tsx";
import { evidenceRows, rowOfMember } from "./evidence-rows.ts";

/** Sources, members and their ledgers. It takes the place of query bar, histogram and body. */
export function EvidenceView({ info }: { readonly info: CaseInfo }) {
  const { openView, addEvidence } = useCommands();
  const frame = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const { rows, at, choose, fold } = useChosenRow(info);
  const row = rows[at];
  useEffect(() => {
    if (document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>("[data-region-start]")?.focus();
  }, []);
  // A member that was imported again is another row, and what had the focus in the panel of the old one is gone.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus();
  }, [row?.key]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !frame.current?.contains(event.target as Node)) return;
    event.preventDefault();
    openView("entries");
  };
  return (
    // Esc closes the view from wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="evidence-view" ref={frame} onKeyDown={onKeyDown}>
      <header className="evidence-view-head">
        <h1>Evidence</h1>
        <span className="evidence-view-about">{aboutText(info)}</span>
        <Button small icon={UserRoundSearch} onPress={() => openView("identities")}>
          Match identities
        </Button>
        <Button small icon={Plus} keys={keysText("Ctrl+O")} onPress={() => addEvidence()}>
          Add files
        </Button>
        <Button small icon={FolderPlus} keys={keysText("Ctrl+Shift+O")} onPress={() => addEvidence("folder")}>
          Add a folder
        </Button>
        <IconButton icon={X} label="Back to the entries" keys="Esc" onPress={() => openView("entries")} />
      </header>
      <div className="evidence-view-body">
        <section className="evidence-view-left" data-region="evidence" aria-label="Sources and members">
          {rows.length === 0 ? (
            <p className="evidence-view-none">This case has no evidence yet. Add files, a folder or an archive.</p>
          ) : (
            <EvidenceTree
              info={info}
              rows={rows}
              at={at}
              onChoose={choose}
              onFold={fold}
              onEnter={() => panel.current?.focus()}
            />
          )}
          <CoverageLanes info={info} />
        </section>
        {row !== undefined && (
          <aside
            className="evidence-view-right"
            data-region="member"
            aria-label={`Ledger of ${shownText(row.name)}`}
            ref={panel}
            // It scrolls, and Enter in the table leads here.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
          >
            <EvidencePanel key={row.key} info={info} row={row} />
          </aside>
        )}
      </div>
    </div>
  );
}

/** The chosen row is remembered as a member where it is one; an archive is chosen for as long as the view is open. */
function useChosenRow(info: CaseInfo) {
  const { openView } = useCommands();
  const member = useView((view) => view.member);
  const [closed, setClosed] = useState<ReadonlySet<SourceId>>(new Set());
  const [archive, setArchive] = useState<string | undefined>(undefined);
  const rows = useMemo(() => evidenceRows(info, closed), [info, closed]);
  const byKey = archive === undefined ? -1 : rows.findIndex((row) => row.key === archive);
  const at = byKey >= 0 ? byKey : Math.max(0, rowOfMember(rows, member));
  const choose = (to: number): void => {
    const row = rows[to];
    if (row === undefined) return;
    setArchive(row.member === undefined ? row.key : undefined);
    if (row.member !== undefined) openView("evidence", { member: row.member.id });
  };
  const fold = (source: SourceId, open: boolean): void => {
    setClosed((now) => new Set(open ? [...now].filter((own) => own !== source) : [...now, source]));
    if (!open) setArchive(`s${source}`);
  };
  return { rows, at, choose, fold };
}

function aboutText(info: CaseInfo): string {
  const sources = shownSources(info);
  const members = sources.reduce((sum, source) => sum + source.members.length, 0);
  const count = (value: number, word: string): string => `${value} ${word}${value === 1 ? "" : "s"}`;
  return `${count(sources.length, "source")}, ${count(members, "member")}`;
}
