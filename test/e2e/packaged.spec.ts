/** What only a package can show, by the one that is handed to people: it has no inspector and lies in an archive. */
import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import { type CliImport, entriesOf } from "./support/cli.ts";
import { allSamples, type Folder, temporaryFolder } from "./support/files.ts";
import { type HardenedRequest, type HardenedWindow, openHardened } from "./support/hardened.ts";
import { type Process, processTree } from "./support/process-tree.ts";
import { packages } from "./support/packages.ts";
import { keepScreenshot } from "./support/screenshots.ts";
import { importEnded, readCount } from "./support/workbench.ts";

const run = promisify(execFile);

const ordinaryUser = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] as const;

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

// Each unpacks, imports and starts the program once or more.
test.describe.configure({ timeout: 120_000 });

let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
});
test.afterAll(() => folder.remove());

const opened: HardenedWindow[] = [];
test.afterEach(async () => {
  for (const window of opened.splice(0)) await window.close();
});

async function open(request: HardenedRequest): Promise<Page> {
  const window = await openHardened(request);
  opened.push(window);
  return window.page;
}

/** Runs a command of the package where there is no display. */
function headless(program: string, args: readonly string[], added: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(program, args, { env: { ...env, ...added }, encoding: "utf8" }, (error, out, err) => {
      resolve({ status: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

/** Imports the samples by the package's own command, and answers how many entries they have. */
async function importSamples(command: string, file: string): Promise<number> {
  const { status, out, err } = await headless(command, ["import", file, ...allSamples, "--json"]);
  expect(status, err).toBe(0);
  return entriesOf(JSON.parse(out) as CliImport);
}

async function expectRows(page: Page, entries: number): Promise<void> {
  await importEnded(page);
  await expect(page.getByRole("grid").getByRole("row").nth(3)).toBeVisible();
  const count = page.getByRole("contentinfo").getByRole("button", { name: /explain$/ });
  await expect.poll(async () => readCount((await count.innerText()).split("of")[0] ?? "")).toBe(entries);
}

/** Starts a program on a case that its own command has made. */
async function expectStarts(program: { readonly executable: string; readonly command: string }): Promise<void> {
  const file = join(await newFolder(), "samples.exhibit");
  const entries = await importSamples(program.command, file);
  await expectRows(await open({ executable: program.executable, args: [file] }), entries);
}

let folders = 0;
async function newFolder(): Promise<string> {
  folders += 1;
  const path = folder.in(`folder ${folders}`);
  await mkdir(path);
  return path;
}

test("the unpacked folder starts, imports its own sample and shows rows", async () => {
  const page = await open(packages());
  await page.getByRole("button", { name: /^auditd, one server/ }).click();
  const dialog = page.getByRole("dialog", { name: "Add evidence" });
  await dialog.getByRole("button", { name: /^Import 1/ }).click();
  await importEnded(page);
  await expect(page.getByRole("grid").getByRole("row").nth(3)).toBeVisible();
  await keepScreenshot(page, "packaged");
});

test("a case named on the command line is opened", () => expectStarts(packages()));

test("the archive starts from a folder whose name has spaces", async () => {
  const target = await newFolder();
  const archive = await artifact(".tar.gz");
  await run("tar", ["-xzf", archive, "-C", target]);
  const [name = ""] = await readdir(target);
  const top = join(target, name);
  await expectStarts({ executable: join(top, "exhibit"), command: join(top, "bin", "exhibit") });
});

test("the Debian package starts from where its files are laid out", async () => {
  const target = await newFolder();
  await run("dpkg-deb", ["-x", await artifact(".deb"), target]);
  const top = join(target, "opt", "Exhibit");
  await expectStarts({ executable: join(top, "exhibit"), command: join(top, "bin", "exhibit") });
  expect(await readdir(join(target, "usr", "share", "icons", "hicolor"))).toContain("256x256");
  const { stdout } = await run("dpkg-deb", ["--contents", await artifact(".deb")]);
  expect(stdout).toContain("./usr/bin/exhibit -> /opt/Exhibit/bin/exhibit");
  expect(stdout).toMatch(/-rwsr-xr-x root\/root.*chrome-sandbox/);
});

test("the Debian package is installed, runs by its command, and is removed whole", async () => {
  test.skip(process.getuid?.() !== 0, "installing a package wants root");
  test.skip((await headless("dpkg", ["-s", "exhibit"])).status === 0, "another Exhibit is installed here");
  const installed = await headless("dpkg", ["-i", await artifact(".deb")]);
  try {
    expect(installed.status, installed.err).toBe(0);
    await expectStarts({ executable: "/opt/Exhibit/exhibit", command: "/usr/bin/exhibit" });
  } finally {
    await run("dpkg", ["--purge", "exhibit"]);
  }
  expect(await readdir("/opt")).not.toContain("Exhibit");
});

test("sub-commands need no display, keep stdout clean and hand on their status", async () => {
  const { command } = packages();
  const file = folder.in("headless.exhibit");
  const entries = await importSamples(command, file);
  expect(await headless(command, ["count", file])).toEqual({ status: 0, out: `${entries}\n`, err: "" });
  const wrong = await headless(command, ["count", file, "actor:("]);
  expect(wrong).toMatchObject({ status: 1, out: "" });
  expect(wrong.err).toContain("bracket");
  expect(await headless(command, ["count", folder.in("none.exhibit")])).toMatchObject({ status: 3, out: "" });
  expect((await headless(command, ["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  const link = folder.in("a link to it");
  await symlink(command, link);
  expect((await headless(link, ["count", file])).out).toBe(`${entries}\n`);
});

test("without a display the command says so instead of ending without a word", async () => {
  const { status, out, err } = await headless(packages().command, []);
  expect({ status, out }).toEqual({ status: 1, out: "" });
  expect(err).toMatch(/no display|as root/);
});

test("the hardened program is no Node, heeds no options of Node and loads no foreign code", async () => {
  const { executable } = packages();
  const version = ["--no-sandbox", "--version"];
  const plain = await headless(executable, version);
  const asNode = await headless(executable, ["--no-sandbox", "-p", "6*7"], {
    ELECTRON_RUN_AS_NODE: "1",
    DISPLAY: ":none",
  });
  expect(asNode.out).not.toContain("42");
  const trace = folder.in("never.txt");
  const script = folder.in("foreign.cjs");
  await writeFile(script, `require("node:fs").writeFileSync(${JSON.stringify(trace)}, "x");`);
  expect((await headless(executable, version, { NODE_OPTIONS: `--require=${script}` })).out).toBe(plain.out);
  expect(await readdir(folder.path)).not.toContain("never.txt");
  const file = folder.in("foreign.exhibit");
  const entries = await importSamples(packages().command, file);
  const foreign = { EXHIBIT_SQLITE_BINDING: folder.in("foreign.node") };
  expect(await headless(packages().command, ["count", file], foreign)).toMatchObject({ out: `${entries}\n` });
  const inspected = await headless(executable, ["--inspect=0", ...version]);
  expect(inspected.err).not.toContain("Debugger listening");
});

test("started by an ordinary user, the page is held by Chromium's sandbox", async () => {
  // The folder of the build may be closed to others, and the display of the tests belongs to the one who runs them.
  const top = await newFolder();
  await run("tar", ["-xzf", await artifact(".tar.gz"), "-C", top, "--strip-components=1"]);
  const home = await newFolder();
  for (const [path, mode] of [folder.path, top, home].map((path) => [path, path === home ? 0o777 : 0o755] as const)) {
    await chmod(path, mode);
  }
  const [program = "", ...asUser] = process.getuid?.() === 0 ? [...ordinaryUser, "env"] : ["env"];
  const namespaces = await headless(program, [...asUser, "unshare", "--user", "true"]);
  test.skip(namespaces.status !== 0, "this system gives its users no namespaces");
  const env = { ...process.env, HOME: home, EXHIBIT_USER_DATA: join(home, "data") };
  const args = [...asUser, "xvfb-run", "--auto-servernum", join(top, "bin", "exhibit")];
  const child = spawn(program, args, { env, stdio: "ignore", detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    const page = async (): Promise<Process | undefined> =>
      (await processTree(child.pid ?? 0)).find(({ command }) => command.includes("--type=renderer"));
    await expect.poll(page, { timeout: 20_000 }).toBeDefined();
    const found = await page();
    expect(found?.command).not.toContain("--no-sandbox");
    const status = await readFile(`/proc/${found?.pid}/status`, "utf8");
    // A filter on system calls, and a namespace in which it is alone.
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NSpid:\s+\d+\s+\d+/m);
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid);
    await ended;
  }
});

test("every start is a program with a window of its own, also on a case that another one shows", async () => {
  const { executable, command } = packages();
  const [one, two] = [folder.in("one.exhibit"), folder.in("two.exhibit")];
  const entries = await importSamples(command, one);
  await importSamples(command, two);
  const userData = await newFolder();
  await expectRows(await open({ executable, args: [one], userData }), entries);
  await expectRows(await open({ executable, args: [two], userData }), entries);
  const third = await open({ executable, args: [one], userData });
  await expectRows(third, entries);
  await keepScreenshot(third, "packaged-same-case");
});

async function artifact(ending: string): Promise<string> {
  const { output } = packages();
  const name = (await readdir(output)).find((one) => one.endsWith(ending));
  if (name === undefined) throw new Error(`no ${ending} was built`);
  return join(output, name);
}
