import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { once } from "node:events";
import { expect, test } from "@playwright/test";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, samples, temporaryFolder } from "./support/files.ts";
import { tasksText, watchTasks } from "./support/long-tasks.ts";
import { slowness } from "./support/page-speed.ts";
import { counts, expectMatched, grid, importDropped, runQuery, setWindowSize } from "./support/workbench.ts";

/** Lines of the log: 22 times the sample, each time on another day. */
const TIMES = 22;
/** A task that runs longer than this is felt; on a slower machine than that of the limit, in proportion. */
const LONGEST_MS = 50;

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  await writeLongLog(folder.in("long.log"));
  exhibit = await launchExhibit();
  await setWindowSize(exhibit, 1440, 900);
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

async function writeLongLog(path: string): Promise<void> {
  const text = await readFile(samples.audit, "utf8");
  const out = createWriteStream(path);
  for (let day = 0; day < TIMES; day++) {
    const later = text.replaceAll(/audit\((\d{10})\./g, (_, at: string) => `audit(${Number(at) + day * 172_800}.`);
    if (!out.write(later)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

test("the watch sees a task of the page that is too long, and not what the test asks of it", async () => {
  const { page } = exhibit;
  const busy = (ms: number): void => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };
  const asked = await watchTasks(page);
  await page.evaluate(busy, 120);
  expect((await asked.stop())[0]?.ran ?? 0).toBeLessThan(100);
  const own = await watchTasks(page);
  await page.evaluate(`new Promise((resolve) => setTimeout(() => resolve((${String(busy)})(120))))`);
  expect((await own.stop())[0]?.wall).toBeGreaterThanOrEqual(120);
});

test("no task of the page is felt while 60 000 lines are imported, filtered and scrolled through", async () => {
  test.setTimeout(120_000);
  const { page } = exhibit;
  await expect(page.getByRole("button", { name: "Choose files" })).toBeFocused();
  // The start of the page itself is not what is measured.
  await page.waitForFunction(() => performance.now() > 2000);
  const slower = await slowness(page);
  const watch = await watchTasks(page);
  await importDropped(page, [folder.in("long.log")], 90_000);
  const { total } = await counts(page);
  expect(total).toBeGreaterThan(25_000);
  await grid(page).focus();
  await page.keyboard.press("Control+End");
  await expect(grid(page).locator(`[data-row="${total - 1}"]`)).toHaveAttribute("aria-selected", "true");
  await grid(page).hover();
  for (let turn = 0; turn < 40; turn++) await page.mouse.wheel(0, turn % 8 === 7 ? 60_000 : -4_000);
  await page.keyboard.press("Control+Home");
  await runQuery(page, "outcome:fail actor:root");
  await expect.poll(async () => (await counts(page)).matched).toBeLessThan(total);
  await runQuery(page, "");
  await expectMatched(page, total);
  const tasks = await watch.stop();
  console.log(tasksText(tasks));
  expect(tasks[0]?.ran ?? 0).toBeLessThanOrEqual(LONGEST_MS * slower);
  expect(exhibit.complaints).toEqual([]);
});
