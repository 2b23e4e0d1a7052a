import "./detail.css";
import "./panels.css";
import "./raw.css";
import { Columns2 } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import type { DetailField, EntryDetail, EntryId } from "../../../workers/contract.ts";
import { Boundary } from "../../app/boundary.tsx";
import { keysText } from "../../app/keys.ts";
import { useCommands, useObservable, useView } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useEntry, useKept } from "../../engine/use-result.ts";
import { IconButton } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { Tabs, type TabSpec } from "../../ui/tabs.tsx";
import { DetailHeader } from "./detail-header.tsx";
import { type DetailTab, detailMemory, remember } from "./detail-memory.ts";
import { FieldsTab } from "./fields-tab.tsx";
import { InterpretedTab } from "./interpreted-tab.tsx";
import { RawTab } from "./raw-tab.tsx";
import { RecordsTab } from "./records-tab.tsx";
import { SecretButton } from "./secret-button.tsx";
import { useNeighbours } from "./use-neighbours.ts";
import { useReveal } from "./use-reveal.ts";

/** The focused entry down to its bytes. What was shown stays until the next entry is known. */
export function DetailPane({ entry }: { readonly entry: EntryId | undefined }) {
  return (
    <Boundary
      what="this entry"
      of={entry}
      effect="The entry and its bytes are in the case, unchanged."
      onAgain={() => remember({ tab: "fields", split: false, spot: undefined })}
    >
      <Pane entry={entry} />
    </Boundary>
  );
}

function Pane({ entry }: { readonly entry: EntryId | undefined }) {
  const loaded = useEntry(entry);
  const kept = useKept(loaded);
  if (entry === undefined) {
    return (
      <p className="detail-empty">
        No entry is focused. Choose a row in the entries; what it says and the bytes it was read from appear here.
      </p>
    );
  }
  if (loaded.state === "fault") return <FaultPanel fault={loaded.fault} effect="Other entries are not concerned." />;
  if (kept === undefined) return <div className="detail-empty" aria-busy />;
  return <Detail entry={kept} busy={kept.id !== entry} />;
}

function Detail({ entry: given, busy }: { readonly entry: EntryDetail; readonly busy: boolean }) {
  const reveal = useReveal(given);
  const { entry } = reveal;
  const { tab, split } = useObservable(detailMemory);
  const pane = useRef<HTMLDivElement>(null);
  const { goToRegion } = useCommands();
  const step = useNeighbours(entry.id);
  const letters = useView((view) => view.letterKeys);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !pane.current?.contains(event.target as Node)) return;
    const way = stepOf(event, letters);
    if (way !== undefined) step(way);
    else if (event.key === "Escape") goToRegion("entries");
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) toggleSplit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Keys of the pane, caught on their way to or from the tab in use.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="detail"
      ref={pane}
      aria-busy={busy}
      onKeyDown={onKeyDown}
      onKeyDownCapture={(event) => {
        // The tabs would take these keys for their own row.
        if (event.target instanceof Element && event.target.role === "tab" && /^Arrow(Up|Down)$/.test(event.key))
          onKeyDown(event);
      }}
    >
      <DetailHeader entry={entry} secrets={<SecretButton reveal={reveal} />} />
      {reveal.fault && <FaultPanel fault={reveal.fault} effect="The secrets stay masked." />}
      <div className="detail-columns" data-split={split ? "" : undefined}>
        <Tabs
          label="Entry"
          tabs={tabsOf(entry)}
          selected={split && tab === "interpreted" ? "raw" : tab}
          onSelect={(id) => remember({ tab: id as DetailTab })}
          aside={
            <IconButton
              icon={Columns2}
              size={14}
              label="Raw and Interpreted together"
              keys={keysText("Ctrl+Enter")}
              pressed={split}
              onPress={toggleSplit}
            />
          }
        />
        {split && (
          <section className="detail-second" aria-label="Interpreted">
            <h3 className="detail-second-head">Interpreted</h3>
            <Shared of={InterpretedTab} entry={entry} />
          </section>
        )}
      </div>
    </div>
  );
}

function toggleSplit(): void {
  const { split, tab } = detailMemory.get();
  remember(split ? { split: false } : { split: true, tab: tab === "interpreted" || tab === "fields" ? "raw" : tab });
}

const hasValue = ({ values }: DetailField): boolean => values.some((value) => value !== "");

function tabsOf(entry: EntryDetail): readonly TabSpec[] {
  return [
    {
      id: "fields",
      title: "Fields",
      count: <Count value={entry.fields.filter(hasValue).length} />,
      content: <Shared of={FieldsTab} entry={entry} />,
    },
    {
      id: "raw",
      title: "Raw",
      count: <Count value={entry.records.length} />,
      content: <Shared of={RawTab} entry={entry} />,
    },
    {
      id: "interpreted",
      title: "Interpreted",
      count: <Count value={entry.interpretations.length} />,
      content: <Shared of={InterpretedTab} entry={entry} />,
    },
    {
      id: "records",
      title: "Records",
      count: <Count value={entry.records.length} />,
      content: <Shared of={RecordsTab} entry={entry} />,
    },
  ];
}

/** The field in focus is one for all tabs. */
function Shared({ of: Tab, entry }: { readonly of: typeof FieldsTab; readonly entry: EntryDetail }) {
  const { spot } = useObservable(detailMemory);
  return (
    <Tab
      entry={entry}
      spot={spot}
      onSpot={(next) => remember({ spot: next })}
      onBytes={() => remember({ tab: "raw" })}
    />
  );
}

/** Alt with an arrow, j and k, and plain arrows on the tabs: the rows of the grid. */
function stepOf(event: KeyboardEvent, letters: boolean): 1 | -1 | undefined {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  const onTab = event.target instanceof Element && event.target.role === "tab";
  if (event.altKey || onTab) {
    if (event.key === "ArrowDown") return 1;
    if (event.key === "ArrowUp") return -1;
  }
  if (!letters || event.altKey) return undefined;
  return event.key === "j" ? 1 : event.key === "k" ? -1 : undefined;
}
