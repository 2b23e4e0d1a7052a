import { readFile, writeFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { entriesOf, importByCli } from "./support/cli.ts";
import { answerOpenDialog } from "./support/dialogs.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, samples, temporaryFolder } from "./support/files.ts";
import { writeLockedZip } from "./support/locked-zip.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { dropAndLook, expectMatched, importEnded, runCommand, seal } from "./support/workbench.ts";

const PASSWORD = "Grüner Löwe 7";
const OTHER = "another one";

let exhibit: Exhibit;
let folder: Folder;
test.beforeEach(async () => {
  folder = await temporaryFolder();
  exhibit = await launchExhibit();
});
test.afterEach(async () => {
  await exhibit.close();
  await folder.remove();
});

const itemOf = (dialog: Locator, name: RegExp): Locator =>
  dialog.getByRole("navigation", { name: "Items" }).getByRole("button", { name });
const field = (dialog: Locator): Locator =>
  dialog.getByRole("textbox", { name: "Password" }).or(dialog.locator("input[type=password]"));

async function drop(page: Page, paths: readonly string[]): Promise<Locator> {
  const dialog = await dropAndLook(page, paths);
  await page.keyboard.press("Alt+1");
  return dialog;
}

test("an AES archive lists its members, refuses a wrong password, and opens with the right one", async () => {
  const { page } = exhibit;
  const archive = folder.in("case.zip");
  await writeLockedZip(archive, [{ from: samples.audit, comment: "pay-db-02, collected 12 August" }], PASSWORD);
  const expected = await importByCli(folder.in("plain.exhibit"), [samples.audit]);

  const dialog = await drop(page, [archive]);
  await expect(itemOf(dialog, /case\.zip password zip, 1 member/)).toBeVisible();
  await expect(dialog.getByText("pay-db-02, collected 12 August")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Import 0 of 1/ })).toBeDisabled();
  await expect(dialog.getByText(/kept in memory only, never written to the case/)).toBeVisible();
  await expectAccessible(page);

  await field(dialog).fill("not it");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Wrong password, try again.")).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, "password-wrong");
  await field(dialog).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(itemOf(dialog, /case\.zip certain .*opened with a password/)).toBeVisible();
  await expect(dialog.getByText(/^\d+ of \d+ lines carry an audit stamp$/)).toBeVisible();
  await expect(dialog.getByRole("table").getByRole("row")).toHaveCount(201);
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await importEnded(page);
  await expectMatched(page, entriesOf(expected));
  await expect(seal(page)).toHaveText(/Sealed/);

  await runCommand(page, "Show sources and ledger");
  await page.getByRole("row", { name: /audit\.log/ }).click();
  await expect(page.locator(".ledger-figure")).toHaveText("100.00 %");
  expect(exhibit.complaints).toEqual([]);
});

test("a locked archive holds up nothing else, and a password file opens the rest", async () => {
  const { page, app } = exhibit;
  await writeLockedZip(folder.in("one.zip"), [{ from: samples.audit }], PASSWORD);
  await writeLockedZip(folder.in("two.zip"), [{ from: samples.air }], OTHER);
  const passwords = folder.in("passwords.csv");
  await writeFile(passwords, `File Name,Zip Password\none.zip,${PASSWORD}\ntwo.zip,${OTHER}\nmissing-case.zip,never\n`);
  const dialog = await drop(page, [folder.in("one.zip"), folder.in("two.zip"), samples.zip]);
  await expect(dialog.getByRole("button", { name: /^Import 1 of 3/ })).toBeEnabled();

  await answerOpenDialog(app, [passwords]);
  await dialog.getByRole("button", { name: "Use a password file…" }).click();
  await expect(dialog.getByText(/3 passwords of passwords\.csv taken into memory/)).toBeVisible();
  await expect(dialog.getByText(/not among the chosen files: missing-case\.zip/)).toBeVisible();
  await expect(itemOf(dialog, /one\.zip certain/)).toBeVisible();
  await keepScreenshot(page, "password-file");
  await expect(itemOf(dialog, /two\.zip certain/)).toBeVisible();
  await dialog.getByRole("button", { name: /^Import 3/ }).click();
  await importEnded(page);
  await expect(seal(page)).toHaveText(/Sealed/);

  // None of the passwords is in the case.
  const { file } = await page.evaluate(() => window.exhibit.recentCases().then(([first]) => ({ file: first?.name })));
  const written = await readFile(folderOf(exhibit, file ?? ""));
  for (const password of [PASSWORD, OTHER, "never"]) expect(written.includes(password)).toBe(false);
});

const folderOf = ({ userData }: Exhibit, name: string): string => `${userData}/cases/${name}`;
