/** What a person does in the window and reads from it, by the names that a screen reader says. */
import { expect, type Locator, type Page } from "@playwright/test";
import { dropFiles } from "./drop.ts";
import type { Exhibit } from "./exhibit.ts";

const GAP = /[\u202f\u00a0\s]/g;

/** 1569 as the window writes it, with narrow gaps between the thousands. */
const shownCount = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** Finds such a figure in an accessible name, where every gap is a blank. */
export const shownPattern = (value: number): string => shownCount(value).replaceAll("\u202f", "\\s");

/** A figure as shown, as a number. */
export const readCount = (text: string): number => Number(text.replace(GAP, ""));

/** The page of the real window at this size; Playwright's own viewport would leave the window as it was. */
export async function setWindowSize({ app, page }: Exhibit, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const);
  await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height]);
}

/** Runs a command of the palette by its title. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("Control+Shift+P");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await palette.getByRole("combobox").fill(title);
  await palette.getByRole("option", { name: title }).first().waitFor();
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "detached" });
}

export async function chooseTheme(page: Page, title: "Dark" | "Light" | "High contrast"): Promise<void> {
  await page.getByRole("button", { name: "Theme", exact: true }).click();
  await page.getByRole("menuitem", { name: title }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", title.toLowerCase().replace(" ", "-"));
}

/** Drops files and waits until the dialog says what they are. */
export async function dropAndLook(page: Page, paths: readonly string[]): Promise<Locator> {
  await page.getByRole("main").waitFor();
  await dropFiles(page, paths);
  const dialog = page.getByRole("dialog", { name: "Add evidence" });
  await dialog.getByRole("button", { name: /^Import \d/ }).waitFor();
  return dialog;
}

/** Drops files, confirms, and waits until all of them are in the case. */
export async function importDropped(page: Page, paths: readonly string[], timeout = 30_000): Promise<void> {
  const before = await sourceCount(page);
  const dialog = await dropAndLook(page, paths);
  const button = dialog.getByRole("button", { name: /^Import \d/ });
  const added = Number.parseInt((await button.innerText()).replace(/^\D+/, ""), 10);
  await button.click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => sourceCount(page), { timeout }).toBe(before + added);
  await importEnded(page, timeout);
}

/** The sidebar's "Sources 3"; 0 where there is none. */
async function sourceCount(page: Page): Promise<number> {
  const head = page.getByRole("heading", { name: /^Sources/ });
  return (await head.count()) === 0 ? 0 : readCount((await head.innerText()).replace("Sources", ""));
}

export const seal = (page: Page): Locator => page.getByRole("banner").locator(".seal");

/** No import runs any more, and the newest entries are shown. */
export async function importEnded(page: Page, timeout = 30_000): Promise<void> {
  await expect(seal(page)).toHaveText(/Sealed|Incomplete/, { timeout });
  await expect(page.getByText(/still arriving/)).toBeHidden({ timeout });
}

export const queryField = (page: Page): Locator => page.getByRole("textbox", { name: "Query" });

export async function runQuery(page: Page, text: string): Promise<void> {
  await queryField(page).fill(text);
  await page.keyboard.press("Enter");
}

/** Back to all entries, whatever restricted them. */
export async function clearQuery(page: Page): Promise<void> {
  await runCommand(page, "Clear the query");
  await expect(queryField(page)).toHaveValue("");
}

const countsButton = (page: Page): Locator => page.getByRole("contentinfo").getByRole("button", { name: / of / });

/** Matching and all entries, as the status bar says. */
export async function counts(page: Page): Promise<{ readonly matched: number; readonly total: number }> {
  const found = /^([\d\s]+)of([\d\s]+)/.exec(await countsButton(page).innerText());
  return { matched: readCount(found?.[1] ?? "NaN"), total: readCount(found?.[2] ?? "NaN") };
}

/** Waits until the status bar and the grid both say this many entries match. */
export async function expectMatched(page: Page, matched: number): Promise<void> {
  await expect.poll(async () => (await counts(page)).matched).toBe(matched);
  if (matched > 0) await expect(grid(page)).toHaveAttribute("aria-rowcount", String(matched + 1));
}

export const grid = (page: Page): Locator => page.getByRole("grid");

/** Values of one column of the rows on screen. */
export async function columnValues(page: Page, field: string): Promise<readonly string[]> {
  await expect(grid(page).locator(".grid-waiting")).toHaveCount(0);
  const values = await grid(page).locator(`[role=gridcell][data-column="${field}"]`).allInnerTexts();
  return values.map((value) => value.trim());
}

/** Focuses a row of the screen and waits for its detail. */
export async function openRow(page: Page, index: number): Promise<void> {
  const row = grid(page).locator(`[data-row="${index}"]`);
  await expect(row).toHaveAttribute("id", /^entry-/);
  await row.locator("[data-column=time]").click();
  await expect(row).toHaveAttribute("aria-selected", "true");
  const id = (await row.getAttribute("id"))?.replace("entry-", "");
  await expect(detail(page).getByText(`e ${id}`, { exact: true })).toBeVisible();
}

export const detail = (page: Page): Locator => page.getByRole("complementary", { name: "Detail of the focused entry" });

export async function openTab(page: Page, name: "Fields" | "Raw" | "Interpreted" | "Records"): Promise<void> {
  const tab = detail(page).getByRole("tab", { name });
  await tab.click();
  await expect(tab).toHaveAttribute("aria-selected", "true");
}

export const facet = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("tree", { name: "Facets" }).getByRole("treeitem", { name });

/** Picks a zone from the dialog of the status bar. */
export async function chooseZone(page: Page, zone: string): Promise<void> {
  await page
    .getByRole("contentinfo")
    .getByRole("button", { name: /change the time zone/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "Time zone" });
  await dialog.getByRole("combobox").fill(zone);
  await dialog.getByRole("option", { name: zone }).first().click();
  await expect(dialog).toBeHidden();
}

/** What was last copied. */
export function copied({ app }: Exhibit): Promise<string> {
  return app.evaluate(({ clipboard }) => clipboard.readText());
}
