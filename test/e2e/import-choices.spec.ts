import { writeFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import {
  columnValues,
  dropAndLook,
  expectMatched,
  importEnded,
  runCommand,
  seal,
  setWindowSize,
} from "./support/workbench.ts";

// One case grows from test to test.
test.describe.configure({ mode: "serial" });

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

const ROWS = 260;

/** Rows split by a character that no table is expected to have, with two columns of times; row 5 is torn. */
function rows(day: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const lines = Array.from({ length: ROWS }, (_, index) =>
    index === 5
      ? "torn~row"
      : `2026-01-${two(day)} 10:${two(index % 60)}:00~user${index % 7}~door ${index}~2025-06-${two(day)} 12:${two(index % 60)}:00`,
  );
  return `stored~who~what~seen\n${lines.join("\n")}\n`;
}

async function choose(scope: Locator, page: Page, control: RegExp, entry: string | RegExp): Promise<void> {
  await scope.getByRole("button", { name: control }).click();
  await page.getByRole("menuitem", { name: entry }).first().click();
}

/** As it stands, in both themes and both sizes. */
async function lookAt(name: string): Promise<void> {
  const { page } = exhibit;
  for (const [width, height] of [
    [1440, 900],
    [1024, 640],
  ] as const) {
    await setWindowSize(exhibit, width, height);
    for (const theme of ["dark", "light"]) {
      await page.locator("html").evaluate((root, value) => root.setAttribute("data-theme", value), theme);
      await expectAccessible(page);
      await keepScreenshot(page, `${name}-${width}-${theme}`);
    }
  }
  await setWindowSize(exhibit, 1440, 900);
}

test("a wrong guess is told with its reasons and put right, with the rows as they would be imported", async () => {
  const { page } = exhibit;
  const plain = folder.in("plain.csv");
  await writeFile(plain, rows(3).replaceAll("~", ",").replace("torn,row\n", ""));
  const sure = await dropAndLook(page, [plain]);
  await expect(sure.getByText(/^runner-up:/)).toContainText("It lost:");
  await lookAt("import-runner-up");
  await page.keyboard.press("Escape");
  await expect(sure).toBeHidden();

  const file = folder.in("doors-01.log");
  await writeFile(file, rows(1));
  const dialog = await dropAndLook(page, [file]);
  await expect(dialog.getByRole("button", { name: /^Carrier: Plain lines|^Carrier: .*[Ll]ines/ })).toBeVisible();
  await expect(dialog.getByText(/no runner-up/)).toBeVisible();
  await lookAt("import-wrong-guess");

  await choose(dialog, page, /^Carrier/, /^Table/);
  await choose(dialog, page, /^Delimiter/, "Another character");
  await dialog.getByLabel("Delimiter character").fill("~");
  await choose(dialog, page, /^Time column/, /^seen/);
  await dialog.getByRole("radio", { name: "Another zone" }).check();
  await dialog.getByLabel("Zone", { exact: true }).fill("+02:00");
  const table = dialog.getByRole("table");
  await expect(table.getByRole("row").nth(1)).toContainText("2025-06-01 10:00:00");
  await expect(table.getByRole("row")).toHaveCount(201);
  const torn = table.getByRole("row").nth(6);
  await expect(torn).toContainText("reject");
  await expect(torn).toContainText("2 cells where the header has 4 columns");
  await expect(dialog.getByText("first 200 rows, as they will appear")).toBeVisible();
  await table.getByRole("row").nth(1).focus();
  await page.keyboard.press("ArrowDown");
  await expect(table.getByRole("row").nth(2)).toBeFocused();
  const item = dialog.getByRole("navigation", { name: "Items" }).getByRole("button", { name: /doors-01/ });
  await expect(item).toContainText("Table with a header");
  await lookAt("import-put-right");
});

test("what was said is remembered under a name, and read by it from then on", async () => {
  const { page } = exhibit;
  const dialog = page.getByRole("dialog", { name: "Add evidence" });
  await dialog.getByRole("button", { name: "Remember as a profile…" }).click();
  await dialog.getByLabel("Name of the profile").fill("Door controller");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(/^Read by the profile/)).toContainText("Door controller");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await importEnded(page);
  await expectMatched(page, ROWS - 1);
  expect((await columnValues(page, "time"))[0]).toContain("06-01 10:00:00");

  const next = folder.in("doors-02.log");
  await writeFile(next, rows(2));
  const again = await dropAndLook(page, [next]);
  const item = again.getByRole("navigation", { name: "Items" }).getByRole("button", { name: /doors-02/ });
  await expect(item).toContainText("profile");
  await expect(again.getByRole("table").getByRole("row").nth(1)).toContainText("2025-06-02 10:00:00");
  await lookAt("import-profile");
  await again.getByRole("button", { name: "Forget the profile" }).click();
  await expect(again.getByRole("button", { name: /^Delimiter/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
});

test("a member of the case is imported again with other choices, and replaced in one step", async () => {
  const { page } = exhibit;
  await runCommand(page, "Show sources and ledger");
  const panel = page.getByRole("complementary", { name: "Ledger of doors-01.log" });
  await expect(panel.getByText("from seen")).toBeVisible();
  await panel.getByRole("button", { name: "Import again with other choices…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import again" });
  await expect(dialog.getByRole("button", { name: "Delimiter: ~, said by hand" })).toBeVisible();
  await choose(dialog, page, /^Time column/, /^stored/);
  await expect(dialog.getByRole("table").getByRole("row").nth(1)).toContainText("2026-01-01 08:00:00");
  await lookAt("import-again");
  await dialog.getByRole("button", { name: `Replace ${ROWS - 1} entries` }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText("from stored")).toBeVisible({ timeout: 20_000 });
  await expect(panel.locator(".ledger-figure")).toHaveText("100.00 %");
  await expect(seal(page)).toHaveText(/Sealed/);
  await lookAt("evidence-again");
  await page.keyboard.press("Escape");
  await expectMatched(page, ROWS - 1);
});
