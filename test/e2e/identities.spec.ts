/** The identity ledger in the window: tables added, names gone through by keys, the policy edited and undone. */
import { writeFileSync } from "node:fs";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { answerOpenDialog } from "./support/dialogs.ts";
import type { Exhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { openImported } from "./support/imported-case.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { expectMatched, grid, queryField, runCommand, setWindowSize } from "./support/workbench.ts";

test.describe.configure({ mode: "serial" });

let exhibit: Exhibit;
let folder: Folder;
let page: Page;

/** Ten entries of each of: eva, eva.admin, tom (twice in the ledger), and two that it does not know. */
const LOGINS = ["eva", "eva.admin", "tom", "svc-backup", "evil\u202egnp"] as const;

function log(): string {
  const header = "date;family;whologin;whorepository;whateventcode;whataction;whatcount;whattargettype;whattargetname";
  const rows = LOGINS.flatMap((login, at) =>
    Array.from({ length: 10 + at }, (_, i) => `2025010100${10 + at}${10 + i};f;${login};ACME;c;read;1;asset;file ${i}`),
  );
  return `${[header, ...rows].join("\n")}\n`;
}

test.beforeAll(async () => {
  folder = await temporaryFolder();
  writeFileSync(folder.in("log.csv"), log());
  const accounts = [
    "eva;ACME;P1;active",
    "eva.admin;ACME;P1;disabled",
    "tom;ACME;P2;active",
    "TOM;acme;P3;disabled",
    ";ACME;P4;",
  ];
  writeFileSync(folder.in("accounts.csv"), `login;repository;identity;status\n${accounts.join("\n")}\n`);
  writeFileSync(folder.in("people.csv"), "hrcode,givenname,surname\nP1,Eva,Mendel\nP2,Tom,One\nP3,Tom,Two\n");
  exhibit = await openImported(folder, "log.csv");
  page = exhibit.page;
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

const names = (): Locator => page.getByRole("grid", { name: "Names" });
const figure = (what: string): Locator => page.getByRole("button", { name: what });

async function addTable(path: string, item: string): Promise<void> {
  await answerOpenDialog(exhibit.app, [path]);
  await page.getByRole("button", { name: "Add tables" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("without a ledger it is said what there is to do", async () => {
  await runCommand(page, "Match identities");
  await expect(page.getByText("No identity ledger yet")).toBeVisible();
  await expectAccessible(page);
});

test("tables are added, and every actor is matched, ambiguous or unmatched", async () => {
  await addTable(folder.in("accounts.csv"), "Tables called accounts.csv, identities.csv …");
  await expect(page.getByText("1 row not used")).toBeVisible();
  await addTable(folder.in("people.csv"), "Identities");
  await expect(page.getByText("people.csv was added")).toBeVisible();
  await expect(figure("21 entries, Actors matched: show them")).toBeVisible();
  await expect(figure("12 entries, Actors ambiguous: show them")).toBeVisible();
  await expect(figure("2 names, Actors unmatched: list them")).toBeVisible();
  for (const theme of ["dark", "light", "high-contrast"]) {
    await page.locator("html").evaluate((root, name) => root.setAttribute("data-theme", name), theme);
    await expectAccessible(page);
    await keepScreenshot(page, `identities-${theme}`);
  }
});

test("a name that the ledger does not know is gone to by keys, and to the next", async () => {
  await figure("2 names, Actors unmatched: list them").click();
  await expect(names()).toHaveAttribute("aria-rowcount", "3");
  await names().focus();
  await page.keyboard.press("ArrowDown");
  await expect(names().getByRole("row", { selected: true })).toContainText("svc-backup");
  await page.keyboard.press("Enter");
  await expectMatched(page, 13);
  await expect(queryField(page)).toHaveValue(/actor=svc-backup/);
  await page.keyboard.press("Shift+F4");
  await expectMatched(page, 14);
  await page.keyboard.press("F4");
  await expectMatched(page, 13);
});

test("ambiguous names list their candidates, and none is chosen", async () => {
  await runCommand(page, "Match identities");
  await figure("1 names, Actors ambiguous: list them").click();
  const candidates = page.getByRole("region", { name: "Candidates" });
  await expect(candidates).toContainText("none is chosen");
  await expect(candidates.getByRole("listitem")).toHaveCount(2);
});

test("each count shows the entries that it counts, with who is behind them and by which rule", async () => {
  await figure("21 entries, Actors matched: show them").click();
  await expectMatched(page, 21);
  const row = grid(page).getByRole("row").nth(1);
  await expect(row).toContainText("rule 1");
  await expect(row.getByRole("img", { name: "assumed: identity ledger, rule 1" })).toBeVisible();
  await keepScreenshot(page, "identities-grid");
  await queryField(page).fill('person:"Eva Mendel"');
  await page.keyboard.press("Enter");
  await expectMatched(page, 21);
});

test("a rule is moved, shows otherwise and is switched off; each step is undone", async () => {
  await runCommand(page, "Match identities");
  const method = page.getByRole("textbox", { name: "Display method of rule 1", exact: true });
  await method.fill("{identity.surname}, {login}");
  await method.press("Enter");
  await expect(page.getByText("the policy became edited")).toBeVisible();
  await expect(method).toHaveValue("{identity.surname}, {login}");
  await expect(method).toBeFocused();
  const matched = page.getByRole("button", { name: /^33 entries, actors ?found by rule 1: show them$/ });
  await expect(matched).toBeVisible();
  await page.getByRole("checkbox", { name: "1 Actor: account by login and repository" }).click();
  await expect(figure("60 entries, Actors unmatched: show them")).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(matched).toBeVisible();
  await page.getByRole("button", { name: "Try rule 1 later" }).click();
  await expect(page.getByRole("button", { name: /^33 entries, actors ?found by rule 2: show them$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Try rule 2 later" })).toBeFocused();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await matched.click();
  await expectMatched(page, 33);
  await expect(grid(page).getByRole("row").nth(1)).toContainText("Mendel, eva");
});

test("at the least size nothing is cut off", async () => {
  await setWindowSize(exhibit, 1024, 640);
  await runCommand(page, "Match identities");
  await expect(figure("21 entries, Actors matched: show them")).toBeVisible();
  await keepScreenshot(page, "identities-1024");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
  await expectAccessible(page);
});
