import { CircleX } from "lucide-react";
import type { Fault } from "../../../workers/contract.ts";
import { useView } from "../../app/services.tsx";
import { formatTime } from "../../app/time-format.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Draft } from "./use-draft.ts";

/** Under the bar: the mistake with its column, the brackets that were read into the text, the instants it means. */
export function QueryNotes({ draft, onPicked }: { readonly draft: Draft; readonly onPicked: () => void }) {
  const zone = useView((view) => view.zone);
  const { fault, check } = draft;
  const instants = fault === undefined ? (check?.instants ?? []) : [];
  const empty = fault === undefined && check?.inferred === undefined && instants.length === 0;
  return (
    <div className="query-notes" id="query-notes" role="status" data-empty={empty ? "" : undefined}>
      {fault && <FaultNote fault={fault} draft={draft} onPicked={onPicked} />}
      {fault === undefined && check?.inferred !== undefined && (
        <p className="query-inferred">
          <span aria-hidden>≈</span> read as <code>{check.inferred}</code>
        </p>
      )}
      {instants.map((instant) => (
        <p key={instant.start} className="query-instant">
          {instant.text} is read as {formatTime(instant.at, 0, zone)}
        </p>
      ))}
    </div>
  );
}

function FaultNote({
  fault,
  draft,
  onPicked,
}: {
  readonly fault: Fault;
  readonly draft: Draft;
  readonly onPicked: () => void;
}) {
  const replace = (name: string): void => {
    draft.write(withName(draft.text, fault.offset ?? 0, name));
    onPicked();
  };
  return (
    <p className="query-fault">
      <Icon of={CircleX} />
      <span>
        {fault.offset !== undefined && <span className="query-column">Column {fault.offset + 1}: </span>}
        {fault.message} <Next fault={fault} onPick={replace} />
      </span>
    </p>
  );
}

/** The nearest names can be taken by a press; otherwise the engine's own sentence stands. */
function Next({ fault, onPick }: { readonly fault: Fault; readonly onPick: (name: string) => void }) {
  const names = fault.suggestions ?? [];
  if (names.length === 0) return fault.next;
  return (
    <>
      Close by:{" "}
      {names.slice(0, 3).map((name, index) => (
        <span key={name}>
          {index > 0 && ", "}
          <button type="button" className="link mono" onClick={() => onPick(name)}>
            {name}
          </button>
        </span>
      ))}
    </>
  );
}

/** Puts a name in the place of the one that begins at a column of the trimmed text. */
export function withName(text: string, column: number, name: string): string {
  const start = column + (text.length - text.trimStart().length);
  const old = /^(?:`[^`]*`?|[^\s:=<>!~()]+)/.exec(text.slice(start))?.[0] ?? "";
  return text.slice(0, start) + name + text.slice(start + old.length);
}
