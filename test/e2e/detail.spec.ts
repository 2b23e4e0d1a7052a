import { expect, type Locator, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { countByCli } from "./support/cli.ts";
import { samples } from "./support/files.ts";
import { openSampleCase, type SampleCase } from "./support/sample-case.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { clearQuery, copied, detail, expectMatched, grid, openRow, openTab, runQuery } from "./support/workbench.ts";

let sample: SampleCase;
test.beforeAll(async () => {
  sample = await openSampleCase();
  // Enriched records of several kinds, one of which failed to open a file.
  const query = "action=opened-file outcome=fail actor=carol";
  await runQuery(sample.exhibit.page, query);
  await expectMatched(sample.exhibit.page, await countByCli(sample.file, query));
  await openRow(sample.exhibit.page, 0);
});
test.afterAll(() => sample.close());

const pane = (): Locator => detail(sample.exhibit.page);
const marked = async (): Promise<string> =>
  (await pane().locator(".raw-scroll [data-marked]").allTextContents()).join("");

test("fields say what, and where each value comes from", async () => {
  await openTab(sample.exhibit.page, "Fields");
  const target = pane().getByRole("option", { name: /^target \/etc/ });
  await expect(target).toContainText("/etc/shadow");
  await expect(target.locator(".detail-origin")).not.toBeEmpty();
  await expect(pane().getByRole("heading", { name: /opened-file/ })).toContainText("fail, EACCES");
  await expect(
    pane()
      .getByRole("option", { name: /^action opened/ })
      .locator(".detail-origin"),
  ).toContainText("table");
});

test("the raw tab marks the bytes of the field in focus, as they stand in the file", async () => {
  const { page } = sample.exhibit;
  await openTab(page, "Fields");
  await pane()
    .getByRole("option", { name: /^target \/etc/ })
    .click();
  await openTab(page, "Raw");
  await expect.poll(marked).toContain("/etc/shadow");
  const place = await pane().locator(".hex-place").innerText();
  const [, length, offset] = /([\d\s]+) bytes? at ([\d\s]+?)\s*0x/.exec(place.replaceAll("\n", " ")) ?? [];
  const number = (text: string | undefined): number => Number((text ?? "NaN").replace(/\s/g, ""));
  const bytes = await readFile(samples.audit);
  expect(bytes.subarray(number(offset), number(offset) + number(length)).toString("utf8")).toBe(await marked());
  await keepScreenshot(page, "detail-raw");
});

test("arrows in the raw tab walk the values, and every tab follows", async () => {
  const { page } = sample.exhibit;
  await openTab(page, "Raw");
  await pane().getByRole("group", { name: "Bytes of the entry as text" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(marked).not.toContain("/etc/shadow");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(marked).toContain("/etc/shadow");
});

test("an interpretation names its origin", async () => {
  const { page } = sample.exhibit;
  await openTab(page, "Interpreted");
  const syscall = pane().getByRole("option", { name: /^syscall 257/ });
  await expect(syscall).toContainText("openat");
  await expect(syscall.locator(".detail-origin")).toContainText(/x86_64|enriched/);
  await expect(pane().getByRole("option", { name: /^exit -13/ })).toContainText(/EACCES/);
  await expect(pane().getByText("No name is taken from this computer.")).toBeVisible();
  await syscall.dblclick();
  await expect.poll(marked).toBe("257");
});

test("the records stand in their order, each with its own bytes", async () => {
  await openTab(sample.exhibit.page, "Records");
  const heads = await pane().locator(".record-title").allInnerTexts();
  expect(heads).toEqual(["SYSCALL", "CWD", "PATH", "PROCTITLE"]);
  const first = pane().getByRole("region", { name: "Record 1, SYSCALL" });
  await expect(first.getByRole("button")).toContainText(/bytes [\d\s]+ \+ [\d\s]+/);
  await first.getByRole("button").click();
  await expect(first.getByRole("button")).toHaveAttribute("aria-expanded", "false");
});

test("values and bytes are copied as they are recorded", async () => {
  const { page } = sample.exhibit;
  await openTab(page, "Fields");
  await pane()
    .getByRole("option", { name: /^target \/etc/ })
    .click();
  await pane().getByRole("listbox").focus();
  await page.keyboard.press("Control+c");
  await expect.poll(() => copied(sample.exhibit)).toBe("/etc/shadow");
  await openTab(page, "Raw");
  const expected = await marked();
  await pane().getByRole("button", { name: "Copy the bytes as hex" }).click();
  await expect
    .poll(async () => Buffer.from((await copied(sample.exhibit)).replace(/\s/g, ""), "hex").toString("utf8"))
    .toBe(expected);
});

test("a value is filtered by from the detail", async () => {
  const { page } = sample.exhibit;
  await openTab(page, "Fields");
  await pane()
    .getByRole("option", { name: /^actor carol/ })
    .click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Not .*carol/ }).click();
  await expectMatched(page, 0);
  await page
    .getByRole("button", { name: /^Remove, show/ })
    .first()
    .click();
  await expect(grid(page)).toBeVisible();
  expect(sample.exhibit.complaints).toEqual([]);
});

test("a command of a remote shell is read at a glance, with what it answered", async () => {
  const { page } = sample.exhibit;
  await clearQuery(page);
  await runQuery(page, 'code:interact-command-executed AND "ps auxf"');
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");
  await openRow(page, 0);
  await openTab(page, "Fields");
  const panel = pane().getByRole("region", { name: "Command" });
  await expect(panel).toContainText("ps auxf");
  await expect(panel).toContainText("/tmp/.x/kworkerd --pool");
  await expect(pane().locator(".detail-sentence")).toContainText('ran "ps auxf" on WEB01');
  await keepScreenshot(page, "detail-command");
});
