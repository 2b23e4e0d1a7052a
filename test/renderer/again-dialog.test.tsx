import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { AgainDialog } from "../../renderer/views/import/again-dialog.tsx";
import type { MemberId, SourceId } from "../../workers/contract.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

function openDialog() {
  const closed = vi.fn();
  const dialog = <AgainDialog source={0 as SourceId} member={0 as MemberId} onClose={closed} />;
  const { services } = renderWith(dialog, { entries: 50 });
  const begun = vi.spyOn(services.engine.api, "importMemberAgain");
  return { closed, begun, user: userEvent.setup() };
}

test("what was said stands, another choice is sent along, and the number says what is replaced", async () => {
  const { user, begun, closed } = openDialog();
  expect(await screen.findByText("50 of 50 lines carry an audit stamp")).toBeDefined();
  await user.click(screen.getByRole("button", { name: /^Format/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Text lines" }));
  await user.click(screen.getByRole("button", { name: /^Replace \d+ entr/ }));
  await waitFor(() => expect(begun).toHaveBeenCalledOnce());
  expect(begun.mock.calls[0]).toEqual([0, { choice: "lines+text", answer: { zone: "+02:00" } }]);
  expect(closed).toHaveBeenCalledOnce();
});

test("cancelled, nothing is imported", async () => {
  const { user, begun, closed } = openDialog();
  await user.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(closed).toHaveBeenCalledOnce();
  expect(begun).not.toHaveBeenCalled();
});
