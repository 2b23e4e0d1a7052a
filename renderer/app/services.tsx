/** What components reach beyond their props. One object for the life of the window; tests and the preview bring theirs. */
import { type ReactNode, createContext, useContext, useSyncExternalStore } from "react";
import type { Fault } from "../../workers/contract.ts";
import type { Bridge } from "../engine/bridge.ts";
import { type CaseFeed, type CaseState, followCase } from "../engine/case-feed.ts";
import { EngineGoneError, type EngineConnection, type EngineState } from "../engine/client.ts";
import { type JobFeed, followJobs } from "../engine/job-feed.ts";
import { type Recovery, followOutages } from "../engine/recovery.ts";
import { RequestCache, unexpected } from "../engine/request-cache.ts";
import { type ResultFeed, type ResultState, followResult } from "../engine/result-feed.ts";
import { type Observable, type Writable, observable } from "../state/observable.ts";
import type { ViewState } from "../state/view-state.ts";
import type { ViewStore } from "../state/view-store.ts";
import { type Commands, createCommands } from "./commands.ts";

export interface Services {
  readonly bridge: Bridge;
  readonly engine: EngineConnection;
  readonly cases: CaseFeed;
  readonly jobs: JobFeed;
  readonly results: ResultFeed;
  readonly requests: RequestCache;
  readonly recovery: Recovery;
  readonly view: ViewStore;
  /** Trouble that concerns no one place of the window: shown above the regions until it is dismissed. */
  readonly trouble: Writable<Fault | undefined>;
  /** The query text as it is being written; it runs once it is whole. */
  readonly draft: Writable<string>;
  /** Shows an error that no place of the window asked for. */
  readonly fail: (error: unknown) => void;
  readonly commands: Commands;
}

export function createServices(bridge: Bridge, engine: EngineConnection, view: ViewStore): Services {
  const cases = followCase(engine);
  const jobs = followJobs(engine);
  const results = followResult(engine, cases, view);
  const requests = new RequestCache();
  const trouble = observable<Fault | undefined>(undefined);
  const draft = observable(view.get().text);
  let text = view.get().text;
  view.subscribe(() => {
    // Back, forward, chips and cases change the text from outside; what is being written follows.
    if (view.get().text !== text) draft.set(view.get().text);
    text = view.get().text;
  });
  let generation = engine.generation();
  engine.subscribe(() => {
    // A new engine counts its results from 1 again: what the old one said must not answer for them.
    if (engine.generation() !== generation) requests.forget("");
    generation = engine.generation();
  });
  const fail = (error: unknown): void => {
    // A lost engine has its own banner.
    if (!(error instanceof EngineGoneError)) trouble.set(unexpected(error));
  };
  const recovery = followOutages(engine, () => bridge.restartEngine(), fail);
  const parts = { bridge, engine, cases, jobs, results, recovery, view, trouble, draft, fail };
  return { ...parts, requests, commands: createCommands(parts) };
}

const ServicesContext = createContext<Services | undefined>(undefined);

export function ServicesProvider({
  services,
  children,
}: {
  readonly services: Services;
  readonly children: ReactNode;
}) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error("no ServicesProvider above this component");
  return services;
}

/** The part must be picked, not made: a new object each time would render for ever. */
export function useView<T>(pick: (view: ViewState) => T): T {
  const { view } = useServices();
  return useSyncExternalStore(view.subscribe, () => pick(view.get()));
}

export function useObservable<T>(source: Observable<T>): T {
  return useSyncExternalStore(source.subscribe, source.get);
}

export const useCommands = (): Commands => useServices().commands;
export const useCase = (): CaseState => useObservable(useServices().cases);
export const useCurrent = (): ResultState => useObservable(useServices().results);
export const useJobs = () => useObservable(useServices().jobs);

export function useEngineState(): EngineState {
  const { engine } = useServices();
  return useSyncExternalStore(engine.subscribe, engine.state);
}
