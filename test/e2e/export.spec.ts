import { readdir, readFile, writeFile } from "node:fs/promises";
import { expect, type Locator, test } from "@playwright/test";
import { unzipped } from "../support/unzip.ts";
import { parseCsv } from "../support/parse-csv.ts";
import { countByCli } from "./support/cli.ts";
import { answerSaveDialog } from "./support/dialogs.ts";
import { allSamples, sha256Of, temporaryFolder } from "./support/files.ts";
import { openSampleCase, type SampleCase } from "./support/sample-case.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { clearQuery, columnValues, expectMatched, grid, readCount, runQuery } from "./support/workbench.ts";

const hostile = await temporaryFolder();
let sample: SampleCase;
test.beforeAll(async () => {
  const formulas = ['=HYPERLINK("http://x")', "+1+2", "-rm -rf", "@SUM(A1)", "-5", "plain"];
  const lines = formulas.map((user, at) =>
    JSON.stringify({ time: `2026-03-19T00:00:0${at}Z`, user, message: `m${at}` }),
  );
  await writeFile(hostile.in("formulas.jsonl"), `${lines.join("\n")}\n`);
  sample = await openSampleCase([...allSamples, hostile.in("formulas.jsonl")]);
});
test.afterAll(async () => {
  await sample.close();
  await hostile.remove();
});
test.afterEach(() => clearQuery(sample.exhibit.page));

const dialog = (): Locator => sample.exhibit.page.getByRole("dialog", { name: "Export" });
const exportButton = (): Locator => dialog().getByRole("button", { name: /^Export [\d\s]+ entr/ });

async function openExport(target: string): Promise<void> {
  await answerSaveDialog(sample.exhibit.app, target);
  await sample.exhibit.page.keyboard.press("Control+e");
  await expect(exportButton()).toBeEnabled();
}

async function chooseColumns(title: RegExp): Promise<void> {
  await dialog()
    .getByRole("button", { name: /^Columns: / })
    .click();
  await sample.exhibit.page.getByRole("menuitem", { name: title }).click();
}

async function finish(): Promise<{ readonly rows: number; readonly sha256: string }> {
  await exportButton().click();
  const done = dialog().locator(".export-done");
  await expect(done).toBeVisible();
  const rows = readCount(/^([\d\s\u202f]+)/.exec(await done.innerText())?.[1] ?? "NaN");
  const sha256 = /\b[0-9a-f]{64}\b/.exec(await done.innerText())?.[0] ?? "";
  return { rows, sha256 };
}

async function done(): Promise<void> {
  await dialog().getByRole("button", { name: "Done" }).click();
  await expect(dialog()).toBeHidden();
}

test("the file holds the rows of the grid, in its order, and is what the dialog says", async () => {
  const { page } = sample.exhibit;
  await runQuery(page, "actor:(alice, carol) outcome:fail");
  const matched = await countByCli(sample.file, "actor:(alice, carol) outcome:fail");
  await expectMatched(page, matched);
  const target = sample.folder.in("rows.csv");
  await openExport(target);
  await expect(exportButton()).toHaveText(new RegExp(`Export ${matched} entries`));
  await chooseColumns(/^Visible in the grid/);
  await keepScreenshot(page, "export");
  const written = await finish();
  expect(written).toEqual({ rows: matched, sha256: await sha256Of(target) });
  await keepScreenshot(page, "export-done");
  await done();
  const [header = [], ...rows] = parseCsv(await readFile(target, "utf8"));
  expect(rows).toHaveLength(matched);
  for (const field of ["actor", "action"]) {
    const shown = await columnValues(page, field);
    expect(rows.slice(0, shown.length).map((row) => row[header.indexOf(field)])).toEqual(shown);
  }
});

test("another order in the grid is the order of the file", async () => {
  const { page } = sample.exhibit;
  await page.locator("[role=columnheader][data-column=actor]").getByRole("button").click();
  const target = sample.folder.in("sorted.csv");
  await openExport(target);
  await finish();
  await done();
  const [header = [], ...rows] = parseCsv(await readFile(target, "utf8"));
  const actors = rows.map((row) => (row[header.indexOf("actor")] ?? "").replace(/^'/, ""));
  const filled = actors.filter((actor) => actor !== "");
  expect(filled).toEqual(filled.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0)));
  await page.locator("[role=columnheader][data-column=time]").getByRole("button").click();
});

test("the manifest beside it says what was asked, of which evidence, and the hash", async () => {
  const { page } = sample.exhibit;
  await runQuery(page, "outcome:fail");
  await expectMatched(page, await countByCli(sample.file, "outcome:fail"));
  const target = sample.folder.in("stated.csv");
  await openExport(target);
  const { rows, sha256 } = await finish();
  await done();
  const manifest = JSON.parse(await readFile(sample.folder.in("stated.manifest.json"), "utf8")) as {
    readonly query: string;
    readonly rows: number;
    readonly files: readonly { readonly name: string; readonly sha256: string }[];
    readonly sources: readonly { readonly name: string; readonly sha256: string }[];
  };
  expect(manifest).toMatchObject({ query: "outcome:fail", rows });
  expect(manifest.files[0]).toMatchObject({ name: "stated.csv", sha256 });
  expect(manifest.sources.map(({ sha256: hash }) => hash)).toEqual(sample.imported.sources.map((one) => one.sha256));
});

test("cells that begin like a formula are guarded, plain numbers are not", async () => {
  const { page } = sample.exhibit;
  await runQuery(page, "source=formulas.jsonl");
  await expectMatched(page, 6);
  const target = sample.folder.in("guarded.csv");
  await openExport(target);
  await expect(dialog().locator(".export-guard")).toBeVisible();
  await finish();
  await expect(dialog().locator(".export-done")).toContainText(/cells, undone by the rule/);
  await done();
  const cells = parseCsv(await readFile(target, "utf8")).flat();
  for (const guarded of ['\'=HYPERLINK("http://x")', "'+1+2", "'-rm -rf", "'@SUM(A1)"])
    expect(cells).toContain(guarded);
  expect(cells).toContain("-5");
  expect(cells.filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
});

test("a ZIP holds the same file and its manifest", async () => {
  const { page } = sample.exhibit;
  await runQuery(page, "actor:alice");
  await expectMatched(page, await countByCli(sample.file, "actor:alice"));
  await openExport(sample.folder.in("same.csv"));
  await finish();
  await done();
  await openExport(sample.folder.in("same.zip"));
  await dialog()
    .getByRole("radio", { name: /^CSV in a ZIP/ })
    .check();
  await finish();
  await done();
  const packed = await unzipped(sample.folder.in("same.zip"));
  const csv = [...packed].find(([name]) => name.endsWith(".csv"))?.[1];
  expect(csv?.equals(await readFile(sample.folder.in("same.csv")))).toBe(true);
  expect([...packed.keys()].some((name) => name.endsWith("manifest.json"))).toBe(true);
});

test("a cancelled place leaves the dialog and no file", async () => {
  const { page } = sample.exhibit;
  const before = await readdir(sample.folder.path);
  await openExport("");
  await answerSaveDialog(sample.exhibit.app, undefined);
  await exportButton().click();
  await expect(exportButton()).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(dialog()).toBeHidden();
  expect((await readdir(sample.folder.path)).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(
    before.filter((name) => !/-(wal|shm)$/.test(name)),
  );
  await expect(grid(page)).toBeVisible();
  expect(sample.exhibit.complaints).toEqual([]);
});
