import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { IdentitiesView } from "../../renderer/views/identities/identities-view.tsx";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

describe("the identities view", () => {
  test("says what to do without a ledger, and still shows the policy", async () => {
    renderWith(<IdentitiesView />);
    expect(await screen.findByText(/No identity ledger yet/)).toBeTruthy();
    expect(screen.getByRole("checkbox", { name: /Actor: account by login and repository/ })).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Undo" }).disabled).toBe(true);
  });

  test("a count of entries shows them, a count of names lists them", async () => {
    const { services } = renderWith(<IdentitiesView />, { ledger: true });
    fireEvent.click(await screen.findByRole("button", { name: /990 entries, Actors unmatched/ }));
    expect(services.view.get()).toMatchObject({
      view: "entries",
      clauses: [{ field: "actor.match", not: false, values: ["unmatched"], enabled: true }],
    });
    fireEvent.click(screen.getByRole("button", { name: /1 names, Actors ambiguous/ }));
    expect(services.view.get()).toMatchObject({
      view: "identities",
      worklist: { role: "actor", state: "ambiguous", at: 0 },
    });
    expect(await screen.findByText("login: jdoe6 · repository: acme")).toBeTruthy();
  });

  test("the worklist is gone through by keys, and Enter shows the entries of a name", async () => {
    const { services } = renderWith(<IdentitiesView />, { ledger: true });
    const names = await screen.findByRole("grid", { name: "Names" });
    await waitFor(() => expect(names.getAttribute("aria-rowcount")).toBe("4"));
    fireEvent.keyDown(names, { key: "ArrowDown" });
    fireEvent.keyDown(names, { key: "j" });
    fireEvent.keyDown(names, { key: "k" });
    expect(services.view.get().worklist.at).toBe(1);
    fireEvent.keyDown(names, { key: "Enter" });
    expect(services.view.get()).toMatchObject({ view: "entries", text: "actor=svc-backup AND domain=ACME" });
    services.commands.stepWorklist(-1);
    await waitFor(() => expect(services.view.get().text).toBe("actor=jdoe7 AND domain=ACME"));
    services.commands.stepWorklist(-1);
    await waitFor(() => expect(services.view.get().worklist.at).toBe(0));
  });

  test("a place that a shorter list no longer has is its last: shown, on the button, by Enter and by F4", async () => {
    const worklist = { role: "actor", state: "unmatched", at: 40 } as const;
    const { services } = renderWith(<IdentitiesView />, { ledger: true, view: { view: "identities", worklist } });
    const names = await screen.findByRole("grid", { name: "Names" });
    expect(await screen.findByRole("button", { name: /^Show 30 entries/ })).toBeTruthy();
    fireEvent.keyDown(names, { key: "Enter" });
    expect(services.view.get()).toMatchObject({ view: "entries", text: expect.stringMatching(/^actor=evil/) });
    services.commands.stepWorklist(-1);
    await waitFor(() => expect(services.view.get().worklist.at).toBe(2));
    services.commands.stepWorklist(-1);
    await waitFor(() => expect(services.view.get().text).toBe("actor=svc-backup AND domain=ACME"));
  });

  test("rules are switched, moved and shown otherwise", async () => {
    renderWith(<IdentitiesView />, { ledger: true });
    fireEvent.click(await screen.findByRole("checkbox", { name: /^1 Actor/ }));
    await screen.findByText("the policy became edited");
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /^1 Actor/ }).checked).toBe(false),
    );
    fireEvent.click(screen.getByRole("button", { name: "Try rule 1 later" }));
    const moved = await screen.findByRole("checkbox", { name: /^1 Actor: account by native_id/ });
    fireEvent.keyDown(moved, { key: "z", ctrlKey: true });
    await screen.findByRole("checkbox", { name: /^1 Actor: account by login/ });
    fireEvent.click(screen.getByRole("button", { name: /^Redo/ }));
    await screen.findByRole("checkbox", { name: /^1 Actor: account by native_id/ });
    const method = screen.getByRole("textbox", { name: "Display method of rule 3" });
    fireEvent.change(method, { target: { value: "{name}!" } });
    fireEvent.keyDown(method, { key: "Escape" });
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Display method of rule 3" }).value).toBe(
      "{display_name}",
    );
    fireEvent.change(method, { target: { value: "{name}!" } });
    fireEvent.keyDown(method, { key: "Enter" });
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Display method of rule 3" }).value).toBe("{name}!"),
    );
  });

  test("the focus goes with a rule that is moved, and stays in a method that is changed", async () => {
    renderWith(<IdentitiesView />, { ledger: true });
    const focusOn = async (name: string): Promise<void> =>
      await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe(name));
    const press = (name: string): void => {
      const button = screen.getByRole("button", { name });
      button.focus();
      fireEvent.click(button);
    };
    await screen.findByRole("checkbox", { name: /^1 Actor: account by login/ });
    press("Try rule 1 later");
    await focusOn("Try rule 2 later");
    press("Try rule 2 later");
    await focusOn("Try rule 3 earlier");
    expect(screen.getByRole("checkbox", { name: /^3 Actor: account by login/ })).toBeTruthy();
    press("Try rule 3 earlier");
    await focusOn("Try rule 2 earlier");

    const method = screen.getByRole("textbox", { name: "Display method of rule 1" });
    method.focus();
    fireEvent.change(method, { target: { value: "{name}!" } });
    fireEvent.keyDown(method, { key: "Enter" });
    await screen.findByText("the policy became edited");
    await waitFor(() => expect(method).toHaveProperty("value", "{name}!"));
    expect(document.activeElement).toBe(method);
    // Undone, the method is again what it was, in the same field.
    fireEvent.click(screen.getByRole("button", { name: /^Undo/ }));
    await waitFor(() => expect(method).toHaveProperty("value", "{display_name}"));
    expect(document.activeElement).toBe(method);
  });
});
