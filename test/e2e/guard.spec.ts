import { expect, type Page, test } from "@playwright/test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expectAccessible } from "./support/axe.ts";
import type { Exhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { openImported } from "./support/imported-case.ts";
import { API_KEY, guardLog, REQUEST } from "./support/guard-log.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import {
  chooseTheme,
  clearQuery,
  columnValues,
  detail,
  expectMatched,
  openRow,
  openTab,
  runQuery,
  setWindowSize,
} from "./support/workbench.ts";

let exhibit: Exhibit;
let folder: Folder;
let page: Page;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(folder.in("guard.log"), guardLog);
  // The same host collected a second time, a day later.
  await writeFile(folder.in("again.log"), guardLog.split("\n").slice(0, 3).join("\n") + "\n");
  exhibit = await openImported(folder, "guard.log", "again.log");
  page = exhibit.page;
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});
test.beforeEach(async () => {
  await clearQuery(page);
  await expectMatched(page, 12);
});

const bundle = () => page.getByRole("region", { name: "Bundle filters" });
const seen = async (): Promise<string> => page.locator("body").innerText();

test("each log type is one press away, with its exact count, its reach and its lowest level", async () => {
  const audit = bundle().getByRole("button", { name: /^AUDIT/ });
  await expect(audit).toHaveText(/8/);
  await expect(bundle().getByText("aqg-01: 1 Mar – 2 Mar 2025, lowest level present: info")).toBeVisible();
  await expect(bundle().getByText("aqg-02: 4 Mar 2025, lowest level present: critical")).toBeVisible();
  await expect(bundle().getByRole("button", { name: /^TANIUM/ })).toBeDisabled();
  await audit.click();
  await expectMatched(page, 8);
  await bundle().getByRole("button", { name: /^WEB/ }).click();
  await expectMatched(page, 9);
  await keepScreenshot(page, "bundle-filters");
  await audit.click();
  await expectMatched(page, 1);
});

test("a level includes those above it, and dates are taken to their last second", async () => {
  await bundle().getByRole("combobox").selectOption("error");
  await expectMatched(page, 2);
  await clearQuery(page);
  await bundle()
    .getByRole("textbox", { name: /^To date/ })
    .fill("2025-03-01 08:00:05");
  await page.keyboard.press("Enter");
  await expectMatched(page, 4);
});

test("a key is masked everywhere until it is revealed, and again after", async () => {
  await runQuery(page, "action:api_request");
  await expectMatched(page, 1);
  await openRow(page, 0);
  await expect(
    detail(page)
      .getByText(/•••••• [0-9a-f]{4}/)
      .first(),
  ).toBeVisible();
  expect(await seen()).not.toContain(API_KEY);
  await openTab(page, "Raw");
  expect(await seen()).not.toContain(API_KEY);
  await expectAccessible(page);
  await detail(page).getByRole("button", { name: "Reveal the secrets (logged)" }).click();
  await expect(detail(page).getByText(API_KEY).first()).toBeVisible();
  await keepScreenshot(page, "secret-revealed");
  await detail(page).getByRole("button", { name: "Hide the secrets" }).click();
  expect(await seen()).not.toContain(API_KEY);
  await openTab(page, "Fields");
});

test("an export masks secrets unless it is told otherwise", async () => {
  const target = folder.in("out.csv");
  const save = async (name: string): Promise<string> => {
    await exhibit.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    }, name);
    await page.keyboard.press("Control+e");
    return name;
  };
  await save(target);
  const form = page.getByRole("dialog", { name: "Export" });
  await expect(form.getByRole("radio", { name: "Masked" })).toBeChecked();
  await form.getByRole("button", { name: /^Export \d/ }).click();
  await expect(form.getByText(/sha256/i).first()).toBeVisible();
  await form.getByRole("button", { name: "Close" }).first().click();
  expect(await readFile(target, "utf8")).not.toContain(API_KEY);

  const full = await save(join(folder.path, "full.csv"));
  await form.getByRole("radio", { name: "In full (logged)" }).click();
  await keepScreenshot(page, "export-secrets");
  await form.getByRole("button", { name: /^Export \d/ }).click();
  await expect(form.getByText(/sha256/i).first()).toBeVisible();
  await form.getByRole("button", { name: "Close" }).first().click();
  expect(await readFile(full, "utf8")).toContain(API_KEY);
});

test("old and new stand side by side, and the request is one press away", async () => {
  await runQuery(page, "action:setting_change");
  await expectMatched(page, 2);
  await openRow(page, 0);
  const change = detail(page).getByRole("region", { name: "Change" });
  await expect(change).toContainText('"retention_days": 365');
  await expect(change).toContainText('"retention_days": 30');
  const [left, right] = await Promise.all(
    ["365", "30,"].map((text) => change.locator(".change-side", { hasText: text }).first().boundingBox()),
  );
  expect(right?.x).toBeGreaterThan((left?.x ?? 0) + 50);
  await keepScreenshot(page, "change-dark");
  await setWindowSize(exhibit, 1024, 640);
  await chooseTheme(page, "Light");
  await expectAccessible(page);
  await keepScreenshot(page, "change-light-small");
  await setWindowSize(exhibit, 1440, 900);
  await chooseTheme(page, "Dark");
  await clearQuery(page);
  await runQuery(page, "action:setting_change");
  await openRow(page, 0);
  await detail(page).getByRole("button", { name: "Same request" }).click();
  await runQuery(page, "");
  await expect(page.getByRole("group", { name: "Conditions" })).toContainText(REQUEST.slice(0, 8));
  await expectMatched(page, 5);
});

test("a stack trace is folded, opens at once, and is copied whole", async () => {
  await runQuery(page, "has:raw.stacktrace");
  await expectMatched(page, 1);
  await openRow(page, 0);
  const panel = detail(page).getByRole("region", { name: "Stack trace" });
  await expect(panel).toContainText(/602 lines, \d/);
  await panel.getByRole("button", { name: "Show the stack trace" }).click();
  const text = panel.getByRole("group", { name: "the stack trace" });
  await expect(text).toContainText("step_3.py");
  expect(await text.locator("[data-line]").count()).toBeLessThan(200);
  await text.focus();
  // How high the lines before it are is known once they were in sight.
  await expect(async () => {
    await page.keyboard.press("End");
    expect(await text.innerText()).toContain("TimeoutError");
  }).toPass();
  await expectAccessible(page);
  await keepScreenshot(page, "trace-open");
});

test("what was collected twice is counted, shown, and can be seen once", async () => {
  const twice = page.getByRole("region", { name: "Recorded twice" });
  const line = twice.getByRole("button", { name: /^3 of .* are also in/ });
  await expect(line).toBeVisible();
  await twice.getByRole("button", { name: "Show once" }).click();
  await expectMatched(page, 9);
  await twice.getByRole("button", { name: "Show all" }).click();
  await line.click();
  await expectMatched(page, 3);
  await openRow(page, 0);
  const copies = detail(page).getByRole("region", { name: "Also recorded" });
  await expect(copies).toContainText(/Also recorded in/);
  await keepScreenshot(page, "recorded-twice");
  await copies.getByRole("button", { name: /go to this entry/ }).click();
  await expect(detail(page).getByRole("region", { name: "Also recorded" })).toBeVisible();
  expect((await columnValues(page, "action")).length).toBe(3);
});
