import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AboutDialog } from "../../renderer/views/about/about-dialog.tsx";
import { decodeLicences, findParts, pieces } from "../../renderer/views/about/licences.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const file = {
  parts: [
    { name: "Exhibit", version: "0.1.0", licence: "Apache-2.0", kind: "program", text: 1 },
    { name: "react", version: "19.3.1", licence: "MIT", kind: "package", text: 0 },
    { name: "react", version: "18.0.0", licence: "MIT", kind: "package", text: 0 },
  ],
  texts: ["Permission is hereby granted", "Apache License"],
};

describe("the list of licences", () => {
  it("gives each part its text, also where names are the same", () => {
    const parts = decodeLicences(file);
    expect(parts.map(({ name, text }) => `${name}: ${text}`)).toEqual([
      "Exhibit: Apache License",
      "react: Permission is hereby granted",
      "react: Permission is hereby granted",
    ]);
    expect(new Set(parts.map(({ id }) => id)).size).toBe(3);
  });

  it("refuses a file that is damaged", () => {
    expect(() => decodeLicences({ ...file, texts: [] })).toThrow(/has no text/);
    expect(() => decodeLicences({ parts: "none" })).toThrow(/Expected/);
  });

  it("is searched by every word, in name, version and licence", () => {
    const parts = decodeLicences(file);
    expect(findParts(parts, "REACT mit 18").map(({ version }) => version)).toEqual(["18.0.0"]);
    expect(findParts(parts, " ")).toHaveLength(3);
    expect(findParts(parts, "react apache")).toHaveLength(0);
  });

  it("cuts a long text at line ends and loses nothing", () => {
    const text = Array.from({ length: 1000 }, (_, index) => `line ${index}`).join("\n");
    expect(pieces(text).length).toBeGreaterThan(5);
    expect(pieces(text).join("\n")).toBe(text);
    expect(pieces("one")).toEqual(["one"]);
  });
});

describe("the About dialog", () => {
  it("shows the version, and the text of what is chosen", async () => {
    renderWith(<AboutDialog onClose={() => undefined} read={read} />);
    const user = userEvent.setup();
    await user.type(await screen.findByRole("searchbox"), "react");
    expect(screen.getByRole("status").textContent).toBe("2 of 3 parts");
    expect(screen.getByText("version 0.1.0, works without a network")).toBeDefined();
    await user.click(within(screen.getByRole("listbox")).getAllByRole("option")[1] ?? document.body);
    expect(screen.getByRole("region", { name: "Licence of react 18.0.0" }).textContent).toContain("Permission");
  });

  it("says that the installation is damaged when there is no list", async () => {
    const { services } = renderWith(<AboutDialog onClose={() => undefined} read={readNothing} />);
    await screen.findByText(/missing from this installation/);
    await waitFor(() => expect(services.trouble.get()?.message).toBeDefined());
  });
});

const read = vi.fn(async () => decodeLicences(file));
const readNothing = vi.fn(() => Promise.reject(new Error("licences.json: 404")));
