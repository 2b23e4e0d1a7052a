/*
 * The main job as a person does it for the first time, in a real window: samples dropped on it, imported, filtered,
 * opened down to their bytes, exported. Every figure is held against what the command line finds in the same files.
 */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { parseCsv } from "../support/parse-csv.ts";
import { type CliImport, countByCli, entriesOf, importByCli, membersOf } from "../e2e/support/cli.ts";
import { answerSaveDialog } from "../e2e/support/dialogs.ts";
import { type Exhibit, launchExhibit } from "../e2e/support/exhibit.ts";
import { allSamples, type Folder, sha256Of, stateOf, temporaryFolder } from "../e2e/support/files.ts";
import {
  chooseTheme,
  clearQuery,
  counts,
  detail,
  dropAndLook,
  expectMatched,
  facet,
  grid,
  importEnded,
  openRow,
  openTab,
  readCount,
  runCommand,
  runQuery,
  setWindowSize,
} from "../e2e/support/workbench.ts";
import { check, close, failed, figure, picture, say } from "./report.ts";

const LARGE = [1440, 900] as const;
const SMALL = [1024, 640] as const;
/** Someone reads a file that is not theirs to read: an entry with many records, and refused by the kernel. */
const REFUSED = "action=opened-file outcome=fail actor=carol";

/** What the bundled samples hold, whoever reads them. */
const KNOWN = { entries: 1569, rejects: 4, undated: 1 } as const;

interface Demo {
  readonly exhibit: Exhibit;
  readonly folder: Folder;
  /** A case of the same files, made by the command line. */
  readonly file: string;
  readonly expected: CliImport;
}

await run();

async function run(): Promise<void> {
  const folder = await temporaryFolder();
  const file = folder.in("expected.exhibit");
  const expected = await importByCli(file, allSamples);
  const exhibit = await launchExhibit();
  const demo: Demo = { exhibit, folder, file, expected };
  const steps = [firstRun, importSamples, themes, filter, brush, openEntry, evidence, rejects, zeroResults, exportRows];
  try {
    for (const step of [...steps, network]) await step(demo);
  } catch (error) {
    // The first paragraph names what was waited for; what follows is the whole page.
    failed(error instanceof Error ? (error.message.split("\n\n")[0] ?? "") : String(error));
    await picture(exhibit, "failed");
  } finally {
    close(exhibit.complaints);
    await exhibit.close();
    await folder.remove();
  }
}

async function firstRun({ exhibit }: Demo): Promise<void> {
  await setWindowSize(exhibit, ...LARGE);
  await expect(exhibit.page.getByRole("button", { name: "Choose files" })).toBeFocused();
  await expect(exhibit.page.getByText("0 bytes, 0 connections")).toBeVisible();
  await chooseTheme(exhibit.page, "Dark");
  await picture(exhibit, "01-first-run");
}

async function importSamples({ exhibit, expected }: Demo): Promise<void> {
  const { page } = exhibit;
  const before = await Promise.all(allSamples.map(stateOf));
  const dialog = await dropAndLook(page, allSamples);
  await expect(dialog.getByRole("table")).toBeVisible();
  await picture(exhibit, "02-import-dialog");
  await dialog.getByRole("button", { name: /^Import \d/ }).click();
  await importEnded(page);
  const total = entriesOf(expected);
  await expectMatched(page, total);
  say("\nImport");
  check("entries in the window", (await counts(page)).total, KNOWN.entries);
  check("entries by the command line", total, KNOWN.entries);
  check("entries without a time", sum(membersOf(expected).map(({ undated }) => undated)), KNOWN.undated);
  check(
    "sources unchanged",
    JSON.stringify(await Promise.all(allSamples.map(stateOf))) === JSON.stringify(before),
    true,
  );
}

async function themes({ exhibit }: Demo): Promise<void> {
  const { page } = exhibit;
  await openRow(page, 3);
  for (const theme of ["Dark", "Light"] as const) {
    await chooseTheme(page, theme);
    for (const [width, height] of [SMALL, LARGE]) {
      await setWindowSize(exhibit, width, height);
      await picture(exhibit, `03-timeline-${theme.toLowerCase()}-${width}x${height}`);
    }
  }
  await chooseTheme(page, "High contrast");
  await picture(exhibit, "04-timeline-high-contrast");
  await chooseTheme(page, "Dark");
}

async function filter({ exhibit, file }: Demo): Promise<void> {
  const { page } = exhibit;
  const matched = async (what: string, query: string): Promise<void> => {
    const wanted = await countByCli(file, query);
    await expectMatched(page, wanted);
    check(what, (await counts(page)).matched, wanted);
  };
  say("\nFilters");
  await facet(page, /^fail\b/).click();
  await matched("a press on the facet fail", "outcome=fail");
  await runQuery(page, "actor:(alice, carol) OR ssh");
  await matched("with actor:(alice, carol) OR ssh", "outcome=fail (actor:(alice, carol) OR ssh)");
  await openRow(page, 0);
  await picture(exhibit, "05-filtered");
  await clearQuery(page);
}

async function brush({ exhibit, expected }: Demo): Promise<void> {
  const { page } = exhibit;
  const slider = page.getByRole("slider", { name: /^Time line/ });
  await expect(page.getByText("cover", { exact: true })).toBeVisible();
  const box = await slider.boundingBox();
  if (box === null) throw new Error("the time line has no place");
  await page.mouse.move(box.x + box.width * 0.42, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.62, box.y + 40, { steps: 8 });
  await picture(exhibit, "06-brushing");
  await page.mouse.up();
  await expect.poll(async () => (await counts(page)).matched).toBeLessThan(entriesOf(expected));
  const table = page.getByRole("table", { name: "Entries over time" }).locator("tbody td:nth-of-type(1)");
  const { matched } = await counts(page);
  await expect.poll(async () => sum((await table.allTextContents()).map(Number))).toBe(matched);
  check("brushed, and the bars add up to it", matched > 0, true);
  say(`    ${figure(matched)} entries in the stretch that was brushed`);
  await picture(exhibit, "07-brushed");
  await clearQuery(page);
}

async function openEntry({ exhibit, file }: Demo): Promise<void> {
  const { page } = exhibit;
  say("\nOne entry, down to its bytes");
  await runQuery(page, REFUSED);
  await expectMatched(page, await countByCli(file, REFUSED));
  await openRow(page, 0);
  const pane = detail(page);
  await openTab(page, "Fields");
  await pane.getByRole("option", { name: /^target \/etc/ }).click();
  await picture(exhibit, "08-detail-fields");
  await openTab(page, "Raw");
  const marked = (await pane.locator(".raw-scroll [data-marked]").allTextContents()).join("");
  check("marked bytes of the target", marked, "/etc/shadow");
  await picture(exhibit, "09-detail-raw");
  await openTab(page, "Interpreted");
  check("errno has its meaning", await pane.getByRole("option", { name: /^exit -13 EACCES/ }).count(), 1);
  await picture(exhibit, "10-detail-interpreted");
  await openTab(page, "Records");
  check("records", (await pane.locator(".record-title").allInnerTexts()).join(" "), "SYSCALL CWD PATH PROCTITLE");
  await picture(exhibit, "11-detail-records");
  await clearQuery(page);
}

async function evidence({ exhibit, expected }: Demo): Promise<void> {
  const { page } = exhibit;
  await runCommand(page, "Show sources and ledger");
  say("\nLedger of every member, in bytes");
  const tree = page.getByRole("treegrid", { name: "Sources and members" });
  for (const { path, bytes, ledger } of membersOf(expected)) {
    const kinds = Object.entries(ledger).filter(([kind]) => kind !== "total");
    say(`  ${path}: ${kinds.map(([kind, size]) => `${kind} ${figure(size)}`).join(", ")}; of ${figure(bytes)}`);
    const row = tree.getByRole("row", { name: new RegExp(`${path} .* ${bytes} `) }).first();
    await row.click();
    const panel = page.getByRole("region", { name: "Ledger" });
    check("    accounted for", (await panel.locator(".ledger-figure").innerText()).replace(/\s/g, ""), "100.00%");
    for (const [kind, size] of kinds) {
      const shown = await panel
        .getByRole("row", { name: new RegExp(`^${kind}`, "i") })
        .getByRole("cell")
        .first()
        .innerText();
      check(`    ${kind}`, readCount(shown), size);
    }
  }
  await tree.getByRole("row", { name: /audit\.log/ }).click();
  await picture(exhibit, "12-evidence");
  await chooseTheme(page, "Light");
  await picture(exhibit, "13-evidence-light");
  await chooseTheme(page, "Dark");
}

async function rejects({ exhibit, expected }: Demo): Promise<void> {
  const { page } = exhibit;
  await runCommand(page, "Show rejects");
  const rows = page.getByRole("grid", { name: "Rejects" }).getByRole("row");
  const wanted = sum(membersOf(expected).map((member) => member.rejects));
  await expect(rows).toHaveCount(wanted + 1);
  say("\nRejects");
  check("rejects, each with its bytes", (await rows.count()) - 1, KNOWN.rejects);
  await picture(exhibit, "14-rejects");
  await page.keyboard.press("Escape");
}

async function zeroResults({ exhibit, file }: Demo): Promise<void> {
  const { page } = exhibit;
  await facet(page, /^fail\b/).click();
  await runQuery(page, "zebra");
  await expectMatched(page, 0);
  const remove = page.getByRole("button", { name: /^Remove, show/ });
  await expect(remove).toBeVisible();
  await picture(exhibit, "15-zero-results");
  await clearQuery(page);
  await runQuery(page, "outcome:fail");
  await expectMatched(page, await countByCli(file, "outcome:fail"));
}

async function exportRows({ exhibit, folder, file }: Demo): Promise<void> {
  const { page, app } = exhibit;
  const target = folder.in("failures.csv");
  await answerSaveDialog(app, target);
  await page.keyboard.press("Control+e");
  const dialog = page.getByRole("dialog", { name: "Export" });
  await expect(dialog.getByRole("group", { name: "Exact bytes" })).not.toBeEmpty();
  await picture(exhibit, "16-export");
  await dialog.getByRole("button", { name: /^Export [\d\s]+ entr/ }).click();
  const done = dialog.locator(".export-done");
  await expect(done).toBeVisible();
  await picture(exhibit, "17-exported");
  const text = await done.innerText();
  const wanted = await countByCli(file, "outcome:fail");
  say("\nExport");
  check("rows said to be written", readCount(/^([\d\s\u202f]+)/.exec(text)?.[1] ?? ""), wanted);
  check("rows in the file", parseCsv(await readFile(target, "utf8")).length - 1, wanted);
  check("sha256", /\b[0-9a-f]{64}\b/.exec(text)?.[0], await sha256Of(target));
  const manifest = JSON.parse(await readFile(folder.in("failures.manifest.json"), "utf8")) as { readonly rows: number };
  check("rows in the manifest", manifest.rows, wanted);
  await dialog.getByRole("button", { name: "Done" }).click();
}

/** What the network was asked for since the start. */
async function network({ exhibit }: Demo): Promise<void> {
  const { page } = exhibit;
  await expect(grid(page)).toBeVisible();
  const { bytesSent, connections } = await page.evaluate(() => window.exhibit.networkCounters());
  say("\nNetwork");
  check("bytes sent", bytesSent, 0);
  check("connections", connections, 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
