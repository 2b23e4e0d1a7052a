import { expect, test } from "@playwright/test";
import { dropFiles } from "./support/drop.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { samples } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { importEnded } from "./support/workbench.ts";

let exhibit: Exhibit;
test.beforeAll(async () => {
  exhibit = await launchExhibit();
});
test.afterAll(() => exhibit.close());

test("says what it is for, where evidence comes in, and what happens to it", async () => {
  const { page } = exhibit;
  await expect(page.getByRole("heading", { name: "Open the evidence as it was collected" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Choose files" })).toBeFocused();
  await expect(page.getByText("Sent since start: 0 bytes, 0 connections.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Try a sample" }).getByRole("button")).toHaveCount(3);
  await expect(page.getByText("No case open")).toBeVisible();
  await keepScreenshot(page, "first-run");
});

test("while something hovers the window says so; a cancelled dialog leaves nothing behind", async () => {
  const { page } = exhibit;
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [samples.air], dragOperationsMask: 1 };
  await session.send("Input.dispatchDragEvent", { type: "dragEnter", x: 500, y: 400, data });
  await expect(page.getByText("1 item: drop it to see what it is")).toBeVisible();
  await session.detach();
  await dropFiles(page, [samples.air]);
  await expect(page.getByText("1 item: drop it to see what it is")).toBeHidden();
  const dialog = page.getByRole("dialog", { name: "Add evidence" });
  await expect(dialog.getByRole("button", { name: /^Import 1/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("No case open")).toBeVisible();
  expect(await page.evaluate(() => window.exhibit.recentCases())).toEqual([]);
});

test("a sample opens by keys alone", async () => {
  const { page } = exhibit;
  await page.getByRole("button", { name: /^Binalyze AIR/ }).focus();
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("dialog", { name: "Add evidence" }).getByRole("button", { name: /^Import 2/ }),
  ).toBeFocused();
  await page.keyboard.press("Enter");
  await importEnded(page);
  await expect(page.getByRole("grid")).toBeVisible();
  expect(exhibit.complaints).toEqual([]);
});
