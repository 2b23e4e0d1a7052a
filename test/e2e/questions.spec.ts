import { writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { columnValues, counts, dropAndLook, expectMatched, importEnded, runCommand } from "./support/workbench.ts";

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  exhibit = await launchExhibit();
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

/** 20 rows with two columns that may hold the time; the dates of one may be read in two ways. */
function table(): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const rows = Array.from({ length: 20 }, (_, index) => {
    const day = (index % 9) + 1;
    return `${index},ana,03/${two(day)}/2025 10:${two(index)}:00,2025-06-${two(day)} 12:00:00`;
  });
  return `id,who,arrived,kept\r\n${rows.join("\r\n")}\r\n`;
}

test("the column of the time and the order of its dates are asked, answered and kept with the member", async () => {
  const { page } = exhibit;
  const file = folder.in("visits.csv");
  await writeFile(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table(), "utf16le")]));
  const dialog = await dropAndLook(page, [file]);
  const item = dialog.getByRole("navigation", { name: "Items" }).getByRole("button", { name: /visits\.csv/ });
  await expect(item).toContainText("1 question");
  await expect(dialog.getByText(/UTF-16, little-endian, found by its first bytes/)).toBeVisible();

  await dialog.getByRole("radio", { name: /^arrived/ }).check();
  await dialog.getByRole("radio", { name: /^Month first/ }).check();
  const first = dialog.getByRole("table").getByRole("row").nth(1);
  await expect(first).toContainText("2025-03-01 10:00:00");
  await expectAccessible(page);
  await keepScreenshot(page, "questions");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await importEnded(page);
  await expectMatched(page, 20);
  expect((await columnValues(page, "time"))[0]).toContain("03-01 10:00:00");

  await runCommand(page, "Show sources and ledger");
  const panel = page.getByRole("complementary", { name: "Ledger of visits.csv" });
  await expect(panel.getByText("from arrived")).toBeVisible();
  await expect(panel.getByText(/^month first/)).toBeVisible();
  await expect(panel.getByText(/UTF-16, little-endian/).first()).toBeVisible();
  await expect(panel.locator(".ledger-figure")).toHaveText("100.00 %");
});

test("a year that no record names is said to be assumed, and can be another", async () => {
  const { page } = exhibit;
  const file = folder.in("messages");
  const lines = Array.from(
    { length: 12 },
    (_, index) => `Aug 12 03:13:${10 + index} web01 sshd[7]: session ${index}\n`,
  );
  await writeFile(file, lines.join(""));
  const dialog = await dropAndLook(page, [file]);
  await expect(dialog.getByText(/These times carry no year/)).toBeVisible();
  await expect(dialog.getByText(/as the file's own time says/)).toBeVisible();
  await dialog.getByRole("radio", { name: "Another year" }).check();
  await dialog.getByLabel("Year", { exact: true }).fill("2019");
  await expect(dialog.getByRole("table").getByRole("row").nth(1)).toContainText("2019-08-12 03:13:10");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await expect.poll(() => counts(page)).toEqual({ matched: 32, total: 32 });
  await importEnded(page);
  await page.getByRole("row", { name: /messages/ }).click();
  const panel = page.getByRole("complementary", { name: "Ledger of messages" });
  await expect(panel.getByText("2019, chosen at the import")).toBeVisible();
  expect(exhibit.complaints).toEqual([]);
});
