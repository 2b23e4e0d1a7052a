import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cleanup } from "@testing-library/react";
import { clauseQuery, clauseWords, quotedValue } from "../../renderer/views/query/clause-text.ts";
import { highlightRuns } from "../../renderer/views/query/highlight.ts";
import { QueryBar } from "../../renderer/views/query/query-bar.tsx";
import { withName } from "../../renderer/views/query/query-notes.tsx";
import type { Clause } from "../../workers/contract.ts";
import { renderWith } from "./render.tsx";

const actor: Clause = { field: "actor", not: false, values: ["dba-02", "cron"], enabled: true };
const action: Clause = { field: "action", not: true, values: ["login"], enabled: true };
const field = (): HTMLInputElement => screen.getByRole<HTMLInputElement>("textbox", { name: "Query" });

beforeEach(() =>
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })),
);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the query bar", () => {
  it("walks from the text into the chips and back, and each key does its own", async () => {
    const user = userEvent.setup();
    const { services } = renderWith(<QueryBar />, { view: { clauses: [actor, action] } });
    field().focus();
    await user.keyboard("{ArrowLeft}");
    expect(document.activeElement?.textContent).toBe("NOT action is login");
    await user.keyboard("{ArrowLeft}");
    expect(document.activeElement?.textContent).toBe("actor is any of dba-02, cron");
    await user.keyboard(" ");
    expect(services.view.get().clauses[0]?.enabled).toBe(false);
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(document.activeElement).toBe(field());
    await user.keyboard("{ArrowLeft}{Delete}");
    expect(services.view.get().clauses).toEqual([{ ...actor, enabled: false }]);
  });

  it("turns a chip into text on Enter, in one step that back undoes", async () => {
    const user = userEvent.setup();
    const { services } = renderWith(<QueryBar />, { view: { clauses: [action], text: "root" } });
    field().focus();
    await user.keyboard("{Home}{ArrowLeft}{Enter}");
    expect(services.view.get().text).toBe('NOT action="login" (root)');
    expect(services.view.get().clauses).toEqual([]);
    expect(field().value).toBe('NOT action="login" (root)');
    act(() => services.commands.back());
    expect(services.view.get().clauses).toEqual([action]);
    expect(field().value).toBe("root");
  });

  it("never runs a half-typed clause, and never as empty", async () => {
    const user = userEvent.setup();
    const { services } = renderWith(<QueryBar />, { view: { text: "actor:root" } });
    await waitFor(() => expect(services.cases.get().known).toBe(true));
    fireEvent.change(field(), { target: { value: "actor:" } });
    await screen.findByText(/A value is missing/);
    await user.type(field(), "{Control>}{Enter}{/Control}");
    await new Promise((done) => setTimeout(done, 500));
    expect(services.view.get().text).toBe("actor:root");
    expect(field().getAttribute("aria-invalid")).toBe("true");
  });

  it("runs a whole text by itself, and at once on Ctrl+Enter", async () => {
    const user = userEvent.setup();
    const { services } = renderWith(<QueryBar />);
    await waitFor(() => expect(services.cases.get().known).toBe(true));
    fireEvent.change(field(), { target: { value: "outcome:fail" } });
    expect(services.view.get().text).toBe("");
    await waitFor(() => expect(services.view.get().text).toBe("outcome:fail"));
    fireEvent.change(field(), { target: { value: "outcome:denied" } });
    await waitFor(() => expect(document.querySelector(".token-field")).not.toBeNull());
    await user.type(field(), "{Control>}{Enter}{/Control}");
    expect(services.view.get().text).toBe("outcome:denied");
  });

  it("puts a near name in the place of an unknown one", async () => {
    const user = userEvent.setup();
    const { services } = renderWith(<QueryBar />);
    await waitFor(() => expect(services.cases.get().known).toBe(true));
    fireEvent.change(field(), { target: { value: "root acto:x" } });
    expect((await screen.findByText(/Column 6/)).textContent).toBe("Column 6: ");
    await user.click(screen.getByRole("button", { name: "actor" }));
    expect(field().value).toBe("root actor:x");
  });
});

describe("chips as text", () => {
  it("says what a chip means", () => {
    expect(clauseWords(actor)).toEqual({ not: false, field: "actor", operator: "is any of", value: "dba-02, cron" });
    expect(clauseWords(actor, true).value).toBe("2 values");
    expect(clauseWords({ ...actor, values: [] }).value).toBe("missing");
  });
  it("writes exact values with every quote and control character escaped", () => {
    expect(clauseQuery(actor)).toBe('(actor="dba-02" OR actor="cron")');
    expect(clauseQuery({ ...actor, values: [], not: true })).toBe("NOT missing:actor");
    expect(clauseQuery({ ...actor, field: "odd name", values: ["x"] })).toBe('`odd name`="x"');
    expect(quotedValue('C:\\a "b"\n\u0000')).toBe('"C:\\\\a \\"b\\"\\n\\x00"');
  });
});

describe("highlightRuns", () => {
  it("covers the text exactly once", () => {
    const check = {
      tokens: [
        { start: 0, end: 5, kind: "field" as const },
        { start: 5, end: 6, kind: "operator" as const },
      ],
      fault: undefined,
      inferred: undefined,
      instants: [],
    };
    expect(highlightRuns("  actor:root", check).map((run) => [run.kind, run.text])).toEqual([
      ["plain", "  "],
      ["field", "actor"],
      ["operator", ":"],
      ["plain", "root"],
    ]);
    expect(highlightRuns("abc", undefined)).toEqual([{ start: 0, text: "abc", kind: "plain", fault: false }]);
  });
});

it("withName replaces one name", () => {
  expect(withName(" acto:x", 0, "actor")).toBe(" actor:x");
  expect(withName("a `od d`=1", 2, "raw.b")).toBe("a raw.b=1");
});
