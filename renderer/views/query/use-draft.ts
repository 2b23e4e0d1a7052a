/** The text as it is being written. It runs a moment after it has become whole, and never before. */
import { useEffect } from "react";
import type { Fault, QueryCheck } from "../../../workers/contract.ts";
import { useCommands, useObservable, useServices, useView } from "../../app/services.tsx";
import { resolveZone } from "../../app/time-format.ts";
import { useCheck } from "../../engine/use-result.ts";
import { clauseQuery } from "./clause-text.ts";

const RUN_AFTER_MS = 350;

export interface Draft {
  readonly text: string;
  /** What the engine says of exactly this text; undefined while it looks. */
  readonly check: QueryCheck | undefined;
  readonly fault: Fault | undefined;
  write(text: string): void;
  /** Runs at once, if it is whole. */
  run(): void;
  /** Turns a chip into text to be edited; the view stays the same by it. */
  edit(index: number): void;
}

export function useDraft(): Draft {
  const { draft, view } = useServices();
  const { setText } = useCommands();
  const text = useObservable(draft);
  const committed = useView((state) => state.text);
  const zone = useView((state) => state.zone);
  const loaded = useCheck(text.trim(), resolveZone(zone));
  const check = loaded.state === "ready" ? loaded.value : undefined;
  const fault = loaded.state === "fault" ? loaded.fault : check?.fault;
  const whole = text.trim() === "" || (check !== undefined && fault === undefined);
  const changed = text.trim() !== committed.trim();

  useEffect(() => {
    if (!whole || !changed) return;
    const timer = setTimeout(() => setText(text), RUN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, whole, changed, setText]);

  return {
    text,
    check,
    fault,
    write: draft.set,
    run: () => {
      if (whole) setText(text);
    },
    edit: (index) => {
      const clause = view.get().clauses[index];
      if (clause === undefined) return;
      const rest = view.get().text.trim();
      const next = rest === "" ? clauseQuery(clause) : `${clauseQuery(clause)} (${rest})`;
      view.setQuery({ clauses: view.get().clauses.filter((_, at) => at !== index), text: next });
      draft.set(next);
    },
  };
}
