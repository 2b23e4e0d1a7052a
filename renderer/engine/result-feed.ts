/**
 * The one open result: what the view asks of the case, answered at one revision. While evidence arrives the answer is
 * held, so that no row moves under the reader; `arrived` says what it does not show yet.
 */
import type { CaseInfo, EngineApi, Fault, QueryRequest, ResultInfo } from "../../workers/contract.ts";
import { type Observable, observable } from "../state/observable.ts";
import type { ViewState } from "../state/view-state.ts";
import { resolveZone } from "../app/time-format.ts";
import type { CaseFeed } from "./case-feed.ts";
import { EngineGoneError, type EngineConnection } from "./client.ts";
import { unexpected } from "./request-cache.ts";

export interface ResultState {
  /** The last answer; it stays while a newer one is on its way. */
  readonly result: ResultInfo | undefined;
  /** What was asked for it. */
  readonly request: QueryRequest | undefined;
  readonly pending: boolean;
  readonly fault: Fault | undefined;
  /** Entries of the case that came after the answer. */
  readonly arrived: number;
}

export interface ResultFeed extends Observable<ResultState> {
  /** Answers again at the newest revision. */
  refresh(): void;
  /** Answers again over the api of an engine that took the place of another; resolves when it has answered. */
  renew(api: EngineApi): Promise<void>;
  dispose(): void;
}

const NOTHING: ResultState = { result: undefined, request: undefined, pending: false, fault: undefined, arrived: 0 };

export function followResult(engine: EngineConnection, cases: CaseFeed, view: Observable<ViewState>): ResultFeed {
  const state = observable<ResultState>(NOTHING);
  let asked: { readonly key: string; readonly revision: number; readonly number: number } | undefined;
  let count = 0;
  /** The engine that the result shown is open in: another one counts its results from 1 again. */
  let holder = engine.generation();

  const close = (result: ResultInfo | undefined): void => {
    if (result !== undefined && engine.state() === "ready") engine.api.close(result.id).catch(onlyLoss);
  };
  const settle = (number: number, next: Partial<ResultState>): void => {
    if (asked?.number !== number) return close(next.result);
    const before = holder === engine.generation() ? state.get().result : undefined;
    if (next.result !== undefined) holder = engine.generation();
    state.set({ ...state.get(), pending: false, fault: undefined, ...next });
    if (next.result !== undefined) close(before);
    follow();
  };
  const open = async (request: QueryRequest, key: string, info: CaseInfo, api = engine.api): Promise<void> => {
    const number = ++count;
    asked = { key, revision: info.revision, number };
    state.set({ ...state.get(), pending: true });
    await api.open(request).then(
      (answer) => settle(number, answer.ok ? { result: answer.value, request, arrived: 0 } : { fault: answer.fault }),
      (error: unknown) => {
        if (asked?.number === number) asked = undefined;
        if (error instanceof EngineGoneError) state.set({ ...state.get(), pending: false });
        else state.set({ ...state.get(), pending: false, fault: unexpected(error) });
      },
    );
  };
  const clear = (): void => {
    if (asked === undefined && state.get() === NOTHING) return;
    asked = undefined;
    if (holder === engine.generation()) close(state.get().result);
    state.set(NOTHING);
  };
  const askedFor = (info: CaseInfo) => {
    const request = requestOf(view.get());
    return { request, key: `${info.file} ${JSON.stringify(request)}` };
  };
  const follow = (): void => {
    const { info } = cases.get();
    if (info === undefined) return clear();
    if (engine.state() !== "ready") return;
    const { request, key } = askedFor(info);
    if (asked === undefined || asked.key !== key) return void open(request, key, info);
    if (info.revision === asked.revision || state.get().pending) return;
    const { result } = state.get();
    const held = info.state === "importing" && result !== undefined && result.total > 0;
    if (!held) return void open(request, key, info);
    const arrived = Math.max(0, info.entries - result.total);
    if (arrived !== state.get().arrived) state.set({ ...state.get(), arrived });
  };
  const stops = [cases.subscribe(follow), view.subscribe(follow), engine.subscribe(follow)];
  follow();
  return {
    get: state.get,
    subscribe: state.subscribe,
    refresh: () => {
      asked = undefined;
      follow();
    },
    renew: async (api) => {
      const { info } = cases.get();
      if (info === undefined) return clear();
      const { request, key } = askedFor(info);
      await open(request, key, info, api);
    },
    dispose: () => stops.forEach((stop) => stop()),
  };
}

/** The zone matters to the engine only where the text may hold a time without one. */
function requestOf(view: ViewState): QueryRequest {
  const zone = view.text === "" ? "UTC" : resolveZone(view.zone);
  return { clauses: view.clauses, text: view.text, range: view.range, zone, sort: view.sort };
}

function onlyLoss(error: unknown): void {
  if (!(error instanceof EngineGoneError)) throw error;
}
