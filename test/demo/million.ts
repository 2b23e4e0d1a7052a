/*
 * A long log in the real window: imported, scrolled to its last row, filtered, exported. Prints how long each step took,
 * the memory of all processes together, and the longest task of the page. Run by `npm run demo -- --million FILE`.
 */
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "@playwright/test";
import { answerSaveDialog } from "../e2e/support/dialogs.ts";
import { type Exhibit, launchExhibit } from "../e2e/support/exhibit.ts";
import { type Folder, sha256Of, temporaryFolder } from "../e2e/support/files.ts";
import { tasksText, watchTasks } from "../e2e/support/long-tasks.ts";
import {
  counts,
  dropAndLook,
  expectMatched,
  facet,
  grid,
  importEnded,
  readCount,
  runQuery,
  setWindowSize,
} from "../e2e/support/workbench.ts";
import { watchMemory } from "./memory.ts";
import { check, close, failed, figure, picture, say } from "./report.ts";

/** A task of the page that runs longer is felt. */
const LONGEST_MS = 50;
const IMPORT_MS = 600_000;
const MIB = 1024 * 1024;
const mebibytes = (bytes: number): string => `${figure(Math.round(bytes / MIB))} MiB`;

await run(process.argv.at(-1) ?? "");

async function run(file: string): Promise<void> {
  const folder = await temporaryFolder();
  const exhibit = await launchExhibit();
  const memory = watchMemory(exhibit.app.process().pid ?? 0);
  try {
    await setWindowSize(exhibit, 1440, 900);
    await exhibit.page.waitForFunction(() => performance.now() > 2000);
    for (const step of steps(exhibit, folder, file)) await measured(exhibit, step);
  } catch (error) {
    failed(error instanceof Error ? (error.message.split("\n\n")[0] ?? "") : String(error));
    await picture(exhibit, "million-failed");
  } finally {
    const { resident, proportional } = memory.peak();
    await memory.stop();
    say(`\nPeak memory of all processes: ${mebibytes(resident)} resident`);
    say(`  ${mebibytes(proportional)} with shared pages counted once`);
    close(exhibit.complaints);
    await exhibit.close();
    await folder.remove();
  }
}

interface Step {
  readonly name: string;
  readonly act: () => Promise<void>;
  /** Taken afterwards: a picture is work for the page that is not its own. */
  readonly picture?: string;
}

function steps(exhibit: Exhibit, folder: Folder, file: string): readonly Step[] {
  const { page } = exhibit;
  return [
    { name: "look at it", act: async () => void (await dropAndLook(page, [file])) },
    { name: "import, to the first rows", act: () => importFirst(exhibit), picture: "million-importing" },
    { name: "import, the rest", act: () => importRest(exhibit), picture: "million-imported" },
    { name: "scroll to the last row", act: () => toLastRow(exhibit), picture: "million-last-row" },
    { name: "filter by a facet", act: () => narrowed(exhibit, () => facet(page, /^fail\b/).click()) },
    {
      name: "filter by a word",
      act: () => narrowed(exhibit, () => runQuery(page, "root")),
      picture: "million-filtered",
    },
    { name: "open the export", act: () => openExport(exhibit, folder.in("out.csv")) },
    { name: "export", act: () => exportRows(exhibit), picture: "million-exported" },
    { name: "check the file", act: () => checkFile(exhibit, folder.in("out.csv")) },
  ];
}

/** Runs a step, then says how long it took and what it asked of the page. */
async function measured(exhibit: Exhibit, step: Step): Promise<void> {
  const watch = await watchTasks(exhibit.page);
  const start = performance.now();
  await step.act();
  const seconds = (performance.now() - start) / 1000;
  const tasks = await watch.stop();
  say(`${step.name}: ${seconds.toFixed(1)} s; ${tasksText(tasks)}`);
  check("longest task within 50 ms", (tasks[0]?.ran ?? 0) <= LONGEST_MS, true);
  if (step.picture !== undefined) await picture(exhibit, step.picture);
}

/** Waits until fewer entries match than before. */
async function narrowed({ page }: Exhibit, act: () => Promise<void>): Promise<void> {
  const { matched } = await counts(page);
  await act();
  await expect.poll(async () => (await counts(page)).matched, { timeout: 30_000 }).toBeLessThan(matched);
}

async function importFirst({ page }: Exhibit): Promise<void> {
  await page.getByRole("button", { name: /^Import 1/ }).click();
  await expect(grid(page)).toBeVisible({ timeout: 60_000 });
}

async function importRest({ page }: Exhibit): Promise<void> {
  await importEnded(page, IMPORT_MS);
  const { total } = await counts(page);
  say(`  ${figure(total)} entries`);
  await expect(page.getByRole("contentinfo").getByRole("button", { name: /ledger 100\.00 %/ })).toBeVisible();
}

async function toLastRow(exhibit: Exhibit): Promise<void> {
  const { page } = exhibit;
  const { total } = await counts(page);
  await expectMatched(page, total);
  await grid(page).hover();
  for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 40_000);
  await grid(page).focus();
  await page.keyboard.press("Control+End");
  const last = grid(page).locator(`[data-row="${total - 1}"]`);
  await expect(last).toHaveAttribute("aria-selected", "true");
  await expect(last).toBeInViewport();
}

async function openExport({ page, app }: Exhibit, target: string): Promise<void> {
  await answerSaveDialog(app, target);
  await page.keyboard.press("Control+e");
  await expect(page.getByRole("group", { name: "Exact bytes" })).not.toBeEmpty();
}

async function exportRows({ page }: Exhibit): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Export" });
  await dialog.getByRole("button", { name: /^Export [\d\s]+ entr/ }).click();
  await expect(dialog.locator(".export-done")).toBeVisible({ timeout: 300_000 });
}

async function checkFile({ page }: Exhibit, target: string): Promise<void> {
  const { matched } = await counts(page);
  const text = await page.locator(".export-done").innerText();
  check("rows written", readCount(/^([\d\s\u202f]+)/.exec(text)?.[1] ?? ""), matched);
  check(`lines of ${basename(target)}`, (await linesOf(target)) - 1, matched);
  check("sha256", /\b[0-9a-f]{64}\b/.exec(text)?.[0], await sha256Of(target));
}

async function linesOf(path: string): Promise<number> {
  let lines = 0;
  for await (const _ of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    lines++;
  return lines;
}
