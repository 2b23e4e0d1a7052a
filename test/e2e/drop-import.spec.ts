import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { entriesOf, importByCli, membersOf } from "./support/cli.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { allSamples, type Folder, stateOf, temporaryFolder } from "./support/files.ts";
import {
  counts,
  dropAndLook,
  expectMatched,
  facet,
  importDropped,
  readCount,
  seal,
  shownPattern,
} from "./support/workbench.ts";

// One case grows from test to test.
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

test("a drop shows what each file is and why, before anything is read in", async () => {
  const { page } = exhibit;
  const dialog = await dropAndLook(page, allSamples);
  const items = dialog.getByRole("navigation", { name: "Items" });
  await expect(items.getByRole("button", { name: /audit\.log certain .*auditd/ })).toBeVisible();
  await expect(items.getByRole("button", { name: /air-auditlogs-dump\.json certain .*Binalyze AIR/ })).toBeVisible();
  await expect(items.getByRole("button", { name: /branch-office\.zip .*zip, 2 members/ })).toBeVisible();
  await expect(dialog.getByText(/^\d+ of \d+ lines carry an audit stamp$/)).toBeVisible();
  await expect(dialog.getByRole("table").getByRole("row")).toHaveCount(201);
  await page.keyboard.press("Alt+2");
  await expect(dialog.getByRole("region", { name: "air-auditlogs-dump.json" })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("an import shows the counts of the command line, and leaves the sources as they were", async () => {
  const { page } = exhibit;
  const before = await Promise.all(allSamples.map(stateOf));
  await importDropped(page, allSamples);
  const expected = await importByCli(folder.in("same.exhibit"), allSamples);
  await expectMatched(page, entriesOf(expected));
  expect(await counts(page)).toEqual({ matched: entriesOf(expected), total: entriesOf(expected) });
  const status = page.getByRole("contentinfo");
  const rejects = membersOf(expected).reduce((sum, { rejects: count }) => sum + count, 0);
  await expect(status.getByRole("button", { name: `${rejects} rejects` })).toBeVisible();
  await expect(status.getByRole("button", { name: /ledger 100\.00 %/ })).toBeVisible();
  expect(await Promise.all(allSamples.map(stateOf))).toEqual(before);
});

test("facets and time line count every entry that the command line counts", async () => {
  const { page } = exhibit;
  const expected = await importByCli(folder.in("again.exhibit"), allSamples);
  const total = entriesOf(expected);
  const undated = membersOf(expected).reduce((sum, member) => sum + member.undated, 0);
  const { matched, all } = await page.getByRole("table", { name: "Entries over time" }).evaluate((table) => {
    const sum = (column: number): number =>
      [...table.querySelectorAll("tbody tr")].reduce((all, row) => all + Number(row.children[column]?.textContent), 0);
    return { matched: sum(1), all: sum(2) };
  });
  expect({ matched, all }).toEqual({ matched: total - undated, all: total - undated });
  const outcomes = await Promise.all(
    [/^success\b/, /^fail\b/, /^none without Outcome\b/].map(async (name) => {
      const text = await facet(page, name).innerText();
      return readCount(/(\d+)\D*entries/.exec(text.replaceAll(/\s/g, ""))?.[1] ?? "NaN");
    }),
  );
  expect(outcomes.reduce((sum, count) => sum + count, 0)).toBe(total);
  const sources = page.getByRole("complementary", { name: "Sources and facets" });
  for (const { name, members } of expected.sources) {
    const entries = members.reduce((sum, member) => sum + member.entries, 0);
    await expect(
      sources.getByRole("button", { name: new RegExp(`${name}.*${shownPattern(entries)} entries`) }).first(),
    ).toBeVisible();
  }
});

test("the same file dropped again is named as already in the case", async () => {
  const { page } = exhibit;
  const dialog = await dropAndLook(page, allSamples.slice(0, 1));
  await expect(dialog.getByText(/already in this case/)).toBeVisible();
  await page.keyboard.press("Escape");
});

test("an import that is cancelled is told apart from a whole one, and the window goes on", async () => {
  const { page } = exhibit;
  const big = folder.in("big.log");
  const text = await readFile(allSamples[0] ?? "");
  await writeFile(big, Buffer.concat(Array.from({ length: 60 }, () => text)));
  const dialog = await dropAndLook(page, [big]);
  await dialog.getByRole("button", { name: /^Import 1/ }).click();
  await page.getByRole("button", { name: /what each source is doing/ }).click();
  // Before its first entries nothing of it is in the case, and there is nothing to call incomplete.
  await expect(page.locator(".job-foot")).toHaveText(/^[1-9]/);
  await page.getByRole("button", { name: "Cancel the import" }).click();
  const began = Date.now();
  await expect(page.getByRole("alert").getByText(/^Import cancelled/)).toBeVisible();
  expect(Date.now() - began).toBeLessThan(2000);
  await expect(seal(page)).toHaveText(/Incomplete/);
  expect(exhibit.complaints).toEqual([]);
});
