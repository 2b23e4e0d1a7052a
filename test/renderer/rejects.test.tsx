import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { RejectPage, RejectRow } from "../../workers/contract.ts";
import { reasonText } from "../../renderer/views/rejects/reason-text.ts";
import { around, pagesFor, rejectAt, rejectTarget } from "../../renderer/views/rejects/reject-window.ts";
import { RejectsView } from "../../renderer/views/rejects/rejects-view.tsx";
import { fakeCase } from "./fake-case.ts";
import { fakeRows } from "./fake-rows.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const info = fakeCase(fakeRows(50), "sealed", 7);
const reject = (offset: number, length: number, shown = length): RejectRow => ({
  id: 0,
  member: 0 as never,
  line: 1,
  offset,
  length,
  code: "cut off",
  detail: "",
  bytes: new Uint8Array(shown),
});

test("a reason reads as words", () => {
  expect(["auditd.bad-stamp", "cut off", "json.not-an-object"].map(reasonText)).toEqual([
    "bad stamp",
    "cut off",
    "not an object",
  ]);
});

describe("pages", () => {
  test("two pages cover what is in sight, wherever it begins", () => {
    expect(pagesFor(0)).toEqual([0, 100]);
    expect(pagesFor(199)).toEqual([100, 200]);
    const page = (first: number): RejectPage => ({
      total: 250,
      first,
      rows: Array.from({ length: 100 }, (_, index) => reject(first + index, 1)),
      byReason: [],
    });
    const pages = [page(100), undefined, page(200)];
    expect([99, 100, 199, 200, 299, 300].map((index) => rejectAt(pages, index)?.offset)).toEqual([
      undefined,
      100,
      199,
      200,
      299,
      undefined,
    ]);
  });

  test("keys stay within the list", () => {
    expect(rejectTarget("ArrowUp", 0, 10, 5)).toBe(0);
    expect(rejectTarget("PageDown", 7, 10, 5)).toBe(9);
    expect(rejectTarget("End", 0, 0, 5)).toBe(0);
    expect(rejectTarget("a", 0, 10, 5)).toBeUndefined();
  });
});

test("the bytes around a reject stay within the member and mark what is known of it", () => {
  expect(around(reject(1000, 20), 5000, 256)).toEqual({ offset: 744, length: 532, mark: { start: 256, end: 276 } });
  expect(around(reject(10, 20), 25, 256)).toEqual({ offset: 0, length: 25, mark: { start: 10, end: 30 } });
  expect(around(reject(0, 1_000_000, 4096), 2_000_000, 256)).toEqual({
    offset: 0,
    length: 4352,
    mark: { start: 0, end: 4096 },
  });
});

describe("the view", () => {
  test("reasons with counts narrow the list, and the first reject is shown with its bytes", async () => {
    const { services } = renderWith(<RejectsView info={info} />, { entries: 50, view: { view: "rejects" } });
    expect(await screen.findByRole("heading", { name: "stamp not readable" })).toBeDefined();
    expect(screen.getByText(/letters where its serial/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "cut off 1" }));
    expect(services.view.get()).toMatchObject({ view: "rejects", rejectCode: "cut off" });
    expect(await screen.findByRole("heading", { name: "cut off" })).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "cut off 1" }));
    expect(services.view.get().rejectCode).toBeUndefined();
  });

  test("arrows move on to the next reject, and Esc leads back to the entries", async () => {
    const { services, container } = renderWith(<RejectsView info={info} />, { entries: 50, view: { view: "rejects" } });
    await screen.findByRole("heading", { name: "stamp not readable" });
    const grid = screen.getByRole("grid");
    const place = (): string => container.querySelector(".reject-detail-place")?.textContent ?? "";
    expect(place()).toContain("58887432");
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    expect(place()).toContain("59170544");
    fireEvent.keyDown(grid, { key: "Escape" });
    expect(services.view.get().view).toBe("entries");
  });

  test("narrowed to a member it says so, and can be widened", async () => {
    const { services } = renderWith(<RejectsView info={info} />, {
      entries: 50,
      view: { view: "rejects", member: 0 as never },
    });
    fireEvent.click(await screen.findByRole("button", { name: "Show the rejects of every member" }));
    expect(services.view.get().member).toBeUndefined();
  });

  test("a case without rejects says that every record was read", () => {
    renderWith(<RejectsView info={{ ...info, rejects: 0 }} />);
    expect(screen.getByText(/every record/)).toBeDefined();
  });
});
