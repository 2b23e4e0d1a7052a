import { useEffect, useState } from "react";
import type { Fault, MappingDraft, MappingEdit } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { type DraftState, isAnswered, opened, redo, undo, withEdit } from "./draft-state.ts";

/** Keystrokes closer together than this are answered as one. */
export const TYPING_MS = 120;

export interface Drafting {
  readonly state: DraftState;
  readonly fault: Fault | undefined;
  readonly edit: (edit: MappingEdit) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** What was written to disk is what changes are counted from. */
  readonly saved: (draft: MappingDraft) => void;
}

/** The definitions with the changes made so far; the engine parses, checks and prints them after each one. */
export function useDraft(first: MappingDraft): Drafting {
  const { engine, fail } = useServices();
  const [state, setState] = useState(() => opened(first));
  const [fault, setFault] = useState<Fault>();
  const { base, edits } = state;
  const isCurrent = isAnswered(state);
  useEffect(() => {
    if (isCurrent) return undefined;
    let isOld = false;
    const ask = async (): Promise<void> => {
      const answer = await engine.api.editMapping(base.texts, edits);
      if (isOld) return;
      setFault(answer.ok ? undefined : answer.fault);
      if (answer.ok) setState((now) => ({ ...now, draft: answer.value, answered: edits }));
    };
    const timer = setTimeout(() => void ask().catch(fail), TYPING_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [engine, fail, base, edits, isCurrent]);
  return {
    state,
    fault,
    edit: (edit) => setState((now) => withEdit(now, edit)),
    undo: () => setState(undo),
    redo: () => setState(redo),
    saved: (draft) => setState(opened(draft)),
  };
}
