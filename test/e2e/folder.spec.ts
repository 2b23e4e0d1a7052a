import { copyFile, mkdir, symlink } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { entriesOf, importByCli } from "./support/cli.ts";
import { answerOpenDialog } from "./support/dialogs.ts";
import { dropFiles } from "./support/drop.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, samples, temporaryFolder } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { expectMatched, importEnded, seal } from "./support/workbench.ts";

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(folder.in("host-a/log"), { recursive: true });
  await mkdir(folder.in("host-b"), { recursive: true });
  await copyFile(samples.audit, folder.in("host-a/log/audit.log"));
  await copyFile(samples.air, folder.in("host-b/air.json"));
  await symlink("/etc/passwd", folder.in("host-b/passwd"));
  exhibit = await launchExhibit();
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

test("a folder is opened at any depth; a link is listed with its reason and not followed", async () => {
  const { page, app } = exhibit;
  await answerOpenDialog(app, [folder.path]);
  await page.getByRole("button", { name: /Choose a folder/ }).click();
  const dialog = page.getByRole("dialog", { name: "Add evidence" });
  const items = dialog.getByRole("navigation", { name: "Items" });
  await expect(items.getByRole("button", { name: /host-a\/log\/audit\.log certain/ })).toBeVisible();
  await expect(items.getByRole("button", { name: /host-b\/air\.json certain/ })).toBeVisible();
  await expect(items.getByRole("button", { name: /host-b\/passwd refused .*link/ })).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, "folder");
  await dialog.getByRole("button", { name: /^Import 2 of 3/ }).click();
  await importEnded(page);
  const expected = await importByCli(folder.in("same.exhibit"), [samples.audit, samples.air]);
  await expectMatched(page, entriesOf(expected));
  await expect(seal(page)).toHaveText(/Sealed/);
});

test("a folder that is dropped is looked at the same way", async () => {
  const { page } = exhibit;
  await dropFiles(page, [folder.in("host-b")]);
  const dialog = page.getByRole("dialog", { name: "Add evidence" });
  const items = dialog.getByRole("navigation", { name: "Items" });
  await expect(items.getByRole("button", { name: /air\.json certain .*already in this case/ })).toBeVisible();
  await expect(items.getByRole("button", { name: /passwd refused/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(exhibit.complaints).toEqual([]);
});
