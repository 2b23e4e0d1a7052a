import { Redo2, Undo2 } from "lucide-react";
import type { DescribedTimeChange, EpochMicros } from "../../../workers/contract.ts";
import { keysText } from "../../app/keys.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { formatTime } from "../../app/time-format.ts";
import { Button } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";

interface ChangeListProps {
  readonly changes: readonly DescribedTimeChange[];
  /** The keys of the window work here: behind a dialog they do not. */
  readonly hasKeys?: boolean;
}

/** Every change that was made, the newest first, and the way back. Nothing where none was. */
export function ChangeList({ changes, hasKeys = false }: ChangeListProps) {
  const { undoTimeChange, redoTimeChange } = useCommands();
  if (changes.length === 0) return null;
  const undo = changes.findLast(({ state }) => state === "done");
  const keysOf = (keys: string): { readonly keys?: string } => (hasKeys ? { keys: keysText(keys) } : {});
  const redo = changes.find(({ state }) => state === "undone");
  return (
    <section className="times-changes" aria-label="Changes about time">
      <header className="times-changes-head">
        <h3>Changes</h3>
        <Button small icon={Undo2} {...keysOf("Ctrl+Z")} disabled={undo === undefined} onPress={undoTimeChange}>
          Undo
        </Button>
        <Button small icon={Redo2} {...keysOf("Ctrl+Shift+Z")} disabled={redo === undefined} onPress={redoTimeChange}>
          Redo
        </Button>
      </header>
      <ol>
        {changes.toReversed().map((change) => (
          <Change key={change.id} change={change} />
        ))}
      </ol>
    </section>
  );
}

function Change({ change }: { readonly change: DescribedTimeChange }) {
  const zone = useView((view) => view.zone);
  const { at, examiner, text, state } = change;
  return (
    <li className="times-change" data-state={state}>
      <span className="selectable">
        <EvidenceText text={text} limit={300} />
      </span>
      <span className="times-change-when figures">
        {state === "undone" && "undone, "}
        {formatTime((at * 1000) as EpochMicros, 0, zone)}
        {examiner !== "" && ", "}
        {examiner !== "" && <EvidenceText text={examiner} limit={40} />}
      </span>
    </li>
  );
}
