/** After the engine has ended: another is started by itself, unless engines keep ending. */
import { type Observable, observable } from "../state/observable.ts";
import type { EngineConnection } from "./client.ts";

interface Outage {
  /**
   * starting: another engine is on its way. back: it serves, and what was open is open again. stopped: too many ended
   * in a row, so that only a person starts the next.
   */
  readonly state: "starting" | "back" | "stopped";
}

export interface Recovery extends Observable<Outage | undefined> {
  /** Main saw the engine end. */
  ended(): void;
  /** A person wants another engine. */
  again(): void;
  dismiss(): void;
}

const MOST_IN_A_ROW = 3;
const ROW_MS = 60_000;

/** `restart` asks main for another engine; `fail` hears why it could not be asked. */
export function followOutages(
  engine: EngineConnection,
  restart: () => Promise<void>,
  fail: (error: unknown) => void,
  now: () => number = Date.now,
): Recovery {
  const outage = observable<Outage | undefined>(undefined);
  let ends: readonly number[] = [];
  const start = (): void => {
    outage.set({ state: "starting" });
    restart().catch((error: unknown) => {
      outage.set({ state: "stopped" });
      fail(error);
    });
  };
  engine.subscribe(() => {
    if (outage.get()?.state === "starting" && engine.state() === "ready") outage.set({ state: "back" });
  });
  return {
    get: outage.get,
    subscribe: outage.subscribe,
    ended: () => {
      engine.lost();
      ends = [...ends.filter((at) => now() - at < ROW_MS), now()];
      if (ends.length > MOST_IN_A_ROW) outage.set({ state: "stopped" });
      else start();
    },
    again: () => {
      ends = [];
      start();
    },
    dismiss: () => outage.set(undefined),
  };
}
