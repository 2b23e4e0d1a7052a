import { expect, test } from "@playwright/test";
import { countByCli, entriesOf } from "./support/cli.ts";
import { openSampleCase, type SampleCase } from "./support/sample-case.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { clearQuery, columnValues, expectMatched, facet, grid, queryField, runQuery } from "./support/workbench.ts";

let sample: SampleCase;
let total: number;
test.beforeAll(async () => {
  sample = await openSampleCase();
  total = entriesOf(sample.imported);
});
test.afterAll(() => sample.close());
test.afterEach(() => clearQuery(sample.exhibit.page));

const count = (query: string): Promise<number> => countByCli(sample.file, query);

test("a press on a facet includes its value, another takes it back, Alt excludes it", async () => {
  const { page } = sample.exhibit;
  await facet(page, /^fail\b/).click();
  await expectMatched(page, await count("outcome=fail"));
  await expect(page.getByRole("group", { name: "Conditions" })).toContainText("fail");
  expect(new Set(await columnValues(page, "outcome"))).toEqual(new Set(["fail"]));
  await facet(page, /^fail\b/).click();
  await expectMatched(page, total);
  await facet(page, /^fail\b/).click({ modifiers: ["Alt"] });
  await expectMatched(page, await count("NOT outcome=fail"));
});

test("facets by keys: arrows, Enter includes, x excludes", async () => {
  const { page } = sample.exhibit;
  await page.getByRole("tree", { name: "Facets" }).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expectMatched(page, await count("outcome=success"));
  await page.keyboard.press("x");
  await expectMatched(page, await count("NOT outcome=success"));
});

/** All entries again; the one in focus stays where it was on screen, so the first row is gone to. */
async function toFirstRow(): Promise<void> {
  const { page } = sample.exhibit;
  await clearQuery(page);
  await expectMatched(page, total);
  await grid(page).focus();
  await page.keyboard.press("Control+Home");
}

test("a value of the grid is included and excluded by mouse, by key and by menu", async () => {
  const { page } = sample.exhibit;
  const cell = grid(page).locator("[data-row='0'] [data-column=actor]");
  await toFirstRow();
  const actor = (await cell.innerText()).trim();
  await cell.click({ modifiers: ["Control"] });
  await expectMatched(page, await count(`actor="${actor}"`));
  await toFirstRow();
  await cell.click({ modifiers: ["Alt"] });
  await expectMatched(page, await count(`NOT actor="${actor}"`));
  await toFirstRow();
  await cell.click();
  await page.keyboard.press("i");
  await expectMatched(page, await count(`actor="${actor}"`));
  await cell.click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Not actor/i }).click();
  await expectMatched(page, await count(`NOT actor="${actor}"`));
});

const texts = [
  "root",
  '"session_open"',
  "outcome:fail AND actor:alice",
  "actor:(bob, carol) -action:executed",
  "missing:actor",
  "time>=2026-03-18",
];
for (const text of texts) {
  test(`typed text: ${text}`, async () => {
    const { page } = sample.exhibit;
    const expected = await count(text);
    await page.keyboard.press("Control+L");
    await expect(queryField(page)).toBeFocused();
    await runQuery(page, text);
    await expectMatched(page, expected);
    expect(expected).toBeLessThan(total);
  });
}

test("a mistake is said with its column, and the last result stays", async () => {
  const { page } = sample.exhibit;
  await runQuery(page, "outcome:fail");
  const matched = await count("outcome:fail");
  await expectMatched(page, matched);
  await runQuery(page, "outcome:fail AND (actor:root");
  const note = page.locator("#query-notes");
  await expect(note).toContainText(/Column \d+: /);
  await expect(queryField(page)).toHaveAttribute("aria-invalid", "true");
  await expect(queryField(page)).toHaveAttribute("aria-describedby", "query-notes");
  await expectMatched(page, matched);
  await keepScreenshot(page, "query-mistake");
  await runQuery(page, "outcom:fail");
  await expect(note).toContainText("Column 1: ");
  await note.getByRole("button", { name: "outcome", exact: true }).click();
  await expect(queryField(page)).toHaveValue("outcome:fail");
  await page.keyboard.press("Enter");
  await expectMatched(page, matched);
});

test("chips are walked, switched off and removed by keys", async () => {
  const { page } = sample.exhibit;
  await facet(page, /^fail\b/).click();
  await facet(page, /^root\b/).click();
  const both = await count("outcome=fail AND actor=root");
  await expectMatched(page, both);
  await queryField(page).focus();
  await page.keyboard.press("ArrowLeft");
  const chips = page.getByRole("group", { name: "Conditions" });
  await expect(chips.getByRole("button", { name: /actor.*root/ }).first()).toBeFocused();
  await page.keyboard.press("Space");
  await expectMatched(page, await count("outcome=fail"));
  await page.keyboard.press("Space");
  await expectMatched(page, both);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  await expectMatched(page, await count("actor=root"));
  await expect(chips.locator("[data-chip]")).toHaveCount(1);
});

test("queries before and after come back", async () => {
  const { page } = sample.exhibit;
  await runQuery(page, "outcome:fail");
  await expectMatched(page, await count("outcome:fail"));
  await grid(page).focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await expectMatched(page, total);
  await page.keyboard.press("Alt+ArrowRight");
  await expectMatched(page, await count("outcome:fail"));
});

test("nothing found: what each condition did, and one press that brings rows back", async () => {
  const { page } = sample.exhibit;
  await facet(page, /^fail\b/).click();
  await runQuery(page, "zebra");
  await expectMatched(page, 0);
  await expect(page.getByRole("heading", { name: "No entry matches all 2 conditions" })).toBeVisible();
  await keepScreenshot(page, "zero-results");
  const remove = page.getByRole("button", { name: /^Remove, show/ });
  // Who is still writing keeps the place to write.
  await expect(queryField(page)).toBeFocused();
  await remove.press("Enter");
  await expectMatched(page, await count("outcome=fail"));
  expect(sample.exhibit.complaints).toEqual([]);
});
