import { useCallback, useEffect, useRef, useState } from "react";
import type { EngineApi, EntryId, EpochMicros, ResultInfo } from "../../../workers/contract.ts";
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
  const { engine } = useServices();
  const { focusEntry } = useCommands();
  const focused = useView((view) => view.focused);
  const [row, setRow] = useState(-1);
  /** The move a person made whose row has not arrived yet. */
  const moving = useRef(false);
  const found = useRef<{ readonly result: number; readonly entry: EntryId } | undefined>(undefined);
  /** Time of the entry that was focused last: where it is filtered out, the focus goes to what comes next. */
  const lastTime = useRef(Number.NaN);

  /** Ends a move once its row is there; a move to the row that is focused already changes nothing but the entry. */
  const arrive = useCallback(
    (at: number) => {
      if (!moving.current || at < 0) return;
      const arrived = pages.row(at);
      if (arrived === undefined) return;
      moving.current = false;
      found.current = { result: result.id, entry: arrived.id };
      lastTime.current = arrived.time;
      focusEntry(arrived.id);
    },
    [pages, result.id, focusEntry],
  );
  const moveTo = useCallback(
    (to: number) => {
      const bounded = Math.min(Math.max(0, to), result.matched - 1);
      if (bounded < 0) return;
      moving.current = true;
      setRow(bounded);
      pages.want(bounded, 1);
      show(bounded, "nearest");
      arrive(bounded);
    },
    [result.matched, pages, show, arrive],
  );

  useEffect(() => arrive(row), [row, arrive, pages.version]);

  useEffect(() => {
    if (moving.current) return;
    if (focused === undefined) return moveTo(0);
    if (found.current?.result === result.id && found.current.entry === focused) return;
    found.current = { result: result.id, entry: focused };
    rowOf(engine.api, result, focused, lastTime.current).then(
      (place) => {
        const isStale = found.current?.result !== result.id || found.current.entry !== focused;
        if (moving.current || isStale || place === undefined) return;
        if (!place.isEntry) return moveTo(place.row);
        setRow(place.row);
        show(place.row, "center");
      },
      (error: unknown) => {
        if (!(error instanceof EngineGoneError)) throw error;
      },
    );
  }, [focused, result, engine, moveTo, show]);

  return { row, moveTo };
}

interface Place {
  readonly row: number;
  /** The row is the entry itself, not its neighbour in time. */
  readonly isEntry: boolean;
}

/** Where an entry stands in a result, or what stands where it would. */
async function rowOf(api: EngineApi, result: ResultInfo, entry: EntryId, time: number): Promise<Place | undefined> {
  const own = await api.locate(result.id, { entry });
  if (!own.ok) return undefined;
  if (own.value !== undefined) return { row: own.value, isEntry: true };
  if (Number.isNaN(time)) return { row: 0, isEntry: false };
  const near = await api.locate(result.id, { time: time as EpochMicros });
  return near.ok ? { row: near.value ?? 0, isEntry: false } : undefined;
}
