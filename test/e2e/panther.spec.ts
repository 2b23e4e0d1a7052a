import { readFile, writeFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { answerSaveDialog } from "./support/dialogs.ts";
import type { Exhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { openImported } from "./support/imported-case.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import {
  chooseTheme,
  clearQuery,
  detail,
  expectMatched,
  facet,
  openRow,
  openTab,
  runQuery,
  setWindowSize,
} from "./support/workbench.ts";

const row = (second: number, part: object): string =>
  JSON.stringify({
    timestamp: 1_786_504_600 + second + 0.25,
    p_log_type: "Linux.Auditd",
    p_row_id: `row-${second}-${JSON.stringify(part).length}`,
    p_event_time: `2026-08-12 03:16:${String(40 + second)}.250`,
    p_parse_time: "2026-08-12 03:17:02.9",
    p_source_label: "web fleet",
    ...part,
  });
const rows = [
  row(0, {
    type: "SYSCALL",
    eventId: "901",
    arch: "c000003e",
    syscall: "59",
    success: "no",
    exit: "-13",
    pid: "71",
    ppid: "70",
    uid: "0",
    euid: "0",
    auid: "1004",
    ses: "8",
    tty: "pts1",
    comm: "cat",
    exe: "/usr/bin/cat",
    key: "shadow-read",
    extra_message_fields: { AUID: "eva", UID: "root" },
  }),
  row(0, {
    type: "PATH",
    eventId: "901",
    name: "/etc/shadow",
    inode: "2512",
    dev: "08:01",
    mode: "0100640",
    ouid: "0",
    ogid: "42",
  }),
  row(0, { type: "PROCTITLE", eventId: "901", proctitle: "636174002F6574632F736861646F77" }),
  ...[1, 2, 3].map((at) =>
    row(at, {
      type: "USER_LOGIN",
      eventId: `91${at}`,
      pid: "7",
      uid: "0",
      auid: "1004",
      ses: "8",
      acct: "eva",
      addr: `192.0.2.${at}`,
      hostname: "gate.example.test",
      exe: "/usr/sbin/sshd",
      terminal: "ssh",
      res: at === 2 ? "failed" : "success",
      extra_message_fields: { op: "login" },
    }),
  ),
];
const other = '{"time":"2026-08-12T03:16:44Z","user":"eva","message":"no audit record"}\n';

let exhibit: Exhibit;
let folder: Folder;
let page: Page;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(folder.in("search.jsonl"), `${rows.join("\n")}\n`);
  await writeFile(folder.in("app.jsonl"), other);
  exhibit = await openImported(folder, "search.jsonl", "app.jsonl");
  page = exhibit.page;
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});
test.afterEach(() => clearQuery(page));

const dialog = (): Locator => page.getByRole("dialog", { name: "Export" });

/** Both themes, both sizes. */
async function keepAll(name: string): Promise<void> {
  for (const [theme, size] of [
    ["Dark", [1440, 900]],
    ["Light", [1024, 640]],
    ["Light", [1440, 900]],
    ["Dark", [1024, 640]],
  ] as const) {
    await setWindowSize(exhibit, size[0], size[1]);
    await page.evaluate((value) => (document.documentElement.dataset["theme"] = value), theme.toLowerCase());
    await keepScreenshot(page, `panther-${name}-${theme.toLowerCase()}-${size[0]}`);
  }
  await setWindowSize(exhibit, 1440, 900);
}

test("indicators are facets, where the evidence has them", async () => {
  await expect(facet(page, /^IP indicator/)).toBeVisible();
  await expect(facet(page, /^Host indicator/)).toBeVisible();
  await expect(facet(page, /^Actor indicator/)).toBeVisible();
});

test("a row's fields say what they are, and lead to the other rows of its event", async () => {
  await runQuery(page, "code:SYSCALL");
  await expectMatched(page, 1);
  await openRow(page, 0);
  await openTab(page, "Interpreted");
  await expect(detail(page).getByText("Real user id of the acting process", { exact: false })).toBeVisible();
  await expect(detail(page).getByText("indicator actor_id")).toBeVisible();
  await expectAccessible(page);
  await keepAll("interpreted");
  await openTab(page, "Fields");
  await detail(page).getByRole("option", { name: /^uid/ }).click();
  await expect(detail(page).getByText("Real user id of the acting process", { exact: false })).toBeVisible();
  await keepAll("fields");
  await clearQuery(page);
  await detail(page).getByRole("button", { name: "Rows of this event" }).click();
  await expectMatched(page, 3);
  await detail(page).getByRole("button", { name: "Any event" }).click();
  await expectMatched(page, rows.length + 1);
});

test("audit entries leave as rows of the schema; others are named before a byte is written", async () => {
  await chooseTheme(page, "Dark");
  await page.keyboard.press("Control+e");
  await dialog()
    .getByRole("radio", { name: /JSON lines/ })
    .check();
  await expect(dialog().getByRole("alert")).toContainText("1 is no Linux audit record");
  await keepAll("export-unfit");
  await page.keyboard.press("Escape");
  await runQuery(page, "family:linux-auditd");
  await expectMatched(page, rows.length);
  const target = folder.in("rows.jsonl");
  await answerSaveDialog(exhibit.app, target);
  await page.keyboard.press("Control+e");
  await dialog()
    .getByRole("radio", { name: /JSON lines/ })
    .check();
  await expect(dialog().getByRole("group", { name: "Exact bytes" })).toContainText('"type":"SYSCALL"');
  await expectAccessible(page);
  await keepAll("export");
  await dialog()
    .getByRole("button", { name: /^Export / })
    .click();
  await expect(dialog().locator(".export-done")).toContainText(`${rows.length} rows written and read back`);
  await dialog().getByRole("button", { name: "Done" }).click();
  const written = (await readFile(target, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(written).toEqual(rows.map((line) => JSON.parse(line) as object));
});
