import type { Layout, Preferences, QueryState, ViewState } from "./view-state.ts";
import { EMPTY_QUERY, queryOf, sameQuery } from "./view-state.ts";
import { type Observable, observable } from "./observable.ts";

const MOST_STEPS = 100;
const MOST_RECENT = 50;

/** The one writer of the view state. */
export interface ViewStore extends Observable<ViewState> {
  /** Changes anything but the query. */
  patch(part: Partial<Omit<ViewState, keyof QueryState | "back" | "forward" | "recent">>): void;
  /** Changes the query as one step that `back` undoes; a change that changes nothing is none. */
  setQuery(part: Partial<QueryState>): void;
  back(): void;
  forward(): void;
  /** A case was opened: its own layout, an empty query, no history. */
  enterCase(layout: Layout): void;
  /** Preferences as they were read from the settings. */
  prefer(preferences: Preferences): void;
}

export function createViewStore(initial: ViewState): ViewStore {
  const state = observable(initial);
  const change = (part: Partial<ViewState>): void => state.set({ ...state.get(), ...part });

  const setQuery = (part: Partial<QueryState>): void => {
    const now = state.get();
    const next = { ...queryOf(now), ...part };
    if (sameQuery(now, next)) return change(next);
    change({ ...next, back: [...now.back, queryOf(now)].slice(-MOST_STEPS), forward: [], recent: remember(now, next) });
  };
  const back = (): void => {
    const now = state.get();
    const step = now.back.at(-1);
    if (step !== undefined) change({ ...step, back: now.back.slice(0, -1), forward: [queryOf(now), ...now.forward] });
  };
  const forward = (): void => {
    const now = state.get();
    const [step, ...rest] = now.forward;
    if (step !== undefined) change({ ...step, back: [...now.back, queryOf(now)], forward: rest });
  };
  const enterCase = (layout: Layout): void =>
    change({
      ...EMPTY_QUERY,
      ...layout,
      view: "entries",
      region: "entries",
      focused: undefined,
      member: undefined,
      rejectCode: undefined,
      back: [],
      forward: [],
    });
  return {
    get: state.get,
    subscribe: state.subscribe,
    patch: change,
    setQuery,
    back,
    forward,
    enterCase,
    prefer: change,
  };
}

function remember(now: ViewState, next: QueryState): readonly string[] {
  const text = next.text.trim();
  if (text === "" || text === now.text.trim()) return now.recent;
  return [text, ...now.recent.filter((other) => other !== text)].slice(0, MOST_RECENT);
}
