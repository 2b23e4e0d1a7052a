import { expect, type Locator, test } from "@playwright/test";
import { entriesOf } from "./support/cli.ts";
import { openSampleCase, type SampleCase } from "./support/sample-case.ts";
import { clearQuery, counts, expectMatched, facet } from "./support/workbench.ts";

let sample: SampleCase;
let total: number;
test.beforeAll(async () => {
  sample = await openSampleCase();
  total = entriesOf(sample.imported);
});
test.afterAll(() => sample.close());
test.afterEach(() => clearQuery(sample.exhibit.page));

const slider = (): Locator => sample.exhibit.page.getByRole("slider", { name: /^Time line/ });

/** Matching entries of all buckets, from the table that says the same as the bars. */
async function inBuckets(): Promise<number> {
  const cells = await sample.exhibit.page
    .getByRole("table", { name: "Entries over time" })
    .locator("tbody td:nth-of-type(1)")
    .allTextContents();
  return cells.reduce((sum, cell) => sum + Number(cell), 0);
}

test("a drag over the bars narrows the time to what was brushed", async () => {
  const { page } = sample.exhibit;
  // All that the drawing shows is there: a plot that is made anew under the hand lets go of the drag.
  await expect(page.getByText("cover", { exact: true })).toBeVisible();
  const box = await slider().boundingBox();
  if (box === null) throw new Error("the time line has no place");
  const y = box.y + 40;
  await page.mouse.move(box.x + box.width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await counts(page)).matched).toBeLessThan(total);
  const { matched } = await counts(page);
  expect(matched).toBeGreaterThan(0);
  await expect.poll(inBuckets).toBe(matched);
  await expect(page.getByRole("button", { name: /All times/ })).toBeHidden();
  await slider().dblclick();
  await expectMatched(page, total);
});

test("the same by keys: move, extend, zoom in, fit", async () => {
  const { page } = sample.exhibit;
  await slider().focus();
  await page.keyboard.press("Home");
  for (let step = 0; step < 5; step++) await page.keyboard.press("Shift+PageDown");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await counts(page)).matched).toBeLessThan(total);
  const { matched } = await counts(page);
  await expect.poll(inBuckets).toBe(matched);
  await slider().focus();
  await page.keyboard.press("0");
  await expectMatched(page, total);
});

test("the bar under the cursor is said with its own figures, which follow the filter", async () => {
  const { page } = sample.exhibit;
  await slider().focus();
  await page.keyboard.press("Home");
  const before = await slider().getAttribute("aria-valuetext");
  expect(before).toMatch(/^\d+ of \d+ entries from 17 Mar 2026/);
  await facet(page, /^fail\b/).click();
  await expect(slider()).not.toHaveAttribute("aria-valuetext", before ?? "");
});
