/** Session audit entries of Siren Investigate: bodies as trees, what a save changed, and the batches of an export. */
import { writeFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import {
  copied,
  counts,
  detail,
  expectMatched,
  importDropped,
  openRow,
  runQuery,
  setWindowSize,
} from "./support/workbench.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";

test.describe.configure({ mode: "serial" });

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(folder.in("siren.ndjson"), dump());
  exhibit = await launchExhibit();
  await setWindowSize(exhibit, 1440, 900);
  await writeFile(folder.in("investigate.yml"), SETTINGS);
  await importDropped(exhibit.page, [folder.in("siren.ndjson"), folder.in("investigate.yml")]);
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

const SETTINGS = [
  "siren_audit:",
  "  logged_types: [search, dataExport]",
  "  log_response_body: true",
  "  log_response_filters:",
  "  - configuration:",
  "      pattern: company",
  "      excludes: ['*']",
  "elasticsearch.password: hunter2",
  "",
].join("\n");

function dump(): string {
  const user = { user: "eva", sessionId: "s-1", instanceName: "siren-1", remoteIp: "192.0.2.10" };
  const rows = (count: number) => Array.from({ length: count }, (_, at) => ({ title: `row ${at}` }));
  const hits = Array.from({ length: 250 }, (_, at) => ({
    _index: "company",
    _id: `c-${at}`,
    _source: { name: `n ${at}` },
  }));
  const documents = [
    {
      type: "search",
      action: "msearch",
      request: { index: "company", body: JSON.stringify({ query: { match: { label: "x" } }, size: 250 }) },
      response: { status: 200, took: 12, body: { hits: { total: 250, hits } } },
    },
    {
      type: "savedObject",
      action: "update",
      target: { type: "dashboard", id: "dashboard:7", title: "Overview" },
      bodyBefore: { title: "Overview", panels: 3 },
      bodyAfter: { title: "Overview", panels: 4 },
    },
    ...[100, 100, 37].map((count) => ({
      type: "dataExport",
      action: "csv",
      request: { index: "article" },
      response: { status: 200, body: { hits: rows(count) } },
    })),
    {
      type: "dataExport",
      action: "csv",
      request: { index: "people" },
      response: { status: 200, body: { hits: rows(2) } },
    },
  ];
  return documents
    .map((document, at) => {
      const source = { "@timestamp": `2026-04-01T08:00:0${at}.000Z`, ...user, ...document };
      return `${JSON.stringify({ _index: "siren-audit-2026.04", _id: `d-${at}`, _source: source })}\n`;
    })
    .join("");
}

const tree = (page: Page): Locator => detail(page).getByRole("tree", { name: "Request and response" });
const item = (page: Page, name: RegExp): Locator => tree(page).getByRole("treeitem", { name }).first();

async function inThemes(name: string): Promise<void> {
  const { page } = exhibit;
  const root = page.locator("html");
  const before = await root.getAttribute("data-theme");
  for (const theme of ["light", "dark"]) {
    await root.evaluate((element, value) => element.setAttribute("data-theme", value), theme);
    await expectAccessible(page);
    await keepScreenshot(page, `${name}-${theme}`);
  }
  await root.evaluate((element, value) => element.setAttribute("data-theme", value ?? ""), before);
}

test("request and response are trees that keys walk, open and fold", async () => {
  const { page } = exhibit;
  await runQuery(page, "category:search");
  await expectMatched(page, 1);
  await openRow(page, 0);
  await expect(item(page, /^request/)).toHaveAttribute("aria-expanded", "true");
  await expect(item(page, /^body.*JSON in a text, parsed for show/)).toHaveAttribute("aria-expanded", "false");
  await item(page, /^body.*JSON in a text/).click();
  await expect(item(page, /^query/)).toBeVisible();
  await expect(item(page, /^size 250/)).toBeVisible();

  await item(page, /^body \{ \} 1 field$/).click();
  await item(page, /^hits \{ \} 2 fields$/).click();
  await item(page, /^hits \[ \] 250 items$/).click();
  await expect(tree(page).getByText("Show 100 more of 150")).toBeAttached();
  await tree(page).press("End");
  await tree(page).press("Home");
  await expect(tree(page).getByRole("treeitem", { selected: true })).toContainText("request");
  await tree(page).press("ArrowLeft");
  await expect(item(page, /^request/)).toHaveAttribute("aria-expanded", "false");
  await tree(page).press("ArrowRight");
  await tree(page).press("ArrowRight");
  await expect(tree(page).getByRole("treeitem", { selected: true })).toContainText("index");
  await tree(page).press("Control+c");
  expect(await copied(exhibit)).toBe("company");
  await inThemes("siren-tree");
  await setWindowSize(exhibit, 1024, 640);
  await inThemes("siren-tree-1024");
  await setWindowSize(exhibit, 1440, 900);
});

test("settings beside the log say what could not be in it", async () => {
  const { page } = exhibit;
  const said = detail(page).getByRole("region", { name: "Settings" });
  await expect(said).toContainText(/According to the settings file of \d{4}-\d\d-\d\d, .*investigate\.yml/);
  await expect(said).toContainText("Index pattern company: all fields left out by configuration.");
  await runQuery(page, "category:savedObject");
  await openRow(page, 0);
  await expect(said).toContainText("Entries of type savedObject are not logged by these settings");
});

test("what a save changed stands side by side", async () => {
  const { page } = exhibit;
  await runQuery(page, "category:savedObject");
  await expectMatched(page, 1);
  await openRow(page, 0);
  const change = detail(page).getByRole("region", { name: "Change" });
  await expect(change).toContainText('"panels": 3');
  await expect(change).toContainText('"panels": 4');
});

test("batches of one export are joined, with the rows of all, and one press shows them", async () => {
  const { page } = exhibit;
  await runQuery(page, "target:article");
  await expectMatched(page, 3);
  await openRow(page, 1);
  const part = detail(page).getByRole("region", { name: "Export" });
  await expect(part).toContainText("Batch 2 of 3 of one export, 237 rows together");
  await inThemes("siren-export");
  await runQuery(page, "");
  await openRow(page, 3);
  await part.getByRole("button", { name: "Show the 3 entries" }).click();
  await expect.poll(async () => (await counts(page)).matched).toBe(3);
  await part.getByRole("button", { name: "Batch after" }).click();
  await expect(part).toContainText("Batch 3 of 3");
  expect(exhibit.complaints).toEqual([]);
});
