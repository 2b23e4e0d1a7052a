import { expect, type Locator, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { chooseTheme, runCommand, setWindowSize } from "./support/workbench.ts";

let exhibit: Exhibit;
test.beforeAll(async () => {
  exhibit = await launchExhibit();
});
test.afterAll(() => exhibit.close());

async function openAbout(): Promise<Locator> {
  await runCommand(exhibit.page, "About Exhibit");
  const dialog = exhibit.page.getByRole("dialog", { name: "About Exhibit" });
  await dialog.getByRole("listbox").waitFor();
  return dialog;
}

for (const [theme, width, height] of [
  ["Dark", 1440, 900],
  ["Light", 1440, 900],
  ["Dark", 1024, 640],
  ["Light", 1024, 640],
  ["High contrast", 1440, 900],
] as const) {
  test(`the About dialog is readable in ${theme.toLowerCase()} at ${width} × ${height}`, async () => {
    const { page } = exhibit;
    await setWindowSize(exhibit, width, height);
    await chooseTheme(page, theme);
    const dialog = await openAbout();
    await expect(dialog.getByRole("searchbox")).toBeFocused();
    await expect(dialog.getByRole("listbox")).toBeInViewport({ ratio: 1 });
    const text = dialog.getByRole("region", { name: /^Licence of Exhibit/ });
    await expect(text).toBeInViewport({ ratio: 1 });
    // 80 columns, as licences are written.
    expect((await text.boundingBox())?.width).toBeGreaterThan(600);
    await expectAccessible(page);
    await keepScreenshot(page, `about-${theme.toLowerCase().replace(" ", "-")}-${width}`);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });
}

test("every part is found by a word, with its licence in full, by keys alone", async () => {
  const { page } = exhibit;
  const dialog = await openAbout();
  await expect(dialog.getByText(/^version \d+\.\d+\.\d+, works without a network$/)).toBeVisible();
  await expect(dialog.getByRole("region", { name: /^Licence of Exhibit/ })).toContainText("Apache License");
  for (const [name, licence, words] of [
    ["Electron", "MIT", "Electron contributors"],
    ["@fontsource-variable/inter", "OFL-1.1", "SIL OPEN FONT LICENSE"],
    ["better-sqlite3", "MIT", "Joshua Wise"],
    ["SQLite", "Public domain", "May you do good and not evil"],
    ["V8 JavaScript Engine", "see its text", "Redistribution and use"],
    ["Node.js", "see its text", "Node.js contributors"],
  ] as const) {
    await dialog.getByRole("searchbox").fill(name);
    const part = dialog.getByRole("option").filter({ hasText: licence }).first();
    await part.click();
    await expect(part).toHaveAttribute("aria-selected", "true");
    await expect(dialog.getByRole("region", { name: new RegExp(`^Licence of ${name}`) })).toContainText(words);
  }
  await dialog.getByRole("searchbox").fill("no such part anywhere");
  await expect(dialog.getByRole("status")).toHaveText("No part has these words");
  await dialog.getByRole("searchbox").fill("react");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
});

test("the keyboard help leads to it", async () => {
  const { page } = exhibit;
  await page.getByRole("button", { name: "Keyboard help" }).click();
  await page.getByRole("button", { name: "About Exhibit" }).click();
  await expect(page.getByRole("dialog", { name: "About Exhibit" }).getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(exhibit.complaints).toEqual([]);
});
