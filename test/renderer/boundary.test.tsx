import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EntryDetail, EntryId, GrantId } from "../../workers/contract.ts";
import { ServicesProvider } from "../../renderer/app/services.tsx";
import { DetailPane } from "../../renderer/views/detail/detail-pane.tsx";
import { MemberPanel } from "../../renderer/views/import/member-panel.tsx";
import { EMPTY_PLAN } from "../../renderer/views/import/import-plan.ts";
import { fakeInspect } from "./fake-import.ts";
import { detailOf } from "./fake-objects.ts";
import { fakeRows } from "./fake-rows.ts";
import { renderWith } from "./render.tsx";

// React tells on the console what a boundary has caught.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const rows = fakeRows(3);

/** What no engine says: drawing it is a defect. */
const broken = (entry: EntryDetail): EntryDetail => ({
  ...entry,
  get fields(): never {
    throw new Error("fields of glass");
  },
});

test("an entry that cannot be drawn says so in its place, and the next one is drawn", async () => {
  const copied = vi.fn(async () => undefined);
  const entry = async (id: EntryId) => {
    const row = rows[id];
    if (row === undefined) throw new Error("no row");
    return { ok: true as const, value: id === 1 ? broken(detailOf(row, false)) : detailOf(row, false) };
  };
  const shown = (id: number) => (
    <>
      <p>the grid</p>
      <DetailPane entry={id as EntryId} />
    </>
  );
  const view = renderWith(shown(1), { api: { entry }, bridge: { copyText: copied } });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Exhibit could not show this: fields of glass");
  expect(alert.textContent).toContain("unchanged");
  expect(screen.getByText("the grid")).toBeTruthy();
  fireEvent.click(within(alert).getByRole("button", { name: "Copy details" }));
  expect(copied).toHaveBeenCalledWith(expect.stringMatching(/^window\.defect\n.*fields of glass/));
  fireEvent.click(within(alert).getByRole("button", { name: "Show this entry again" }));
  expect((await screen.findByRole("alert")).textContent).toContain("fields of glass");

  view.rerender(<ServicesProvider services={view.services}>{shown(2)}</ServicesProvider>);
  expect(await screen.findByRole("listbox", { name: "Fields" })).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a file that cannot be drawn before it is imported leaves the others as they are", async () => {
  const [item] = fakeInspect(["audit.log" as GrantId]);
  const member = item?.members[0];
  if (item === undefined || member === undefined) throw new Error("no item");
  const glass = Object.defineProperty({ ...member }, "reasons", {
    get: () => {
      throw new Error("reasons of glass");
    },
  });
  const panel = (of: typeof member) => (
    <MemberPanel
      item={item}
      member={of}
      plan={EMPTY_PLAN}
      onPlan={() => undefined}
      inspection={{ unlock: vi.fn(), usePasswordFile: vi.fn() }}
      onOpened={() => undefined}
    />
  );
  const view = renderWith(panel(glass));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("reasons of glass");
  expect(alert.textContent).toContain("It can be imported all the same.");
  const other = { ...member, path: "other.log" };
  view.rerender(<ServicesProvider services={view.services}>{panel(other)}</ServicesProvider>);
  expect(await screen.findByRole("group", { name: "Read as" })).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});
