import { utimes, writeFile } from "node:fs/promises";
import { expect, type Locator, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import {
  chooseTheme,
  columnValues,
  detail,
  expectMatched,
  grid,
  importDropped,
  openRow,
  runCommand,
  runQuery,
  setWindowSize,
} from "./support/workbench.ts";

// Each test goes on where the one before left the window.
test.describe.configure({ mode: "serial" });

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  exhibit = await launchExhibit();
  await setWindowSize(exhibit, 1440, 900);
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

/** Around the night in which clocks in Paris are put back, and lines of a host whose clock was fast, without a year. */
async function evidence(): Promise<readonly string[]> {
  const local = folder.in("local.log");
  await writeFile(local, "2024-10-27 02:30:00 told twice\n2024-10-27 12:00:00 noon\n");
  const messages = folder.in("messages");
  await writeFile(messages, "Feb 28 10:00:00 web-1 app[1]: one\nFeb 29 10:00:00 web-1 app[1]: two\n");
  const modified = new Date("2025-06-01T00:00:00Z");
  await utimes(messages, modified, modified);
  return [local, messages];
}

const times = (): Locator => exhibit.page.getByRole("region", { name: "Times" });
const dialog = (): Locator => exhibit.page.getByRole("dialog", { name: "Times" });
const shownTimes = async (): Promise<readonly string[]> =>
  (await columnValues(exhibit.page, "time")).map((text) => text.replaceAll(/\s+/g, " "));

test("a member says what is assumed about its times, and each figure opens what it counts", async () => {
  const { page } = exhibit;
  await importDropped(page, await evidence());
  await chooseTheme(page, "Dark");
  await expectMatched(page, 4);
  await runCommand(page, "Show sources and ledger");
  await page
    .getByRole("treegrid")
    .getByRole("row", { name: /local\.log/ })
    .first()
    .click();
  await expect(times()).toContainText("read as UTC");
  await expectAccessible(page);
  await keepScreenshot(page, "times-panel-dark");
  await times()
    .getByRole("button", { name: /2 written without one/ })
    .click();
  await expectMatched(page, 2);
  await expect(grid(page).getByRole("img", { name: "assumed: zone assumed" })).toHaveCount(2);
});

test("another zone is applied to what was written, and the detail shows both times and why", async () => {
  const { page } = exhibit;
  await openRow(page, 0);
  const panel = detail(page).getByRole("region", { name: "How the time came about" });
  await expect(panel).toContainText("No zone is written; read as UTC.");
  await panel.getByRole("button", { name: "Change what is assumed about this time" }).click();
  await dialog().getByRole("combobox", { name: "Zone" }).fill("Europe/Pariss");
  await expect(dialog()).toContainText("No zone has this name");
  await expect(dialog().getByRole("button", { name: "Apply" })).toBeDisabled();
  await dialog().getByRole("combobox", { name: "Zone" }).fill("Europe/Paris");
  await dialog().getByRole("button", { name: "Apply" }).click();
  await expect(dialog().getByRole("region", { name: "Changes about time" })).toContainText("zone Europe/Paris");
  // The button that was pressed is switched off now; the keys are still the dialog's.
  await expect(dialog()).toBeFocused();
  await expectAccessible(page);
  await keepScreenshot(page, "times-dialog-dark");
  await page.keyboard.press("Escape");
  await expect(dialog()).toBeHidden();
  await expect(panel.getByRole("button", { name: "Change what is assumed about this time" })).toBeFocused();
  await expect
    .poll(shownTimes)
    .toEqual([expect.stringContaining("10-27 00:30:00"), expect.stringContaining("10-27 11:00:00")]);
  await expect(panel).toContainText("2024-10-27 00:30:00");
  await expect(panel).toContainText("2024-10-27 02:30:00");
  await expect(panel).toContainText("showed this time twice");
  await keepScreenshot(page, "times-detail-dark");
});

test("year and clock of a host are corrected together, and found by what was assumed", async () => {
  const { page } = exhibit;
  await runCommand(page, "Clear the query");
  await expectMatched(page, 4);
  await runCommand(page, "Change what is assumed about time");
  await dialog().getByRole("combobox", { name: "Log" }).selectOption("messages");
  await dialog().getByRole("textbox", { name: "Year of the first" }).fill("2024");
  await dialog().getByRole("combobox", { name: "Whose clock" }).selectOption({ label: "host web-1, in every log" });
  await dialog().getByRole("radio", { name: "Known at moments" }).click();
  await expect(dialog()).toContainText("Two points or more are needed");
  await expectAccessible(page);
  await keepScreenshot(page, "times-points-dark");
  await dialog().getByRole("radio", { name: "Always by the same" }).click();
  await dialog().getByRole("textbox", { name: "By how much" }).fill("00:03:20");
  await expect(dialog()).toContainText("2 changes; each can be undone.");
  await page.keyboard.press("Control+Enter");
  await expect(dialog().getByRole("listitem")).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(dialog()).toBeHidden();
  // It was opened from the palette, which is gone.
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await runQuery(page, "assumed:clock");
  await expectMatched(page, 2);
  await expect
    .poll(shownTimes)
    .toEqual([expect.stringContaining("02-28 09:56:40"), expect.stringContaining("02-29 09:56:40")]);
  await openRow(page, 1);
  const panel = detail(page).getByRole("region", { name: "How the time came about" });
  await expect(panel).toContainText("The clock of host web-1 is corrected by -00:03:20 here");
});

test("changes are undone and done again with the keys", async () => {
  const { page } = exhibit;
  await grid(page).focus();
  await page.keyboard.press("Control+z");
  await expectMatched(page, 0);
  await page.keyboard.press("Control+Shift+Z");
  await expectMatched(page, 2);
  await runQuery(page, "missing:time");
  await expectMatched(page, 0);
  for (const label of ["Undo the last change about time", "Undo the last change about time"])
    await runCommand(page, label);
  await expectMatched(page, 1);
});

test("in light, and in the least size", async () => {
  const { page } = exhibit;
  await runCommand(page, "Clear the query");
  await chooseTheme(page, "Light");
  await setWindowSize(exhibit, 1024, 640);
  await openRow(page, 0);
  await keepScreenshot(page, "times-detail-light-small");
  await runCommand(page, "Change what is assumed about time");
  await expect(dialog()).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, "times-dialog-light-small");
  await page.keyboard.press("Escape");
  await runCommand(page, "Show sources and ledger");
  await expect(times()).toBeVisible();
  await expectAccessible(page);
  await times().scrollIntoViewIfNeeded();
  await keepScreenshot(page, "times-panel-light-small");
  expect(exhibit.complaints).toEqual([]);
});
