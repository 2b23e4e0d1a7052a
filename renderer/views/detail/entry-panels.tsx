import { GitCompareArrows, Link2 } from "lucide-react";
import type { ReactNode } from "react";
import type { EntryCopy } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { hasValue } from "../../app/clauses.ts";
import { Button } from "../../ui/button.tsx";
import { SourceCode } from "../../ui/badges.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { BodyTree } from "./body-tree.tsx";
import { ChangePanel } from "./change-panel.tsx";
import { EntryTimesPanel } from "./entry-times-panel.tsx";
import { ExportPanel } from "./export-panel.tsx";
import type { EntryPanels } from "./panels-of.ts";
import { FoldedText } from "./long-text.tsx";
import { SettingsPanel } from "./settings-panel.tsx";
import { usePlace } from "./use-place.ts";

/** Above the fields: what is worth more room than a line, and what leads elsewhere. */
export function EntryPanelList({ panels }: { readonly panels: EntryPanels }) {
  const { change, command, trace, request, event, copies, bodies, audited, batch, times } = panels;
  return (
    <div className="panels">
      {times && <EntryTimesPanel times={times} />}
      {copies.length > 0 && <Copies copies={copies} />}
      {request && <SameRequest {...request} />}
      {event && <SameEvent {...event} />}
      {command && (
        <Panel title="Command">
          <FoldedText text={command.text} label="the command" />
          {command.output !== undefined && (
            <>
              <h4 className="panel-subhead">Output</h4>
              <FoldedText text={command.output} label="the output" />
            </>
          )}
        </Panel>
      )}
      {audited && <SettingsPanel entry={audited} />}
      {batch && <ExportPanel {...batch} />}
      {change && <ChangePanel {...change} />}
      {bodies !== undefined && <BodyTree text={bodies} />}
      {trace !== undefined && (
        <Panel title="Stack trace">
          <FoldedText text={trace} label="the stack trace" />
        </Panel>
      )}
    </div>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <h3 className="panel-head">{title}</h3>
      {children}
    </section>
  );
}

/** Records of one request share its id: one press shows them all. */
function SameRequest({ field, value }: { readonly field: string; readonly value: string }) {
  const { toggleValue } = useCommands();
  const isOn = useView((view) => hasValue(view.clauses, field, value, false));
  return (
    <p className="panel-line">
      <Button small icon={Link2} onPress={() => toggleValue(field, value)}>
        {isOn ? "Any request" : "Same request"}
      </Button>
      <span className="panel-about mono">
        <EvidenceText text={value} limit={80} />
      </span>
    </p>
  );
}

/** Rows of one audit event share serial and time; either alone comes again. One press shows them all. */
function SameEvent({ serial, time }: { readonly serial: string; readonly time: string }) {
  const { toggleValue } = useCommands();
  const clauses = useView((view) => view.clauses);
  const parts = [
    ["raw.eventId", serial],
    ["raw.timestamp", time],
  ] as const;
  const isOn = parts.every(([field, value]) => hasValue(clauses, field, value, false));
  const press = (): void => {
    for (const [field, value] of parts) {
      if (hasValue(clauses, field, value, false) === isOn) toggleValue(field, value);
    }
  };
  return (
    <p className="panel-line">
      <Button small icon={Link2} onPress={press}>
        {isOn ? "Any event" : "Rows of this event"}
      </Button>
      <span className="panel-about mono">
        <EvidenceText text={`${serial}, ${time}`} limit={80} />
      </span>
    </p>
  );
}

/** The same thing, told by another file: where, and a way there. */
function Copies({ copies }: { readonly copies: readonly EntryCopy[] }) {
  return (
    <section className="panel" aria-label="Also recorded">
      {copies.map((copy) => (
        <Copy key={copy.entry} copy={copy} />
      ))}
    </section>
  );
}

function Copy({ copy }: { readonly copy: EntryCopy }) {
  const { openEntry } = useCommands();
  const place = usePlace(copy.member);
  if (place === undefined) return null;
  const { source, member } = place;
  const isPlain = member.path === source.name;
  return (
    <p className="panel-line">
      <Icon of={GitCompareArrows} />
      <span className="panel-text">
        Also recorded in <SourceCode code={source.code} lane={source.lane} bar />{" "}
        <EvidenceText text={source.name} limit={120} />
        {!isPlain && (
          <>
            , <EvidenceText text={member.path} limit={200} />
          </>
        )}
      </span>
      <Button kind="link" small label={`e ${copy.entry}, go to this entry`} onPress={() => openEntry(copy.entry)}>
        {`e ${copy.entry}`}
      </Button>
    </p>
  );
}
