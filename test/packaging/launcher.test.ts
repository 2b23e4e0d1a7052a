/** The command of a package, with a program in its place that says how it was started. */
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandArguments } from "../../electron/command-line.ts";
import { USAGE } from "../../workers/cli/arguments.ts";

const source = fileURLToPath(new URL("../../build/package/exhibit.sh", import.meta.url));
const subCommands = [...new Set([...USAGE.matchAll(/^ {2}exhibit (\w+)/gm)].map((match) => match[1] ?? ""))];
const isRoot = process.getuid?.() === 0;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "exhibit launcher "));
  await mkdir(join(folder, "bin"));
  await cp(source, join(folder, "bin", "exhibit"));
  await writeFile(join(folder, "exhibit"), '#!/bin/sh\nprintf "%s|" "$@"\n');
  await chmod(join(folder, "exhibit"), 0o755);
  await chmod(join(folder, "bin", "exhibit"), 0o755);
  await symlink(join(folder, "bin", "exhibit"), join(folder, "link"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[], display: string, program = join(folder, "bin", "exhibit")): Promise<Ran> {
  const env = { PATH: process.env["PATH"], DISPLAY: display };
  return new Promise((resolve) => {
    execFile(program, args, { env, encoding: "utf8" }, (error, out, err) => {
      resolve({ status: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

describe.skipIf(process.platform === "win32")("exhibit, as installed", () => {
  test("knows every sub-command of the command line", async () => {
    expect(subCommands).toContain("histogram");
    for (const name of [...subCommands, "help", "--help", "--version"]) {
      const { status, out } = await start([name, "a case.exhibit", "it's"], "");
      expect({ status, out }).toEqual({ status: 0, out: `--no-sandbox|--log-level=3|${name}|a case.exhibit|it's|` });
    }
  });

  test("and so does the program itself, behind the switches of its start", () => {
    for (const name of [...subCommands, "help", "--help", "--version"]) {
      const argv = ["/opt/Exhibit/exhibit", "--no-sandbox", "--log-level=3", name, "a case.exhibit"];
      expect(commandArguments(argv, false)).toEqual([name, "a case.exhibit"]);
    }
    expect(commandArguments(["/opt/Exhibit/exhibit", "import.exhibit"], false)).toBeUndefined();
  });

  test("is found through a link, from a folder with blanks", async () => {
    expect((await start(["count", "x"], "", join(folder, "link"))).out).toBe("--no-sandbox|--log-level=3|count|x|");
  });

  test("opens a case in a window, with the sandbox, unless it is root", async () => {
    const { status, out, err } = await start(["my import.exhibit"], ":1");
    if (isRoot) {
      expect({ status, out }).toEqual({ status: 1, out: "" });
      expect(err).toContain("as root");
    } else {
      expect({ status, out }).toEqual({ status: 0, out: "my import.exhibit|" });
    }
    expect((await start(["--no-sandbox", "a.exhibit"], ":1")).out).toBe("--no-sandbox|a.exhibit|");
  });

  test("says that there is no display, instead of ending without a word", async () => {
    const { status, err } = await start(["--no-sandbox"], "");
    expect(status).toBe(1);
    expect(err).toContain("no display");
  });
});
