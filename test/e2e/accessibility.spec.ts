import { expect, test } from "@playwright/test";
import { answerSaveDialog } from "./support/dialogs.ts";
import { expectAccessible } from "./support/axe.ts";
import { dropFiles } from "./support/drop.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { allSamples, type Folder, temporaryFolder } from "./support/files.ts";
import {
  chooseTheme,
  clearQuery,
  facet,
  grid,
  importDropped,
  openRow,
  openTab,
  runCommand,
  runQuery,
  setWindowSize,
} from "./support/workbench.ts";

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

const themes = ["Dark", "Light", "High contrast"] as const;

/** What stands open is judged in each theme; the theme is set as the settings would, for a dialog hides the button. */
async function inThemes(of: readonly (typeof themes)[number][] = ["Dark", "Light"]): Promise<void> {
  const { page } = exhibit;
  const before = await page.locator("html").getAttribute("data-theme");
  for (const theme of of) {
    const id = theme.toLowerCase().replace(" ", "-");
    await page.locator("html").evaluate((root, name) => root.setAttribute("data-theme", name), id);
    await expectAccessible(page);
  }
  await page.locator("html").evaluate((root, name) => root.setAttribute("data-theme", name ?? ""), before);
}

test("first run", () => inThemes(themes));

test("import dialog", async () => {
  const { page } = exhibit;
  await dropFiles(page, allSamples);
  const dialog = page.getByRole("dialog", { name: "Add evidence" });
  await expect(dialog.getByRole("table")).toBeVisible();
  await inThemes();
  for (const mode of ["Raw", "Columns"]) {
    await dialog.getByRole("radio", { name: mode }).click();
    await inThemes();
  }
  await page.keyboard.press("Escape");
});

test("main window, with a focused entry and each tab of its detail", async () => {
  const { page } = exhibit;
  await importDropped(page, allSamples);
  await runQuery(page, "outcome:fail");
  await facet(page, /^root\b/).click();
  await openRow(page, 0);
  for (const theme of themes) {
    await chooseTheme(page, theme);
    await openTab(page, "Fields");
    await expectAccessible(page);
  }
  for (const tab of ["Raw", "Interpreted", "Records"] as const) {
    await openTab(page, tab);
    await inThemes();
  }
  await clearQuery(page);
});

test("main window in its least size", async () => {
  await setWindowSize(exhibit, 1024, 640);
  await inThemes();
  await setWindowSize(exhibit, 1440, 900);
});

test("evidence and rejects", async () => {
  const { page } = exhibit;
  await runCommand(page, "Show sources and ledger");
  await expect(page.getByRole("region", { name: "Ledger" })).toBeVisible();
  await inThemes();
  await runCommand(page, "Show rejects");
  await expect(page.getByRole("grid", { name: "Rejects" })).toBeVisible();
  await inThemes();
  await page.keyboard.press("Escape");
  await expect(grid(page)).toBeVisible();
});

test("zero results and a mistake in the query", async () => {
  const { page } = exhibit;
  await runQuery(page, "zebra");
  await expect(page.getByRole("heading", { name: "No entry matches" })).toBeVisible();
  await inThemes();
  await runQuery(page, "actor:(");
  await expect(page.locator("#query-notes")).toContainText("Column");
  await inThemes();
  await clearQuery(page);
});

test("palette, zones, columns, keys and explain", async () => {
  const { page } = exhibit;
  await page.keyboard.press("Control+Shift+P");
  await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
  await inThemes();
  await page.keyboard.press("Escape");
  for (const [command, title] of [
    ["Time zone", "Time zone"],
    ["Choose columns", "Columns"],
    ["Keyboard help", "Keyboard"],
    ["Explain the query", "Explain"],
  ] as const) {
    await runCommand(page, command);
    await expect(page.getByRole("dialog", { name: title })).toBeVisible();
    await inThemes();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
});

test("export dialog, before and after", async () => {
  const { page, app } = exhibit;
  await answerSaveDialog(app, folder.in("a.csv"));
  await page.keyboard.press("Control+e");
  const dialog = page.getByRole("dialog", { name: "Export" });
  await expect(dialog.getByRole("group", { name: "Exact bytes" })).not.toBeEmpty();
  await inThemes();
  await dialog.getByRole("button", { name: /^Export [\d\s]+ entries/ }).click();
  await expect(dialog.locator(".export-done")).toBeVisible();
  await inThemes();
  await dialog.getByRole("button", { name: "Done" }).click();
  expect(exhibit.complaints).toEqual([]);
});
