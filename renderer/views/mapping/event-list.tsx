import { CircleX, Plus, Trash2, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import type { MappingEdit, MappingFinding } from "../../../workers/contract.ts";
import { Button } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { shownText } from "../../ui/text-runs.ts";
import { type EventRows, countWords, findingsBy } from "./draft-state.ts";

interface ListProps {
  readonly events: readonly EventRows[];
  readonly findings: readonly MappingFinding[];
  readonly at: number;
  readonly onSelect: (at: number) => void;
  /** It is in the list once the change is answered. */
  readonly onAdded: (id: string) => void;
  readonly onEdit: (edit: MappingEdit) => void;
}

/** The types of events, each with what is wrong in its rows. */
export function EventList({ events, findings, at, onSelect, onAdded, onEdit }: ListProps) {
  const current = events[at];
  const findingsOf = useMemo(() => findingsBy(findings), [findings]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
    stops[stops.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  };
  return (
    <>
      {/* The arrows walk the buttons; Tab does so too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <nav className="mapping-events" aria-label="Types of events" onKeyDown={onKeyDown}>
        {events.map((event, index) => (
          <button
            key={`${event.properties} ${event.attributes}`}
            type="button"
            className="mapping-event"
            aria-current={index === at ? "true" : undefined}
            onClick={() => onSelect(index)}
          >
            <span className="mapping-event-id mono">
              {event.id === "" ? "no id" : <EvidenceText text={event.id} limit={80} />}
            </span>
            {event.id !== "" && event.surplus !== undefined && <span className="mapping-quiet">once more</span>}
            <Standing findings={findingsOf(event)} />
          </button>
        ))}
      </nav>
      <AddEvent events={events} like={current?.id} onEdit={onEdit} onAdded={onAdded} />
      {current !== undefined && current.surplus === undefined && (
        <Button small kind="quiet" icon={Trash2} onPress={() => onEdit({ kind: "remove", id: current.id })}>
          Remove {shownText(current.id, 24)} from both files
        </Button>
      )}
    </>
  );
}

function Standing({ findings }: { readonly findings: readonly MappingFinding[] }) {
  if (findings.length === 0) return null;
  const isBad = findings.some(({ severity }) => severity === "error");
  return (
    <span className="mapping-standing" data-severity={isBad ? "error" : "warning"}>
      <Icon of={isBad ? CircleX : TriangleAlert} size={13} /> {countWords(findings)}
    </span>
  );
}

function AddEvent(props: {
  readonly events: readonly EventRows[];
  readonly like: string | undefined;
  readonly onEdit: (edit: MappingEdit) => void;
  readonly onAdded: (id: string) => void;
}) {
  const { events, like, onEdit, onAdded } = props;
  const [id, setId] = useState("");
  const isKnown = id !== "" && events.some((event) => event.id === id);
  const add = (): void => {
    if (id === "" || isKnown) return;
    onEdit({ kind: "add", id, ...(like !== undefined && like !== "" && { like }) });
    onAdded(id);
    setId("");
  };
  return (
    <form
      className="mapping-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        className="input mono"
        aria-label="Id of a new event"
        placeholder="new event id"
        value={id}
        maxLength={200}
        spellCheck={false}
        aria-invalid={isKnown}
        onChange={(event) => setId(event.target.value)}
      />
      <Button small icon={Plus} disabled={id === "" || isKnown} onPress={add}>
        Add
      </Button>
      <span className="mapping-quiet">
        {isKnown ? "this id is there" : like === undefined || like === "" ? "" : `as a copy of ${shownText(like, 24)}`}
      </span>
    </form>
  );
}
