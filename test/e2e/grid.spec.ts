import { expect, type Locator, test } from "@playwright/test";
import { entriesOf, exhibitCli } from "./support/cli.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { openSampleCase, type SampleCase } from "./support/sample-case.ts";
import {
  columnValues,
  copied,
  detail,
  grid,
  importEnded,
  openRow,
  runCommand,
  setWindowSize,
} from "./support/workbench.ts";

let sample: SampleCase;
let total: number;
test.beforeAll(async () => {
  sample = await openSampleCase();
  total = entriesOf(sample.imported);
});
test.afterAll(() => sample.close());

/** Visible columns as the settings keep them for the one case there is. */
async function keptColumns({ page }: Exhibit): Promise<readonly string[]> {
  const settings = await page.evaluate(() => window.exhibit.readSettings());
  // Written by the page under test a moment ago.
  const { layouts } = settings as { layouts: Record<string, { columns: { name: string; visible: boolean }[] }> };
  return Object.values(layouts)[0]?.columns.flatMap(({ name, visible }) => (visible ? [name] : [])) ?? [];
}

const head = (name: string): Locator => sample.exhibit.page.locator(`[role=columnheader][data-column="${name}"]`);
const heads = (): Promise<readonly string[]> =>
  sample.exhibit.page
    .locator("[role=columnheader]")
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["column"] ?? ""));

/** The focused entry stays in sight when the order changes, so the first row is gone to. */
async function expectFirstRow(field: string, text: string): Promise<void> {
  const { page } = sample.exhibit;
  await grid(page).focus();
  await page.keyboard.press("Control+Home");
  await expect(grid(page).locator(`[data-row='0'] [data-column=${field}]`)).toContainText(text);
}

test("says its true size, and the keys reach the last row and the first", async () => {
  const { page } = sample.exhibit;
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(total + 1));
  await grid(page).focus();
  await page.keyboard.press("Control+End");
  const last = grid(page).locator(`[data-row="${total - 1}"]`);
  await expect(last).toHaveAttribute("aria-selected", "true");
  await expect(last).toHaveAttribute("aria-rowindex", String(total + 1));
  await expect(last).toBeInViewport();
  await expect(last.locator("[data-column=time]")).toContainText("no time");
  await page.keyboard.press("PageUp");
  await expect(last).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("Control+Home");
  await expect(grid(page).locator("[data-row='0']")).toHaveAttribute("aria-selected", "true");
});

test("the wheel moves through all rows", async () => {
  const { page } = sample.exhibit;
  await grid(page).hover();
  await page.mouse.wheel(0, 100_000);
  await expect(grid(page).locator(`[data-row="${total - 1}"]`)).toBeInViewport();
  await page.mouse.wheel(0, -100_000);
  await expect(grid(page).locator("[data-row='0']")).toBeInViewport();
});

test("every row has the values of the command line, in its order", async () => {
  const { page } = sample.exhibit;
  const lines = (await exhibitCli("query", sample.file, "", "--as", "jsonl", "--limit", "20")).trim().split("\n");
  const expected = lines.map((line) => JSON.parse(line) as { actor?: string; action?: string });
  const shown = { actor: await columnValues(page, "actor"), action: await columnValues(page, "action") };
  expect(shown.actor.slice(0, 20)).toEqual(expected.map(({ actor }) => actor ?? ""));
  expect(shown.action.slice(0, 20)).toEqual(expected.map(({ action }) => action ?? ""));
});

test("a press on a head sorts, another turns it round", async () => {
  await head("time").getByRole("button").click();
  await expect(head("time")).toHaveAttribute("aria-sort", "descending");
  await expectFirstRow("time", "03-18");
  await head("actor").getByRole("button").click();
  await expect(head("actor")).toHaveAttribute("aria-sort", "ascending");
  await expectFirstRow("actor", "alice");
  await head("time").getByRole("button").click();
  await expect(head("time")).toHaveAttribute("aria-sort", "ascending");
  await expectFirstRow("time", "03-17");
});

test("cells are walked and copied by keys; Enter opens the detail, Escape comes back", async () => {
  const { page } = sample.exhibit;
  await openRow(page, 3);
  await grid(page).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+c");
  await expect.poll(() => copied(sample.exhibit)).toMatch(/^2026-03-17 00:00:01\.082 \+00:00\t.*backup-check$/);
  await page.keyboard.press("F2");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+c");
  await expect.poll(() => copied(sample.exhibit)).toBe("/usr/local/bin/backup-check");
  await page.keyboard.press("Enter");
  await expect(detail(page).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(grid(page)).toBeFocused();
});

test("columns are moved, resized, hidden and shown, by keys and by mouse", async () => {
  const { page } = sample.exhibit;
  const first = await heads();
  await head("actor").getByRole("button").focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(heads).toEqual(["time", "source", "actor", "outcome", ...first.slice(4)]);
  const width = (await head("actor").boundingBox())?.width ?? 0;
  await page.keyboard.press("Shift+Alt+ArrowRight");
  await expect.poll(async () => (await head("actor").boundingBox())?.width).toBe(width + 16);
  await head("source").getByRole("button").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide this column" }).click();
  await expect(head("source")).toHaveCount(0);
  await runCommand(page, "Choose columns");
  const dialog = page.getByRole("dialog", { name: "Columns" });
  await dialog.getByRole("searchbox", { name: "Find a field" }).fill("session");
  await dialog.getByRole("button", { name: "Show Session", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(head("session")).toBeVisible();
});

test("the layout is there again after a restart", async () => {
  const { exhibit, file } = sample;
  const before = await heads();
  const width = (await head("actor").boundingBox())?.width;
  await expect.poll(() => keptColumns(exhibit)).toEqual(before);
  await exhibit.app.close();
  const again = await launchExhibit({ userData: exhibit.userData, args: [file] });
  sample = { ...sample, exhibit: again };
  await setWindowSize(again, 1440, 900);
  await importEnded(again.page);
  await expect.poll(heads).toEqual(before);
  expect((await head("actor").boundingBox())?.width).toBe(width);
  expect(again.complaints).toEqual([]);
});
