import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ExportOutcome, ExportRequest, JobId, JobState, ResultInfo, Sha256 } from "../../workers/contract.ts";
import { useCurrent } from "../../renderer/app/services.tsx";
import { EMPTY_QUERY, DEFAULT_COLUMNS } from "../../renderer/state/view-state.ts";
import { ExportDialog } from "../../renderer/views/export/export-dialog.tsx";
import {
  estimatedBytes,
  exportRequest,
  initialOptions,
  suggestedName,
  visibleColumns,
} from "../../renderer/views/export/export-options.ts";
import { cellsOf, guardPlace } from "../../renderer/views/export/guarded-cell.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const query = { ...EMPTY_QUERY, zone: "UTC", sort: { field: "time", descending: false } };

describe("the request", () => {
  test("columns are all, those visible in the grid, or those chosen in their order; time is none of them", () => {
    const options = initialOptions(DEFAULT_COLUMNS);
    const columns = (choice: "all" | "visible" | "chosen") =>
      exportRequest({ ...options, columns: choice, chosen: ["raw.pid", "actor"] }, query, DEFAULT_COLUMNS, "UTC")
        .columns;
    expect(columns("all")).toBe("all");
    expect(columns("visible")).toEqual(["source", "outcome", "actor", "action", "target"]);
    expect(columns("chosen")).toEqual(["raw.pid", "actor"]);
    expect(visibleColumns([{ name: "time", width: 1, visible: true }])).toEqual([]);
  });

  test("it asks for what the grid shows, in the zone of the screen, guarded and with provenance unless told otherwise", () => {
    const request = exportRequest(initialOptions(DEFAULT_COLUMNS), query, DEFAULT_COLUMNS, "Europe/Vienna");
    expect(request).toEqual({
      query: { ...query, zone: "Europe/Vienna" },
      format: "csv",
      columns: "all",
      provenance: true,
      recordedTime: false,
      formulaGuard: true,
      lineEnd: "lf",
      secrets: "masked",
    });
  });

  test("the name suggested is the case's, and says whether it is all", () => {
    expect(suggestedName("/cases/inc-2041.exhibit", true, "csv")).toBe("inc-2041-filtered.csv");
    expect(suggestedName("C:\\cases\\a.b.exhibit", false, "csv-zip")).toBe("a.b-all.zip");
    expect(suggestedName("", false, "csv")).toBe("export-all.csv");
    expect(suggestedName("a.exhibit", false, "linux-auditd-jsonl")).toBe("a-all.jsonl");
    expect(suggestedName("a.exhibit", false, "linux-auditd-csv")).toBe("a-all.csv");
  });

  test("the size is estimated from the bytes, not the characters, of the rows shown", () => {
    expect(estimatedBytes("a\n", ["é\n", "b\n"], 10)).toBe(2 + 25);
    expect(estimatedBytes("a\n", [], 0)).toBe(2);
    expect(estimatedBytes("a\n", [], 5)).toBeUndefined();
  });
});

describe("the guarded cell", () => {
  test("is found by the rule of the manifest, in quotes or not", () => {
    expect(guardPlace("a,'=1+1,b")).toBe(2);
    expect(guardPlace('a,"\'=HYPERLINK(""x"")",b')).toBe(3);
    expect(guardPlace("a,' +x")).toBe(2);
    expect(guardPlace("a,'＝x")).toBe(2);
    expect(guardPlace("it's,'quoted',a=b")).toBeUndefined();
    expect(guardPlace("a,\"x,'=1\",'-2")).toBe(10);
  });

  test("cells of a line are told apart, quotes and commas inside of them included", () => {
    expect(cellsOf('a,"b ""c"", d",,e').map(({ text }) => text)).toEqual(["a", 'b "c", d', "", "e"]);
  });
});

const outcome: ExportOutcome = {
  rows: 400,
  bytes: 123_456,
  sha256: "ab".repeat(32) as Sha256,
  guardedCells: 14,
  file: "/exports/inc-2041-all.csv",
  manifest: "/exports/inc-2041-all.manifest.json",
};

function Host() {
  const { result } = useCurrent();
  return result === undefined ? null : <ExportDialog result={result as ResultInfo} onClose={() => undefined} />;
}

function open(end: Partial<JobState>) {
  const chosen = vi.fn(async (name: string) => ({ grant: `g-${name}`, name, bytes: 0, kind: "file" as const }));
  const shown = vi.fn(async () => undefined);
  const view = renderWith(<Host />, { entries: 400, bridge: { chooseExportTarget: chosen, showInFolder: shown } });
  const { api } = view.services.engine;
  const base: JobState = {
    job: 2 as JobId,
    kind: "export",
    state: "running",
    revision: 1,
    phase: "writing",
    label: "inc-2041-all.csv",
    done: 100,
    total: 400,
    unit: "entries",
    rate: 1000,
    secondsLeft: 1,
    entries: 400,
    rejects: 0,
    items: [],
    fault: undefined,
    exported: undefined,
  };
  const asked: ExportRequest[] = [];
  vi.spyOn(api, "startExport").mockImplementation(async (request) => {
    asked.push(request);
    return { ok: true, value: 2 as JobId };
  });
  let finish: (() => void) | undefined;
  const ended = new Promise<void>((go) => (finish = go));
  vi.spyOn(api, "watch").mockImplementation(async (_, seen) => {
    if (seen < 0) return { ok: true, value: base };
    await ended;
    return { ok: true, value: { ...base, revision: 2, ...end } };
  });
  const cancelled = vi.spyOn(api, "cancel").mockImplementation(async () => finish?.());
  return { ...view, chosen, shown, asked, cancelled, finish: () => finish?.() };
}

describe("the dialog", () => {
  test("asks for a place, exports exactly what the grid shows, and reports what was read back", async () => {
    const view = open({ state: "done", phase: "done", exported: outcome });
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.click(dialog.getByRole("checkbox", { name: /Formula guard/ }));
    fireEvent.click(dialog.getByRole("button", { name: /Export 400 entries/ }));
    expect(await dialog.findByRole("progressbar")).toBeDefined();
    expect(view.chosen).toHaveBeenCalledWith("inc-2041-all.csv");
    expect(view.asked[0]).toMatchObject({
      format: "csv",
      columns: "all",
      formulaGuard: false,
      target: "g-inc-2041-all.csv",
    });
    view.finish();
    expect(await dialog.findByText(outcome.sha256)).toBeDefined();
    expect(dialog.getByText(outcome.manifest)).toBeDefined();
    fireEvent.click(dialog.getByRole("button", { name: "Show in folder" }));
    expect(view.shown).toHaveBeenCalledWith("g-inc-2041-all.csv");
    expect(view.services.jobs.get()).toEqual([]);
  });

  test("shows the exact bytes, with the first guarded cell marked", async () => {
    open({});
    const guard = await screen.findByTitle(/no program takes it for a formula/);
    expect(guard.textContent?.trim()).toBe("'");
    expect(guard.nextSibling?.textContent?.startsWith("=HYPERLINK")).toBe(true);
  });

  test("rows of a schema have no columns to choose, and their own ending", async () => {
    const view = open({ state: "done", phase: "done", exported: outcome });
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.click(dialog.getByRole("radio", { name: /JSON lines/ }));
    expect(dialog.queryByRole("button", { name: /Columns/ })).toBeNull();
    expect(dialog.queryByRole("checkbox", { name: /Formula guard/ })).toBeNull();
    fireEvent.click(dialog.getByRole("checkbox", { name: /Panther's standard fields/ }));
    fireEvent.click(dialog.getByRole("button", { name: /Export 400 entries/ }));
    await dialog.findByRole("progressbar");
    expect(view.chosen).toHaveBeenCalledWith("inc-2041-all.jsonl");
    expect(view.asked[0]).toMatchObject({ format: "linux-auditd-jsonl", columns: "all", provenance: false });
    view.finish();
  });

  test("can be cancelled in its place", async () => {
    const view = open({ state: "cancelled" });
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.click(dialog.getByRole("button", { name: /Export 400 entries/ }));
    await waitFor(() => expect(view.services.jobs.get()).toHaveLength(1));
    fireEvent.click(await dialog.findByRole("button", { name: "Cancel the export" }));
    expect(await dialog.findByText(/No file was left behind/)).toBeDefined();
    expect(view.cancelled).toHaveBeenCalledWith(2);
  });

  test("a failure is told in its place, with what to do", async () => {
    const fault = {
      code: "disk.full" as const,
      message: "The disk is full.",
      next: "Make room, or choose another place.",
    };
    const view = open({ state: "failed", fault });
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.click(dialog.getByRole("button", { name: /Export 400 entries/ }));
    await dialog.findByRole("progressbar");
    view.finish();
    expect((await dialog.findByRole("alert")).textContent).toContain("The disk is full.");
    fireEvent.click(dialog.getByRole("button", { name: "Back to the options" }));
    expect(dialog.getByRole("checkbox", { name: /Provenance/ })).toBeDefined();
  });

  test("nothing happens when no place was chosen", async () => {
    const view = open({});
    view.chosen.mockResolvedValueOnce(undefined as never);
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.click(dialog.getByRole("button", { name: /Export 400 entries/ }));
    await waitFor(() => expect(view.chosen).toHaveBeenCalled());
    expect(view.asked).toEqual([]);
    expect(dialog.getByRole("checkbox", { name: /Provenance/ })).toBeDefined();
  });
});
