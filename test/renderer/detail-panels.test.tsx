import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { EntryId } from "../../workers/contract.ts";
import { remember } from "../../renderer/views/detail/detail-memory.ts";
import { DetailPane } from "../../renderer/views/detail/detail-pane.tsx";
import { FAKE_KEY, FAKE_TRACE } from "./fake-objects.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);
// Elements have no size here, and of a list without height no line is in sight.
vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(17);
beforeEach(() => remember({ tab: "fields", split: false, spot: undefined }));

// Of 60 rows those from 42 on are of Binalyze AIR, those from 54 on of AQtive Guard.
const AIR = 45 as EntryId;
const GUARD = 55 as EntryId;

const open = async (entry: EntryId) => {
  const copied = vi.fn(async () => undefined);
  const view = renderWith(<DetailPane entry={entry} />, { entries: 60, bridge: { copyText: copied } });
  const list = await screen.findByRole("listbox", { name: "Fields" });
  return { ...view, list, copied };
};

describe("a long value", () => {
  test("is folded to its first lines with its exact size, and opens in place by key", async () => {
    const { list, copied } = await open(GUARD);
    const data = within(list)
      .getAllByRole("option")
      .find((option) => option.textContent?.startsWith("data"));
    if (data === undefined) throw new Error("no data");
    expect(data.textContent).toContain("812 lines, 47558 characters");
    expect(data.textContent).not.toContain("step_5.py");
    fireEvent.click(data);
    fireEvent.keyDown(list, { key: " " });
    expect(list.textContent).toContain("step_5.py");
    // 812 lines and 812 more would be too many to lay out: only those in sight are.
    expect(list.querySelectorAll(".detail-text").length).toBeLessThan(200);
    fireEvent.keyDown(list, { key: "ArrowDown" });
    const current = within(list).getByRole("option", { selected: true });
    expect(current.textContent).toBe("Traceback (most recent call last):");
    fireEvent.keyDown(list, { key: "c", ctrlKey: true });
    expect(copied).toHaveBeenCalledWith(FAKE_TRACE);
    fireEvent.keyDown(list, { key: "ArrowLeft" });
    fireEvent.keyDown(list, { key: "ArrowLeft" });
    expect(list.textContent).not.toContain("step_5.py");
  });

  test("a stack trace has a panel of its own", async () => {
    const { copied } = await open(GUARD);
    const panel = screen.getByRole("region", { name: "Stack trace" });
    fireEvent.click(within(panel).getByRole("button", { name: "Copy the stack trace" }));
    expect(copied).toHaveBeenCalledWith(FAKE_TRACE);
    fireEvent.click(within(panel).getByRole("button", { name: "Show the stack trace", expanded: false }));
    expect(within(panel).getByRole("group", { name: "the stack trace" }).textContent).toContain("step_5.py");
  });
});

describe("panels", () => {
  test("what changed is named by word, both sides in full", async () => {
    await open(GUARD);
    const panel = screen.getByRole("region", { name: "Change" });
    expect(panel.textContent).toContain("≠ changed");
    expect(panel.textContent).toContain('before:   "retention_days": 365,');
    expect(panel.textContent).toContain('after:   "retention_days": 30,');
    expect(panel.textContent).toContain("1 line only after");
    // No number is rounded on its way through JSON.
    expect(panel.textContent).toContain("9007199254740993");
  });

  test("records of the same request are one press away", async () => {
    const { services } = await open(GUARD);
    fireEvent.click(screen.getByRole("button", { name: "Same request" }));
    expect(services.view.get().clauses).toEqual([{ field: "custom2", not: false, values: ["r-0"], enabled: true }]);
  });

  test("a command of a remote shell stands with its output, and where else it is recorded", async () => {
    const { services } = await open(AIR);
    const panel = screen.getByRole("region", { name: "Command" });
    expect(panel.textContent).toContain("ps auxf");
    expect(panel.textContent).toContain("40 lines");
    const copies = await screen.findByRole("region", { name: "Also recorded" });
    expect(copies.textContent).toContain("cs-logs-bundle.zip, logs/events.jsonl");
    fireEvent.click(within(copies).getByRole("button", { name: /e 4/ }));
    expect(services.view.get().focused).toBe(4);
  });
});

describe("secrets", () => {
  const button = (name: string) => screen.findByRole("button", { name });
  const text = (): string => document.body.textContent ?? "";

  test("are masked until they are revealed, and again after", async () => {
    await open(GUARD);
    expect(text()).toContain("•••••• 3f2a");
    expect(text()).not.toContain(FAKE_KEY);
    fireEvent.click(await button("Reveal the secrets (logged)"));
    fireEvent.click(await button("Hide the secrets"));
    expect(text()).not.toContain(FAKE_KEY);
  });

  test("revealed ones are shown among the fields and in the bytes, and go with the entry", async () => {
    const view = await open(GUARD);
    fireEvent.click(await button("Reveal the secrets (logged)"));
    await button("Hide the secrets");
    expect(text()).toContain(FAKE_KEY);
    fireEvent.click(screen.getByRole("tab", { name: /Raw/ }));
    expect((await screen.findByRole("group", { name: "Bytes of the entry as text" })).textContent).toContain(FAKE_KEY);
    const { ServicesProvider } = await import("../../renderer/app/services.tsx");
    const show = (entry: EntryId): void =>
      view.rerender(
        <ServicesProvider services={view.services}>
          <DetailPane entry={entry} />
        </ServicesProvider>,
      );
    show(AIR);
    await screen.findByText(`e ${AIR}`);
    show(GUARD);
    await button("Reveal the secrets (logged)");
    expect(text()).not.toContain(FAKE_KEY);
  });

  test("an entry without secrets offers nothing", async () => {
    await open(AIR);
    expect(screen.queryByRole("button", { name: /Reveal/ })).toBeNull();
  });
});
