import { describe, expect, it, vi } from "vitest";
import type { EngineConnection, EngineState } from "../../renderer/engine/client.ts";
import { followOutages } from "../../renderer/engine/recovery.ts";

/** Longer than a busy machine takes. */
const PATIENT = { timeout: 20_000 };

/** A connection whose state is moved by hand, a clock, and a main that counts how often it is asked. */
function setUp(restart: () => Promise<void> = async () => undefined) {
  let state: EngineState = "ready";
  let now = 0;
  const listeners = new Set<() => void>();
  const move = (next: EngineState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const engine = {
    state: () => state,
    lost: () => move("gone"),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as EngineConnection;
  const asked = vi.fn(restart);
  const failed = vi.fn();
  const recovery = followOutages(engine, asked, failed, () => now);
  return { recovery, asked, failed, move, wait: (ms: number) => (now += ms) };
}

describe("after an engine has ended", () => {
  it("asks for another at once and says when it serves", () => {
    const { recovery, asked, move } = setUp();
    expect(recovery.get()).toBeUndefined();
    recovery.ended();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(recovery.get()).toEqual({ state: "starting" });
    move("returning");
    expect(recovery.get()).toEqual({ state: "starting" });
    move("ready");
    expect(recovery.get()).toEqual({ state: "back" });
    recovery.dismiss();
    expect(recovery.get()).toBeUndefined();
  });

  it("stops when engines end one after another, until a person starts the next", () => {
    const { recovery, asked, move } = setUp();
    for (let times = 0; times < 4; times += 1) {
      recovery.ended();
      if (times < 3) move("ready");
    }
    expect(asked).toHaveBeenCalledTimes(3);
    expect(recovery.get()).toEqual({ state: "stopped" });
    recovery.again();
    expect(asked).toHaveBeenCalledTimes(4);
    expect(recovery.get()).toEqual({ state: "starting" });
  });

  it("does not count ends that lie far apart", () => {
    const { recovery, asked, move, wait } = setUp();
    for (let times = 0; times < 6; times += 1) {
      recovery.ended();
      move("ready");
      wait(31_000);
    }
    expect(asked).toHaveBeenCalledTimes(6);
    expect(recovery.get()).toEqual({ state: "back" });
  });

  it("says so when main cannot start another", async () => {
    const error = new Error("no memory");
    const { recovery, failed } = setUp(async () => Promise.reject(error));
    recovery.ended();
    await vi.waitFor(() => expect(recovery.get()).toEqual({ state: "stopped" }), PATIENT);
    expect(failed).toHaveBeenCalledWith(error);
  });
});
