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

await run(process.argv.at(-1) ?? "");

async function run(file: string): Promise<void> {
  const folder = await temporaryFolder();
  const exhibit = await launchExhibit();
  const memory = watchMemory(exhibit.app.process().pid ?? 0);
  try {
    await setWindowSize(exhibit, 1440, 900);
    await exhibit.page.waitForFunction(() => performance.now() > 2000);
    for (const [name, step] of steps(exhibit, folder, file)) await measured(exhibit, name, step);
  } catch (error) {
    failed(error instanceof Error ? (error.message.split("\n\n")[0] ?? "") : String(error));
    await picture(exhibit, "million-failed");
  } finally {
    const { resident, proportional } = memory.peak();
    await memory.stop();
    say(`\nPeak memory of all processes: ${mebibytes(resident)} resident, ${mebibytes(proportional)} with shared pages counted once`);
    close(exhibit.complaints);
    await exhibit.close();
    await folder.remove();
  }
}

type Step = () => Promise<void>;

function steps(exhibit: Exhibit, folder: Folder, file: string): readonly (readonly [string, Step])[] {
  const { page } = exhibit;
  return [
    ["look at it", async () => void (await dropAndLook(page, [file]))],
    ["import", () => importWhole(exhibit)],
    ["scroll to the last row", () => toLastRow(exhibit)],
    ["filter by a facet", async () => {
      const { total } = await counts(page);
      await facet(page, /^fail\b/).click();
      await expect.poll(async () => (await counts(page)).matched).toBeLessThan(total);
    }],
    ["filter by words", async () => {
      const { matched } = await counts(page);
      await runQuery(page, "root");
      await expect.poll(async () => (await counts(page)).matched).toBeLessThan(matched);
    }],
    ["export", () => exportRows(exhibit, folder.in("out.csv"))],
  ];
}

/** Runs a step, then says how long it took and what it asked of the page. */
async function measured({ page }: Exhibit, name: string, step: Step): Promise<void> {
  const watch = await watchTasks(page);
  const start = performance.now();
  await step();
  const seconds = (performance.now() - start) / 1000;
  const tasks = await watch.stop();
  say(`${name}: ${seconds.toFixed(1)} s; ${tasksText(tasks)}`);
  check("longest task within 50 ms", (tasks[0]?.ran ?? 0) <= LONGEST_MS, true);
}

async function importWhole(exhibit: Exhibit): Promise<void> {
  const { page } = exhibit;
  await page.getByRole("button", { name: /^Import 1/ }).click();
  await expect(grid(page)).toBeVisible({ timeout: 60_000 });
  await picture(exhibit, "million-importing");
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
  await picture(exhibit, "million-last-row");
}

async function exportRows(exhibit: Exhibit, target: string): Promise<void> {
  const { page, app } = exhibit;
  const { matched } = await counts(page);
  await answerSaveDialog(app, target);
  await page.keyboard.press("Control+e");
  const dialog = page.getByRole("dialog", { name: "Export" });
  await dialog.getByRole("button", { name: /^Export [\d\s]+ entr/ }).click();
  const done = dialog.locator(".export-done");
  await expect(done).toBeVisible({ timeout: 300_000 });
  const text = await done.innerText();
  check("rows written", readCount(/^([\d\s\u202f]+)/.exec(text)?.[1] ?? ""), matched);
  check(`lines of ${basename(target)}`, (await linesOf(target)) - 1, matched);
  check("sha256", /\b[0-9a-f]{64}\b/.exec(text)?.[0], await sha256Of(target));
  await picture(exhibit, "million-exported");
  await dialog.getByRole("button", { name: "Done" }).click();
}

async function linesOf(path: string): Promise<number> {
  let lines = 0;
  for await (const _ of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) lines++;
  return lines;
}

const mebibytes = (bytes: number): string => `${figure(Math.round(bytes / MIB))} MiB`;
