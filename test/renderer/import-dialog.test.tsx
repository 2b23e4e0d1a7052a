import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test, vi } from "vitest";

import type { Grant } from "../../renderer/engine/bridge.ts";
import { ImportDialog } from "../../renderer/views/import/import-dialog.tsx";
import type { GrantId } from "../../workers/contract.ts";
import { FAKE_PASSWORD, fakeLocked } from "./fake-import.ts";
import { type RenderOptions, renderWith } from "./render.tsx";

afterEach(cleanup);

/** The dialog over files that ask what their names say; see fake-import.ts. */
async function openDialog(names: readonly string[], options: RenderOptions = {}) {
  const grants = names.map((name): Grant => ({ grant: name, name, bytes: 1, kind: "file" }));
  const closed = vi.fn();
  const view = renderWith(<ImportDialog grants={grants} onClose={closed} />, { entries: 50, ...options });
  const api = view.services.engine.api;
  const started = vi.spyOn(api, "startImport");
  const previewed = vi.spyOn(api, "preview");
  await screen.findByRole("navigation", { name: "Items" });
  const user = userEvent.setup();
  const start = async (): Promise<unknown> => {
    fireEvent.click(screen.getByRole("button", { name: /^Import/ }));
    await waitFor(() => expect(started).toHaveBeenCalledOnce());
    expect(closed).toHaveBeenCalledOnce();
    return started.mock.calls[0]?.[0].items;
  };
  return { ...view, api, user, started, previewed, start };
}

const item = (name: RegExp): HTMLElement =>
  within(screen.getByRole("navigation", { name: "Items" })).getByRole("button", { name });

describe("an archive that is locked", () => {
  test("shows names, sizes and comments before any password, and holds up nothing else", async () => {
    const { start } = await openDialog(["locked", "year"]);
    expect(item(/Case-0812\.zip password zip, 2 members/)).toBeDefined();
    const members = screen.getAllByRole("listitem").map((member) => member.textContent);
    expect(members).toContain("audit.log731 kBpassword");
    fireEvent.click(screen.getByRole("button", { name: /^Case\.ppc/ }));
    expect(screen.getByText(/"Endpoint":"pay-db-02"/)).toBeDefined();
    expect(screen.getByRole("button", { name: /^Import 1 of 2/ })).toBeDefined();
    expect(await start()).toEqual([{ grant: "year", choices: {}, skip: [] }]);
  });

  test("a wrong password is told beside the field; the right one opens the members", async () => {
    const { user, api } = await openDialog(["locked"]);
    const unlock = vi.spyOn(api, "unlock");
    const field = screen.getByLabelText("Password", { selector: "input" });
    expect(field.getAttribute("type")).toBe("password");
    await user.click(field);
    await user.keyboard("guess{Enter}");
    expect(await screen.findByText("Wrong password, try again.")).toBeDefined();
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(item(/Case-0812\.zip password/)).toBeDefined();

    await user.clear(field);
    await user.keyboard(`${FAKE_PASSWORD}{Enter}`);
    expect(await screen.findByText("50 of 50 lines carry an audit stamp")).toBeDefined();
    expect(unlock.mock.calls.map(([, password]) => password)).toEqual(["guess", FAKE_PASSWORD]);
    // The field is gone; the focus must not fall on what closes the dialog.
    expect(document.activeElement?.className).toBe("import-right");
    expect(screen.queryByLabelText("Password", { selector: "input" })).toBeNull();
    expect(item(/Case-0812\.zip certain .*opened with a password/)).toBeDefined();
    expect(screen.getByRole("button", { name: /^Import 1/ })).toBeDefined();
  });

  test("the password can be looked at, and is nowhere in the window once it fits", async () => {
    const { user, container } = await openDialog(["locked"]);
    const field = screen.getByLabelText("Password", { selector: "input" });
    await user.type(field, FAKE_PASSWORD);
    await user.click(screen.getByRole("button", { name: "Show the password" }));
    expect(field.getAttribute("type")).toBe("text");
    await user.click(screen.getByRole("button", { name: "Try it" }));
    await screen.findByText("50 of 50 lines carry an audit stamp");
    expect(container.ownerDocument.body.innerHTML).not.toContain(FAKE_PASSWORD);
  });

  test("a password file opens what it can and says what it names in vain", async () => {
    const { user } = await openDialog(["locked"]);
    await user.click(screen.getByRole("button", { name: "Use a password file…" }));
    expect(await screen.findByText(/3 passwords of passwords\.csv taken into memory/)).toBeDefined();
    expect(screen.getByText(/not among the chosen files: missing-case\.zip/)).toBeDefined();
    expect(item(/opened with a password/)).toBeDefined();
  });

  test("what is damaged is told apart from a wrong password", async () => {
    const { user, api } = await openDialog(["locked"]);
    const open = fakeLocked("locked" as never, "open");
    const [first, ...rest] = open.members;
    if (first === undefined) throw new Error("the fake archive has members");
    const damage = { code: "container.corrupt" as const, message: "audit.log is damaged.", next: "Get it again." };
    vi.spyOn(api, "unlock").mockResolvedValue({
      ok: true,
      value: { ...open, members: [{ ...first, verdict: "refused", choice: undefined, problem: damage }, ...rest] },
    });
    await user.type(screen.getByLabelText("Password", { selector: "input" }), "right{Enter}");
    expect(await screen.findByText("audit.log is damaged.")).toBeDefined();
    expect(screen.queryByText(/Wrong password/)).toBeNull();
  });
});

test("Ctrl+Enter imports, whichever button of the dialog has the focus", async () => {
  const { user, started } = await openDialog(["year"]);
  screen.getByRole("button", { name: "Cancel" }).focus();
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(started).toHaveBeenCalledOnce());
});

describe("questions", () => {
  test("the column of the time is chosen by its samples, shown at once and sent along", async () => {
    const { previewed, start } = await openDialog(["time-field"]);
    expect(item(/sensors\.csv 1 question/)).toBeDefined();
    expect(screen.getByText(/2026-08-12 03:13:02/)).toBeDefined();
    fireEvent.click(screen.getByRole("radio", { name: /^stored/ }));
    await waitFor(() => expect(previewed.mock.lastCall?.[3]).toEqual({ timeField: "stored" }));
    expect(item(/sensors\.csv likely/)).toBeDefined();
    expect(screen.getByText("from stored")).toBeDefined();
    expect(await start()).toEqual([
      { grant: "time-field", choices: {}, skip: [], answers: { "sensors.csv": { timeField: "stored" } } },
    ]);
  });

  test("left open on purpose, a question is settled and nothing is sent", async () => {
    const { start } = await openDialog(["time-field"]);
    fireEvent.click(screen.getByRole("radio", { name: /^stored/ }));
    fireEvent.click(screen.getByRole("radio", { name: "Keep undated" }));
    expect(item(/sensors\.csv likely/)).toBeDefined();
    expect(await start()).toEqual([{ grant: "time-field", choices: {}, skip: [] }]);
  });

  test("each order of a date shows what it makes of the samples", async () => {
    const { start } = await openDialog(["date-order"]);
    expect(screen.getByText(/1 February 2025 · 3 April 2025 · 12 November 2025/)).toBeDefined();
    expect(screen.getByText(/2 January 2025 · 4 March 2025 · 11 December 2025/)).toBeDefined();
    fireEvent.click(screen.getByRole("radio", { name: /^Month first/ }));
    expect(await start()).toMatchObject([{ answers: { "visits.csv": { dateOrder: "month-first" } } }]);
  });

  test("a year is guessed aloud, and another one is written", async () => {
    const { user, start } = await openDialog(["year"]);
    expect(screen.getByText("2026, as the file's own time says")).toBeDefined();
    await user.click(screen.getByRole("radio", { name: "Another year" }));
    await user.type(screen.getByLabelText("Year"), "20");
    expect(screen.getByText(/A year has four digits/)).toBeDefined();
    await user.type(screen.getByLabelText("Year"), "24");
    expect(screen.getByText("2024, chosen by hand")).toBeDefined();
    expect(await start()).toMatchObject([{ answers: { messages: { year: 2024 } } }]);
  });

  test("the encoding is shown and can be changed", async () => {
    const { user, previewed, start } = await openDialog(["time-field"]);
    expect(screen.getByRole("button", { name: "Encoding: UTF-16, little-endian" })).toBeDefined();
    await user.click(screen.getByRole("button", { name: /^Encoding/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Windows-1252" }));
    expect(screen.getByText("Windows-1252, chosen by hand")).toBeDefined();
    await waitFor(() => expect(previewed.mock.lastCall?.[3]).toEqual({ encoding: "windows-1252" }));
    expect(await start()).toMatchObject([{ answers: { "sensors.csv": { encoding: "windows-1252" } } }]);
  });
});

describe("a format chosen by hand", () => {
  test("asks what it cannot know itself; the question of the format that was found goes away", async () => {
    const { user, api, start } = await openDialog(["date-order"]);
    const preview = await api.preview("date-order" as GrantId, "visits.csv", "lines+text", {});
    if (!preview.ok) throw new Error("the preview failed");
    const questions = [{ kind: "year", samples: ["Jan 10 12:00:00"], guess: undefined }] as const;
    vi.mocked(api.preview).mockResolvedValue({ ok: true, value: { ...preview.value, questions } });
    expect(screen.getByText(/These dates can be read in two ways/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: /^Format/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Text lines" }));
    expect(await screen.findByText(/These times carry no year/)).toBeDefined();
    expect(screen.queryByText(/These dates can be read in two ways/)).toBeNull();
    expect(item(/visits\.csv 1 question/)).toBeDefined();
    await user.click(screen.getByRole("radio", { name: "Another year" }));
    await user.type(screen.getByLabelText("Year"), "2024");
    expect(item(/visits\.csv chosen/)).toBeDefined();
    expect(await start()).toMatchObject([
      { choices: { "visits.csv": "lines+text" }, answers: { "visits.csv": { year: 2024 } } },
    ]);
  });

  test("what else was tried stands a line each", async () => {
    await openDialog(["audit.log"]);
    const tried = screen.getByText("also tried:").parentElement as HTMLElement;
    expect(within(tried).getAllByRole("listitem")).toHaveLength(2);
  });

  test("UTF-8 can be said as well", async () => {
    const { user, start } = await openDialog(["time-field"]);
    await user.click(screen.getByRole("button", { name: /^Encoding/ }));
    await user.click(await screen.findByRole("menuitem", { name: "UTF-8" }));
    expect(screen.getByText("UTF-8, chosen by hand")).toBeDefined();
    expect(await start()).toMatchObject([{ answers: { "sensors.csv": { encoding: "utf-8" } } }]);
  });
});

describe("limits, notices and what is not read", () => {
  test("going on past a limit is a choice of two steps, and can be taken back", async () => {
    const { user, start } = await openDialog(["limit"]);
    expect(screen.queryByText(/The choice is logged/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Continue past this limit…" }));
    expect(screen.getByText(/The choice is logged in the case/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Continue past the limit" }));
    await user.click(screen.getByRole("button", { name: "Keep the limit" }));
    await user.click(screen.getByRole("button", { name: "Continue past this limit…" }));
    await user.click(screen.getByRole("button", { name: "Continue past the limit" }));
    expect(item(/bomb\.zip chosen/)).toBeDefined();
    expect(await start()).toEqual([{ grant: "limit", choices: {}, skip: [], beyondLimits: true }]);
  });

  test("a notice is no failure: the item stays certain and is imported", async () => {
    await openDialog(["notice"]);
    const notice = screen.getByText("page-1.json is page 1 of 12 of what the server has.");
    expect(notice.closest(".error-panel")?.getAttribute("data-tone")).toBe("care");
    expect(item(/page-1\.json certain/)).toBeDefined();
    expect(screen.getByRole("button", { name: /^Import 1/ })).toBeDefined();
  });

  test("the files of a folder are items; links are listed with their reason; a long list can be narrowed", async () => {
    const { user, start } = await openDialog(["folder"]);
    expect(item(/var\/log\/current refused .*links are not followed/)).toBeDefined();
    expect(screen.getByRole("button", { name: /^Import 13 of 15/ })).toBeDefined();
    await user.click(screen.getByRole("radio", { name: "Asking 3" }));
    expect(screen.queryByRole("button", { name: /Case-0812/ })).toBeNull();
    expect(item(/messages 1 question/)).toBeDefined();
    await user.click(screen.getByRole("radio", { name: "Locked 1" }));
    expect(item(/Case-0812/)).toBeDefined();
    expect(screen.queryByRole("button", { name: /messages/ })).toBeNull();
    expect(await start()).toHaveLength(13);
  });
});

describe("what came next, and every part said otherwise", () => {
  const control = (name: RegExp): HTMLElement => screen.getByRole("button", { name });
  const pick = async (user: ReturnType<typeof userEvent.setup>, name: RegExp, entry: RegExp): Promise<void> => {
    await user.click(control(name));
    await user.click(await screen.findByRole("menuitem", { name: entry }));
  };

  test("the runner-up stands with what spoke for it and why it lost", async () => {
    await openDialog(["audit.log"]);
    const line = screen.getByText(/^runner-up:/);
    expect(line.textContent).toContain("Text, one entry a line, Lines. It lost: as Text, its records show less");
    expect(line.textContent).toContain("For it: 50 of 50 lines begin with a time");
  });

  test("carrier, delimiter and column of the time are said, previewed and sent along", async () => {
    const { user, previewed, start } = await openDialog(["time-field"]);
    await pick(user, /^Carrier/, /^Table/);
    await pick(user, /^Delimiter/, /^Another character/);
    await user.type(screen.getByLabelText("Delimiter character"), "~");
    await pick(user, /^Time column/, /^stored/);
    await waitFor(() => expect(previewed.mock.lastCall?.[2]).toBe("csv+generic"));
    expect(previewed.mock.lastCall?.[3]).toEqual({ delimiter: "~", timeField: "stored" });
    expect(control(/^Delimiter: ~, said by hand/)).toBeDefined();
    expect(await start()).toMatchObject([
      {
        choices: { "sensors.csv": "csv+generic" },
        answers: { "sensors.csv": { delimiter: "~", timeField: "stored" } },
      },
    ]);
  });

  test("what was said can be taken back: it is read as it was found", async () => {
    const { user, start } = await openDialog(["audit.log"]);
    await pick(user, /^Format/, /^Text lines/);
    expect(item(/audit\.log chosen/)).toBeDefined();
    await pick(user, /^Format/, /^As found/);
    expect(item(/audit\.log certain/)).toBeDefined();
    expect(await start()).toEqual([{ grant: "audit.log", choices: {}, skip: [] }]);
  });

  test("a reject among the rows shows its reason and its bytes", async () => {
    const { api } = await openDialog(["audit.log"]);
    const seen = await api.preview("audit.log" as GrantId, "audit.log", "lines+auditd", {});
    if (!seen.ok) throw new Error("the preview failed");
    const [row] = seen.value.rows;
    if (row === undefined) throw new Error("no row");
    cleanup();
    const torn = {
      ...row,
      time: Number.NaN,
      raw: new TextEncoder().encode("torn line"),
      reject: { code: "auditd.no-stamp", detail: "no audit stamp" },
    };
    const fresh = renderWith(
      <ImportDialog grants={[{ grant: "audit.log", name: "audit.log", bytes: 1, kind: "file" }]} onClose={vi.fn()} />,
      { entries: 50 },
    );
    vi.spyOn(fresh.services.engine.api, "preview").mockResolvedValue({
      ok: true,
      value: { ...seen.value, rows: [row, torn], rejects: 1, isWhole: true },
    });
    expect(await screen.findByText("no audit stamp")).toBeDefined();
    expect(screen.getAllByText(/torn line/).length).toBeGreaterThan(0);
    expect(screen.getByText("all 2 rows, as they will appear")).toBeDefined();
    expect(screen.getByText("1 reject")).toBeDefined();
  });
});

describe("profiles", () => {
  const remember = async (user: ReturnType<typeof userEvent.setup>, name: string): Promise<void> => {
    await user.click(screen.getByRole("button", { name: /^Encoding/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Windows-1252" }));
    await user.click(screen.getByRole("button", { name: "Remember as a profile…" }));
    await user.type(screen.getByLabelText("Name of the profile"), `${name}{Enter}`);
  };

  test("what was said is kept under a name, and read by it from then on", async () => {
    const { user, services, start } = await openDialog(["audit.log"]);
    await remember(user, "Old exports");
    expect(services.view.get().profiles).toMatchObject([
      { name: "Old exports", shape: { key: "0123456789abcdef0123456789abcdef" }, answer: { encoding: "windows-1252" } },
    ]);
    expect(screen.getByText("Old exports")).toBeDefined();
    expect(item(/audit\.log profile/)).toBeDefined();
    expect(await start()).toMatchObject([{ answers: { "audit.log": { encoding: "windows-1252" } } }]);
  });

  test("the next member that looks alike is read by it, says so, and can be read as found", async () => {
    const profile = {
      name: "Old exports",
      shape: { key: "0123456789abcdef0123456789abcdef", text: "Lines" },
      choice: "lines+text",
      answer: { zone: "+02:00" },
    };
    const { user, services, start } = await openDialog(["audit.log"], { view: { profiles: [profile] } });
    expect(await screen.findByText(/^Read by the profile/)).toBeDefined();
    expect(item(/audit\.log profile/)).toBeDefined();
    expect(screen.getByRole("button", { name: /^Format: .*, said by the profile Old exports$/ })).toBeDefined();
    expect(screen.getByText(/^chosen by the profile Old exports/)).toBeDefined();
    expect(screen.queryByText(/by hand/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Read it as found" }));
    expect(item(/audit\.log certain/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Use it" }));
    expect(screen.getByText(/^Read by the profile/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Forget the profile" }));
    expect(services.view.get().profiles).toEqual([]);
    expect(screen.queryByRole("group", { name: "Profile" })).toBeNull();
    expect(await start()).toEqual([{ grant: "audit.log", choices: {}, skip: [] }]);
  });
});
