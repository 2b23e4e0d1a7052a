/** The four-event example: opened, edited with a live preview, written back, opened again, and used for an import. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { attributesText, MAPPING_COLUMNS, PROPERTIES_TEXT, SOURCE_TEXT } from "../support/mapping.ts";
import { expectAccessible } from "./support/axe.ts";
import { answerOpenDialog, answerSaveDialog } from "./support/dialogs.ts";
import { type Exhibit, launchExhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import {
  columnValues,
  detail,
  dropAndLook,
  expectMatched,
  importEnded,
  openRow,
  runCommand,
  runQuery,
  setWindowSize,
} from "./support/workbench.ts";

test.describe.configure({ mode: "serial" });

let exhibit: Exhibit;
let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  await definitions("given", attributesText());
  await definitions(
    "broken",
    attributesText(
      {},
      MAPPING_COLUMNS.filter((column) => column !== "log_family"),
    ),
  );
  await mkdir(folder.in("saved"));
  await writeFile(folder.in("files.csv"), SOURCE_TEXT);
  await writeFile(
    folder.in("other.csv"),
    "time,who,what\n2026-01-03T08:00:00Z,eva,came\n2026-01-03T08:00:01Z,eva,left\n",
  );
  exhibit = await launchExhibit();
  await setWindowSize(exhibit, 1440, 900);
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

async function definitions(name: string, attributes: string): Promise<void> {
  await mkdir(folder.in(name));
  await writeFile(`${folder.in(name)}/eventproperties.csv`, PROPERTIES_TEXT);
  await writeFile(`${folder.in(name)}/eventmapping.csv`, attributes);
}

const form = (page: Page): Locator => page.getByRole("dialog", { name: "RadiantOne mapping" });
const event = (page: Page, id: string): Locator =>
  form(page).getByRole("navigation", { name: "Types of events" }).getByRole("button", { name: id });
const field = (page: Page, title: string): Locator =>
  form(page).getByRole("textbox", { name: new RegExp(`^${title}`) });
const previewRow = (page: Page, number: number): Locator =>
  form(page).getByRole("group", { name: "First records" }).getByRole("row").nth(number);

async function openForm(name: string): Promise<void> {
  const { page, app } = exhibit;
  await runCommand(page, "RadiantOne mapping");
  await answerOpenDialog(app, [folder.in(name)]);
  await form(page).getByRole("button", { name: "Open the folder with both files" }).click();
}

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

const LABEL = "{message} {file}; now {param.New File}";
const RENAMED = String.raw`Rename file \\fs1\a.txt; now \\fs1\b.txt`;

test("a mapping is edited while the first records of a file show what it makes of them", async () => {
  const { page, app } = exhibit;
  await openForm("given");
  await inThemes("mapping-start");
  await expect(event(page, "REN")).toBeVisible();
  await answerOpenDialog(app, [folder.in("files.csv")]);
  await form(page).getByRole("button", { name: "Choose a file" }).click();
  await expect(form(page).getByText("4 of 4 records have an event id of the definitions, in type")).toBeVisible();
  await expect(form(page).getByText("These dates carry no zone.")).toBeVisible();
  await form(page)
    .getByRole("textbox", { name: /These dates carry no zone/ })
    .fill("+02:00");
  await expect(previewRow(page, 1)).toContainText("2026-01-03 06:00:00Z");

  await event(page, "REN").click();
  await field(page, "Display label").fill(LABEL);
  await expect(previewRow(page, 3)).toContainText(RENAMED);
  await expect(form(page).locator(".mapping-cell .mapping-becomes", { hasText: RENAMED })).toBeVisible();
  await inThemes("mapping-form");
  await setWindowSize(exhibit, 1024, 640);
  await inThemes("mapping-form-1024");
  await setWindowSize(exhibit, 1440, 900);
});

test("what is wrong is shown where it is, by line and column, and the preview says that it waits", async () => {
  const { page } = exhibit;
  await field(page, "Category log").fill("{category - {param.Nothing}");
  const cell = form(page).locator(".mapping-cell", { has: page.getByRole("textbox", { name: /^Category log/ }) });
  await expect(cell).toContainText("a brace without its other half stays as it is");
  await expect(cell).toContainText("{param.Nothing} is no property of this event");
  await expect(cell).toContainText(/line 4, column \d+/);

  await event(page, "RD").click();
  await field(page, "Code mandatory").fill("DOC-1");
  await field(page, "Label of the code").fill("Read");
  await event(page, "WR").click();
  await field(page, "Code mandatory").fill("DOC-1");
  await field(page, "Label of the code").fill("Write");
  const code = form(page).locator(".mapping-cell", { has: page.getByRole("textbox", { name: /^Code mandatory/ }) });
  await expect(code).toContainText('code DOC-1 of event id WR has two labels, "Read" and "Write"');
  await expect(field(page, "Code mandatory")).toHaveAttribute("aria-invalid", "true");
  await expect(form(page).getByText("this is what the last definitions without one make of it")).toBeVisible();
  await expect(form(page).getByRole("button", { name: "Save with 1 error" })).toBeVisible();
  await inThemes("mapping-errors");

  await event(page, "DEL").click();
  await form(page)
    .getByRole("region", { name: "What is wrong" })
    .getByRole("button", { name: /two labels/ })
    .click();
  await expect(field(page, "Code mandatory")).toBeFocused();
  for (let change = 0; change < 5; change++) await page.keyboard.press("Control+z");
  await expect(
    form(page)
      .getByRole("status")
      .getByText(/^1 change\./),
  ).toBeVisible();
  await expect(form(page).getByText("nothing wrong")).toBeVisible();
});

test("both files are written back, every untouched row byte for byte, and read again", async () => {
  const { page, app } = exhibit;
  await answerSaveDialog(app, `${folder.in("saved")}/eventmapping.csv`);
  await page.keyboard.press("Escape");
  await expect(form(page).getByText(/^1 change\. Save both files, or press Esc again/)).toBeVisible();
  await form(page).getByRole("button", { name: "Save both files" }).click();
  await expect(form(page).getByText(/eventproperties\.csv and eventmapping\.csv written to/)).toBeVisible();
  const [properties, attributes] = await Promise.all(
    ["eventproperties.csv", "eventmapping.csv"].map((name) => readFile(`${folder.in("saved")}/${name}`, "utf8")),
  );
  expect(properties).toBe(PROPERTIES_TEXT);
  expect(attributes).toBe(attributesText({ REN: { log_whatdisplayname: LABEL } }));
  await form(page).getByRole("button", { name: "Close", exact: true }).last().click();

  await openForm("saved");
  await event(page, "REN").click();
  await expect(field(page, "Display label")).toHaveValue(LABEL);
  await page.keyboard.press("Escape");
  await expect(form(page)).toBeHidden();
});

test("a folder that lacks a column is opened, named by line and column, and mended", async () => {
  const { page } = exhibit;
  await openForm("broken");
  const wrong = form(page).getByRole("region", { name: "What is wrong" });
  await expect(wrong).toContainText("column log_family is missing");
  await expect(wrong).toContainText(/eventmapping\.csv, line 1, column \d+/);
  await wrong.getByRole("button", { name: "Mend the names of the columns" }).click();
  await expect(wrong).not.toContainText("is missing");
  await expect(wrong).toContainText("log_family is mandatory and empty");
  await page.keyboard.press("Escape");
  await expect(form(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(form(page)).toBeHidden();
});

test("the import dialog reads a log through definitions that fit it, and says so of others", async () => {
  const { page, app } = exhibit;
  const dialog = await dropAndLook(page, [folder.in("files.csv")]);
  const choose = dialog.getByRole("button", { name: "Read through RadiantOne definitions" });
  await answerOpenDialog(app, [folder.in("broken")]);
  await choose.click();
  await expect(dialog.getByText(/These definitions are broken \(1 errors?\)/)).toBeVisible();
  await expect(dialog.getByText("column log_family is missing")).toBeVisible();
  await answerOpenDialog(app, [folder.in("saved")]);
  await choose.click();
  await expect(dialog.getByText(/4 of 4 records have an event id of the definitions/)).toBeVisible();
  await expect(dialog.getByText(/These times carry no zone/)).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, "mapping-import");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await importEnded(page);
  await expectMatched(page, 4);
  await runQuery(page, `label:'${RENAMED}'`);
  await expectMatched(page, 1);
  expect(await columnValues(page, "action")).toEqual(["rename"]);
  await openRow(page, 0);
  await expect(detail(page).getByText("DOC-REN").first()).toBeVisible();

  const other = await dropAndLook(page, [folder.in("other.csv")]);
  await answerOpenDialog(app, [folder.in("saved")]);
  await other.getByRole("button", { name: "Read through RadiantOne definitions" }).click();
  await expect(other.getByText(/These definitions do not fit this file/)).toBeVisible();
  await expect(other.getByText("Read without them")).toBeHidden();
  await page.keyboard.press("Escape");
  expect(exhibit.complaints).toEqual([]);
});
