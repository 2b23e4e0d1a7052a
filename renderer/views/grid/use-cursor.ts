import { useCallback, useEffect, useRef, useState } from "react";
import type { EntryId, ResultInfo } from "../../../workers/contract.ts";
import { EngineGoneError } from "../../engine/client.ts";
import type { RowPages } from "../../engine/row-pages.ts";
import { useCommands, useServices, useView } from "../../app/services.tsx";

type ShowRow = (row: number, align: "nearest" | "center") => void;

export interface GridCursor {
  /** Row number in the result, or −1 while nothing is focused. */
  readonly row: number;
  readonly moveTo: (row: number) => void;
}

/**
 * The focused row. A person moves it by row number, other views by entry; the entry is what is remembered, so the
 * focus stays on the same entry when the result changes, wherever that entry lies then.
 */
export function useCursor(result: ResultInfo, pages: RowPages, show: ShowRow): GridCursor {
  const { engine, commands } = useServices();
  const { focusEntry } = useCommands();
  const focused = useView((view) => view.focused);
  const [row, setRow] = useState(-1);
  /** The move a person made whose row has not arrived yet. */
  const moving = useRef(false);
  const found = useRef<{ readonly result: number; readonly entry: EntryId } | undefined>(undefined);

  const moveTo = useCallback(
    (to: number) => {
      const bounded = Math.min(Math.max(0, to), result.matched - 1);
      if (bounded < 0) return;
      moving.current = true;
      setRow(bounded);
      pages.want(bounded, 1);
      show(bounded, "nearest");
    },
    [result.matched, pages, show],
  );

  useEffect(() => {
    if (!moving.current || row < 0) return;
    const arrived = pages.row(row);
    if (arrived === undefined) return;
    moving.current = false;
    found.current = { result: result.id, entry: arrived.id };
    focusEntry(arrived.id);
  }, [row, pages, pages.version, result.id, focusEntry]);

  useEffect(() => {
    if (moving.current) return;
    if (focused === undefined) return moveTo(0);
    if (found.current?.result === result.id && found.current.entry === focused) return;
    found.current = { result: result.id, entry: focused };
    engine.api.locate(result.id, { entry: focused }).then(
      (answer) => {
        if (!answer.ok || moving.current) return;
        if (answer.value === undefined) return setRow(-1);
        setRow(answer.value);
        show(answer.value, "center");
      },
      (error: unknown) => {
        if (!(error instanceof EngineGoneError)) throw error;
      },
    );
  }, [focused, result.id, engine, moveTo, show, commands]);

  return { row, moveTo };
}
