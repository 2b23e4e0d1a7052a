import { randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, type Locator, test } from "@playwright/test";
import { dropFiles } from "./support/drop.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, samples, temporaryFolder } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { counts, dropAndLook, importDropped, seal } from "./support/workbench.ts";

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  await makeFiles(folder);
});
test.beforeEach(async () => {
  exhibit = await launchExhibit();
});
test.afterEach(() => exhibit.close());
test.afterAll(async () => {
  await chmod(folder.in("locked.log"), 0o600);
  await folder.remove();
});

async function makeFiles({ in: at }: Folder): Promise<void> {
  const log = await readFile(samples.audit);
  const packed = gzipSync(log);
  const zip = await readFile(samples.zip);
  await writeFile(at("empty.log"), "");
  await writeFile(at("noise.bin"), randomBytes(50_000));
  await writeFile(at("cut.log.gz"), packed.subarray(0, Math.floor(packed.length / 2)));
  await writeFile(at("cut.zip"), zip.subarray(0, zip.length - 60));
  await writeFile(at("no-case.exhibit"), "this is no case\n");
  await writeFile(at("locked.log"), log);
  await chmod(at("locked.log"), 0);
  await mkdir(at("bundle"));
  await copyFile(samples.air, at("bundle/air.json"));
  const nuls = Buffer.concat([
    log.subarray(0, 4000),
    Buffer.alloc(100_000),
    Buffer.from("\r\n\xff\xfe\r\n", "latin1"),
    log,
  ]);
  await writeFile(at("nuls.log"), nuls);
  await copyFile(samples.audit, at("good.log"));
}

const item = (dialog: Locator, name: string): Locator =>
  dialog.getByRole("navigation", { name: "Items" }).getByRole("button", { name: new RegExp(`^${name}`) });

/** What the dialog says of one item, at the right. */
async function said(dialog: Locator, name: string): Promise<string> {
  await item(dialog, name).click();
  return dialog.getByRole("region").first().innerText();
}

test("each bad file is said to be so before the import, and the rest of the drop imports", async () => {
  const { page } = exhibit;
  const bad = ["empty.log", "noise.bin"];
  const dialog = await dropAndLook(page, [...bad, "good.log"].map(folder.in));
  for (const name of bad) {
    await expect(item(dialog, name)).toContainText(/refused|empty|binary/);
    // A sentence, not a code.
    expect(await said(dialog, name)).toMatch(/[A-Z][^.]{15,}\./);
  }
  await keepScreenshot(page, "bad-input");
  await expect(dialog.getByRole("button", { name: /^Import 1 of 3/ })).toBeEnabled();
  await dialog.getByRole("button", { name: /^Import 1 of 3/ }).click();
  await expect(seal(page)).toHaveText(/Sealed/);
  expect((await counts(page)).total).toBeGreaterThan(1000);
});

test("a ZIP that has lost its directory gives what is there, and says what is missing", async () => {
  const { page } = exhibit;
  const dialog = await dropAndLook(page, [folder.in("cut.zip")]);
  await expect(dialog).toContainText(/the directory at its end is missing/);
  await keepScreenshot(page, "cut-zip");
  await dialog.getByRole("button", { name: /^Import/ }).click();
  await expect(seal(page)).toHaveText(/Incomplete/i);
  expect((await counts(page)).total).toBeGreaterThan(0);
  await expect(page.getByRole("alert").filter({ hasText: "cut.zip" })).toContainText(/without it/);
});

test("a gzip that ends too early gives what it holds, and says that it is short", async () => {
  const { page } = exhibit;
  await importDropped(page, ["cut.log.gz", "good.log"].map(folder.in));
  const outcome = page.getByRole("alert").filter({ hasText: "cut.log.gz" });
  await expect(outcome).toContainText(/[A-Z][^.]{15,}\./);
  expect((await counts(page)).total).toBeGreaterThan(1500);
});

test("the files of a folder import beside a log that was dropped with it", async () => {
  const { page } = exhibit;
  const dialog = await dropAndLook(page, [folder.in("bundle"), folder.in("good.log")]);
  await expect(dialog.getByRole("button", { name: /air\.json certain/ })).toBeVisible();
  await dialog.getByRole("button", { name: /^Import 2/ }).click();
  await expect(seal(page)).toHaveText(/Sealed/);
});

test("NUL runs, stray bytes and CR LF are rejects or text, and every byte is accounted for", async () => {
  const { page } = exhibit;
  await importDropped(page, [folder.in("nuls.log")]);
  await expect(page.getByRole("contentinfo").getByRole("button", { name: /ledger 100\.00 %/ })).toBeVisible();
  expect((await counts(page)).total).toBeGreaterThan(1000);
});

test("a file that is no case is told so; the log dropped with it is offered", async () => {
  const { page } = exhibit;
  const dialog = await dropAndLook(page, [folder.in("no-case.exhibit"), folder.in("good.log")]);
  await dialog.getByRole("button", { name: /^Import 1/ }).click();
  await expect(seal(page)).toHaveText(/Sealed/);
  await dropFiles(page, [folder.in("no-case.exhibit")]);
  await expect(page.getByRole("alert").filter({ hasText: /case/ })).toContainText(/no-case\.exhibit.*\./s);
  // The case that was open stays so.
  expect((await counts(page)).total).toBeGreaterThan(1000);
});

test("a file that may not be read is told so", async () => {
  test.skip(process.getuid?.() === 0, "root may read every file");
  const { page } = exhibit;
  const dialog = await dropAndLook(page, [folder.in("locked.log"), folder.in("good.log")]);
  expect(await said(dialog, "locked.log")).toMatch(/permission|may not|not allowed/);
});
