import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DetailField, EntryCopy, EntryId, MemberId, SourceId } from "../../workers/contract.ts";
import { remember } from "../../renderer/views/detail/detail-memory.ts";
import { DetailPane } from "../../renderer/views/detail/detail-pane.tsx";
import { fieldLines, nextStop, precisionWord, withSourceText } from "../../renderer/views/detail/field-lines.ts";
import { allPlaces, errorName, markOf, overlaps, valueAt } from "../../renderer/views/detail/spot.ts";
import { fakeDetail } from "./fake-detail.ts";
import { detailOf } from "./fake-objects.ts";
import { fakeRows } from "./fake-rows.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const rows = fakeRows(60);
const failedRow = rows.find((row) => row.fields["outcome"]?.[0] === "fail") ?? rows[0];
if (failedRow === undefined) throw new Error("no row");
const failed = fakeDetail(failedRow);
const exit = failed.fields.find((field) => field.name === "outcome")?.mark;

const field = (group: DetailField["group"], name: string, values: readonly string[]): DetailField => ({
  group,
  name,
  values,
  origin: { kind: "record", text: "record" },
  mark: undefined,
  masked: false,
});

describe("fields as lines", () => {
  const fields = [
    field("original", "raw.a", ["1"]),
    field("original", "raw.b", [""]),
    field("original", "raw.c", []),
    field("what", "code", ["X"]),
    field("what", "target", ["one", "two"]),
    field("what", "action", ["open"]),
  ];
  const words = (opened: ReadonlySet<DetailField["group"]>): readonly string[] =>
    fieldLines(fields, opened).map((line) =>
      line.kind === "value"
        ? `${line.field.name}=${line.value}`
        : line.kind === "fold"
          ? `fold ${line.hidden}`
          : line.kind === "text"
            ? line.piece.text
            : line.title,
    );

  test("groups stand in one order, action and target first, empty fields behind their number", () => {
    expect(words(new Set())).toEqual([
      "What",
      "action=open",
      "target=one",
      "target=two",
      "code=X",
      "Original",
      "raw.a=1",
      "fold 2",
    ]);
    expect(words(new Set(["original"])).slice(-2)).toEqual(["raw.b=", "raw.c="]);
  });

  test("arrows skip the heads of groups", () => {
    const lines = fieldLines(fields, new Set());
    expect(nextStop(lines, 4, 1)).toBe(6);
    expect(nextStop(lines, 6, -1)).toBe(4);
    expect(nextStop(lines, 1, -1)).toBe(1);
    expect(nextStop(lines, lines.length - 1, 1)).toBe(lines.length - 1);
  });

  test("the source's own text of the time follows the time", () => {
    const names = withSourceText(failed).map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(["time", "source text"]);
    expect([0, 3, 6, 9].map(precisionWord)).toEqual(["s", "ms", "µs", "ns"]);
  });
});

describe("the field in focus", () => {
  test("its bytes are found by field, by original name and by record", () => {
    expect(markOf(failed, { field: "outcome", index: 0, record: undefined })).toEqual(exit);
    const type = markOf(failed, { field: "raw.type", index: 0, record: 2 });
    expect(type?.record).toBe(2);
    expect(markOf(failed, { field: "raw.nothing", index: 0, record: undefined })).toBeUndefined();
    expect(markOf(failed, undefined)).toBeUndefined();
  });

  test("places overlap only in the same record", () => {
    expect(overlaps({ record: 0, start: 3, end: 5 }, { record: 0, start: 4, end: 9 })).toBe(true);
    expect(overlaps({ record: 0, start: 3, end: 5 }, { record: 0, start: 5, end: 9 })).toBe(false);
    expect(overlaps({ record: 0, start: 3, end: 5 }, { record: 1, start: 3, end: 5 })).toBe(false);
  });

  test("the value of a token is the indexed one, without the quotes it is written in", () => {
    const exe = allPlaces(failed).find(({ token }) => token.field === "exe");
    const pid = allPlaces(failed).find(({ token }) => token.field === "pid");
    if (exe === undefined || pid === undefined) throw new Error("no such token");
    expect(valueAt(failed, exe)).toBe("/usr/bin/cat");
    expect(valueAt(failed, pid)).toBe(failedRow.fields["raw.pid"]?.[0]);
  });

  test("the error of a failed entry is named in its badge", () => {
    expect(errorName(failed)).toBe("EACCES");
  });
});

describe("the pane", () => {
  beforeEach(() => remember({ tab: "fields", split: false, spot: undefined }));
  const id = failed.id as EntryId;
  const open = async () => {
    const copied = vi.fn(async () => undefined);
    const view = renderWith(<DetailPane entry={id} />, { entries: 60, bridge: { copyText: copied } });
    const list = await screen.findByRole("listbox", { name: "Fields" });
    return { ...view, list, copied };
  };
  const clauses = (view: {
    readonly services: { readonly view: { get(): { readonly clauses: readonly unknown[] } } };
  }) => view.services.view.get().clauses;

  test("says what happened, with outcome and number", async () => {
    await open();
    expect(screen.getByRole("heading", { level: 2 }).textContent).toContain("fail, EACCES");
    expect(screen.getByText(`e ${id}`)).toBeDefined();
  });

  test("arrows walk the fields; i and x filter by the value in focus", async () => {
    const view = await open();
    fireEvent.keyDown(view.list, { key: "Home" });
    fireEvent.keyDown(view.list, { key: "ArrowDown" });
    fireEvent.keyDown(view.list, { key: "ArrowDown" });
    const current = within(view.list).getByRole("option", { selected: true });
    expect(current.textContent).toContain("actor");
    expect(view.list.getAttribute("aria-activedescendant")).toBe(current.id);
    const actor = failedRow.fields["actor"]?.[0];
    fireEvent.keyDown(view.list, { key: "i" });
    expect(clauses(view)).toEqual([{ field: "actor", not: false, values: [actor], enabled: true }]);
    fireEvent.keyDown(view.list, { key: "x" });
    expect(clauses(view)).toEqual([{ field: "actor", not: true, values: [actor], enabled: true }]);
  });

  test("the mouse does the same: Ctrl includes, Alt excludes, right click opens the menu", async () => {
    const view = await open();
    const action = within(view.list)
      .getAllByRole("option")
      .find((option) => option.textContent?.startsWith("action"));
    if (action === undefined) throw new Error("no action");
    fireEvent.click(action, { ctrlKey: true });
    expect(clauses(view)).toMatchObject([{ field: "action", not: false }]);
    fireEvent.click(action, { altKey: true });
    expect(clauses(view)).toMatchObject([{ field: "action", not: true }]);
    // The menu stands at a place of the window, for which happy-dom has no style.
    const style = window.getComputedStyle.bind(window);
    vi.spyOn(window, "getComputedStyle").mockImplementation((of) => style(of instanceof Element ? of : document.body));
    fireEvent.contextMenu(action);
    expect(await screen.findByRole("menuitem", { name: /Copy the value/ })).toBeDefined();
  });

  test("the time is never filtered as a value", async () => {
    const view = await open();
    fireEvent.keyDown(view.list, { key: "Home" });
    fireEvent.keyDown(view.list, { key: "i" });
    expect(clauses(view)).toEqual([]);
  });

  test("Enter shows the bytes of the field, marked", async () => {
    const view = await open();
    const outcome = within(view.list)
      .getAllByRole("option")
      .find((option) => option.textContent?.startsWith("outcome"));
    if (outcome === undefined) throw new Error("no outcome");
    fireEvent.click(outcome);
    fireEvent.keyDown(view.list, { key: "Enter" });
    await screen.findByRole("group", { name: "Bytes of the entry as text" });
    const marked = [...view.container.querySelectorAll(".raw-run[data-marked]")].map((run) => run.textContent).join("");
    expect(marked).toBe("exit=-13");
    expect(screen.getByText("8 bytes at", { exact: false }).textContent).toContain("8 bytes at");
  });

  test("in the raw text arrows walk the values, and a copy takes what is written", async () => {
    const view = await open();
    fireEvent.click(screen.getByRole("tab", { name: /Raw/ }));
    const raw = await screen.findByRole("group", { name: "Bytes of the entry as text" });
    fireEvent.keyDown(raw, { key: "ArrowRight" });
    fireEvent.keyDown(raw, { key: "ArrowRight" });
    expect(view.container.querySelector(".raw-run[data-marked]")?.textContent).toBe("SYSCALL");
    fireEvent.keyDown(raw, { key: "c", ctrlKey: true });
    expect(view.copied).toHaveBeenCalledWith("SYSCALL");
  });

  test("the same field is in focus among the meanings, and Ctrl+Enter shows both", async () => {
    const view = await open();
    const outcome = within(view.list)
      .getAllByRole("option")
      .find((option) => option.textContent?.startsWith("outcome"));
    if (outcome === undefined) throw new Error("no outcome");
    fireEvent.click(outcome);
    fireEvent.keyDown(view.list, { key: "Enter", ctrlKey: true });
    const meanings = await screen.findByRole("listbox", { name: /Meanings/ });
    expect(within(meanings).getByRole("option", { selected: true }).textContent).toContain("EACCES, permission denied");
    expect(screen.getByRole("group", { name: "Bytes of the entry as text" })).toBeDefined();
  });

  test("records fold", async () => {
    await open();
    fireEvent.click(screen.getByRole("tab", { name: /Records/ }));
    const [first] = await screen.findAllByRole("button", { expanded: true });
    if (first === undefined) throw new Error("no record");
    expect(first.textContent).toContain("SYSCALL");
    fireEvent.keyDown(first, { key: "ArrowLeft" });
    expect(first.getAttribute("aria-expanded")).toBe("false");
  });

  test("an entry is asked for again when another source is whole, and stays in sight meanwhile", async () => {
    const row = fakeRows(1)[0];
    if (row === undefined) throw new Error("no row");
    let copies: readonly EntryCopy[] = [];
    let wait = Promise.resolve();
    const ask = vi.fn(async () => {
      await wait;
      return { ok: true as const, value: { ...detailOf(row, false), copies } };
    });
    const { services } = renderWith(<DetailPane entry={0 as EntryId} />, { api: { entry: ask } });
    await screen.findByRole("listbox", { name: "Fields" });
    const { info } = services.cases.get();
    const [first, ...others] = info?.sources ?? [];
    if (info === undefined || first === undefined) throw new Error("no case");
    const become = (revision: number, state: "importing" | "sealed"): void =>
      act(() => {
        const last = { ...first, id: 9 as SourceId, state: state === "sealed" ? ("ready" as const) : state };
        services.cases.accept({ ...info, revision, state, sources: [first, ...others, last] });
      });
    const asked = ask.mock.calls.length;
    for (let revision = 8; revision < 12; revision += 1) become(revision, "importing");
    expect(ask).toHaveBeenCalledTimes(asked);

    let answer = (): void => undefined;
    wait = new Promise<void>((go) => (answer = go));
    copies = [{ entry: 4 as EntryId, source: 2 as SourceId, member: 2 as MemberId }];
    become(12, "sealed");
    expect(ask).toHaveBeenCalledTimes(asked + 1);
    expect(screen.getByRole("listbox", { name: "Fields" })).toBeTruthy();
    expect(screen.queryByRole("region", { name: "Also recorded" })).toBeNull();
    answer();
    expect(await screen.findByRole("region", { name: "Also recorded" })).toBeTruthy();
  });

  test("the content stays until the next entry is known", async () => {
    const view = await open();
    const { ServicesProvider } = await import("../../renderer/app/services.tsx");
    const title = (): string => screen.getByRole("heading", { level: 2 }).textContent ?? "";
    const before = title();
    const next = (id + 1) as EntryId;
    view.rerender(
      <ServicesProvider services={view.services}>
        <DetailPane entry={next} />
      </ServicesProvider>,
    );
    expect(title()).toBe(before);
    expect(await screen.findByText(`e ${next}`)).toBeDefined();
  });

  test("without an entry it says what would be here, and a fault stands in its place", async () => {
    renderWith(<DetailPane entry={undefined} />);
    expect(screen.getByText(/No entry is focused/)).toBeDefined();
    renderWith(<DetailPane entry={999 as EntryId} />, { entries: 10 });
    expect((await screen.findByRole("alert")).textContent).toContain("closed");
  });
});
