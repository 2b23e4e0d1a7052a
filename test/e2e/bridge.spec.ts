import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { answerOpenDialog, answerSaveDialog } from "./support/dialogs.ts";
import { dropFiles } from "./support/drop.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";

let folder: string;
let exhibit: Exhibit;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "exhibit-bridge-"));
  await writeFile(join(folder, "a log.txt"), "line\n");
  await writeFile(join(folder, "old.exhibit"), "");
  await mkdir(join(folder, "bundle"));
  exhibit = await launchExhibit({ args: [join(folder, "old.exhibit")] });
});
test.afterAll(async () => {
  await exhibit.close();
  await rm(folder, { recursive: true, force: true });
});

test("a dialog gives the page grants, and never a path", async () => {
  await answerOpenDialog(exhibit.app, [join(folder, "a log.txt"), join(folder, "missing.log")]);
  const grants = await exhibit.page.evaluate(() => window.exhibit.chooseEvidence("files"));
  expect(grants).toEqual([
    { grant: expect.stringMatching(/^[0-9a-f]{32}$/), name: "a log.txt", bytes: 5, kind: "file" },
  ]);
  expect(JSON.stringify(grants)).not.toContain(folder);
});

test("the same path keeps its grant, a cancelled dialog gives none", async () => {
  await answerOpenDialog(exhibit.app, [join(folder, "a log.txt")]);
  const twice = await exhibit.page.evaluate(async () => [
    await window.exhibit.chooseEvidence("files"),
    await window.exhibit.chooseEvidence("files"),
  ]);
  expect(twice[0]).toEqual(twice[1]);
  await answerOpenDialog(exhibit.app, []);
  await answerSaveDialog(exhibit.app, undefined);
  const cancelled = await exhibit.page.evaluate(async () => [
    await window.exhibit.chooseEvidence("folder"),
    (await window.exhibit.chooseCaseToOpen()) ?? "none",
    (await window.exhibit.chooseCaseToCreate("x")) ?? "none",
    (await window.exhibit.chooseExportTarget("x.csv")) ?? "none",
  ]);
  expect(cancelled).toEqual([[], "none", "none", "none"]);
});

test("a real drop is granted; a file made by a script is not", async () => {
  const { page } = exhibit;
  const dropped = page.evaluate(
    () =>
      new Promise((resolve) => {
        const stop = (event: Event): void => event.preventDefault();
        addEventListener("dragover", stop, { capture: true });
        addEventListener(
          "drop",
          (event) => {
            stop(event);
            event.stopImmediatePropagation();
            resolve(window.exhibit.grantDropped([...(event.dataTransfer?.files ?? [])]));
          },
          { capture: true, once: true },
        );
      }),
  );
  await dropFiles(page, [join(folder, "a log.txt"), join(folder, "bundle"), join(folder, "old.exhibit")]);
  expect(await dropped).toMatchObject([
    { name: "a log.txt", bytes: 5, kind: "file" },
    { name: "bundle", bytes: 0, kind: "folder" },
    { name: "old.exhibit", kind: "case" },
  ]);
  expect(await page.evaluate(() => window.exhibit.grantDropped([new File(["x"], "made.log")]))).toEqual([]);
});

test("cases are named, placed and remembered", async () => {
  const { page, app } = exhibit;
  const named = await page.evaluate(() => window.exhibit.initialCase());
  expect(named).toMatchObject({ name: "old.exhibit", kind: "case" });
  const fresh = await page.evaluate(() => window.exhibit.newTemporaryCase());
  expect(fresh.name).toMatch(/^Case \d{4}-\d\d-\d\d \d\d\.\d\d( \(\d+\))?\.exhibit$/);
  await answerSaveDialog(app, join(folder, "mine"));
  expect(await page.evaluate(() => window.exhibit.chooseCaseToCreate("mine"))).toMatchObject({ name: "mine.exhibit" });
  const recent = await page.evaluate(() => window.exhibit.recentCases());
  // The other two were never written: a list of cases that are not there helps nobody.
  expect(recent.map(({ name }) => name)).toContain("old.exhibit");
  expect(recent.map(({ name }) => name)).not.toContain("mine.exhibit");
});

test("a name that the page suggests cannot choose the folder", async () => {
  const suggested = await exhibit.app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = (...args: unknown[]) => {
      const options = args.at(-1) as { defaultPath?: string };
      return Promise.resolve({ canceled: false, filePath: options.defaultPath ?? "" });
    };
  });
  expect(suggested).toBeUndefined();
  const target = await exhibit.page.evaluate(() => window.exhibit.chooseExportTarget("../../etc/pass\u202ewd:.csv"));
  expect(target?.name).toBe("pass_wd_.csv");
});

test("samples come with the application", async () => {
  const [audit, air] = await exhibit.page.evaluate(async () => [
    await window.exhibit.grantSample("auditd"),
    await window.exhibit.grantSample("binalyze-air"),
  ]);
  expect(audit?.length).toBeGreaterThan(0);
  expect(air?.length).toBeGreaterThan(0);
});

test("text is copied as plain text", async () => {
  await exhibit.page.evaluate(() => window.exhibit.copyText("a\tb"));
  const kept = await exhibit.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(kept).toBe("a\tb");
});
