import type { CaseInfo } from "../../workers/contract.ts";
import { type Observable, observable } from "../state/observable.ts";
import { EngineGoneError, type EngineConnection } from "./client.ts";

/** The open case as the engine last told it; `known` is false until it has answered once. */
export interface CaseState {
  readonly known: boolean;
  readonly info: CaseInfo | undefined;
}

export interface CaseFeed extends Observable<CaseState> {
  /** Takes an answer that another call brought (create, open, close), before the next one of the watch. */
  accept(info: CaseInfo | undefined): void;
  dispose(): void;
}

/** Follows the case for as long as the window lives, over restarts of the engine. */
export function followCase(engine: EngineConnection): CaseFeed {
  const state = observable<CaseState>({ known: false, info: undefined });
  let live = true;
  let watched = 0;
  const accept = (info: CaseInfo | undefined): void => state.set({ known: true, info });

  /** Nothing is imported without an engine; the next one says how far it came. */
  const cutOff = (): void => {
    const { info } = state.get();
    if (info?.state === "importing") accept({ ...info, state: "incomplete" });
  };
  const watch = async (generation: number): Promise<void> => {
    let seen = -1;
    while (live && engine.generation() === generation && engine.state() === "ready") {
      const info = await engine.api.watchCase(seen);
      if (engine.generation() !== generation) return;
      const revision = info?.revision ?? -1;
      // Without a case the engine may answer at once for ever: ask calmly.
      if (revision === seen && info === undefined) await pause(500);
      if (revision !== seen || !state.get().known) accept(info);
      seen = revision;
    }
  };
  const start = (): void => {
    if (engine.state() === "gone") cutOff();
    if (engine.state() !== "ready" || engine.generation() === watched) return;
    watched = engine.generation();
    watch(watched).catch((error: unknown) => {
      if (!(error instanceof EngineGoneError)) throw error;
    });
  };
  const stop = engine.subscribe(start);
  start();
  return {
    get: state.get,
    subscribe: state.subscribe,
    accept,
    dispose: () => {
      live = false;
      stop();
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
