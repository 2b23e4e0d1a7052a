/** Types and descriptions of original fields in the detail view. */
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import type { EntryDetail } from "../../workers/contract.ts";
import { FieldsTab, type TabProps } from "../../renderer/views/detail/fields-tab.tsx";
import { InterpretedTab } from "../../renderer/views/detail/interpreted-tab.tsx";
import type { Spot } from "../../renderer/views/detail/spot.ts";
import { fakeDetail } from "./fake-detail.ts";
import { fakeRows } from "./fake-rows.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const [row] = fakeRows(1);
if (row === undefined) throw new Error("no row");
const about = { type: "string", description: "Real user id of the acting process.", indicators: ["actor_id"] };

/** One record with a field that the schema describes. */
function described(): EntryDetail {
  const whole = fakeDetail(row as NonNullable<typeof row>);
  const origin = { kind: "record", text: "record" } as const;
  return {
    ...whole,
    records: whole.records.slice(0, 1),
    fields: [
      { group: "what", name: "family", values: ["linux-auditd"], origin, mark: undefined, masked: false },
      { group: "original", name: "raw.eventId", values: ["901"], origin, mark: undefined, masked: false },
      { group: "original", name: "raw.timestamp", values: ["1786504600.25"], origin, mark: undefined, masked: false },
      { group: "original", name: "raw.uid", values: ["0"], origin, mark: undefined, masked: false, about },
    ],
    interpretations: [{ field: "uid", recorded: "0", meaning: "root", origin, mark: undefined }],
  };
}

function Tab({ of: Own }: { readonly of: (props: TabProps) => React.ReactNode }) {
  const [spot, onSpot] = useState<Spot | undefined>(undefined);
  return <Own entry={described()} spot={spot} onSpot={onSpot} onBytes={() => undefined} />;
}

test("among the fields, at the one in focus", async () => {
  renderWith(<Tab of={FieldsTab} />);
  const field = await screen.findByRole("option", { name: /uid/ });
  expect(within(field).queryByText(/Real user id/)).toBeNull();
  fireEvent.click(field);
  expect(within(field).getByText(/Real user id/)).toBeDefined();
  expect(within(field).getByText("string")).toBeDefined();
  expect(within(field).getByText(/actor_id/)).toBeDefined();
});

test("among the meanings of a single record, at every one", async () => {
  renderWith(<Tab of={InterpretedTab} />);
  expect(await screen.findByText(/Real user id/)).toBeDefined();
});

test("rows of one event are one press away, by serial and time", async () => {
  const { services } = renderWith(<Tab of={FieldsTab} />);
  fireEvent.click(await screen.findByRole("button", { name: "Rows of this event" }));
  expect(services.view.get().clauses).toMatchObject([
    { field: "raw.eventId", values: ["901"] },
    { field: "raw.timestamp", values: ["1786504600.25"] },
  ]);
  fireEvent.click(await screen.findByRole("button", { name: "Any event" }));
  expect(services.view.get().clauses).toEqual([]);
});
