import { useCallback, useState } from "react";
import type { EntryDetail, Fault } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { EngineGoneError } from "../../engine/client.ts";

export interface Reveal {
  /** The entry to show: as it is recorded while it is revealed, else as it was given. */
  readonly entry: EntryDetail;
  readonly state: "open" | "masked" | "asking" | "revealed";
  readonly fault: Fault | undefined;
  readonly show: () => void;
  readonly hide: () => void;
}

interface Asked {
  readonly of: EntryDetail;
  readonly entry?: EntryDetail;
  readonly fault?: Fault;
}

/**
 * The secrets of one entry, asked for on purpose. What was revealed is held here alone, and only until another entry
 * is shown.
 */
export function useReveal(entry: EntryDetail): Reveal {
  const { api } = useServices().engine;
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const own = asked?.of === entry ? asked : undefined;
  // Nothing of an entry that is gone from sight stays behind.
  if (asked !== undefined && own === undefined) setAsked(undefined);

  const show = useCallback((): void => {
    const ask = async (): Promise<void> => {
      const answer = await api.reveal(entry.id);
      setAsked((now) => {
        if (now?.of !== entry) return now;
        return answer.ok ? { of: entry, entry: answer.value } : { of: entry, fault: answer.fault };
      });
    };
    setAsked({ of: entry });
    ask().catch((error: unknown) => {
      setAsked((now) => (now?.of === entry ? undefined : now));
      if (!(error instanceof EngineGoneError)) throw error;
    });
  }, [api, entry]);
  return {
    entry: own?.entry ?? entry,
    state: !entry.masked ? "open" : own === undefined || own.fault ? "masked" : own.entry ? "revealed" : "asking",
    fault: own?.fault,
    show,
    hide: () => setAsked(undefined),
  };
}
