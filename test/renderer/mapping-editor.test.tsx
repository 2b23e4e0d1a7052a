import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { MappingTexts } from "../../workers/contract.ts";
import { draftOf, editedTexts } from "../../workers/formats/radiantone/edit.ts";
import { MappingEditor } from "../../renderer/views/mapping/mapping-editor.tsx";
import { attributesText, PROPERTIES_TEXT } from "../support/mapping.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const TEXTS: MappingTexts = {
  properties: PROPERTIES_TEXT,
  attributes: attributesText({ RD: { log_custom4: "four", log_whatdata: "one\ntwo" } }),
};

function open(texts: MappingTexts = TEXTS) {
  const closed = vi.fn();
  renderWith(<MappingEditor folder="given" first={draftOf(texts)} onClose={closed} />, {
    api: { editMapping: async (base, edits) => ({ ok: true, value: draftOf(editedTexts(base, edits)) }) },
  });
  return { closed, dialog: screen.getByRole("dialog", { name: "RadiantOne mapping" }) };
}

const field = (title: string) => screen.getByRole<HTMLInputElement>("textbox", { name: new RegExp(`^${title}`) });
const events = () => within(screen.getByRole("navigation", { name: "Types of events" })).getAllByRole("button");
const current = (): string => events().find((each) => each.getAttribute("aria-current") === "true")?.textContent ?? "";
const write = (at: HTMLElement, value: string): void => {
  fireEvent.change(at, { target: { value } });
};

test("a custom field that is cleared stays while one writes in it, and is folded with the empty ones after", async () => {
  open();
  const four = field("Custom 4");
  write(four, "");
  await screen.findByText("1 change. Rows that are not touched stay byte for byte.");
  expect(field("Custom 4")).toBe(four);
  write(four, "4");
  expect(field("Custom 4")).toBe(four);
  write(four, "");
  fireEvent.click(screen.getByRole("button", { name: "17 empty custom fields" }));
  fireEvent.click(screen.getByRole("button", { name: "Fold the empty ones" }));
  expect(screen.queryByRole("textbox", { name: /^Custom 4/ })).toBeNull();
  // What an undo fills is seen again.
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(field("Custom 4").value).toBe("four"));
});

test("a field keeps its shape while lines are typed away, and grows where an undo brings them back", async () => {
  open();
  const data = field("Data log");
  expect(data.tagName).toBe("TEXTAREA");
  write(data, "one two");
  expect(field("Data log")).toBe(data);
  const [first, second] = events();
  if (first === undefined || second === undefined) throw new Error("no events");
  fireEvent.click(second);
  fireEvent.click(first);
  const short = field("Data log");
  expect(short.tagName).toBe("INPUT");
  short.focus();
  fireEvent.keyDown(short, { key: "z", ctrlKey: true });
  await waitFor(() => expect(field("Data log").value).toBe("one\ntwo"));
  expect(document.activeElement).toBe(field("Data log"));
});

test("an event that is added is shown once it is there, before those that only the properties have", async () => {
  open({ ...TEXTS, properties: `${PROPERTIES_TEXT}EXTRA;Extra;;;;\r\n` });
  write(screen.getByRole("textbox", { name: "Id of a new event" }), "NEW");
  fireEvent.click(screen.getByRole("button", { name: "Add" }));
  await waitFor(() => expect(current()).toMatch(/^NEW/));
  expect(events().at(-1)?.textContent).toMatch(/^EXTRA/);
  expect(screen.getByRole("region", { name: "Event NEW" })).toBeTruthy();
});

test("a second row of an id is gone to from its finding, and taken out by itself", async () => {
  open({ ...TEXTS, properties: `${PROPERTIES_TEXT}REN;Again;;;;\r\n` });
  fireEvent.click(screen.getByRole("button", { name: /event id REN has two labels/ }));
  expect(current()).toMatch(/^RENonce more/);
  const form = screen.getByRole("region", { name: "Event REN" });
  await waitFor(() => expect(document.activeElement).toBe(form));
  expect(field("Message").value).toBe("Again");
  const remove = screen.getByRole("button", { name: "Remove this row" });
  remove.focus();
  fireEvent.click(remove);
  await waitFor(() => expect(screen.queryByRole("button", { name: /event id REN has two labels/ })).toBeNull());
  expect(current()).toBe("REN");
  expect(field("Message").value).toBe("Rename file");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("region", { name: "Event REN" })));
});

test("the warning before leaving is given again after another change", async () => {
  const { closed, dialog } = open();
  const leave = (): void => {
    fireEvent.keyDown(dialog, { key: "Escape" });
  };
  write(field("Custom 4"), "a");
  leave();
  expect(screen.getByText(/press Esc again to close without saving/)).toBeTruthy();
  write(field("Custom 4"), "b");
  expect(screen.queryByText(/press Esc again/)).toBeNull();
  leave();
  expect(closed).not.toHaveBeenCalled();
  leave();
  expect(closed).toHaveBeenCalledOnce();
});
