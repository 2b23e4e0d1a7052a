import { Redo2, Save, Undo2 } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Fault, GrantId, MappingDraft, MappingFinding } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useServices } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { type Chosen, countWords, type DraftState, eventsOf, placeOf } from "./draft-state.ts";
import { EventForm } from "./event-form.tsx";
import { EventList } from "./event-list.tsx";
import { cellId } from "./cell-input.tsx";
import { FindingList } from "./finding-list.tsx";
import { TrialPanel } from "./trial-panel.tsx";
import { type Drafting, useDraft } from "./use-draft.ts";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useTrial } from "./use-trial.ts";

export function MappingEditor(props: {
  readonly folder: string;
  readonly first: MappingDraft;
  readonly onClose: () => void;
}) {
  const { folder, first, onClose } = props;
  const drafting = useDraft(first);
  const { state } = drafting;
  const { draft } = state;
  const trial = useTrial(draft);
  const saving = useSaving(drafting);
  const events = eventsOf(draft);
  const [chosen, setChosen] = useState<Chosen>({ at: 0, event: events[0] });
  const at = placeOf(events, chosen);
  const event = events[at];
  const choose = (index: number): void => setChosen({ at: index, event: events[index] });
  const body = useRef<HTMLDivElement>(null);
  const formKey = `${event?.properties} ${event?.attributes}`;
  const onFocus = useKeptFocus(body, formKey);
  // Only of the changes that somebody was warned of; with others they are warned again.
  const [warnedOf, setWarnedOf] = useState<DraftState["edits"]>();
  const isAsking = state.edits.length > 0 && warnedOf === state.edits;
  /** Esc and × do not throw changes away at the first press. */
  const leave = (): void => {
    if (state.edits.length === 0 || isAsking) onClose();
    else setWarnedOf(state.edits);
  };
  const goTo = (finding: MappingFinding): void => {
    const index = events.findIndex(({ properties, attributes }) =>
      finding.file === "eventproperties.csv" ? properties === finding.row : attributes === finding.row,
    );
    if (index >= 0) choose(index);
    // The form of another event is there only after it was drawn; the id of an event is no field of it.
    requestAnimationFrame(() => {
      const cell = body.current?.querySelector<HTMLElement>(`[id="${cellId(finding)}"]`);
      (cell ?? body.current?.querySelector<HTMLElement>(".mapping-form"))?.focus();
    });
  };
  const onKeyDown = (key: KeyboardEvent): void => {
    if (!(key.ctrlKey || key.metaKey) || key.altKey) return;
    const name = key.key.toLowerCase();
    if (name === "z" && !key.shiftKey) drafting.undo();
    else if (name === "y" || (name === "z" && key.shiftKey)) drafting.redo();
    else return;
    key.preventDefault();
  };
  return (
    <Dialog
      title="RadiantOne mapping"
      about={`${folder}, ${countText(events.length)} ${events.length === 1 ? "event" : "events"}, ${countWords(draft.findings)}`}
      onClose={leave}
      onConfirm={saving.save}
      onKeyDown={onKeyDown}
      width={1320}
      height={820}
      className="mapping"
      footer={<Foot drafting={drafting} saving={saving} isAsking={isAsking} onClose={onClose} />}
    >
      <div className="mapping-body" ref={body} onFocusCapture={onFocus}>
        <div className="mapping-side">
          <EventList
            events={events}
            findings={draft.findings}
            at={at}
            onSelect={choose}
            onAdded={(id) => setChosen({ at, event: { id, properties: undefined, attributes: undefined } })}
            onEdit={drafting.edit}
          />
          <FindingList draft={draft} onGo={goTo} onEdit={drafting.edit} />
        </div>
        <div className="mapping-main">
          {(drafting.fault ?? saving.fault) && <FaultPanel fault={(drafting.fault ?? saving.fault) as Fault} />}
          {event === undefined ? (
            <p className="slot">Nothing in these files can be shown as a form; what is wrong is listed at the left.</p>
          ) : (
            <EventForm key={formKey} event={event} drafting={drafting} trial={trial} />
          )}
          <TrialPanel trial={trial} eventId={event?.id} />
        </div>
      </div>
    </Dialog>
  );
}

interface Saving {
  readonly save: () => void;
  readonly said: string | undefined;
  readonly fault: Fault | undefined;
}

function useSaving({ state, saved }: Drafting): Saving {
  const { bridge, engine, fail } = useServices();
  const [said, setSaid] = useState<string>();
  const [fault, setFault] = useState<Fault>();
  const write = async (): Promise<void> => {
    const target = await bridge.chooseMapping("save");
    if (target === undefined) return;
    // What was typed last may not be answered yet.
    const edited = await engine.api.editMapping(state.base.texts, state.edits);
    const answer = edited.ok ? await engine.api.saveMapping(target.grant as GrantId, edited.value.texts) : edited;
    setFault(answer.ok ? undefined : answer.fault);
    setSaid(answer.ok ? `${answer.value.files.join(" and ")} written to ${answer.value.folder}` : undefined);
    if (edited.ok && answer.ok) saved(edited.value);
  };
  return { save: () => void write().catch(fail), said, fault };
}

function Foot(props: {
  readonly drafting: Drafting;
  readonly saving: Saving;
  /** Somebody wants to leave, and there are changes. */
  readonly isAsking: boolean;
  readonly onClose: () => void;
}) {
  const { drafting, saving, isAsking, onClose } = props;
  const { state } = drafting;
  const changes = state.edits.length;
  const errors = state.draft.findings.filter(({ severity }) => severity === "error").length;
  const changed =
    changes === 0 ? "Nothing is changed." : `${countText(changes)} ${changes === 1 ? "change" : "changes"}.`;
  return (
    <>
      <span className={isAsking ? "dialog-foot-text mapping-warn" : "dialog-foot-text"} role="status">
        {isAsking
          ? `${changed} Save both files, or press Esc again to close without saving.`
          : saving.said !== undefined && changes === 0
            ? saving.said
            : `${changed} Rows that are not touched stay byte for byte.`}
      </span>
      <IconButton
        icon={Undo2}
        label="Undo"
        keys={keysText("Ctrl+Z")}
        disabled={changes === 0}
        onPress={drafting.undo}
      />
      <IconButton
        icon={Redo2}
        label="Redo"
        keys={keysText("Ctrl+Shift+Z")}
        disabled={state.undone.length === 0}
        onPress={drafting.redo}
      />
      <Button onPress={onClose}>{changes === 0 ? "Close" : "Close without saving"}</Button>
      <Button kind="primary" icon={Save} keys={keysText("Ctrl+Enter")} onPress={saving.save}>
        {errors === 0 ? "Save both files" : `Save with ${countText(errors)} ${errors === 1 ? "error" : "errors"}`}
      </Button>
    </>
  );
}
