import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { allSamples, type Folder, temporaryFolder } from "./support/files.ts";
import { launchOptions } from "./support/runtime.ts";

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

let folder: Folder;
test.beforeAll(async () => {
  folder = await temporaryFolder();
});
test.afterAll(() => folder.remove());

/** The program as it is installed, with arguments and without any display. */
function program(...args: readonly string[]): Promise<Ran> {
  const { executablePath, args: own, env } = launchOptions(folder.path);
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...headless } = env;
  const before = own.filter((argument) => argument !== "--disable-gpu");
  return new Promise((resolve) => {
    execFile(executablePath, [...before, ...args], { env: headless, encoding: "utf8" }, (error, out, err) => {
      resolve({ status: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

test("the program takes the sub-commands of the command line, without a window or a display", async () => {
  const file = join(folder.path, "headless.exhibit");
  const imported = await program("import", file, ...allSamples, "--json");
  expect(imported.status).toBe(0);
  const report = JSON.parse(imported.out) as { sources: { state: string; members: { entries: number }[] }[] };
  expect(report.sources.every(({ state }) => state === "ready")).toBe(true);
  const entries = report.sources.flatMap(({ members }) => members).reduce((sum, member) => sum + member.entries, 0);
  expect(await program("count", file)).toMatchObject({ status: 0, out: `${entries}\n` });
  const wrong = await program("count", file, "actor:(");
  expect(wrong).toMatchObject({ status: 1, out: "" });
  expect(wrong.err).toContain("bracket");
  expect((await program("export", file, "--to", join(folder.path, "out.csv"))).status).toBe(0);
  expect((await program("count", join(folder.path, "none.exhibit"))).status).toBe(3);
  expect((await program("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
