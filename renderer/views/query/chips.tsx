import { X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import type { Clause } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { clauseSentence, clauseWords } from "./clause-text.ts";

const KEYS = "Enter edits, Delete removes, Space switches off";

/** One chip a clause. The arrows walk through them out of the text field and back. */
export function Chips(props: {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onLeave: () => void;
  readonly onEdit: (index: number) => void;
  readonly short: boolean;
}) {
  const { list, onLeave, onEdit, short } = props;
  const clauses = useView((view) => view.clauses);
  const { removeClause, toggleClause } = useCommands();
  const focus = (index: number): void => {
    const chips = list.current?.querySelectorAll<HTMLElement>("[data-chip]");
    const chip = chips?.[index];
    if (chip) chip.focus();
    else if (index >= 0) onLeave();
  };
  const remove = (index: number): void => {
    removeClause(index);
    // The chip that takes its place, else the text.
    requestAnimationFrame(() => focus(index));
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => focus(index - 1),
      ArrowRight: () => focus(index + 1),
      Home: () => focus(0),
      End: onLeave,
      Escape: onLeave,
      Delete: () => remove(index),
      Backspace: () => remove(index),
      " ": () => toggleClause(index),
      Enter: () => {
        onEdit(index);
        onLeave();
      },
    };
    const action = actions[event.key];
    if (action === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    action();
  };
  if (clauses.length === 0) return null;
  return (
    <div className="chips" ref={list} role="group" aria-label="Conditions">
      {clauses.map((clause, index) => (
        <Chip
          key={`${clause.not} ${clause.field} ${index}`}
          clause={clause}
          short={short}
          onKeyDown={(event) => onKeyDown(event, index)}
          onEdit={() => {
            onEdit(index);
            onLeave();
          }}
          onRemove={() => remove(index)}
        />
      ))}
    </div>
  );
}

function Chip(props: {
  readonly clause: Clause;
  readonly short: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const { clause, short, onKeyDown, onEdit, onRemove } = props;
  const { not, field, operator, value } = clauseWords(clause, short);
  return (
    <span className="chip" data-not={not ? "" : undefined} data-off={clause.enabled ? undefined : ""}>
      <button
        type="button"
        className="chip-text"
        data-chip
        tabIndex={-1}
        title={KEYS}
        onKeyDown={onKeyDown}
        onDoubleClick={onEdit}
      >
        {not && <b className="chip-not">NOT </b>}
        <span className="chip-field">{field}</span> <span className="chip-operator">{operator}</span>{" "}
        <EvidenceText text={value} limit={120} className="chip-value" />
        {!clause.enabled && <span className="said">, switched off</span>}
      </button>
      <button
        type="button"
        className="chip-remove"
        tabIndex={-1}
        aria-label={`Remove ${clauseSentence(clause)}`}
        onClick={onRemove}
      >
        <Icon of={X} size={12} />
      </button>
    </span>
  );
}
