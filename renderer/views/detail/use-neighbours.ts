import { useCallback } from "react";
import type { EntryId, RowPage } from "../../../workers/contract.ts";
import { EngineGoneError } from "../../engine/client.ts";
import { useCurrent, useServices } from "../../app/services.tsx";

/** Moves to the row above or below in the grid without leaving the detail. */
export function useNeighbours(entry: EntryId | undefined): (step: 1 | -1) => void {
  const { engine, commands } = useServices();
  const { result } = useCurrent();
  return useCallback(
    (step) => {
      if (entry === undefined || result === undefined) return;
      const move = async (): Promise<void> => {
        const at = await engine.api.locate(result.id, { entry });
        if (!at.ok || at.value === undefined) return;
        const row = at.value + step;
        if (row < 0 || row >= result.matched) return;
        const page = await engine.api.rows(result.id, row, 1, []);
        const next = page.ok ? firstEntry(page.value) : undefined;
        if (next !== undefined) commands.focusEntry(next);
      };
      move().catch((error: unknown) => {
        if (!(error instanceof EngineGoneError)) throw error;
      });
    },
    [engine, commands, result, entry],
  );
}

const firstEntry = (page: RowPage): EntryId | undefined => page.entries[0] as EntryId | undefined;
