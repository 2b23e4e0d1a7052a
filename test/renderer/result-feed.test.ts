import { describe, expect, it, vi } from "vitest";
import type { CaseState } from "../../renderer/engine/case-feed.ts";
import type { EngineConnection } from "../../renderer/engine/client.ts";
import { followResult } from "../../renderer/engine/result-feed.ts";
import { observable } from "../../renderer/state/observable.ts";
import { INITIAL_VIEW } from "../../renderer/state/view-state.ts";
import { createViewStore } from "../../renderer/state/view-store.ts";
import type { CaseInfo, QueryRequest, ResultId, ResultInfo } from "../../workers/contract.ts";
import { fakeCase } from "./fake-case.ts";
import { fakeRows } from "./fake-rows.ts";

/** Longer than a busy machine takes. */
const PATIENT = { timeout: 20_000 };

const full = fakeCase(fakeRows(100), "sealed", 1);

/** A case that can be moved on, and an engine that answers when told. */
function setUp(first: CaseInfo) {
  const state = observable<CaseState>({ known: true, info: first });
  const asked: { readonly query: QueryRequest; readonly answer: () => void }[] = [];
  const closed: ResultId[] = [];
  const open = (query: QueryRequest) =>
    new Promise((resolve) => {
      const { info } = state.get();
      const value = { id: asked.length + 1, revision: info?.revision, total: info?.entries, query: query.text };
      asked.push({ query, answer: () => resolve({ ok: true, value: value as unknown as ResultInfo }) });
    });
  const close = async (id: ResultId): Promise<void> => void closed.push(id);
  const engineState = { generation: 1, state: "ready" };
  const engine = {
    api: { open, close },
    generation: () => engineState.generation,
    state: () => engineState.state,
    subscribe: () => () => undefined,
  } as unknown as EngineConnection;
  const view = createViewStore(INITIAL_VIEW);
  const cases = { ...state, accept: () => undefined, dispose: () => undefined };
  const feed = followResult(engine, cases, view);
  const move = (part: Partial<CaseInfo>): void =>
    state.set({ known: true, info: { ...(state.get().info ?? first), ...part } });
  const answer = async (index: number): Promise<void> => {
    asked[index]?.answer();
    await vi.waitFor(() => expect(feed.get().pending).toBe(false), PATIENT);
  };
  return { feed, view, asked, closed, move, answer, engine, engineState };
}

describe("the open result", () => {
  it("holds the order while evidence arrives and says how much it does not show", async () => {
    const { feed, asked, closed, move, answer } = setUp({ ...full, state: "importing" });
    await answer(0);
    move({ revision: 2, entries: 140 });
    move({ revision: 3, entries: 312 });
    expect(asked).toHaveLength(1);
    expect(feed.get().arrived).toBe(212);
    feed.refresh();
    await answer(1);
    expect(feed.get().arrived).toBe(0);
    expect(feed.get().result?.total).toBe(312);
    expect(closed).toEqual([1]);
  });

  it("follows by itself once the import is over, and while nothing is shown yet", async () => {
    const { feed, asked, move, answer } = setUp({ ...full, state: "importing", entries: 0 });
    await answer(0);
    move({ revision: 2, entries: 50 });
    expect(asked).toHaveLength(2);
    await answer(1);
    move({ revision: 3, entries: 100, state: "sealed" });
    expect(asked).toHaveLength(3);
    await answer(2);
    expect(feed.get().result?.total).toBe(100);
  });

  it("keeps the last answer in sight, and drops one that comes too late", async () => {
    const { feed, view, asked, closed, answer } = setUp(full);
    await answer(0);
    view.setQuery({ text: "a" });
    view.setQuery({ text: "b" });
    expect(feed.get().pending).toBe(true);
    expect(feed.get().result?.query).toBe("");
    asked[1]?.answer();
    await vi.waitFor(() => expect(closed).toEqual([2]), PATIENT);
    expect(feed.get().result?.query).toBe("");
    await answer(2);
    expect(feed.get().result?.query).toBe("b");
    expect(feed.get().request?.text).toBe("b");
  });

  it("asks nothing anew for what the engine does not see", async () => {
    const { view, asked, answer } = setUp(full);
    await answer(0);
    view.patch({ density: "roomy", zone: "Asia/Tokyo", focused: undefined });
    expect(asked).toHaveLength(1);
  });

  it("is answered again by another engine, keeps the old answer in sight, and closes nothing there by an old id", async () => {
    const { feed, view, asked, closed, answer, engine, engineState } = setUp(full);
    view.setQuery({ text: "a" });
    await answer(1);
    const before = feed.get().result;
    engineState.state = "gone";
    view.setQuery({ text: "b" });
    expect(asked).toHaveLength(2);
    Object.assign(engineState, { generation: 2, state: "returning" });
    const renewed = feed.renew(engine.api);
    expect(feed.get().result).toBe(before);
    expect(asked[2]?.query.text).toBe("b");
    asked[2]?.answer();
    await renewed;
    expect(feed.get().result?.query).toBe("b");
    expect(feed.get().pending).toBe(false);
    expect(closed).toEqual([]);
  });
});
