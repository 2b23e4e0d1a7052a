import { readFile } from "node:fs/promises";
import { expect, type Locator, test } from "@playwright/test";
import { membersOf } from "./support/cli.ts";
import { samples } from "./support/files.ts";
import { openSampleCase, type SampleCase } from "./support/sample-case.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { expectMatched, grid } from "./support/workbench.ts";

// Each test goes on where the one before left the window.
test.describe.configure({ mode: "serial" });

let sample: SampleCase;
test.beforeAll(async () => {
  sample = await openSampleCase();
});
test.afterAll(() => sample.close());

const tree = (): Locator => sample.exhibit.page.getByRole("treegrid", { name: "Sources and members" });
const ledger = (): Locator => sample.exhibit.page.getByRole("region", { name: "Ledger" });

test("every member stands there with bytes, entries, rejects, and a ledger of 100.00 %", async () => {
  const { page } = sample.exhibit;
  await page
    .getByRole("contentinfo")
    .getByRole("button", { name: /ledger 100\.00 %/ })
    .click();
  await expect(page.getByRole("heading", { name: "Evidence", exact: true })).toBeVisible();
  for (const { path, bytes, entries } of membersOf(sample.imported)) {
    const row = tree().getByRole("row", { name: new RegExp(`${path} .* ${bytes} ${entries} `) });
    await expect(row.first()).toContainText("100.00");
  }
  await expect(tree().getByRole("row", { name: /^All members/ })).toContainText("100.00");
  await expect(page.getByRole("region", { name: "Coverage" }).getByRole("listitem")).toHaveCount(3);
  await keepScreenshot(page, "evidence");
});

test("the ledger of a member adds up, and its hash is that of the file", async () => {
  const { page } = sample.exhibit;
  const [audit] = membersOf(sample.imported);
  if (audit === undefined) throw new Error("no member was imported");
  await tree().focus();
  await page.keyboard.press("Home");
  await expect(ledger()).toContainText(/100\.00\s*%/);
  const figures = async (kind: string): Promise<string> => ledger().getByRole("row", { name: kind }).innerText();
  for (const kind of ["entries", "rejects", "ignored", "blank"] as const) {
    const name = kind[0]?.toUpperCase() + kind.slice(1);
    expect((await figures(name)).replace(/[\u202f ]/g, "")).toContain(String(audit.ledger[kind]));
  }
  await expect(ledger().getByRole("row", { name: "File size" })).toContainText("= same");
  await expect(page.getByRole("region", { name: "Origin" })).toContainText(audit.sha256.slice(0, 8));
  await expect(page.getByRole("region", { name: "Check it without Exhibit" })).toContainText("sha256sum");
});

test("each line of the ledger opens what it counts", async () => {
  const { page } = sample.exhibit;
  await ledger().getByRole("button", { name: "Browse the entries of this member" }).click();
  await expectMatched(page, membersOf(sample.imported)[0]?.entries ?? -1);
  await page
    .getByRole("contentinfo")
    .getByRole("button", { name: /rejects/ })
    .click();
  await expect(page.getByRole("heading", { name: "Rejects", exact: true })).toBeVisible();
});

test("rejects are listed with place, reason and their own bytes", async () => {
  const { page } = sample.exhibit;
  const rejects = page.getByRole("grid", { name: "Rejects" });
  const wanted = membersOf(sample.imported)[0]?.rejects ?? -1;
  await expect(rejects.getByRole("row")).toHaveCount(wanted + 1);
  const text = await rejects.getByRole("row").nth(1).innerText();
  const bytes = await readFile(samples.audit, "utf8");
  const shown = (await rejects.getByRole("row").nth(1).locator(".reject-raw").innerText())
    .replace(/…$/, "")
    .slice(0, 30);
  expect(bytes).toContain(shown);
  expect(text).not.toBe("");
  await rejects.focus();
  await page.keyboard.press("ArrowDown");
  await expect(rejects.getByRole("row").nth(2)).toHaveAttribute("aria-selected", "true");
  await keepScreenshot(page, "rejects");
  const reasons = page.getByRole("group", { name: "Reasons" }).getByRole("button");
  expect(await reasons.count()).toBeGreaterThan(1);
  await page.keyboard.press("Escape");
  await expect(grid(page)).toHaveAttribute("aria-label", /entries/);
  expect(sample.exhibit.complaints).toEqual([]);
});
