import { readFile, rm, writeFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { allSamples, type Folder, samples, temporaryFolder } from "./support/files.ts";
import { processTree } from "./support/process-tree.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import {
  columnValues,
  counts,
  detail,
  dropAndLook,
  expectMatched,
  grid,
  importDropped,
  openRow,
  runQuery,
  seal,
} from "./support/workbench.ts";

// The case of one test is gone on with in the next.
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

const BACK = /engine of Exhibit ended unexpectedly and was started again/;
const banner = (page: Page) => page.locator(".error-panel").filter({ hasText: "engine of Exhibit ended" });

async function enginePid({ app }: Exhibit): Promise<number | undefined> {
  const pid = app.process().pid;
  if (pid === undefined) throw new Error("the app has no process");
  const tree = await processTree(pid);
  return tree.find(({ command }) => command.includes("node.mojom.NodeService"))?.pid;
}

/** Ends the process that holds the case, as a fault in it would: at once and without a word. */
async function killEngine(exhibit: Exhibit): Promise<number> {
  const pid = await enginePid(exhibit);
  if (pid === undefined) throw new Error("no engine runs");
  process.kill(pid, "SIGKILL");
  return pid;
}

/** Banner and figures may still be those of the last loss: another engine than `killed` must run. */
async function replaced(exhibit: Exhibit, killed: number): Promise<void> {
  await expect.poll(async () => ((await enginePid(exhibit)) ?? killed) !== killed).toBe(true);
}

test("an engine that ends is replaced; case, query and focused entry are where they were", async () => {
  const { page } = exhibit;
  await importDropped(page, allSamples);
  const { total } = await counts(page);
  await runQuery(page, "outcome:success");
  await expect.poll(async () => (await counts(page)).matched).toBeLessThan(total);
  const before = await counts(page);
  await openRow(page, 2);
  const focused = await grid(page).locator("[aria-selected=true]").getAttribute("id");
  const times = (await columnValues(page, "time")).slice(0, 12);

  const first = await killEngine(exhibit);
  await expect(banner(page)).toContainText(BACK);
  await expect(banner(page)).toContainText("already written to the case file are unchanged");
  await expectMatched(page, before.matched);
  expect(await counts(page)).toEqual(before);
  // The banner takes the place of the last rows.
  expect((await columnValues(page, "time")).slice(0, 12)).toEqual(times);
  await expect(grid(page).locator("[aria-selected=true]")).toHaveAttribute("id", focused ?? "");
  await expect(detail(page).getByText(`e ${focused?.replace("entry-", "")}`, { exact: true })).toBeVisible();
  await expect(seal(page)).toHaveText(/Sealed/);
  await expectAccessible(page);
  await keepScreenshot(page, "engine-replaced");

  // The new engine answers, and another loss is survived as well.
  await runQuery(page, "");
  await expectMatched(page, total);
  const second = await killEngine(exhibit);
  expect(second).not.toBe(first);
  await replaced(exhibit, second);
  await expectMatched(page, total);
  await banner(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(banner(page)).toBeHidden();
});

test("an import that was running is shown as incomplete, and can be done again", async () => {
  const { page } = exhibit;
  const { total } = await counts(page);
  const big = folder.in("big.log");
  const text = await readFile(samples.audit);
  await writeFile(big, Buffer.concat(Array.from({ length: 400 }, () => text)));
  const dialog = await dropAndLook(page, [big]);
  await dialog.getByRole("button", { name: /^Import 1/ }).click();
  await expect(seal(page)).toHaveText(/Importing/);
  await expect(page.getByText(/entries so far/)).toBeVisible();
  await killEngine(exhibit);

  await expect(banner(page)).toContainText(BACK);
  await expect(page.getByRole("alert").getByText(/^Import cut off: 0 of 1 source imported/)).toBeVisible();
  await expect(seal(page)).toHaveText(/Incomplete/);
  const sources = page.getByRole("complementary", { name: "Sources and facets" });
  await expect(sources.getByRole("button", { name: /big\.log.*incomplete/ })).toBeVisible();
  await expect(page.getByText(/still arriving/)).toBeHidden();
  expect((await counts(page)).total).toBeGreaterThanOrEqual(total);

  await page.getByRole("alert").getByRole("button", { name: "Show the sources" }).click();
  await page.getByRole("row", { name: /big\.log/ }).click();
  await expect(page.getByText(/was interrupted before its end/)).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, "import-cut-off");
  await page.getByRole("button", { name: "Import again" }).click();
  await expect(seal(page)).toHaveText(/Sealed/, { timeout: 120_000 });
  await expect(page.getByRole("row", { name: /big\.log.*100\.00/ })).toHaveCount(1);
  expect(exhibit.complaints).toEqual([]);
});

test("a file that is gone cannot be read again: it says so, offers to choose one, and can be removed", async () => {
  await startAgain();
  const { page } = exhibit;
  await importDropped(page, [samples.air]);
  const lost = folder.in("lost.log");
  const text = await readFile(samples.audit);
  await writeFile(lost, Buffer.concat([Buffer.from("# of its own\n"), ...Array.from({ length: 400 }, () => text)]));
  const dialog = await dropAndLook(page, [lost]);
  await dialog.getByRole("button", { name: /^Import 1/ }).click();
  await expect(seal(page)).toHaveText(/Importing/);
  await killEngine(exhibit);
  await expect(seal(page)).toHaveText(/Incomplete/);
  await expect(banner(page)).toContainText(BACK);
  await rm(lost);
  await page.getByRole("alert").getByRole("button", { name: "Show the sources" }).click();
  await page.getByRole("row", { name: /lost\.log/ }).click();
  await page.getByRole("button", { name: "Import again" }).click();
  const why = page.locator(".source-trouble .error-panel").filter({ hasText: "lost.log" });
  await expect(why.getByRole("button", { name: "Choose the file…" })).toBeVisible();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("row", { name: /lost\.log/ })).toHaveCount(0);
  await expect(seal(page)).toHaveText(/Sealed/);
});

test("engines that keep ending are not started for ever: then a person starts the next", async () => {
  await startAgain();
  const { page } = exhibit;
  await importDropped(page, [samples.air]);
  const { total } = await counts(page);
  for (let times = 1; times <= 3; times += 1) {
    await replaced(exhibit, await killEngine(exhibit));
    await expect(banner(page)).toContainText(BACK);
    await expectMatched(page, total);
  }
  await killEngine(exhibit);
  await expect(banner(page)).toContainText("ended again and again");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Start the engine again" }).click();
  await expect(banner(page)).toContainText(BACK);
  await expectMatched(page, total);
});

/** A window of its own: how often its engine has ended is counted from here. */
async function startAgain(): Promise<void> {
  await exhibit.close();
  exhibit = await launchExhibit();
}
