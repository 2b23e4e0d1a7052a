import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { EngineApi, EntryDetail, EntryId, EpochMicros, ResultId } from "../../workers/contract.ts";
import { ExportPanel } from "../../renderer/views/detail/export-panel.tsx";
import { detailOf } from "./fake-objects.ts";
import { fakeRows } from "./fake-rows.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const START = 1_780_000_000_000_000;
const CLAUSES = [{ field: "category", not: false, values: ["dataExport"], enabled: true }];

/** Full batches a second apart; only pages and places are asked of it. */
function batches(count: number): Pick<EngineApi, "open" | "rows" | "locate" | "close"> {
  return {
    open: async () => ({
      ok: true,
      value: {
        id: 1 as ResultId,
        revision: 7,
        total: count,
        matched: count,
        undatedTotal: 0,
        undatedMatched: 0,
        first: undefined,
        last: undefined,
        firstOfAll: START as EpochMicros,
        lastOfAll: START as EpochMicros,
        query: "",
        perSource: [],
        tookMs: 1,
      },
    }),
    locate: async (_, at) => ({ ok: true, value: "entry" in at ? at.entry : undefined }),
    rows: async (_, first, most) => {
      const entries = Uint32Array.from({ length: Math.min(most, count - first) }, (__, at) => first + at);
      return {
        ok: true,
        value: {
          first,
          entries,
          time: Float64Array.from(entries, (entry) => START + entry * 1_000_000),
          precision: new Uint8Array(entries.length),
          flags: new Uint32Array(entries.length),
          member: new Uint32Array(entries.length),
          cells: [[...entries].map(() => "100")],
        },
      };
    },
    close: async () => undefined,
  };
}

function show(entry: number, count: number) {
  const [row] = fakeRows(1);
  if (row === undefined) throw new Error("no row");
  const time = (START + entry * 1_000_000) as EpochMicros;
  const detail: EntryDetail = { ...detailOf(row, false), id: entry as EntryId, time };
  const view = { text: "actor:somebody", range: { from: 1 as EpochMicros } };
  return renderWith(<ExportPanel entry={detail} clauses={CLAUSES} />, { api: batches(count), view });
}

test("an export that was seen whole says how many batches it has", async () => {
  show(1, 3);
  expect(await screen.findByText(/^Batch 2 of 3 of one export, 300 rows together/)).toBeTruthy();
});

test("one with more batches than an answer holds says at least how many, around the entry", async () => {
  show(900, 1000);
  expect(await screen.findByText(/^One of at least 500 of one export, at least 50 000 rows together/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Batch before" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Batch after" })).toBeTruthy();
});

test("its entries are shown without what was asked before", async () => {
  const { services } = show(1, 3);
  fireEvent.click(await screen.findByRole("button", { name: "Show the 3 entries" }));
  expect(services.view.get()).toMatchObject({
    text: "",
    clauses: CLAUSES,
    range: { from: START, to: START + 2_000_001 },
  });
});
