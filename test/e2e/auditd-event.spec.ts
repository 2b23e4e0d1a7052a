import { expect, type Page, test } from "@playwright/test";
import { mkdir, writeFile } from "node:fs/promises";
import type { Exhibit } from "./support/exhibit.ts";
import { type Folder, temporaryFolder } from "./support/files.ts";
import { openImported } from "./support/imported-case.ts";
import { expectAccessible } from "./support/axe.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { chooseTheme, detail, expectMatched, openRow, openTab, runQuery, setWindowSize } from "./support/workbench.ts";

const stamp = "msg=audit(1741020020.549:9001):";
/** The older file ends within the event. */
const older = `${[
  `type=SYSCALL ${stamp} arch=c000003e syscall=257 success=no exit=-13 a0=ffffff9c a1=7ffd5a0e1b2f a2=0 a3=0 items=1 ppid=20733 pid=20811 auid=1004 uid=1004 gid=1004 euid=1004 suid=1004 fsuid=1004 egid=1004 sgid=1004 fsgid=1004 tty=pts1 ses=4127 comm="cat" exe="/usr/bin/cat" key="shadow-read"`,
  `type=CWD ${stamp} cwd="/user/dba"`,
].join("\n")}\n`;
const newer = `${[
  `type=PATH ${stamp} item=0 name="/etc/shadow" inode=131842 dev=fd:00 mode=0100640 ouid=0 ogid=42 rdev=00:00 nametype=NORMAL cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0`,
  `type=PROCTITLE ${stamp} proctitle=636174002F6574632F736861646F77`,
  `type=USER_LOGIN msg=audit(1741020021.000:9002): pid=1 uid=0 auid=1004 ses=4127 msg='op=login id=1004 exe="/usr/sbin/sshd" hostname=192.0.2.4 addr=192.0.2.4 terminal=sshd res=success'`,
].join("\n")}\n`;

let exhibit: Exhibit;
let folder: Folder;
let page: Page;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  const evidence = folder.in("host");
  await mkdir(`${evidence}/etc`, { recursive: true });
  await writeFile(`${evidence}/audit.log.1`, older);
  await writeFile(`${evidence}/audit.log`, newer);
  await writeFile(`${evidence}/etc/passwd`, "root:x:0:0:root:/root:/bin/bash\ndba:x:1004:1004::/user/dba:/bin/bash\n");
  exhibit = await openImported(folder, "host");
  page = exhibit.page;
  await runQuery(page, "raw.proctitle:* OR shadow");
  await expectMatched(page, 1);
  await openRow(page, 0);
});
test.afterAll(async () => {
  await exhibit.close();
  await folder.remove();
});

test("an event that goes on in the next file is one, and each record says where it lies", async () => {
  await openTab(page, "Records");
  const records = detail(page).getByRole("region", { name: /^Record \d, / });
  await expect(records).toHaveCount(4);
  const names = await records.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
  expect(names).toEqual(["Record 1, SYSCALL", "Record 2, CWD", "Record 3, PATH", "Record 4, PROCTITLE"]);
  await expect(records.nth(1)).not.toContainText("the next file");
  await expect(records.nth(2)).toContainText("in audit.log, the next file of this log");
  await expect(records.nth(2)).toContainText(/line 1, bytes 0/);
  await expectAccessible(page);
  await keepScreenshot(page, "auditd-records");
});

test("its values are explained from the system call to the command line, with where each name is from", async () => {
  await openTab(page, "Interpreted");
  const meanings = detail(page).getByRole("listbox", { name: /Meanings/ });
  const line = (field: string) =>
    meanings.getByRole("option").filter({ has: page.locator(".meaning-field", { hasText: new RegExp(`^${field}$`) }) });
  await expect(line("arch")).toContainText("x86_64");
  await expect(line("syscall")).toContainText("openat");
  await expect(line("exit")).toContainText("EACCES");
  await expect(line("auid")).toContainText("dba");
  await expect(line("auid")).toContainText("etc/passwd");
  await expect(line("ogid")).toContainText("42");
  await expect(line("proctitle")).toContainText("cat /etc/shadow");
  const heads = await meanings.locator(".meaning-record").allInnerTexts();
  expect(heads).toEqual(["SYSCALL", "CWD", "PATH", "PROCTITLE"]);
  await expectAccessible(page);
  await keepScreenshot(page, "auditd-interpreted");
});

test("the bytes of the other file are named with it, in the text and in the commands", async () => {
  await openTab(page, "Raw");
  await expect(detail(page).locator(".raw-member")).toHaveText("in audit.log");
  await detail(page).locator('.raw-run[data-field="proctitle"]').last().click();
  await expect(detail(page).locator(".hex-place")).toContainText(/30 bytes at 255.* in audit\.log/);
  await keepScreenshot(page, "auditd-raw");
  await setWindowSize(exhibit, 1024, 640);
  await chooseTheme(page, "Light");
  await keepScreenshot(page, "auditd-raw-small");
  await openTab(page, "Interpreted");
  await keepScreenshot(page, "auditd-interpreted-small");
  await openTab(page, "Fields");
});
