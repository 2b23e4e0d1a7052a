import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { TimesDialog } from "../../renderer/views/times/times-dialog.tsx";
import { fakeTimes } from "./fake-times.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

test("the dialog starts from what is in force, and applies only what was changed", async () => {
  const { services } = renderWith(<TimesDialog member={undefined} onClose={() => undefined} />);
  const zone = await screen.findByRole("combobox", { name: "Zone" });
  expect(zone).toHaveProperty("value", "Europe/Paris");
  const apply = screen.getByRole("button", { name: "Apply" });
  expect(apply).toHaveProperty("disabled", true);
  expect(screen.queryByRole("textbox", { name: "Year of the first" })).toBeNull();

  fireEvent.change(zone, { target: { value: "Mars" } });
  expect(screen.getByText(/No zone has this name/)).toBeTruthy();
  fireEvent.change(zone, { target: { value: "+02:00" } });
  fireEvent.click(screen.getByRole("radio", { name: "Always by the same" }));
  expect(screen.getByText(/Write by how much/)).toBeTruthy();
  expect(apply).toHaveProperty("disabled", true);
  fireEvent.change(screen.getByRole("textbox", { name: "By how much" }), { target: { value: "00:01:00" } });
  expect(screen.getByText("2 changes; each can be undone.")).toBeTruthy();
  fireEvent.click(apply);
  await waitFor(async () => {
    const answer = await services.engine.api.timeAssumptions();
    expect(answer.ok && answer.value.changes.map(({ change }) => change)).toEqual([
      { kind: "zone", member: 0, zone: "Europe/Paris" },
      { kind: "zone", member: 0, zone: "+02:00" },
      { kind: "clock", of: { member: 0 }, clock: { kind: "fixed", micros: -60_000_000 } },
    ]);
  });
});

test("the dialog stays, with the keys in it, while changes are applied and undone", async () => {
  const { services } = renderWith(<TimesDialog member={undefined} onClose={() => undefined} />);
  const zone = await screen.findByRole<HTMLInputElement>("combobox", { name: "Zone" });
  const dialog = screen.getByRole("dialog", { name: "Times" });
  const apply = screen.getByRole("button", { name: "Apply" });
  fireEvent.change(zone, { target: { value: "+02:00" } });
  apply.focus();
  fireEvent.click(apply);
  await services.engine.api.timeAssumptions();
  services.requests.forget("times");
  await waitFor(() => expect(apply).toHaveProperty("disabled", true));
  expect(screen.getByRole("dialog")).toBe(dialog);
  expect(screen.getByRole("combobox", { name: "Zone" })).toBe(zone);
  await waitFor(() => expect(document.activeElement).toBe(dialog));

  fireEvent.change(zone, { target: { value: "Asia/Tokyo" } });
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await services.engine.api.timeAssumptions();
  services.requests.forget("times");
  // What is in force is another: the form starts from it again.
  await waitFor(() => expect(zone.value).toBe("Europe/Paris"));
  expect(screen.getByRole("dialog")).toBe(dialog);
});

test("several changes of one press are one: the form stays until the last is made", async () => {
  const times = fakeTimes();
  const seen: unknown[] = [];
  const { services } = renderWith(<TimesDialog member={undefined} onClose={() => undefined} />, {
    api: {
      ...times,
      changeTime: async (change) => {
        const answer = await times.changeTime(change);
        // What is in force is asked for again after each of them.
        services.requests.forget("times");
        await new Promise((go) => setTimeout(go, 50));
        seen.push(screen.queryByRole("textbox", { name: "By how much" }));
        return answer;
      },
    },
  });
  fireEvent.change(await screen.findByRole("combobox", { name: "Zone" }), { target: { value: "+02:00" } });
  fireEvent.click(screen.getByRole("radio", { name: "Always by the same" }));
  const by = screen.getByRole("textbox", { name: "By how much" });
  fireEvent.change(by, { target: { value: "00:01:00" } });
  by.focus();
  fireEvent.keyDown(by, { key: "Enter", ctrlKey: true });
  await screen.findByText("Nothing is changed yet.");
  expect(seen).toEqual([by, by]);
  expect(screen.getByRole("textbox", { name: "By how much" })).toBe(by);
  expect(document.activeElement).toBe(by);
});

test("changes are listed, and undone from the list", async () => {
  const { services } = renderWith(<TimesDialog member={undefined} onClose={() => undefined} />);
  const list = await screen.findByRole("region", { name: "Changes about time" });
  expect(within(list).getAllByRole("listitem")).toHaveLength(1);
  expect(within(list).getByRole("button", { name: /Redo/ })).toHaveProperty("disabled", true);
  fireEvent.click(within(list).getByRole("button", { name: /Undo/ }));
  await waitFor(async () => {
    const answer = await services.engine.api.timeAssumptions();
    expect(answer.ok && answer.value.changes[0]?.state).toBe("undone");
  });
});
