import { describe, expect, it, vi } from "vitest";
import { JobTable } from "../../workers/engine/jobs.ts";
import { Rate } from "../../workers/engine/rate.ts";

const running = () => new JobTable().create("import", "one file", "bytes");

describe("watch", () => {
  it("answers at once when something was missed", async () => {
    const job = running();
    job.change({ phase: "reading", done: 5 });
    expect(await job.watch(0)).toMatchObject({ revision: 1, phase: "reading", done: 5 });
  });

  it("waits for a change", async () => {
    const job = running();
    const answer = job.watch(0);
    setTimeout(() => job.change({ done: 9 }), 30);
    expect(await answer).toMatchObject({ revision: 1, done: 9 });
  });

  it("answers at most five times a second while the job runs", async () => {
    const job = running();
    const timer = setInterval(() => job.change({ done: job.state.done + 1 }), 5);
    const start = performance.now();
    let seen = -1;
    for (let i = 0; i < 5; i++) seen = (await job.watch(seen)).revision;
    clearInterval(timer);
    expect(performance.now() - start).toBeGreaterThanOrEqual(790);
  });

  it("does not hold back the end", async () => {
    const job = running();
    job.change({ done: 1 });
    await job.watch(0);
    // No timer ever runs out: what is answered was not held back by one.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const answer = job.watch(1);
    job.finish("done", undefined);
    expect(await answer).toMatchObject({ state: "done", phase: "done" });
    vi.useRealTimers();
  });
});

it("keeps the latest jobs and says that older ones are not known", () => {
  const table = new JobTable();
  const first = table.create("import", "", "bytes");
  first.finish("done", undefined);
  for (let i = 0; i < 60; i++) table.create("import", "", "bytes").finish("done", undefined);
  expect(() => table.get(first.state.job)).toThrow("not known");
});

describe("rate", () => {
  it("is measured over the last seconds only", () => {
    const rate = new Rate();
    for (let ms = 0; ms <= 10_000; ms += 100) rate.at(ms, ms < 5_000 ? ms : 5_000 + (ms - 5_000) * 3);
    expect(rate.perSecond()).toBeCloseTo(3_000, 0);
    expect(rate.overall()).toBeCloseTo(2_000, 0);
  });
  it("is nothing before the second sample", () => {
    const rate = new Rate();
    expect(rate.perSecond()).toBe(0);
    rate.at(10, 5);
    expect(rate.perSecond()).toBe(0);
  });
});
