import { expect, type Page, test } from "@playwright/test";
import { writeFile } from "node:fs/promises";
import { importByCli } from "./support/cli.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { copied, detail, expectMatched, importEnded, openRow, openTab, setWindowSize } from "./support/workbench.ts";

const MEGABYTE = 1_000_000;
const oneLine = `start ${"x".repeat(MEGABYTE - 10)} end`;
const manyLines = Array.from({ length: 20_000 }, (_, at) => `line ${at} ${"y".repeat(40)}`).join("\n");

let exhibit: Exhibit;
let folder: Folder;
let page: Page;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  const record = (second: number, stacktrace: string): string =>
    `${JSON.stringify({
      id: `12fbc888-2749-4024-a004-00000000000${second}`,
      created_at: `2025-03-01T08:00:0${second}Z`,
      hostname: "aqg-01",
      level: "error",
      log_type: "application",
      pid: 1,
      message: "failed",
      stacktrace,
    })}\n`;
  await writeFile(folder.in("guard.log"), record(1, oneLine) + record(2, manyLines));
  const file = folder.in("long.exhibit");
  await importByCli(file, [folder.in("guard.log")]);
  exhibit = await launchExhibit({ args: [file] });
  page = exhibit.page;
  await setWindowSize(exhibit, 1440, 900);
  await importEnded(page);
  await expectMatched(page, 2);
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

/** The longest time in ms that the page answered nobody while `work` went on. */
async function longestStill(work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const still = { longest: 0, last: performance.now() };
    Object.assign(globalThis, { still });
    const timer = setInterval(() => {
      const now = performance.now();
      still.longest = Math.max(still.longest, now - still.last);
      still.last = now;
    }, 5);
    Object.assign(globalThis, { endStill: () => clearInterval(timer) });
  });
  await work();
  return page.evaluate(() => {
    const { still, endStill } = globalThis as unknown as { still: { longest: number }; endStill(): void };
    endStill();
    return still.longest;
  });
}

for (const [row, text, size] of [
  [0, oneLine, "1 line"],
  [1, manyLines, "20\\D?000 lines"],
] as const) {
  test(`a value of a megabyte in ${size.replace("\\D?", " ")} opens without a halt, and is copied whole`, async () => {
    const longest = await longestStill(async () => {
      await openRow(page, row);
      const panel = detail(page).getByRole("region", { name: "Stack trace" });
      await expect(panel).toContainText(new RegExp(`${size}, `));
      await panel.getByRole("button", { name: "Show the stack trace" }).click();
      await expect(panel.getByRole("group", { name: "the stack trace" })).toContainText(text.slice(0, 30));
      await openTab(page, "Records");
      await openTab(page, "Raw");
      await openTab(page, "Interpreted");
      await openTab(page, "Fields");
      const field = detail(page).getByRole("option", { name: /^stacktrace/ });
      await field.click();
      await page.keyboard.press("Space");
      await expect(detail(page).locator(".detail-text").first()).toContainText(text.slice(0, 30));
    });
    // A shared machine halts by itself, too; a page that lays out a megabyte at once halts for seconds.
    expect(longest).toBeLessThan(1500);
    await page.keyboard.press("Control+c");
    await expect.poll(async () => (await copied(exhibit)) === text).toBe(true);
    await page.keyboard.press("Space");
  });
}
